"""A report as a flat file of Writer, printed by LibreOffice."""

from __future__ import annotations

import re
import subprocess
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

_FILE = Path(__file__).with_name("writer.xml")
_HEADING = {
    "large": ('fo:font-size="{large}pt"', ""),
    "bold": ('fo:font-weight="bold"', ""),
    "colour": ('fo:font-size="{large}pt" fo:color="#1f4e79"', ""),
    "capitals": ('fo:text-transform="uppercase" fo:font-weight="bold"', ""),
    "small caps": (
        'fo:font-variant="small-caps" fo:font-size="{large}pt"',
        "",
    ),
    "spaced": ('fo:letter-spacing="2pt" fo:font-weight="bold"', ""),
    "centred": ('fo:font-size="{large}pt"', 'fo:text-align="center"'),
    "italic": ('fo:font-style="italic" fo:font-size="{large}pt"', ""),
    "underlined": (
        'style:text-underline-style="solid" fo:font-size="{size}pt"',
        "",
    ),
    "reversed": (
        'fo:color="#ffffff" fo:font-weight="bold"',
        'fo:background-color="#1f4e79" fo:padding="3pt"',
    ),
    "ruled": (
        'fo:font-size="{large}pt"',
        'fo:border-top="1pt solid #333333" fo:padding="3pt"',
    ),
    "tinted": ('fo:color="#00796b" fo:font-weight="bold"', ""),
    "light": ('fo:color="#b1361e"', ""),
    "small": (
        'fo:text-transform="uppercase" fo:font-weight="bold" '
        'fo:font-size="{small}pt"',
        "",
    ),
}
_CELL = {
    "grid": 'fo:border="0.5pt solid #000000"',
    "lines": 'fo:border-bottom="0.5pt solid #000000"',
    "bare": 'fo:border="none"',
    "shaded": 'fo:background-color="#e4ecf2"',
}
_TAG = re.compile(
    r"<(?P<name>style:[\w-]+) (?P<attributes>[^<>]*?)(?P<end>/?)>"
)
_NUMBER = '<text:page-number text:select-page="current"/>'


def write(pieces: list[Piece], layout: Layout, target: Path) -> Path:
    """The file of Writer beside `target`, to be printed."""
    source = target.with_suffix(".fodt")
    source.write_text(flat(pieces, layout), encoding="utf-8")
    return source


def print_all(sources: list[Path]) -> None:
    """Print `sources` to PDFs beside them; one start of LibreOffice for all."""
    if not sources:
        return
    folder = sources[0].parent
    home = (folder / ".office").absolute().as_uri()
    office = ["soffice", f"-env:UserInstallation={home}", "--headless"]
    convert = ["--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*office, *convert, *map(str, sources)],
        check=True,
        capture_output=True,
        timeout=60 + 30 * len(sources),
    )


def flat(pieces: list[Piece], layout: Layout) -> str:
    """The file of Writer."""
    front = 1
    if layout.toc:
        front += 1 + next(
            i for i, p in enumerate(pieces[2:]) if p.kind == "heading"
        )
    body = "".join(_Flow(layout).pieces(pieces, front))
    slots = {**_lengths(layout), **_looks(layout), **_running(pieces, layout)}
    text = Template(_FILE.read_text("utf-8")).substitute(slots, body=body)
    return _TAG.sub(_once, text)


def _once(tag: re.Match[str]) -> str:
    """A tag with each attribute once, the last of its values."""
    values = dict(re.findall(r'([\w:-]+)="([^"]*)"', tag["attributes"]))
    said = " ".join(f'{name}="{value}"' for name, value in values.items())
    return f"<{tag['name']} {said}{tag['end']}>"


def _lengths(layout: Layout) -> dict[str, object]:
    width, height = layout.page
    beside, above = layout.margin
    return {
        "width": width,
        "height": height,
        "beside": beside,
        "above": above / 2,
        "outer": beside + (110 if layout.side_notes else 0),
        "size": layout.size,
        "small": round(0.85 * layout.size, 1),
        "large": round(1.35 * layout.size, 1),
        "second": layout.size + 0.5,
        "title": 2 * layout.size,
        "before": 1.4 * layout.size,
        "after": 0.6 * layout.size,
        "high": round(100 * layout.leading / 1.15),
        "below": {"space": 0.8, "both": 0.5}.get(layout.manner, 0)
        * layout.size,
        "stands_in": 1.3 * layout.size if layout.manner != "space" else 0,
        "item": 2 if layout.manner == "indent" else 4,
    }


def _looks(layout: Layout) -> dict[str, str]:
    letters, place = _HEADING[layout.heading]
    columns = ""
    if layout.columns > 1:
        columns = (
            f'<style:columns fo:column-count="{layout.columns}" '
            f'fo:column-gap="{layout.gutter}pt"/>'
        )
    large = str(round(1.35 * layout.size, 1))
    small = str(round(0.9 * layout.size, 1))
    return {
        "font": layout.font,
        "heading_font": layout.heading_font,
        "letters": letters.replace("{large}", large)
        .replace("{small}", small)
        .replace("{size}", str(layout.size)),
        "place": place,
        "align": "justify" if layout.justified else "start",
        "new": 'fo:break-before="page"' if layout.genre == "slides" else "",
        "columns": columns,
        "usage": "mirrored" if layout.furniture == "alternating" else "all",
        "cell": _CELL[layout.ruled],
        "first": "pf" if layout.roman else "pm",
    }


def _running(pieces: list[Piece], layout: Layout) -> dict[str, str]:
    """Headers and footers, empty where there are none."""
    title = escape(pieces[0].text)
    head = foot = left = ""
    if layout.furniture == "title":
        head, foot = _line("running", title), _line("right", _NUMBER)
    elif layout.furniture == "alternating":
        head = _line("right", f"{RUNNING}   {_NUMBER}")
        left = _line("running", f"{_NUMBER}   {title}")
    elif layout.furniture == "of":
        foot = _line("running", f"Pagina {_NUMBER} van <text:page-count/>")
    elif layout.furniture == "bar":
        foot = _line("running", f"{_NUMBER} | {title}")
    elif layout.furniture == "years":
        foot = _line("running", f"{_NUMBER}   {RUNNING} 2024 - 2028")
    elif layout.furniture == "outer":
        head = _line("right", _NUMBER)
    parts = (("header", head), ("header-left", left), ("footer", foot))
    bands = "".join(
        f"<style:{name}>{said}</style:{name}>" for name, said in parts if said
    )
    return {"bands": bands}


def _line(style: str, inside: str) -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


class _Flow:
    """The text; it counts notes and tables."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.notes = 0
        self.tables = 0
        self.before = ""

    def pieces(self, pieces: list[Piece], front: int) -> list[str]:
        found = []
        for at, piece in enumerate(pieces):
            opens = self.layout.roman and at == front
            found.append(_heading(piece, opens) or self._piece(piece))
            self.before = piece.kind
        return found

    def _piece(self, piece: Piece) -> str:
        text = set_text(piece.text, self.layout)
        if piece.kind == "list":
            style = "deep" if piece.depth else "item"
            return _line(style, f"{piece.mark}<text:tab/>{text}")
        if piece.kind == "toc":
            dots = "." * (60 - len(piece.text) % 40)
            return _line("toc", f"{escape(piece.text)} {dots} {piece.mark}")
        if piece.kind == "table":
            return self._table(piece)
        if piece.kind == "box":
            return "".join(map(self._boxed, piece.inside))
        if piece.kind == "margin":
            return self._side(piece)
        if piece.kind in ("caption", "reference", "quote"):
            return _line(piece.kind, text)
        return self._paragraph(piece)

    def _boxed(self, piece: Piece) -> str:
        style = "boxhead" if piece.kind == "heading" else "box"
        return _line(style, set_text(piece.text, self.layout))

    def _paragraph(self, piece: Piece) -> str:
        style = "next" if self.before == "paragraph" else "first"
        style = "drop" if piece.mark == "drop" else style
        before, after = first_sentence(piece.text)
        opening = set_text(before, self.layout)
        if piece.lead:
            lead = f'<text:span text:style-name="lead">{escape(piece.lead)}</text:span>'
            opening = f"{lead} {opening}"
        if piece.mark == "opening":
            opening = (
                f'<text:span text:style-name="lead">{opening}</text:span>'
            )
        note = self._note(piece.note) if piece.note else ""
        return _line(style, opening + note + set_text(after, self.layout))

    def _note(self, text: str) -> str:
        self.notes += 1
        cited = f"<text:note-citation>{self.notes}</text:note-citation>"
        body = f"<text:note-body>{_line('Footnote', escape(text))}</text:note-body>"
        return (
            f'<text:note text:id="n{self.notes}" text:note-class="footnote">'
            f"{cited}{body}</text:note>"
        )

    def _side(self, piece: Piece) -> str:
        width, _ = self.layout.page
        left = width - 2 * self.layout.margin[0] - 110 + 12
        said = _line("side", escape(piece.text))
        box = f'<draw:text-box fo:min-height="10pt">{said}</draw:text-box>'
        frame = (
            '<draw:frame draw:style-name="fr" text:anchor-type="paragraph" '
            f'svg:x="{left}pt" svg:y="0pt" svg:width="92pt">{box}</draw:frame>'
        )
        return _line("first", frame)

    def _table(self, piece: Piece) -> str:
        self.tables += 1
        shaded = self.layout.ruled == "shaded"
        rows = []
        for at, row in enumerate(piece.rows):
            style = "tn" if shaded and at % 2 else "td"
            cells = "".join(_cell(style, cell) for cell in row)
            rows.append(f"<table:table-row>{cells}</table:table-row>")
        count = len(piece.rows[0])
        columns = (
            f'<table:table-column table:number-columns-repeated="{count}"/>'
        )
        name = f"t{self.tables}"
        return (
            f'<table:table table:name="{name}">{columns}{"".join(rows)}'
            "</table:table>"
        )


def _heading(piece: Piece, opens: bool) -> str:
    """A heading, the first of the numbered pages where it `opens` them; "" for another piece."""
    if piece.kind != "heading":
        return ""
    style = "open" if opens else f"h{piece.level}"
    names = (
        f'text:style-name="{style}" text:outline-level="{max(1, piece.level)}"'
    )
    return f"<text:h {names}>{titled(piece, '<text:line-break/>')}</text:h>"


def _cell(style: str, text: str) -> str:
    said = _line("cell", escape(text))
    return f'<table:table-cell table:style-name="{style}">{said}</table:table-cell>'
