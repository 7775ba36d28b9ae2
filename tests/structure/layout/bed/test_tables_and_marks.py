"""Small PDFs with tables beside text, items within items, and headings that only stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kb.records import Block
from tests.structure.layout.bed.test_styles import (
    OTHER,
    TEXT,
    blocks,
    body,
    set_text,
)

SMALL = 8.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stuk.pdf"


def row(
    canvas: Canvas, places: Sequence[float], y: float, texts: Sequence[str]
) -> None:
    canvas.setFont("Times-Roman", SMALL)
    for x, text in zip(places, texts, strict=True):
        canvas.drawString(x, y, text)


def tables(found: Sequence[Block]) -> list[tuple[tuple[str, ...], ...]]:
    return [block.rows for block in found if block.kind == "table"]


def test_a_bare_table_in_the_right_column_takes_no_line_of_the_left(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    set_text(canvas, TEXT * 5, 50, 780, width=235)
    y = set_text(canvas, OTHER * 3, 310, 780, width=235) - 8
    canvas.setFont("Times-Italic", 9)
    canvas.drawString(310, y, "Tabel 4 Uren van de vier dorpen")
    rows = (
        ("Dorp", "Uren", "Mensen"),
        ("Aan de oude vaart en", "12", "3"),
        ("het bos daarachter", "", ""),
        ("Berg", "9", "1"),
        ("Dal", "31", "7"),
    )
    for at, texts in enumerate(rows):
        y -= 9 if at == 2 else 15
        row(canvas, (310, 420, 480), y, texts)
    set_text(canvas, OTHER * 3, 310, y - 24, width=235)
    canvas.save()
    found = blocks(path)
    assert tables(found) == [
        (
            ("Dorp", "Uren", "Mensen"),
            ("Aan de oude vaart en het bos daarachter", "12", "3"),
            ("Berg", "9", "1"),
            ("Dal", "31", "7"),
        )
    ]
    assert body(found) == [
        (TEXT * 5).strip(),
        (OTHER * 3).strip(),
        (OTHER * 3).strip(),
    ]


def test_items_of_an_inner_list_and_those_after_it_are_items_of_their_own(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = set_text(canvas, TEXT, 72, 760)
    items = (
        (76, 90, "a)", "brood van de bakker op de hoek"),
        (92, 106, "–", "wit of bruin"),
        (92, 106, "–", "met zaden"),
        (76, 90, "b)", "melk"),
        (76, 90, "o", "Kaas"),
        (76, 88, "(3)", "Ten slotte iets zoets"),
    )
    for mark_at, text_at, mark, text in items:
        canvas.drawString(mark_at, y, mark)
        canvas.drawString(text_at, y, text)
        y -= 14
    set_text(canvas, OTHER, 72, y)
    canvas.save()
    assert [b.text for b in blocks(path) if b.kind == "list"] == [
        "a) brood van de bakker op de hoek",
        "wit of bruin",
        "met zaden",
        "b) melk",
        "Kaas",
        "(3)Ten slotte iets zoets",
    ]
    assert body(blocks(path))[-1] == OTHER.strip()


def test_small_capitals_over_two_lines_are_one_heading(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = set_text(canvas, TEXT * 2, 72, 760) - 14
    canvas.setFont("Times-Roman", 15)
    canvas.drawString(72, y, "Z")
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(81, y, "ORG EN WELZIJN IN DE")
    canvas.drawString(72, y - 15, "DORPEN AAN ZEE")
    set_text(canvas, TEXT * 2, 72, y - 34)
    canvas.save()
    assert [b.text for b in blocks(path) if b.kind == "heading"] == [
        "ZORG EN WELZIJN IN DE DORPEN AAN ZEE"
    ]


def test_lines_of_another_family_that_stand_apart_are_headings(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = 780.0
    for title in ("Wie er belt", "Wat er dan gebeurt", "Hoe het afloopt"):
        y = set_text(canvas, title, 72, y - 10, font="Helvetica") - 4
        y = set_text(canvas, TEXT * 2, 72, y) - 4
    set_text(canvas, f"Let op: {OTHER}", 72, y - 10, font="Helvetica")
    canvas.save()
    assert [b.text for b in blocks(path) if b.kind == "heading"] == [
        "Wie er belt",
        "Wat er dan gebeurt",
        "Hoe het afloopt",
    ]


def test_a_line_of_text_that_ends_in_a_year_does_not_undo_the_contents(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Times-Bold", 12)
    canvas.drawString(72, 780, "Inhoud")
    canvas.setFont("Times-Roman", 10)
    for at, (title, page) in enumerate((("De vraag", 3), ("Het antwoord", 9))):
        canvas.drawString(72, 760 - 14 * at, title)
        canvas.drawRightString(512, 760 - 14 * at, str(page))
    y = set_text(canvas, TEXT * 3, 72, 700)
    canvas.drawString(72, y, "Zo ging het in 2014")
    canvas.save()
    found = blocks(path)
    assert [b.text for b in found if b.kind == "toc"] == [
        "De vraag",
        "Het antwoord",
    ]


def test_a_colon_before_a_small_letter_on_the_next_page_ends_no_paragraph(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    lines = (
        "Op elke tafel lag een vraag die niemand in de straat hardop stelde,",
        "omdat het antwoord van tevoren al vaststond; zij luidde steeds zo:",
    )
    for at, line in enumerate(lines):
        set_text(canvas, line, 72, 760 - 12.5 * at)
    canvas.showPage()
    set_text(canvas, f"wie betaalt? {OTHER * 2}", 72, 760, 280)
    canvas.save()
    assert any(
        f"zo: wie betaalt? {OTHER}" in text for text in body(blocks(path))
    )


def test_a_column_with_a_long_table_in_it_is_still_a_column(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = set_text(canvas, TEXT * 3, 50, 780, width=235)
    canvas.setFont("Times-Italic", 9)
    canvas.drawString(50, y - 8, "Tabel 1 Dorpen en hun uren")
    for at in range(24):
        y -= 14 if at else 24
        row(canvas, (50, 120, 190), y, ("Berg", str(at), "7,5"))
    set_text(canvas, OTHER * 12, 296, 780, width=235)
    canvas.save()
    assert body(blocks(path)) == [(TEXT * 3).strip(), (OTHER * 12).strip()]


def test_last_lines_of_references_on_several_pages_are_no_page_numbers(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page in range(2):
        set_text(canvas, TEXT * 3, 72, 760)
        canvas.line(72, 82, 150, 82)
        note = f"{page + 1} Zie Vos, J. (2009). De straat. Blad voor de Buurt,"
        set_text(canvas, note, 72, 72, size=8)
        set_text(canvas, f"3{page}(6), 6{page}-79.", 80, 62, size=8)
        canvas.showPage()
    canvas.save()
    notes = [b.text for b in blocks(path) if b.kind == "footnote"]
    assert [note[-13:] for note in notes] == ["30(6), 60-79.", "31(6), 61-79."]


def test_one_short_sentence_in_large_quotation_marks_is_a_pull_quote(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = set_text(canvas, TEXT * 2, 72, 760)
    said = "‘Zonder sleutel kom je nergens binnen.’"
    canvas.setFillColorRGB(0.5, 0.1, 0.1)
    y = set_text(canvas, said, 72, y - 14, size=15, font="Times-Italic")
    canvas.setFillColorRGB(0, 0, 0)
    set_text(canvas, TEXT * 2, 72, y - 14)
    canvas.save()
    assert [b.text for b in blocks(path) if b.kind == "quote"] == [said]
