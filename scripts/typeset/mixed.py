"""Layouts drawn axis by axis: each heading, box, quotation and column by its own chance.

The shapes of `layouts` are named kinds; here nothing goes together but by chance.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from scripts.typeset.layouts import FURNITURE, Layout

MIXED = 1000  # the first number of these
GENRES = ("report", "report", "article", "brochure", "regulation")
FONTS = (
    "Liberation Serif",
    "P052",
    "C059",
    "URW Bookman",
    "DejaVu Serif",
    "Nimbus Roman",
    "Liberation Sans",
    "Nimbus Sans",
    "DejaVu Sans",
    "URW Gothic",
    "Liberation Sans Narrow",
)
TINTS = ("#1f4e79", "#00796b", "#b1361e", "#6a1b9a", "#555555")
NUMBERS = ("none", "none", "none", "decimal", "dotted", "letter", "roman")
PLAIN = ("toc", "roman", "notes", "side_notes")


@dataclass(frozen=True, slots=True)
class _Look:
    """How the headings of one level are set."""

    css: str
    capitals: bool
    seen: int  # by how many means it differs from the text


def mixed(drawn: Layout) -> Layout:
    """`drawn` with every axis drawn anew."""
    chance = random.Random(f"mixed {drawn.number}")
    font = chance.choice(FONTS)
    genre = chance.choice(GENRES)
    columns = chance.choice((1, 1, 1, 2, 2, 3))
    looks = {name: _look(chance) for name in ("h2", "h3", "h4")}
    beside = columns == 1 and chance.random() < 0.15
    rules = list(_rules(chance, columns, beside))
    rules += [f"{name}{{{look.css}}}" for name, look in looks.items()]
    plain: dict[str, Any] = dict.fromkeys(PLAIN, False)
    return replace(
        drawn,
        engine="web",
        genre="report" if beside else genre,
        page=(842.0, 595.0) if columns == 3 else (595.0, 842.0),
        margin=(chance.choice((36, 50, 64, 80)), chance.choice((56, 72))),
        columns=columns,
        gutter=chance.choice((10, 14, 20, 28)),
        font=font,
        heading_font=chance.choice((font, chance.choice(FONTS))),
        size=chance.choice((8.5, 9, 9.5, 10, 11, 12)),
        leading=chance.choice((1.15, 1.25, 1.4, 1.6, 1.8)),
        manner=chance.choice(("space", "space", "indent", "both")),
        justified=chance.random() < 0.4,
        hyphenated=chance.random() < 0.6,
        heading="large",
        numbers="none" if beside else chance.choice(NUMBERS),
        furniture=chance.choice(FURNITURE),
        bullet=chance.choice(("•", "–", "▪", "-", "o", "»", "✓", "→")),
        drop_cap=chance.random() < 0.2,
        quotes=chance.random() < 0.3,
        boxes=chance.random() < 0.4,
        run_in=chance.random() < 0.3,
        opening=chance.random() < 0.2,
        nested=chance.random() < 0.4,
        shape="",
        dress="\n".join(rules),
        capitals=tuple(
            level
            for level, look in enumerate(looks.values(), 1)
            if look.capitals
        ),
        **plain,
    )


def _look(chance: random.Random) -> _Look:
    """A look by which a reader tells a heading from text."""
    while True:
        look = _any_look(chance)
        if look.seen >= 1:
            return look


def _any_look(chance: random.Random) -> _Look:
    size = chance.choice((1, 1, 1, 1.1, 1.25, 1.6))
    weight = chance.choice(("bold", "bold", "normal"))
    tint = chance.choice(("", "", chance.choice(TINTS)))
    case = chance.choice(("", "", "", "upper", "small"))
    italic = chance.random() < 0.2
    spaced = chance.random() < 0.15
    mark = chance.choice(
        ("", "", "", "under", "above", "below", "bar", "ground")
    )
    rules = [
        f"font-size:{size}em",
        f"font-weight:{weight}",
        f"margin:{chance.choice((0.6, 1, 1.4, 2))}em 0 {chance.choice((0, 0.2, 0.6))}em",
        f"text-align:{chance.choice(('left', 'left', 'left', 'center'))}",
        f"color:{tint or '#000'}",
        _CASES[case],
        "font-style:italic" if italic else "",
        "letter-spacing:.12em" if spaced else "",
        _MARKS[mark],
    ]
    means = (
        size > 1.1,
        weight == "bold",
        tint,
        case,
        spaced,
        mark == "ground",
    )
    return _Look(
        ";".join(filter(None, rules)), case != "", sum(map(bool, means))
    )


_CASES = {
    "": "",
    "upper": "text-transform:uppercase",
    "small": "font-variant:small-caps",
}
_MARKS = {
    "": "",
    "under": "text-decoration:underline",
    "above": "border-top:.7pt solid #444;padding-top:2pt",
    "below": "border-bottom:.7pt solid #444",
    "bar": "border-left:3pt solid #1f4e79;padding-left:5pt",
    "ground": "background:#1f4e79;color:#fff;padding:2pt 4pt",
}
_BOXES = (
    "background:#f3ead8;padding:6pt",
    "border:.7pt solid #444;padding:7pt",
    "border-left:4pt solid #00796b;padding-left:8pt;background:none",
    "background:#dde7f0;padding:8pt;font-size:.9em",
    "border:.7pt solid #444;border-radius:6pt;padding:7pt;background:none",
)
_QUOTES = (
    "font-size:1.2em;border-top:1pt solid;border-bottom:1pt solid;padding:4pt 0",
    "font-size:1.3em;font-weight:bold;color:#00796b;font-style:normal",
    "font-size:1.15em;text-align:center",
    "font-size:1.6em;font-style:normal;color:#1f4e79",
)
_FLOATING = "float:right;width:42%;margin:.2em 0 .6em 1.2em;"
_SIDE = "font-size:1em !important;text-align:left !important;"
_LEADS = (
    "p b{color:#1f4e79}",
    "p b{font-style:italic}",
    "p b{text-transform:none;letter-spacing:.05em}",
    "",
)


def _rules(chance: random.Random, columns: int, beside: bool) -> Iterator[str]:
    """The rules of boxes, quotations, columns, openings and side headings."""
    floating = columns == 1 and chance.random() < 0.4
    yield f"aside.box{{{chance.choice(_BOXES)}}}"
    yield f"aside.pull{{{_FLOATING * floating}{chance.choice(_QUOTES)}}}"
    yield chance.choice(_LEADS)
    if columns > 1 and chance.random() < 0.3:
        yield "main{column-rule:.5pt solid #666}"
    if chance.random() < 0.2:
        yield "h2+p{font-weight:bold}"
    if chance.random() < 0.2:
        yield "h1{text-align:center}"
    if beside:
        width = chance.choice((90, 112, 130))
        yield f"main{{padding-left:{width + 18}pt}}"
        place = f"margin:0 0 0 -{width + 18}pt !important"
        yield f"h2{{float:left;clear:both;width:{width}pt;{_SIDE}{place}}}"
