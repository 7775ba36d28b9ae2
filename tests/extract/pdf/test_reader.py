"""PDF files, good and bad, as lines on pages.

Each bad one is one clear problem and never an exception.
"""

from __future__ import annotations

import time
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.colors import black, grey
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kb.errors import problem_sentence
from kb.extract.limits import Limits
from kb.extract.pdf import read_pdf
from kb.records import Extraction

SWIFT = Limits(ocr=False)


def made(
    path: Path, *pages: list[tuple[float, float, str]], size: float = 11
) -> Path:
    """A PDF with lines of text at (x, y from below) on each page."""
    canvas = Canvas(str(path), pagesize=A4)
    for lines in pages:
        canvas.setFont("Helvetica", size)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return path


def only_code(extraction: Extraction) -> str:
    (problem,) = extraction.problems
    for language in ("nl", "en"):
        assert "?" not in problem_sentence(problem, language)
    return problem.code


def test_words_keep_their_place_size_and_font(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "een.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.setFillColorRGB(0, 0, 1)
    canvas.drawString(72, 700, "Het wijkteam")
    canvas.save()
    (page,) = read_pdf(tmp_path / "een.pdf", SWIFT).pages
    (line,) = page.lines
    assert line.text == "Het wijkteam"
    assert (line.size, line.bold, line.color) == (16, True, "#0000ff")
    assert [word.text for word in line.words] == ["Het", "wijkteam"]
    assert line.x0 == pytest.approx(72, abs=1)
    assert line.bottom == pytest.approx(page.height - 700 + 0.25 * 16, abs=0.5)


def test_a_wide_gap_ends_a_line_and_a_raised_mark_joins_it(
    tmp_path: Path,
) -> None:
    canvas = Canvas(str(tmp_path / "twee.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "links")
    canvas.drawString(300, 700, "rechts")
    canvas.drawString(72, 650, "een zin.")
    width = canvas.stringWidth("een zin.", "Helvetica", 11)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(72 + width, 654, "3")
    canvas.save()
    (page,) = read_pdf(tmp_path / "twee.pdf", SWIFT).pages
    assert [line.text for line in page.lines] == [
        "links",
        "rechts",
        "een zin.3",
    ]


def test_text_along_the_long_side_is_read_upright(tmp_path: Path) -> None:
    path = made(
        tmp_path / "recht.pdf", [(72, 700, "boven"), (72, 600, "onder")]
    )
    with pikepdf.open(path) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(tmp_path / "gedraaid.pdf")
    (page,) = read_pdf(tmp_path / "gedraaid.pdf", SWIFT).pages
    assert page.width < page.height
    assert [
        line.text for line in sorted(page.lines, key=lambda line: line.top)
    ] == [
        "boven",
        "onder",
    ]


def test_a_page_whose_text_is_turned_upright_by_its_rotation_is_plain_text(
    tmp_path: Path,
) -> None:
    canvas = Canvas(str(tmp_path / "liggend.pdf"), pagesize=A4)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(100, -200, "Een liggende tabel")
    canvas.save()
    with pikepdf.open(
        tmp_path / "liggend.pdf", allow_overwriting_input=True
    ) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save()
    (line,) = read_pdf(tmp_path / "liggend.pdf", SWIFT).pages[0].lines
    assert line.text == "Een liggende tabel"
    assert line.bottom - line.top == pytest.approx(11, abs=0.5)


def test_rules_and_filled_shapes_are_boxes_and_white_ones_are_not(
    tmp_path: Path,
) -> None:
    canvas = Canvas(str(tmp_path / "lijnen.pdf"), pagesize=A4)
    canvas.setStrokeColor(black)
    canvas.line(72, 500, 300, 500)
    canvas.setFillColor(grey)
    canvas.rect(72, 300, 40, 100, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(200, 300, 40, 100, stroke=0, fill=1)
    canvas.save()
    (page,) = read_pdf(tmp_path / "lijnen.pdf", SWIFT).pages
    assert sorted(round(box.x1 - box.x0) for box in page.rules) == [40, 230]


def test_declared_labels_and_metadata_are_kept(tmp_path: Path) -> None:
    path = made(tmp_path / "a.pdf", [(72, 700, "een")], [(72, 700, "twee")])
    with pikepdf.open(path) as pdf:
        labels = pikepdf.Array(
            [
                0,
                pikepdf.Dictionary(S=pikepdf.Name.r),
                1,
                pikepdf.Dictionary(S=pikepdf.Name.D, St=7),
            ]
        )
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=labels)
        pdf.docinfo["/Title"] = "Wijkteams in beeld"
        pdf.save(tmp_path / "b.pdf")
    extraction = read_pdf(tmp_path / "b.pdf", SWIFT)
    assert [page.label for page in extraction.pages] == ["i", "7"]
    assert extraction.metadata["title"] == "Wijkteams in beeld"


def test_a_truncated_file_a_text_and_an_empty_one_are_unreadable(
    tmp_path: Path,
) -> None:
    whole = made(tmp_path / "heel.pdf", [(72, 700, "een")]).read_bytes()
    for name, data in (
        ("half.pdf", whole[:300]),
        ("tekst.pdf", b"gewoon tekst"),
        ("leeg.pdf", b""),
    ):
        (tmp_path / name).write_bytes(data)
        assert only_code(read_pdf(tmp_path / name, SWIFT)) == "pdf_unreadable"


def test_a_missing_file_is_unreadable_too(tmp_path: Path) -> None:
    assert (
        only_code(read_pdf(tmp_path / "nergens.pdf", SWIFT))
        == "pdf_unreadable"
    )


def test_an_empty_password_opens_and_another_is_a_problem(
    tmp_path: Path,
) -> None:
    path = made(tmp_path / "open.pdf", [(72, 700, "een regel")])
    for name, user in (("vrij.pdf", ""), ("dicht.pdf", "geheim")):
        with pikepdf.open(path) as pdf:
            pdf.save(
                tmp_path / name,
                encryption=pikepdf.Encryption(owner="eigenaar", user=user),
            )
    assert (
        read_pdf(tmp_path / "vrij.pdf", SWIFT).pages[0].lines[0].text
        == "een regel"
    )
    assert only_code(read_pdf(tmp_path / "dicht.pdf", SWIFT)) == "pdf_password"


def test_no_pages_and_too_many_pages_are_problems(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "nul.pdf")
    assert only_code(read_pdf(tmp_path / "nul.pdf", SWIFT)) == "pdf_no_pages"
    with pikepdf.new() as pdf:
        for _ in range(5000):
            pdf.add_blank_page()
        pdf.save(tmp_path / "veel.pdf")
    extraction = read_pdf(tmp_path / "veel.pdf", SWIFT)
    assert only_code(extraction) == "pdf_too_many_pages"
    assert "5000" in problem_sentence(extraction.problems[0])


def test_a_page_of_a_hundred_thousand_characters_is_read_in_time(
    tmp_path: Path,
) -> None:
    canvas = Canvas(str(tmp_path / "vol.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 2)
    for row in range(400):
        canvas.drawString(
            10, 820 - 2 * row, f"{row} " + "zorg en steun in de buurt " * 10
        )
    canvas.save()
    started = time.process_time()
    (page,) = read_pdf(tmp_path / "vol.pdf", SWIFT).pages
    assert sum(len(line.text) for line in page.lines) > 80_000
    assert time.process_time() - started < 5


def test_a_huge_media_box_and_recursive_pages_do_no_harm(
    tmp_path: Path,
) -> None:
    path = made(tmp_path / "a.pdf", [(72, 700, "een regel")])
    with pikepdf.open(path) as pdf:
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 10_000_000, 10_000_000])
        pdf.save(tmp_path / "groot.pdf")
    with pikepdf.open(path) as pdf:
        pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages])
        pdf.save(tmp_path / "kring.pdf")
    for name in ("groot.pdf", "kring.pdf"):
        extraction = read_pdf(tmp_path / name, SWIFT)
        assert all(
            problem_sentence(problem) for problem in extraction.problems
        )


def test_a_form_within_itself_does_not_hang(tmp_path: Path) -> None:
    path = made(tmp_path / "a.pdf", [(72, 700, "een regel")])
    with pikepdf.open(path) as pdf:
        form = pdf.make_stream(
            b"/Fm0 Do 0 0 m 50 0 l S",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 100, 100],
        )
        form.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Fm0=form)
        )
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Fm0=form)
        pdf.pages[0].contents_add(b"/Fm0 Do")
        pdf.save(tmp_path / "vorm.pdf")
    assert (
        read_pdf(tmp_path / "vorm.pdf", SWIFT).pages[0].lines[0].text
        == "een regel"
    )


def test_when_time_is_up_the_pages_read_so_far_are_kept(
    tmp_path: Path,
) -> None:
    path = made(tmp_path / "a.pdf", [(72, 700, "een")], [(72, 700, "twee")])
    extraction = read_pdf(path, Limits(ocr=False, seconds=0.0))
    assert only_code(extraction) == "pdf_out_of_time"


def test_names_with_spaces_and_greek_letters_are_read(tmp_path: Path) -> None:
    path = made(tmp_path / "γειτονιά en buurt.pdf", [(72, 700, "een regel")])
    assert read_pdf(path, SWIFT).pages[0].lines[0].text == "een regel"
