"""What nobody sees is not read; what everybody sees is, whoever put it on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.colors import HexColor, black, darkblue, white
from reportlab.pdfgen.canvas import Canvas

from kb.extract.limits import Limits
from kb.extract.pdf import read_pdf

Draw = Callable[[Canvas], None]
Read = Callable[..., str]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """All text of one drawn page; `crop` is its visible box."""

    def made(
        draw: Draw, crop: tuple[float, float, float, float] | None = None
    ) -> str:
        path = tmp_path / "bladzijde.pdf"
        canvas = Canvas(str(path), pagesize=(595, 842))
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.save()
        if crop:
            document = pypdfium2.PdfDocument(path)
            document[0].set_cropbox(*crop)
            path = tmp_path / "gesneden.pdf"
            document.save(path)
            document.close()
        (page,) = read_pdf(path, Limits(ocr=False)).pages
        return " ".join(line.text for line in page.lines)

    return made


def test_text_outside_the_visible_box_is_not_read(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "De speeltuin gaat open.")
        canvas.drawString(100, 830, "proef 3 - niet delen")

    found = read(draw, crop=(40, 40, 555, 800))
    assert "speeltuin" in found
    assert "proef" not in found


def test_white_text_is_read_where_it_stands_on_colour_only(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(darkblue)
        canvas.rect(80, 690, 400, 30, fill=1, stroke=0)
        canvas.setFillColor(white)
        canvas.drawString(100, 700, "Kop op een blauwe balk")
        canvas.drawString(100, 500, "verborgen zoekwoorden")

    found = read(draw)
    assert "Kop op een blauwe balk" in found
    assert "verborgen" not in found


def test_pale_text_that_an_eye_can_see_is_read(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor("#cfcfcf"))
        canvas.drawString(100, 700, "concept voor de buurt")

    assert "concept" in read(draw)


def test_text_under_a_black_bar_is_not_read(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Gesproken met mevrouw Vlieger")
        canvas.drawString(100, 660, "over de speeltuin.")
        canvas.setFillColor(black)
        canvas.rect(95, 694, 200, 16, fill=1, stroke=0)

    found = read(draw)
    assert "Vlieger" not in found
    assert "speeltuin" in found


def test_a_layer_of_invisible_text_is_read_only_where_it_is_alone(
    read: Read,
) -> None:
    def hidden(canvas: Canvas, x: float, y: float, text: str) -> None:
        layer = canvas.beginText(x, y)
        layer.setFont("Helvetica", 11)
        layer.setTextRenderMode(3)
        layer.textOut(text)
        canvas.drawText(layer)

    def doubled(canvas: Canvas) -> None:
        for at in range(6):
            canvas.drawString(
                100, 700 - 20 * at, "De bus rijdt langs het plein."
            )
            hidden(canvas, 100, 700 - 20 * at, "De bns rijdt 1angs het p1ein.")

    assert "bns" not in read(doubled)
    assert "De bns rijdt" in read(
        lambda c: hidden(c, 100, 700, "De bns rijdt voort.")
    )


def test_what_is_filled_in_on_a_form_is_read(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Waar gaat het over?")
        canvas.acroForm.textfield(
            name="vraag",
            x=100,
            y=640,
            width=300,
            height=24,
            value="Hulp bij een lening",
        )

    assert "Hulp bij een lening" in read(draw)


def test_accents_drawn_behind_their_letter_are_set_on_it(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        x = 100.0
        for sign in "idee":
            canvas.drawString(x, 700, sign)
            x += canvas.stringWidth(sign, "Helvetica", 11)
        canvas.drawString(x - 5, 700, "\u00a8")
        canvas.drawString(x, 700, "n en plannen")

    assert read(draw) == "ideën en plannen"


def test_accents_drawn_after_the_line_find_their_letters(read: Read) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "een voor een geteld")
        wide = canvas.stringWidth("een voor ", "Helvetica", 11)
        for x in (100.0, 100.0 + wide):
            canvas.drawString(x + 1, 700, "\u00b4")
            canvas.drawString(x + 7, 700, "\u00b4")

    assert read(draw) == "één voor één geteld"


def test_words_without_spaces_between_them_are_parted_where_gaps_and_list_agree(
    read: Read,
) -> None:
    def draw(canvas: Canvas) -> None:
        x = 100.0
        for word in ("samenwerking", "tussen", "scholen"):
            canvas.drawString(x, 700, word)
            x += canvas.stringWidth(word, "Helvetica", 11) + 1.4
        canvas.drawString(100, 660, "arbeidsmarktregio")

    assert read(draw) == "samenwerking tussen scholen arbeidsmarktregio"
