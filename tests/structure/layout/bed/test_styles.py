"""Small PDFs in styles that reports have, from the file to its blocks.

What is body, in which order, and what is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from kb.extract.limits import Limits
from kb.extract.pdf import read_pdf
from kb.records import Block
from kb.structure import blocks_of

TEXT = (
    "De teams komen bij mensen thuis en vragen wat er nodig is om weer verder te "
    "kunnen. Dat kost tijd en vraagt om iemand die blijft. "
    "Wie belt krijgt binnen een week bezoek, en daarna een plan dat past. De gemeente "
    "betaalt per wijk en rekent af op wat men merkt. "
)
OTHER = (
    "Anderhalf jaar later waren de afspraken vergeten en zocht ieder weer een eigen weg "
    "door de regels van het loket. "
)


def cut(
    text: str, width: float, size: float, font: str = "Times-Roman"
) -> Iterator[str]:
    """`text` in lines of at most `width` points."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) > width:
            yield line
            longer = word
        line = longer
    yield line


def set_text(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    width: float = 440,
    size: float = 10,
    font: str = "Times-Roman",
) -> float:
    """Print `text` from baseline `y` down; the baseline below it."""
    canvas.setFont(font, size)
    for line in cut(text, width, size, font):
        canvas.drawString(x, y, line)
        y -= 1.25 * size
    return y


def blocks(path: Path) -> tuple[Block, ...]:
    return blocks_of(read_pdf(path, Limits(ocr=False)))


def body(found: Sequence[Block]) -> list[str]:
    return [
        block.text
        for block in found
        if block.kind in ("heading", "paragraph", "list", "reference")
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stuk.pdf"


def test_headers_that_change_sides_and_numbers_between_dashes_stay_out_and_name_the_page(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page in range(1, 7):
        left = page % 2 == 0
        canvas.setFont("Times-Italic", 8)
        (canvas.drawString if left else canvas.drawRightString)(
            72 if left else 523,
            800,
            "Bureau Terp" if left else "De wijk in beeld",
        )
        set_text(canvas, TEXT * 4, 72, 760)
        canvas.setFont("Times-Roman", 8)
        canvas.drawCentredString(297, 40, f"– {page + 4} –")
        canvas.showPage()
    canvas.save()
    found = blocks(path)
    assert not any(
        word in text
        for text in body(found)
        for word in ("Terp", "in beeld", "–")
    )
    assert [block.label for block in found if block.kind == "paragraph"] == [
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
    ]


def test_three_ragged_columns_are_read_one_after_the_other(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(842, 595))
    for column, (opening, top) in enumerate(
        (("Eerst", 540), ("Daarna", 520), ("Ten slotte", 540))
    ):
        set_text(
            canvas,
            f"{opening} kwam het plan. {TEXT * 2}",
            45 + column * 260,
            top,
            width=235,
            size=9,
            font="Helvetica",
        )
    canvas.save()
    openings = [text.split(" kwam")[0] for text in body(blocks(path))]
    assert openings == ["Eerst", "Daarna", "Ten slotte"]


def test_a_paragraph_runs_on_in_the_next_column_and_on_the_next_page(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    lines = list(cut(TEXT * 9, 220, 10))
    third = len(lines) // 3
    for number, (x, part) in enumerate(
        (
            (60, lines[:third]),
            (315, lines[third : 2 * third]),
            (60, lines[2 * third :]),
        )
    ):
        if number == 2:
            canvas.showPage()
        canvas.setFont("Times-Roman", 10)
        for row, line in enumerate(part):
            canvas.drawString(x, 760 - 12.5 * row, line)
    canvas.save()
    assert body(blocks(path)) == [(TEXT * 9).strip()]


def test_a_heading_of_two_lines_in_the_type_of_the_text_but_bold_is_one_heading(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = set_text(canvas, TEXT * 2, 72, 760)
    y = set_text(
        canvas,
        "Wat bewoners van het team merken en wat de mensen in het team daar zelf van zeggen",
        72,
        y - 12,
        300,
        font="Times-Bold",
    )
    set_text(canvas, TEXT * 2, 72, y - 2)
    canvas.save()
    headings = [
        block.text for block in blocks(path) if block.kind == "heading"
    ]
    assert headings == [
        "Wat bewoners van het team merken en wat de mensen in het team daar zelf van zeggen"
    ]


def test_a_tinted_box_in_a_column_keeps_its_own_heading_and_paragraph(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    for x, text in ((50, TEXT), (310, OTHER)):
        y = set_text(canvas, text * 2, x, 780, width=235)
        if x == 310:
            canvas.setFillColorRGB(0.99, 0.94, 0.83)
            canvas.rect(x, y - 90, 235, 96, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            set_text(
                canvas, "Uit de praktijk", x + 8, y - 12, font="Times-Bold"
            )
            y = (
                set_text(
                    canvas,
                    (
                        "Een moeder belt het team over haar huur. De volgende dag zit er "
                        "iemand aan tafel die luistert."
                    ),
                    x + 8,
                    y - 26,
                    215,
                )
                - 50
            )
        set_text(canvas, text * 3, x, y - 12, width=235)
    canvas.save()
    found = [
        (block.kind, block.text)
        for block in blocks(path)
        if block.kind != "furniture"
    ]
    assert ("heading", "Uit de praktijk") in found
    assert (
        "paragraph",
        (
            "Een moeder belt het team over haar huur. De volgende dag zit er iemand aan "
            "tafel die luistert."
        ),
    ) in found
    assert [
        text
        for kind, text in found
        if kind == "paragraph" and text.startswith("Anderhalf")
    ] == [
        (OTHER * 2).strip(),
        (OTHER * 3).strip(),
    ]


def test_the_labels_and_figures_of_a_bar_chart_are_not_read_as_sentences(
    path: Path,
) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = set_text(canvas, TEXT * 2, 72, 780) - 140
    canvas.setFont("Helvetica", 7)
    for step in range(5):
        canvas.line(96, y + 28 * step, 500, y + 28 * step)
        canvas.drawRightString(92, y + 28 * step - 2, f"{25 * step}%")
    for at, (name, value) in enumerate(
        (("Noord", 22), ("Zuid-West", 41), ("Binnenstad", 67), ("Oost", 55))
    ):
        canvas.setFillColorRGB(0.2, 0.4, 0.6)
        canvas.rect(120 + 90 * at, y, 50, 1.12 * value, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawCentredString(145 + 90 * at, y - 9, name)
        canvas.drawCentredString(
            145 + 90 * at, y + 1.12 * value + 3, str(value)
        )
    set_text(
        canvas,
        "Grafiek 1 Bereik van het team per wijk",
        72,
        y - 30,
        size=9,
        font="Times-Italic",
    )
    set_text(canvas, OTHER * 3, 72, y - 60)
    canvas.save()
    found = blocks(path)
    assert body(found) == [(TEXT * 2).strip(), (OTHER * 3).strip()]
    assert [block.text for block in found if block.kind == "caption"] == [
        "Grafiek 1 Bereik van het team per wijk"
    ]
