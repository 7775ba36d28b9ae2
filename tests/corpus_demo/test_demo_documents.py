"""The demo documents are what their texts and typesetting make of them.

Each marked as an example.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from scripts.demo.source import RUNNING, read_source
from scripts.make_demo_corpus import FORMS, TEXTS, make

SOURCES = Path(__file__).parents[2] / "corpus" / "sources"
COMMITTED = sorted(SOURCES.iterdir())


def pages(path: Path) -> list[str]:
    """The text of each page of a PDF; of any other form, one text with its markup."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return [
                page.get_textpage().get_text_bounded() for page in document
            ]
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            names = [
                name
                for name in archive.namelist()
                if re.search(
                    r"word/(document|header1|footer1|footnotes)\.xml", name
                )
            ]
            return [
                re.sub(r"<[^>]+>", "", archive.read(name).decode())
                for name in sorted(names)
            ]
    return [
        path.read_bytes().decode(
            "latin-1" if path.suffix == ".txt" else "utf-8"
        )
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make(folder)
    return folder


def test_the_script_makes_exactly_the_committed_files(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == [
        path.name for path in COMMITTED
    ]


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_the_script_regenerates_the_committed_text(
    path: Path, made: Path
) -> None:
    assert pages(made / path.name) == pages(path)


def test_a_rerun_writes_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in made.iterdir()
    }


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_first_page_and_footer_say_it_is_an_example(path: Path) -> None:
    text = pages(path)
    assert "Voorbeelddocument. De organisatie" in " ".join(text).replace(
        "\r\n", " "
    )
    marked = (
        text
        if path.suffix == ".pdf"
        else text[0].split("\f")
        if path.suffix == ".txt"
        else ["".join(text)]
    )
    assert all(RUNNING in page for page in marked)


def test_there_are_at_least_ten_documents_in_every_form_and_they_stay_small() -> (
    None
):
    assert len(COMMITTED) >= 10
    assert {path.suffix for path in COMMITTED} == {
        f".{ending}" for ending, _ in FORMS.values()
    }
    assert sum(path.stat().st_size for path in COMMITTED) < 3_000_000


@pytest.mark.parametrize(
    "path", sorted(TEXTS.glob("*.md")), ids=lambda path: path.stem
)
def test_a_document_has_substance(path: Path) -> None:
    source = read_source(path)
    assert 800 <= len(source.markdown.split()) <= 2200
    assert set(re.findall(r"\[\^(\d+)\](?!:)", source.markdown)) == set(
        source.notes
    )


def test_the_evaluation_declares_roman_and_arabic_page_labels() -> None:
    with pypdfium2.PdfDocument(SOURCES / "adema2017evaluatie.pdf") as document:
        labels = [
            document.get_page_label(number) for number in range(len(document))
        ]
    assert labels[:4] == ["i", "ii", "iii", "1"]


def test_the_contents_name_the_page_where_a_heading_stands() -> None:
    text = pages(SOURCES / "adema2017evaluatie.pdf")
    assert re.search(r"4 Sturing \.+ 2\b", text[1])
    assert "4 Sturing" in text[4]


def test_words_are_broken_at_the_end_of_lines() -> None:
    broken = [
        page
        for name in ("brouwer2016dichtbij.pdf", "terhorst2019vakkennis.pdf")
        for page in pages(SOURCES / name)
    ]
    assert len(re.findall(r"\w[-\ufffe\x02]\r?\n?\w", "".join(broken))) > 40
    assert (
        len(
            re.findall(
                r"[a-z]-\n[a-z]", pages(SOURCES / "postma2014bewoners.txt")[0]
            )
        )
        > 10
    )


def test_the_interview_report_looks_scanned() -> None:
    text = pages(SOURCES / "postma2014bewoners.txt")[0]
    assert text.count("\f") >= 3
    assert "cliént" in text
    assert re.search(r"\fWat bewoners zeggen +Bewonersplatform", text)
