"""The true format of a file is told by what is in it, whatever it is called."""

import zipfile
from pathlib import Path

import pytest

from kb.extract.sniff import is_binary, sniff


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"Gewone tekst over wijkteams.", "text"),
        ("a.pdf", b"Gewone tekst over wijkteams.", "text"),
        ("a.txt", b"%PDF-1.7\n...", "pdf"),
        ("a.docx", b"<!doctype html><html><body><p>Tekst", "html"),
        ("a.html", b"<p>Een <b>stuk</b> zonder kop.</p>", "html"),
        ("a.txt", b"Een tekst over <html> en <body> als woorden.", "text"),
        ("a.md", b"# Kop\n\nTekst", "markdown"),
        ("a.txt", b"{\\rtf1\\ansi Tekst}", "rtf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, "word97"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.xml", b"<?xml version='1.0'?><root/>", "xml"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\n \n\t", "empty"),
        ("a.txt", bytes(range(256)) * 8, "binary"),
        ("a.txt", "Tekst met een é".encode("utf-16"), "text"),
        (
            "a.txt",
            "Tekst met een é zonder merk aan het begin".encode("utf-16-le"),
            "text",
        ),
        ("a.zip", b"PK\x03\x04 afgebroken", "broken_archive"),
    ],
)
def test_format_is_told_by_content(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    assert sniff(_file(tmp_path, name, content)) == expected


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "spreadsheet"),
        ("ppt/presentation.xml", "presentation"),
        ("foto.jpg", "archive"),
    ],
)
def test_zip_is_told_by_its_members(
    tmp_path: Path, member: str, expected: str
) -> None:
    path = tmp_path / "a.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert sniff(path) == expected


def test_text_with_a_few_odd_control_characters_is_still_text() -> None:
    assert not is_binary(b"Een regel tekst. " * 50 + b"\x02\x03")
