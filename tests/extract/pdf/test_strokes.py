"""Fonts without a name: weight and slant are seen in the ink."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from kb.extract.limits import Limits
from kb.extract.pdf import read_pdf
from kb.extract.pdf.strokes import tells_nothing
from kb.records import Line

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def letter(stem: int, lean: int) -> bytes:
    """A letter of two legs and a beam, in thousandths of the size of type."""
    legs = "".join(
        f"{x} 0 m {x + stem} 0 l {x + stem + lean} 500 l {x + lean} 500 l f "
        for x in (60, 340)
    )
    beam = f"{60 + lean} {500 - stem} {280 + stem} {stem} re f"
    return f"560 0 0 0 700 600 d1 {legs}{beam}".encode()


def type3(pdf: pikepdf.Pdf, stem: int, lean: int = 0) -> pikepdf.Object:
    """A Type 3 font, which has no name, of that stroke."""
    drawn = pdf.make_stream(letter(stem, lean))
    names = [Name(f"/{sign}") for sign in LETTERS]
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 700, 600]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary({str(name): drawn for name in names}),
        Encoding=Dictionary(
            Type=Name.Encoding, Differences=Array([97, *names])
        ),
        FirstChar=97,
        LastChar=122,
        Widths=Array([560] * 26),
        Resources=Dictionary(),
    )
    return pdf.make_indirect(font)


def lines(
    path: Path, stems: dict[str, tuple[int, int]], text: str
) -> list[Line]:
    """The lines of a page of which `text` names font and words."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    fonts = {f"/{name}": type3(pdf, *drawn) for name, drawn in stems.items()}
    page.Resources = Dictionary(Font=Dictionary(fonts))
    shown, y = "", 760
    for row in text.splitlines():
        font, _, words = row.partition(" ")
        shown += f"BT /{font} 10 Tf 60 {y} Td ({words}) Tj ET\n"
        y -= 14
    page.Contents = pdf.make_stream(shown.encode())
    pdf.save(path)
    return list(read_pdf(path, Limits(ocr=False)).pages[0].lines)


BODY = "P elke maandag komt de ploeg langs in de flat aan het plein"


@pytest.mark.parametrize(
    ("stem", "bold"), [(70, False), (85, False), (110, True), (150, True)]
)
def test_heavier_strokes_than_those_of_the_text_are_bold(
    tmp_path: Path, stem: int, bold: bool
) -> None:
    text = f"H samen koken in de wijk\n{BODY}\n{BODY}"
    fonts = {"H": (stem, 0), "P": (70, 0)}
    head, *body = lines(tmp_path / "a.pdf", fonts, text)
    assert head.bold is bold
    assert not any(line.bold for line in body)


def test_letters_that_lean_are_italic_and_upright_ones_are_not(
    tmp_path: Path,
) -> None:
    text = f"H samen koken in de wijk\n{BODY}\n{BODY}"
    fonts = {"H": (70, 100), "P": (70, 0)}
    head, *body = lines(tmp_path / "a.pdf", fonts, text)
    assert head.italic
    assert not any(line.italic for line in body)


def test_a_page_of_one_heavy_font_is_bold_without_comparison(
    tmp_path: Path,
) -> None:
    found = lines(tmp_path / "a.pdf", {"P": (140, 0)}, BODY)
    assert all(line.bold for line in found)


@pytest.mark.parametrize(
    ("name", "empty"),
    [("", True), ("F3", True), ("TT1", True), ("CIDFont+F12", True),
     ("Calibri", False), ("TheSans-Bold", False)],
)  # fmt: skip
def test_names_made_up_by_a_program_tell_nothing(
    name: str, empty: bool
) -> None:
    assert tells_nothing(name) is empty
