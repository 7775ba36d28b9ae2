"""Small PDFs made here, one for each thing that went wrong on pages set by others.

Read, and told apart.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from kb.extract.limits import Limits
from kb.extract.pdf import read_pdf
from kb.extract.pdf.nested_forms import unfolds_without_end
from kb.records import Block, Extraction
from kb.structure import blocks_of

TEXT = (
    "De buurtploeg komt op maandag langs en vraagt aan wie open doet wat er die week "
    "het meeste nodig is. "
    "Daarna schrijft zij een kort plan dat in de la blijft liggen en dat iedereen mag "
    "lezen. Wie meedoet krijgt een sleutel van het "
    "gebouw en een plek aan de lange tafel. Zo groeit er langzaam een gewoonte om "
    "elkaar te helpen met kleine dingen. "
)
Draw = Callable[[Canvas], None]
Read = Callable[[Draw], tuple[Block, ...]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def made(draw: Draw) -> tuple[Block, ...]:
        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
        draw(canvas)
        canvas.save()
        return blocks_of(read_pdf(tmp_path / "a.pdf", Limits(ocr=False)))

    return made


def wrapped(
    text: str, width: float, font: str = "Times-Roman", size: float = 10
) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def paragraph(
    canvas: Canvas,
    text: str,
    x: float = 70,
    y: float = 770,
    width: float = 450,
    pitch: float = 12.5,
) -> float:
    canvas.setFont("Times-Roman", 10)
    for line in wrapped(text, width):
        canvas.drawString(x, y, line)
        y -= pitch
    return y


def texts(blocks: tuple[Block, ...], *kinds: str) -> list[str]:
    return [block.text for block in blocks if block.kind in kinds]


def test_note_in_the_margin_on_the_line_of_the_text_stays_out_of_it(
    read: Read,
) -> None:
    def draw(canvas: Canvas) -> None:
        y = 760.0
        for _ in range(6):
            canvas.setFont("Times-Roman", 8)
            canvas.drawRightString(150, y, "Samen aan zet")
            y = paragraph(canvas, TEXT, 161, y, 360) - 8

    assert not any(
        "Samen aan zet" in text
        for text in texts(read(draw), "paragraph", "heading")
    )


def test_word_after_a_slanted_f_is_a_word(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(12):
            x = 70.0
            for word in [
                "Zij",
                "schreven",
                "een",
                "lof",
                "der",
                "traagheid",
                "van",
                "vijf",
                "bladzijden",
                "over",
                "wachten",
            ]:
                font = (
                    "Times-Italic"
                    if word in ("lof", "der", "traagheid")
                    else "Times-Roman"
                )
                canvas.setFont(font, 10)
                canvas.drawString(x, 760 - 12.5 * row, word)
                x += stringWidth(word, font, 10) + 2.6

    assert "lof der traagheid van vijf" in " ".join(
        texts(read(draw), "paragraph")
    )


def test_letter_spaced_heading_keeps_its_words(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(70, 790)
        text.setFont("Times-Bold", 13)
        text.setCharSpace(1.9)
        text.textOut("NABIJ VOOR WIE DAT WIL")
        text.setCharSpace(0)
        canvas.drawText(text)
        paragraph(canvas, TEXT * 3, y=765)

    assert texts(read(draw), "heading") == ["NABIJ VOOR WIE DAT WIL"]


def test_columns_with_overfull_lines_are_read_one_after_the_other(
    read: Read,
) -> None:
    other = (
        "Een jaar later waren de meeste afspraken vergeten en liep ieder weer zijn "
        "eigen weg door de regels. "
    ) * 40
    left, right = wrapped(TEXT * 12, 222)[:45], wrapped(other, 222)[:45]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        for row, (one, two) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(60, 760 - 12 * row, one)
            if row % 6 == 3:
                canvas.drawRightString(302.5, 760 - 12 * row, "enz")
            canvas.drawString(306, 760 - 12 * row, two)

    assert " ".join(left[6:9]) in " ".join(texts(read(draw), "paragraph"))


def test_one_line_notes_at_one_height_are_notes(read: Read) -> None:
    notes = [
        "Gesprek in het buurthuis.",
        "Afgerond op tientallen.",
        "Zie de brief van mei.",
        "Zonder de stad.",
        "Eigen telling.",
        "Idem.",
    ]

    def draw(canvas: Canvas) -> None:
        for number, note in enumerate(notes, 1):
            paragraph(canvas, TEXT * 3)
            canvas.line(70, 104, 150, 104)
            canvas.setFont("Times-Roman", 5.5)
            canvas.drawString(70, 95, str(number))
            canvas.setFont("Times-Roman", 8)
            canvas.drawString(73.5, 92, note)
            canvas.drawCentredString(297, 50, str(number))
            canvas.showPage()

    assert texts(read(draw), "footnote") == notes


def test_numbers_of_a_table_of_contents_at_the_foot_of_the_page_stay_in_it(
    read: Read,
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 16)
        canvas.drawString(80, 770, "Inhoud")
        canvas.setFont("Times-Roman", 10.5)
        for at in range(46):
            canvas.drawString(
                80,
                740 - 14 * at,
                f"{at // 4 + 1}.{at % 4 + 1} Wat de straat ervan merkt",
            )
            canvas.drawRightString(510, 740 - 14 * at, str(at // 4 + 2))
        canvas.showPage()
        for number in range(12):
            canvas.setFont("Times-Bold", 14)
            canvas.drawString(
                80, 770, f"{number + 1} Wat de straat ervan merkt"
            )
            paragraph(canvas, TEXT * 5, 80, 740, 430)
            canvas.drawCentredString(297, 40, str(number + 1))
            canvas.showPage()

    kinds = Counter(block.kind for block in read(draw) if block.page == 1)
    assert kinds == {"heading": 1, "toc": 46}


@pytest.mark.parametrize(
    "title",
    ["XVII. Literatuur", "Hoofdstuk 12 Literatuur", "Gelezen en gebruikt"],
)
def test_reference_list_is_known_by_its_number_or_by_its_form(
    read: Read, title: str
) -> None:
    entries = [
        (
            "Adema, J. (2017). Wat leveren de teams op? Evaluatie van drie jaar sociale "
            "teams. Leeuwarden: Terp."
        ),
        "Baart, A. (2001). Een theorie van de presentie. Utrecht: Lemma.",
        "Hood, C. (1991). A public management for all seasons? Public Administration, 69(1), 3-19.",
        "Lipsky, M. (1980). Street-level bureaucracy. New York: Sage.",
    ]

    def draw(canvas: Canvas) -> None:
        y = paragraph(canvas, TEXT * 2) - 15
        canvas.setFont("Times-Bold", 13)
        canvas.drawString(70, y, title)
        canvas.setFont("Times-Roman", 10)
        for entry in entries:
            for at, line in enumerate(wrapped(entry, 300)):
                y -= 12.5
                canvas.drawString(84 if at else 70, y - 8, line)

    assert texts(read(draw), "reference") == entries


def test_drawn_bullets_make_items(read: Read) -> None:
    items = [
        "Eén huis kon op drie lijsten tegelijk staan.",
        "Iedere dienst hielp met haar eigen deel",
        "Niemand zag het geheel.",
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 18)
        canvas.drawString(40, 780, "Begin")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(
            40, 730, "Drie zaken vragen volgens ons de aandacht van de ploeg:"
        )
        for at, item in enumerate(items):
            canvas.rect(52, 708 - 17 * at, 5, 5, stroke=0, fill=1)
            canvas.drawString(66, 706 - 17 * at, item)

    assert texts(read(draw), "list") == items


def test_heading_above_a_chart_is_a_heading_and_the_labels_are_not(
    read: Read,
) -> None:
    def draw(canvas: Canvas) -> None:
        y = paragraph(canvas, TEXT * 3) - 14
        canvas.setFont("Times-Bold", 12)
        canvas.drawString(70, y, "8 Geld")
        foot = y - 133
        canvas.setFont("Helvetica", 7)
        for step in range(5):
            canvas.line(96, foot + 28 * step, 500, foot + 28 * step)
            canvas.drawRightString(92, foot + 28 * step - 2, f"{25 * step}%")
        for at, (name, value) in enumerate(
            (("Noord", 22), ("Zuid", 41), ("Oost", 67), ("West", 55))
        ):
            canvas.rect(
                120 + 90 * at, foot, 50, 1.12 * value, stroke=0, fill=1
            )
            canvas.drawCentredString(145 + 90 * at, foot - 9, name)

    blocks = read(draw)
    assert texts(blocks, "heading") == ["8 Geld"]
    assert not any("Noord" in text for text in texts(blocks, "paragraph"))


def test_small_capitals_make_headings_however_short(read: Read) -> None:
    titles = [
        "STURING",
        "KOSTEN EN BATEN",
        "PAPIER",
        "WAT DE STRAAT MERKT",
        "SLOT",
    ]

    def draw(canvas: Canvas) -> None:
        y = 780.0
        for title in titles:
            x = 70.0
            for word in title.split():
                for at, letter in enumerate(word):
                    size = 8.6 if at else 11
                    canvas.setFont("Times-Roman", size)
                    canvas.drawString(x, y - 10, letter)
                    x += stringWidth(letter, "Times-Roman", size)
                x += 3
            y = paragraph(canvas, TEXT, y=y - 28)

    assert texts(read(draw), "heading") == titles


def test_only_the_title_of_a_title_page_is_a_heading(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        for text, size, y in (
            ("De lange tafel", 26, 640),
            ("Verslag uit drie straten", 15, 605),
            ("Anna de Bruijn", 13, 560),
        ):
            canvas.setFont("Times-Roman", size)
            canvas.drawString(80, y, text)
        canvas.showPage()
        for title in ("Voorwoord", "Aanleiding", "Werkwijze", "Slot"):
            canvas.setFont("Times-Bold", 15)
            canvas.drawString(70, 780, title)
            paragraph(canvas, TEXT * 4, y=750)
            canvas.showPage()

    assert texts(read(draw), "heading") == [
        "De lange tafel",
        "Voorwoord",
        "Aanleiding",
        "Werkwijze",
        "Slot",
    ]


def test_bare_number_of_a_chapter_joins_the_title_below_it(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        for number, title in enumerate(("Begin", "Midden", "Einde"), 1):
            canvas.setFont("Times-Bold", 20)
            canvas.drawString(70, 780, f"Hoofdstuk {number}")
            canvas.setFont("Times-Bold", 24)
            canvas.drawString(70, 730, title)
            paragraph(canvas, TEXT * 4, y=690)
            canvas.showPage()

    assert texts(read(draw), "heading") == [
        "Hoofdstuk 1 Begin",
        "Hoofdstuk 2 Midden",
        "Hoofdstuk 3 Einde",
    ]


def test_head_of_a_table_without_a_rule_over_it_is_in_the_table(
    read: Read,
) -> None:
    rows = [
        ("Uitspraak", "Noord", "Zuid"),
        ("Er is tijd om te leren", "55", "69"),
        ("De straat merkt het", "22", "18"),
        ("Wel", "81", "73"),
    ]

    def draw(canvas: Canvas) -> None:
        y = paragraph(canvas, TEXT * 3) - 30
        for at, row in enumerate(rows):
            canvas.setFont("Times-Roman" if at else "Times-Bold", 9)
            for x, text in zip((70, 300, 400), row, strict=True):
                canvas.drawString(x, y - 16 * at, text)
            canvas.line(68, y - 16 * at - 4, 480, y - 16 * at - 4)
        paragraph(canvas, TEXT * 3, y=y - 80)

    assert texts(read(draw), "table") == [
        "\n".join(" | ".join(row) for row in rows)
    ]


def _codes(extraction: Extraction) -> list[str]:
    return [problem.code for problem in extraction.problems]


def test_pages_that_hold_nothing_are_named_where_they_are_a_third(
    tmp_path: Path,
) -> None:
    canvas = Canvas(str(tmp_path / "half.pdf"))
    for number in range(6):
        if number % 2:
            paragraph(canvas, TEXT)
        canvas.showPage()
    canvas.save()
    problem = read_pdf(tmp_path / "half.pdf", Limits(ocr=False)).problems[0]
    assert (problem.code, problem.values["pages"]) == (
        "pdf_empty_pages",
        "1,3,5",
    )


def test_document_without_any_text_says_so(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "leeg.pdf"))
    canvas.rect(100, 100, 50, 50)
    canvas.showPage()
    canvas.save()
    assert _codes(read_pdf(tmp_path / "leeg.pdf", Limits(ocr=False))) == [
        "pdf_no_text"
    ]


def _forms(draws: dict[int, tuple[int, int]]) -> bytes:
    """Forms by object number: which form each draws, and how often."""
    parts = []
    for number, (other, times) in draws.items():
        content = zlib.compress(b"/X Do " * times)
        head = (
            f"{number} 0 obj\n<< /Resources << /XObject << /X {other} 0 R >> >> /Subtype "
            f"/Form /Filter /FlateDecode >>\nstream\n"
        )
        parts.append(head.encode() + content + b"\nendstream\nendobj\n")
    return b"%PDF-1.4\n" + b"".join(parts)


def test_forms_that_unfold_without_end_are_told_before_they_are_drawn(
    tmp_path: Path,
) -> None:
    assert unfolds_without_end(_forms({n: (n + 1, 10) for n in range(1, 12)}))
    assert unfolds_without_end(_forms({1: (2, 1), 2: (1, 1)}))
    assert not unfolds_without_end(
        _forms({n: (n + 1, 1) for n in range(1, 12)})
    )
    (tmp_path / "bom.pdf").write_bytes(_forms({1: (2, 2), 2: (1, 2)}))
    assert _codes(read_pdf(tmp_path / "bom.pdf")) == ["pdf_endless_forms"]


def test_codes_beyond_unicode_leave_no_ink() -> None:
    from kb.extract.pdf.characters import _is_unseen

    assert _is_unseen(0x110000)
    assert not _is_unseen(ord("é"))


def test_large_sign_before_a_paragraph_takes_no_word_of_it(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        y = paragraph(canvas, TEXT)
        canvas.setFont("Times-Bold", 26)
        canvas.drawString(70, y - 22, "!")
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(82, y - 15, "Let op: deze week komt de ploeg")
        canvas.drawString(82, y - 27.5, "een dag later langs dan anders.")
        paragraph(canvas, TEXT, y=y - 60)

    found = " ".join(texts(read(draw), "paragraph"))
    assert "Let op: deze week komt de ploeg een dag later langs" in found
