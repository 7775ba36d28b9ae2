"""Typeset a demo document as a report in PDF.

Columns, running header and footer, footnotes, contents, page labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from scripts.demo.source import DISCLAIMER, RUNNING, Item, Source

_WIDTH, _HEIGHT = A4
_MARGIN, _TOP, _BOTTOM, _GUTTER = 26 * mm, 27 * mm, 25 * mm, 8 * mm
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass
class Known:
    """What one pass of typesetting teaches the next.

    Notes and headings by page, and how many pages there are.
    """

    notes: dict[int, list[str]] = field(default_factory=dict)
    headings: list[tuple[int, str, int]] = field(default_factory=list)
    bylines: dict[str, str] = field(
        default_factory=dict
    )  # heading → its authors
    pages: int = 0


def markup(text: str) -> str:
    """ReportLab's inline markup for `text` in our dialect."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\*)\*([^*]+)\*", r"<i>\1</i>", text)
    return re.sub(
        r"\[\^(\d+)\]",
        r'<super size="7">\1</super><onDraw name="note" label="\1"/>',
        text,
    )


def styles(size: float, accent: str, lang: str) -> dict[str, ParagraphStyle]:
    """Paragraph styles by the kind of a block."""
    base: dict[str, Any] = {
        "fontName": "Times-Roman",
        "fontSize": size,
        "leading": size * 1.36,
        "spaceAfter": size * 0.6,
        "alignment": TA_JUSTIFY,
        "hyphenationLang": lang,
        "embeddedHyphenation": 1,
        "allowOrphans": 0,
        "allowWidows": 0,
        "uriWasteReduce": 0.3,
    }

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, **{**base, **changes})

    def head(
        name: str, points: float, before: float, font: str = "Helvetica-Bold"
    ) -> ParagraphStyle:
        return style(
            name,
            fontName=font,
            fontSize=points,
            leading=points * 1.25,
            alignment=0,
            spaceBefore=before,
            spaceAfter=points * 0.45,
            textColor=HexColor(accent),
            hyphenationLang="",
        )

    small = {
        "fontSize": size - 1.7,
        "leading": (size - 1.7) * 1.25,
        "spaceAfter": 2,
    }
    return {
        "paragraph": style("paragraph"),
        "item": style(
            "item",
            leftIndent=12,
            bulletIndent=2,
            spaceAfter=2.5,
            bulletFontSize=size,
        ),
        "numbered": style(
            "numbered",
            leftIndent=15,
            spaceAfter=2.5,
            bulletFontName="Times-Roman",
            bulletFontSize=size,
        ),
        "quote": style(
            "quote", leftIndent=16, rightIndent=12, fontName="Times-Italic"
        ),
        "reference": style(
            "reference",
            leftIndent=14,
            firstLineIndent=-14,
            alignment=0,
            spaceAfter=3.5,
            hyphenationLang="",
        ),
        "caption": style(
            "caption",
            fontName="Helvetica-Bold",
            fontSize=size - 1.8,
            leading=size,
            alignment=0,
            spaceBefore=4,
        ),
        "cell": style(
            "cell",
            fontName="Helvetica",
            fontSize=size - 2,
            leading=size,
            spaceAfter=0,
            alignment=0,
            hyphenationLang="",
        ),
        "note": style("note", **small),
        "disclaimer": style(
            "disclaimer",
            fontName="Helvetica-Oblique",
            alignment=0,
            hyphenationLang="",
            **small,
        ),
        "byline": style(
            "byline",
            fontName="Helvetica-Oblique",
            alignment=0,
            spaceAfter=size,
            hyphenationLang="",
        ),
        "contents_by": style(
            "contents_by",
            alignment=0,
            fontName="Times-Italic",
            spaceAfter=5,
            leftIndent=12,
            hyphenationLang="",
        ),
        "by": style(
            "by",
            fontName="Helvetica",
            alignment=0,
            fontSize=size - 0.5,
            spaceAfter=2,
            hyphenationLang="",
        ),
        "contents1": style(
            "contents1", alignment=0, spaceAfter=3, hyphenationLang=""
        ),
        "contents2": style(
            "contents2",
            alignment=0,
            spaceAfter=2,
            leftIndent=12,
            hyphenationLang="",
        ),
        "title": head("title", 21, 10),
        "subtitle": head("subtitle", 12.5, 0, "Helvetica"),
        "heading1": head("heading1", size + 4.5, 14),
        "heading2": head("heading2", size + 1.3, 9),
        "heading3": head("heading3", size, 6, "Helvetica-Oblique"),
    }


def _bars(item: Item, width: float, accent: str) -> Drawing:
    drawing = Drawing(width, 14 * len(item.rows) + 12)
    for row, (label, value) in enumerate(item.rows):
        y = 14 * (len(item.rows) - 1 - row) + 12
        length = float(value.replace(",", ".")) / 100 * width * 0.45
        drawing.add(
            String(0, y + 2, label, fontName="Helvetica", fontSize=8.5)
        )
        drawing.add(
            Rect(
                width * 0.48,
                y,
                length,
                9,
                fillColor=HexColor(accent),
                strokeColor=None,
            )
        )
        drawing.add(
            String(
                width * 0.48 + length + 4,
                y + 2,
                f"{value}%",
                fontName="Helvetica",
                fontSize=8.5,
            )
        )
    return drawing


def _table(item: Item, width: float, style: ParagraphStyle) -> Table:
    longest = [
        max(len(row[column]) for row in item.rows)
        for column in range(len(item.rows[0]))
    ]
    shares = [max(10.0, min(length, 42)) for length in longest]
    cells = [
        [
            Paragraph(
                markup(f"**{cell}**" if n == 0 and cell else cell), style
            )
            for cell in row
        ]
        for n, row in enumerate(item.rows)
    ]
    lines = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, black),
    ]
    padding = [
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(
        cells,
        [width * share / sum(shares) for share in shares],
        style=lines + padding,
        repeatRows=1,
        spaceAfter=9,
    )


class ReportDocument(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """One pass: `before` is what the last pass found out.

    `found` what this one does.
    """

    def __init__(self, target: Path, source: Source, before: Known) -> None:
        meta = source.meta
        super().__init__(
            str(target),
            pagesize=A4,
            invariant=1,
            title=meta["title"],
            author=", ".join(meta.get("authors", [])) or meta["institution"],
            subject=RUNNING,
            keywords=str(meta.get("keywords", "")),
            lang="nl-NL",
        )
        self.source, self.meta, self.before, self.found = (
            source,
            meta,
            before,
            Known(),
        )
        self.accent = str(meta.get("accent", "#1f4e5f"))
        self.styles = styles(
            float(meta.get("size", 10.6)),
            self.accent,
            meta.get("hyphenation", "nl_NL"),
        )
        self.front = int(meta.get("front_pages", 0))
        self.addPageTemplates([self._template(1)])

    def beforeDocument(self) -> None:
        self.canv.setNamedCB(
            "note",
            lambda canvas, kind, label: self.found.notes.setdefault(
                self.page, []
            ).append(label),
        )
        if self.front:
            self.canv.addPageLabel(0, style="ROMAN_LOWER", start=1)
            self.canv.addPageLabel(self.front, style="ARABIC", start=1)

    def label(self, page: int) -> str:
        """The printed number of a physical page."""
        return (
            str(page)
            if not self.front
            else _ROMAN[page]
            if page <= self.front
            else str(page - self.front)
        )

    def notes_on(self, page: int) -> list[Paragraph]:
        labels = self.before.notes.get(page, [])
        return [
            Paragraph(
                f'<super size="6">{label}</super> {markup(self.source.notes[label])}',
                self.styles["note"],
            )
            for label in labels
        ]

    def _note_height(self, page: int) -> float:
        notes = self.notes_on(page)
        return (
            sum(
                note.wrap(_WIDTH - 2 * _MARGIN, _HEIGHT)[1] + 2
                for note in notes
            )
            + 8
            if notes
            else 0.0
        )

    def _template(self, page: int) -> PageTemplate:
        bottom = _BOTTOM + self._note_height(page)
        width, height = _WIDTH - 2 * _MARGIN, _HEIGHT - _TOP - bottom
        box = {
            "leftPadding": 0,
            "rightPadding": 0,
            "topPadding": 0,
            "bottomPadding": 0,
        }
        frames = [Frame(_MARGIN, bottom, width, height, **box)]
        if self.meta.get("columns") == 2:
            head = float(self.meta["title_height"]) * mm if page == 1 else 0
            column = (width - _GUTTER) / 2
            frames = [
                Frame(
                    _MARGIN + n * (column + _GUTTER),
                    bottom,
                    column,
                    height - head,
                    **box,
                )
                for n in (0, 1)
            ]
            if head:
                frames.insert(
                    0,
                    Frame(_MARGIN, bottom + height - head, width, head, **box),
                )
        return PageTemplate(
            id=str(page),
            frames=frames,
            onPage=self._furniture,
            onPageEnd=self._draw_notes,
        )

    def handle_pageBegin(self) -> None:
        self.pageTemplate = self._template(self.page + 1)
        super().handle_pageBegin()

    def _furniture(self, canvas: Any, document: Any) -> None:
        page = self.page
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(HexColor("#555555"))
        if page > 1:
            canvas.drawString(
                _MARGIN,
                _HEIGHT - 16 * mm,
                self.meta.get("running", self.meta["title"]),
            )
            canvas.drawRightString(
                _WIDTH - _MARGIN,
                _HEIGHT - 16 * mm,
                str(self.meta.get("running_right", "")),
            )
            canvas.setStrokeColor(HexColor("#999999"))
            canvas.line(
                _MARGIN, _HEIGHT - 18 * mm, _WIDTH - _MARGIN, _HEIGHT - 18 * mm
            )
        number = self.meta.get("number", "{label}").format(
            label=self.label(page), pages=self.before.pages
        )
        canvas.drawString(_MARGIN, 13 * mm, RUNNING)
        numbered = page not in self.meta.get("unnumbered", ())
        if numbered and not (self.front and page == 1):
            canvas.drawRightString(_WIDTH - _MARGIN, 13 * mm, number)
        canvas.restoreState()

    def _draw_notes(self, canvas: Any, document: Any) -> None:
        y = _BOTTOM + self._note_height(self.page) - 6
        notes = self.notes_on(self.page)
        if notes:
            canvas.setLineWidth(0.4)
            canvas.line(_MARGIN, y, _MARGIN + 45 * mm, y)
        for note in notes:
            y -= note.wrap(_WIDTH - 2 * _MARGIN, _HEIGHT)[1] + 2
            note.drawOn(canvas, _MARGIN, y)

    def afterFlowable(self, flowable: Flowable) -> None:
        level = getattr(flowable, "level", 0)
        if level in (1, 2):
            key = f"h{len(self.found.headings)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(
                flowable.getPlainText(), key, level - 1, closed=False
            )
            self.found.headings.append(
                (level, flowable.getPlainText(), self.page)
            )
        if getattr(flowable, "byline", False):
            title = self.found.headings[-1][1]
            self.found.bylines[title] = flowable.getPlainText()


def _contents(document: ReportDocument) -> list[Flowable]:
    width = _WIDTH - 2 * _MARGIN
    rows: list[Flowable] = [_heading("Inhoud", 1, document)]
    for level, text, page in document.before.headings:
        style = document.styles[f"contents{level}"]
        room = (
            width - style.leftIndent - _text_width(document.label(page), style)
        )
        dots = int(
            (room - _text_width(text, style)) / _text_width(".", style) - 4
        )
        rows.append(
            Paragraph(
                f"{markup(text)} {'.' * max(dots, 3)} {document.label(page)}",
                style,
            )
        )
        if text in document.before.bylines:
            authors = markup(document.before.bylines[text])
            rows.append(Paragraph(authors, document.styles["contents_by"]))
    return rows


def _text_width(text: str, style: ParagraphStyle) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, style.fontName, style.fontSize))


def _byline(text: str, document: ReportDocument) -> Paragraph:
    paragraph = Paragraph(markup(text), document.styles["byline"])
    paragraph.byline = True
    return paragraph


def _heading(text: str, level: int, document: ReportDocument) -> Paragraph:
    paragraph = Paragraph(markup(text), document.styles[f"heading{level}"])
    paragraph.level = level if text != "Inhoud" else 0
    return paragraph


def _title_block(document: ReportDocument) -> list[Flowable]:
    meta, style = document.meta, document.styles
    block: list[Flowable] = [Paragraph(DISCLAIMER, style["disclaimer"])]
    if document.front:
        block.append(Spacer(1, 60 * mm))
    if "letter" in meta:
        return [
            *block,
            Spacer(1, 8 * mm),
            *(Paragraph(markup(line), style["by"]) for line in meta["letter"]),
            Spacer(1, 6 * mm),
        ]
    block.append(Paragraph(markup(meta["title"]), style["title"]))
    block += (
        [Paragraph(markup(meta["subtitle"]), style["subtitle"])]
        if "subtitle" in meta
        else []
    )
    by = [
        ", ".join(meta.get("authors", [])),
        f"{meta['institution']}, {meta['address']}",
        str(meta.get("date", meta["year"])),
    ]
    block += [Paragraph(markup(line), style["by"]) for line in by if line]
    return [
        *block,
        PageBreak()
        if document.front
        else FrameBreak()
        if meta.get("columns") == 2
        else Spacer(1, 5 * mm),
    ]


def _flowables(document: ReportDocument) -> list[Flowable]:
    width = _WIDTH - 2 * _MARGIN
    width = (
        (width - _GUTTER) / 2 if document.meta.get("columns") == 2 else width
    )
    style = document.styles
    simple: dict[str, Callable[[Item], Flowable]] = {
        "heading": lambda item: _heading(item.text, item.level, document),
        "item": lambda item: Paragraph(
            markup(item.text), style["item"], bulletText="•"
        ),
        "numbered": lambda item: Paragraph(
            markup(item.text.split(" ", 1)[1]),
            style["numbered"],
            bulletText=item.text.split(" ", 1)[0],
        ),
        "table": lambda item: _table(item, width, style["cell"]),
        "bars": lambda item: _bars(item, width, document.accent),
        "break": lambda item: PageBreak(),
        "byline": lambda item: _byline(item.text, document),
    }
    story = _title_block(document)
    items = list(document.source.items)
    for number, item in enumerate(items):
        if item.text == "[inhoud]":
            story += [*_contents(document), PageBreak()]
        elif (
            item.kind in ("table", "bars")
            and number
            and items[number - 1].kind == "caption"
        ):
            story[-1] = KeepTogether([story[-1], simple[item.kind](item)])
        elif item.kind == "heading":
            story += [
                CondPageBreak(
                    100
                    if item.level == 1
                    and items[number + 1].kind != "reference"
                    else 62
                ),
                simple[item.kind](item),
            ]
        elif item.kind in simple:
            story.append(simple[item.kind](item))
        else:
            story.append(Paragraph(markup(item.text), style[item.kind]))
    return story


def write_report(source: Source, target: Path) -> None:
    """Typeset `source` to `target` until notes.

    Contents and page count stand still (five passes at most).
    """
    before = Known()
    for _ in range(5):
        document = ReportDocument(target, source, before)
        document.build(_flowables(document))
        document.found.pages = document.page
        if document.found == before:
            return
        before = document.found
