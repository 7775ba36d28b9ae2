"""Typeset a demo document as lecture slides: landscape, one heading a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph

from scripts.demo.pdf import markup
from scripts.demo.source import DISCLAIMER, RUNNING, Item, Source

_SIZE = (720.0, 405.0)
_TEXT = ParagraphStyle(
    "text", fontName="Helvetica", fontSize=17.5, leading=23, spaceAfter=7
)
_ITEM = ParagraphStyle(
    "item", parent=_TEXT, leftIndent=18, bulletIndent=2, bulletFontSize=17.5
)
_QUOTE = ParagraphStyle(
    "quote", parent=_TEXT, fontName="Helvetica-Oblique", leftIndent=24
)
_SMALL = ParagraphStyle(
    "small", parent=_TEXT, fontSize=12, leading=15.5, spaceAfter=4
)


def _flowable(item: Item) -> Flowable:
    if item.kind == "item":
        return Paragraph(markup(item.text), _ITEM, bulletText="•")
    if item.kind == "numbered":
        number, text = item.text.split(" ", 1)
        return Paragraph(markup(text), _ITEM, bulletText=number)
    return Paragraph(
        markup(item.text),
        {"quote": _QUOTE, "reference": _SMALL}.get(item.kind, _TEXT),
    )


def _slide(
    canvas: Any, title: str, story: list[Flowable], source: Source, number: int
) -> None:
    accent = HexColor(source.meta["accent"])
    width, height = _SIZE
    canvas.setFillColor(accent)
    canvas.rect(0, height - 62, width, 62, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(36, height - 41, title)
    canvas.setFillColor(HexColor("#555555"))
    canvas.setFont("Helvetica", 8.5)
    canvas.drawString(36, 16, f"{source.meta['running']} | {RUNNING}")
    canvas.drawRightString(width - 36, 16, str(number))
    left = Frame(
        36, 34, width - 72, height - 108, leftPadding=0, rightPadding=0
    ).addFromList(story, canvas)
    if story or left:
        raise ValueError(
            f"{source.name}: slide {number} ({title}) is too full"
        )
    canvas.bookmarkPage(f"s{number}")
    canvas.addOutlineEntry(title, f"s{number}", 0)
    canvas.showPage()


def write_slides(source: Source, target: Path) -> None:
    """Typeset `source` as slides; raises ValueError when a slide does not hold its text."""
    meta = source.meta
    canvas = Canvas(str(target), pagesize=_SIZE, invariant=1, lang="nl-NL")
    canvas.setTitle(meta["title"])
    canvas.setAuthor(", ".join(meta["authors"]))
    canvas.setSubject(RUNNING)
    by = [
        meta["subtitle"],
        ", ".join(meta["authors"]),
        f"{meta['institution']}, {meta['date']}",
    ]
    slides: list[tuple[str, list[Flowable]]] = [
        (
            meta["title"],
            [Paragraph(markup(line), _TEXT) for line in by]
            + [Paragraph(DISCLAIMER, _SMALL)],
        )
    ]
    for item in source.items:
        if item.kind == "heading":
            slides.append((item.text, []))
        else:
            slides[-1][1].append(_flowable(item))
    for number, (title, story) in enumerate(slides, 1):
        _slide(canvas, title, story, source, number)
    canvas.save()
