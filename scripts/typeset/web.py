"""A report as a web page, printed by Chromium."""

from __future__ import annotations

import subprocess
from dataclasses import asdict
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from scripts.typeset.layouts import Layout
from scripts.typeset.marks import (
    RUNNING,
    first_sentence,
    set_text,
    titled,
)
from scripts.typeset.texts import Piece

_HEADING = {
    "large": "font-size:1.5em;font-weight:normal",
    "bold": "font-size:1em",
    "colour": "font-size:1.3em;color:#1f4e79",
    "capitals": "font-size:1.05em;text-transform:uppercase",
    "small caps": "font-size:1.2em;font-variant:small-caps;font-weight:normal",
    "spaced": "font-size:1.05em;letter-spacing:.18em",
    "centred": "font-size:1.2em;text-align:center",
    "italic": "font-size:1.1em;font-style:italic;font-weight:normal",
    "underlined": "font-size:1em;font-weight:normal;text-decoration:underline",
    "reversed": "font-size:1.1em;color:#fff;background:#1f4e79;padding:3pt",
    "ruled": "font-size:1.15em;font-weight:normal;border-top:1pt solid #333",
    "tinted": "font-size:1em;color:#00796b",
    "light": "font-size:1em;color:#b1361e;font-weight:normal",
    "small": "font-size:.9em;text-transform:uppercase",
}
_TABLE = {
    "grid": "td{border:.5pt solid}",
    "lines": "tr{border-bottom:.5pt solid}",
    "bare": "td{border:0}",
    "shaded": "tr:nth-child(odd){background:#e4ecf2}",
}
_SHAPE = {
    "beside": "main{padding-left:130pt}h2{float:left;clear:both;width:112pt;"
    "margin:0 0 0 -130pt;text-align:left;font-size:1em}",
    "interview": ".intro{font-size:1.3em;font-weight:bold;margin-bottom:1em}"
    "h2{font-size:1em;font-style:italic;font-weight:bold;text-align:left}",
}
_CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
)
_SHEET = Path(__file__).with_name("page.css")


def print_page(pieces: list[Piece], layout: Layout, target: Path) -> None:
    """Write `target`, a PDF."""
    source = target.with_suffix(".html")
    source.write_text(page(pieces, layout), encoding="utf-8")
    subprocess.run(
        [*_CHROMIUM, f"--print-to-pdf={target}", source.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )


def page(pieces: list[Piece], layout: Layout) -> str:
    """The HTML."""
    head = f'<html lang="nl"><meta charset="utf-8"><style>{_style(layout, pieces)}</style>'
    title, rest = (pieces[0], pieces[1:])
    front = 2 if layout.shape == "interview" else 0
    if layout.toc:
        front = 1 + next(
            i for i, p in enumerate(rest) if p.kind == "heading" and i
        )
    body = _flow(rest[front - 1 :] if front else rest, layout)
    first = _piece(title, layout) + _flow(
        rest[: front - 1] if front else [], layout
    )
    return f'{head}<body><div class="front">{first}</div><main>{body}</main></body></html>'


def _style(layout: Layout, pieces: list[Piece]) -> str:
    """The style sheet with the lengths of `layout`."""
    width, height = layout.page
    beside, above = layout.margin
    slots = {
        **asdict(layout),
        "width": width,
        "height": height,
        "beside": beside,
        "above": above,
        "outer": beside + (110 if layout.side_notes else 0),
        "align": "justify" if layout.justified else "left",
        "place": "center" if layout.heading == "centred" else "left",
        "indent": "0" if layout.manner == "space" else "1.3em",
        "space": {"space": ".8em", "both": ".5em"}.get(layout.manner, "0"),
        "item": "0" if layout.manner == "indent" else ".3em",
        "breaks": "break-after:page" if layout.roman else "margin-bottom:1em",
        "new": "break-before:page" if layout.genre == "slides" else "",
        "heading": _HEADING[layout.heading],
        "table": _TABLE[layout.ruled],
        "shape": _SHAPE.get(layout.shape, "") + layout.dress,
        "running": _running(layout, pieces),
        "alternating": _alternating(layout, pieces),
    }
    return Template(_SHEET.read_text("utf-8")).substitute(slots)


def _strip(place: str, content: str) -> str:
    """A running line; `#` stands for the number of the page."""
    said = content.replace("#", "' counter(page) '")
    return f"@{place}{{content:'{said}';font-size:8pt;white-space:pre}}"


def _running(layout: Layout, pieces: list[Piece]) -> str:
    title = _title(pieces)
    forms = {
        "title": _strip("top-left", title) + _strip("bottom-right", "#"),
        "of": _strip("bottom-center", "Pagina # van ' counter(pages) '"),
        "bar": _strip("bottom-left", f"# | {title}"),
        "years": _strip("bottom-center", f"#   {RUNNING} 2024 - 2028"),
        "outer": _strip("right-middle", "#"),
    }
    return forms.get(layout.furniture, "")


def _alternating(layout: Layout, pieces: list[Piece]) -> str:
    if layout.furniture != "alternating":
        return ""
    left = _strip("top-left", f"#   {_title(pieces)}")
    right = _strip("top-right", f"{RUNNING}   #")
    return f"@page:left{{{left}}}@page:right{{{right}}}"


def _title(pieces: list[Piece]) -> str:
    return escape(pieces[0].text).replace("'", "’")


def _flow(pieces: list[Piece], layout: Layout) -> str:
    return "\n".join(_piece(piece, layout) for piece in pieces)


def _piece(piece: Piece, layout: Layout) -> str:
    text = set_text(piece.text, layout)
    if piece.kind == "heading":
        level = piece.level + 1
        return f"<h{level}>{titled(piece, '<br>')}</h{level}>"
    if piece.kind == "list":
        deep = " deep" if piece.depth else ""
        return f'<p class="li{deep}"><span class="mark">{piece.mark}</span>{text}</p>'
    if piece.kind == "toc":
        entry = f"<span>{escape(piece.text)}</span><i></i><span>{piece.mark}</span>"
        return f'<p class="toc">{entry}</p>'
    if piece.kind == "table":
        return _table(piece)
    if piece.kind == "box":
        return f'<aside class="box">{_flow(piece.inside, layout)}</aside>'
    aside = {"quote": "pull", "margin": "side"}.get(piece.kind)
    if aside:
        return f'<aside class="{aside}">{escape(piece.text)}</aside>'
    lead = f"<b>{escape(piece.lead)}</b> " if piece.lead else ""
    if piece.mark == "opening":
        first, rest = first_sentence(piece.text)
        text = f"<b>{set_text(first, layout)}</b>{set_text(rest, layout)}"
    name = {"caption": "cap", "reference": "ref"}.get(piece.kind, piece.mark)
    return f'<p class="{name}">{lead}{text}</p>'


def _table(piece: Piece) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in piece.rows
    )
    return f"<table>{rows}</table>"
