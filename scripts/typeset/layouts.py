"""How a document looks: drawn by chance from what real reports do."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

_SERIFS = ("Liberation Serif", "P052", "C059", "URW Bookman", "DejaVu Serif")
_SANS = ("Liberation Sans", "Nimbus Sans", "DejaVu Sans", "URW Gothic")
GENRES = (
    "report",
    "report",
    "report",
    "brochure",
    "article",
    "regulation",
    "letter",
    "slides",
)
MANNERS = ("space", "indent", "both")
HEADINGS = (
    "large",
    "bold",
    "colour",
    "capitals",
    "small caps",
    "spaced",
    "centred",
    "italic",
)
NUMBERS = ("none", "none", "decimal", "chapter")
# What documents from 128 on may have besides: drawn after the rules were made on the others.
LATER = 128
_LATER_SERIFS = ("Nimbus Roman", "Liberation Serif", "DejaVu Serif", "P052")
_LATER_SANS = ("Liberation Sans Narrow", "Nimbus Sans Narrow", "DejaVu Sans")
LATER_HEADINGS = (
    "underlined",
    "reversed",
    "ruled",
    "tinted",
    "light",
    "small",
    "bold",
)
LATER_NUMBERS = ("none", "letter", "roman", "dotted", "opener")
# Documents from here on have shapes of their own: drawn after the rules of LATER were made.
SHAPED = 256
SHAPES = ("beside", "interview")
_PLAIN = ("toc", "roman", "notes", "drop_cap", "side_notes", "run_in")
ENDS = (".", ":", " –")
FURNITURE = ("none", "title", "alternating", "of", "bar", "years", "outer")


@dataclass(frozen=True, slots=True)
class Layout:
    """What was drawn for one document; lengths in points."""

    number: int
    engine: str  # "web" (Chromium) or "office" (Writer)
    genre: str
    page: tuple[float, float]
    margin: tuple[float, float]  # beside and above
    columns: int
    gutter: float
    font: str
    heading_font: str
    size: float
    leading: float  # times the size
    manner: str
    justified: bool
    hyphenated: bool
    heading: str
    numbers: str
    furniture: str
    bullet: str
    ordinal: str  # "1.", "a)" or "(1)"
    ruled: str  # how tables are: "grid", "lines", "bare", "shaded"
    toc: bool
    roman: bool
    notes: bool
    drop_cap: bool
    quotes: bool
    side_notes: bool
    boxes: bool
    run_in: bool
    nested: bool
    opening: bool = False  # first sentences in bold
    end: str = "."  # of a run-in heading
    shape: str = ""  # headings "beside" their text, or an "interview"
    dress: str = ""  # rules of a style sheet, drawn axis by axis (`mixed`)
    capitals: tuple[
        int, ...
    ] = ()  # levels of headings that these set in capitals


def layout(number: int) -> Layout:
    """The layout of document `number`."""
    chance = random.Random(f"layout {number}")
    genre = GENRES[number // 2 % len(GENRES)]
    engine = chance.choice(("web", "office"))
    columns = _columns(genre, chance)
    report = genre in ("report", "article")
    found = Layout(
        number=number,
        engine=engine,
        genre=genre,
        page=_page(genre, columns, chance),
        margin=(chance.choice((40, 54, 72)), chance.choice((60, 72))),
        columns=columns,
        gutter=chance.choice((10, 14, 20, 28)),
        heading=chance.choice(HEADINGS),
        numbers=chance.choice(NUMBERS) if report else "none",
        furniture=chance.choice(FURNITURE),
        bullet=chance.choice(("•", "–", "▪", "-", "o")),
        ordinal=chance.choice(("1.", "a)", "(1)", "1)")),
        ruled=chance.choice(("grid", "lines", "bare", "shaded")),
        **_type(genre, chance),
        **_parts(genre, engine, columns, chance),
    )
    if number < LATER:
        return found
    later = _later(found)
    return later if number < SHAPED else _shaped(later)


def _shaped(found: Layout) -> Layout:
    """`found` with headings in a column of their own, or as an interview in two columns."""
    shape = SHAPES[found.number // 2 % len(SHAPES)]
    plain: dict[str, Any] = dict.fromkeys(_PLAIN, False)
    return replace(
        found,
        engine="web",
        genre="report",
        page=(595.0, 842.0),
        columns=1 if shape == "beside" else 2,
        numbers="none",
        shape=shape,
        **plain,
    )


def _later(found: Layout) -> Layout:
    """`found` with other type, headings, numbers and openings."""
    chance = random.Random(f"later {found.number}")
    font = chance.choice(chance.choice((_LATER_SERIFS, _LATER_SANS)))
    numbered = found.genre in ("report", "article")
    return replace(
        found,
        font=font,
        heading_font=chance.choice((font, chance.choice(_SANS))),
        size=found.size + chance.choice((0, 0.5, 1)),
        heading=chance.choice(LATER_HEADINGS),
        numbers=chance.choice(LATER_NUMBERS) if numbered else "none",
        opening=chance.random() < 0.3,
        run_in=found.run_in or (numbered and chance.random() < 0.3),
        end=chance.choice(ENDS),
    )


def _columns(genre: str, chance: random.Random) -> int:
    if genre == "article":
        return 2
    if genre == "brochure":
        return chance.choice((2, 3))
    return 2 if genre == "report" and chance.random() < 0.2 else 1


def _page(
    genre: str, columns: int, chance: random.Random
) -> tuple[float, float]:
    """Width and height."""
    if genre == "slides":
        return 720.0, 405.0
    if columns == 3 and chance.random() < 0.6:
        return 842.0, 595.0
    small = columns == 1 and chance.random() < 0.2
    return (420.0, 595.0) if small else (595.0, 842.0)


def _type(genre: str, chance: random.Random) -> dict[str, Any]:
    """Fonts, sizes and how paragraphs are set."""
    font = chance.choice(chance.choice((_SERIFS, _SANS)))
    slides = genre == "slides"
    justified = chance.random() < 0.55 and not slides
    return {
        "font": font,
        "heading_font": chance.choice((font, chance.choice(_SANS))),
        "size": 18 if slides else chance.choice((8.5, 9, 10, 10.5, 11)),
        "leading": chance.choice((1.15, 1.3, 1.45, 1.6)),
        "manner": "space" if slides else chance.choice(MANNERS),
        "justified": justified,
        "hyphenated": justified or chance.random() < 0.3,
    }


def _parts(
    genre: str, engine: str, columns: int, chance: random.Random
) -> dict[str, Any]:
    """What stands beside plain text, each with its odds in the genres that have it."""
    report, article = genre == "report", genre == "article"
    brochure = genre == "brochure"
    single = columns == 1 and (report or article)
    odds = {
        "toc": 0.5 * single,
        "roman": 0.4 * single,
        "notes": 0.8 * (engine == "office") * (report or article),
        "drop_cap": 0.6 * (brochure or article),
        "quotes": 0.4 * (brochure or report),
        "side_notes": 0.25 * (report and columns == 1),
        "boxes": 0.5 * (brochure or report),
        "run_in": 0.3 * (report or article),
        "nested": 0.4,
    }
    return {name: chance.random() < share for name, share in odds.items()}
