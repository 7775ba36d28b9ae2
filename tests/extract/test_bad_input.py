"""Bad files: one clear sentence each, no traceback, no hang, and nothing else lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import LANGUAGES, problem_sentence
from kb.extract import extract
from kb.extract.limits import MEGABYTE, Limits
from kb.records import Extraction

CONTENT_TYPES = (
    b"<?xml version='1.0'?><Types "
    b"xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
)
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""


def _codes(found: Extraction) -> list[str]:
    return [problem.code for problem in found.problems]


def _one_sentence(found: Extraction, code: str) -> None:
    assert _codes(found) == [code]
    assert not found.pages
    assert not found.blocks
    for language in LANGUAGES:
        sentence = problem_sentence(found.problems[0], language)
        assert "{" not in sentence
        assert "?" not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leeg.docx", b"", "file_empty"),
        ("nul.txt", b"\0" * 4000, "file_empty"),
        (
            "ruis.txt",
            bytes((i * 7919) % 251 for i in range(5000)),
            "format_binary",
        ),
        (
            "oud.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000,
            "format_word97",
        ),
        ("foto.pdf", b"\xff\xd8\xff\xe0" + b"\0" * 300, "format_image"),
        ("brief.rtf", b"{\\rtf1 Tekst}", "format_rtf"),
        ("afgebroken.docx", b"PK\x03\x04" + b"\x14" * 400, "archive_broken"),
        (
            "gegevens.xml",
            b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'ha'>]><r>&a;</r>",
            "format_xml",
        ),
        (
            "leeg.html",
            b"<!doctype html><html><body><nav>Menu</nav></body></html>",
            "no_text",
        ),
    ],
)
def test_what_cannot_be_read_gives_one_sentence(
    read: Callable[[str, bytes], Extraction],
    name: str,
    content: bytes,
    code: str,
) -> None:
    _one_sentence(read(name, content), code)


def test_a_zip_bomb_is_not_unpacked(zipped: Callable[..., Path]) -> None:
    body = b"<w:document>" + b" " * (30 * MEGABYTE)
    path = zipped(
        "bom.docx",
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": body},
    )
    assert path.stat().st_size < 100_000
    _one_sentence(extract(path, Limits()), "archive_bomb")


def test_a_document_that_lies_about_its_size_is_refused(
    zipped: Callable[..., Path],
) -> None:
    """The size of a member in the directory of the zip file is made small.

    Its content is large.
    """
    path = zipped(
        "leugen.docx",
        {"word/document.xml": b"<w>" + b"a" * 100_000},
        compressed=False,
    )
    data = path.read_bytes()
    path.write_bytes(
        data.replace(
            (100_003).to_bytes(4, "little"), (10).to_bytes(4, "little")
        )
    )
    assert _codes(extract(path, Limits()))[0] in (
        "archive_broken",
        "format_damaged",
    )


def test_entities_that_multiply_are_refused(
    zipped: Callable[..., Path],
) -> None:
    path = zipped(
        "entiteiten.docx",
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": ENTITIES},
    )
    _one_sentence(extract(path, Limits()), "entity_bomb")


def test_a_word_file_without_its_parts_is_damaged(
    zipped: Callable[..., Path],
) -> None:
    path = zipped("half.docx", {"word/document.xml": b"<niet af"})
    _one_sentence(extract(path, Limits()), "format_damaged")


def test_a_spreadsheet_by_another_name_is_named_for_what_it_is(
    zipped: Callable[..., Path],
) -> None:
    _one_sentence(
        extract(
            zipped("cijfers.docx", {"xl/workbook.xml": b"<x/>"}), Limits()
        ),
        "format_spreadsheet",
    )


@pytest.mark.slow
def test_a_web_page_of_fifty_megabytes_of_text_is_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "reus.html"
    path.write_bytes(
        b"<html><body>"
        + b"<p>De wijkteams werken samen met bewoners in de buurt.</p>\n"
        * 900_000
        + b"</body></html>"
    )
    assert path.stat().st_size > 50 * MEGABYTE
    _one_sentence(extract(path, Limits()), "markup_too_large")


def test_a_web_page_that_is_large_for_its_scripts_is_read(
    read: Callable[[str, bytes], Extraction],
) -> None:
    page = (
        b"<html><body><script>"
        + b"x = 1;\n" * 1_000_000
        + b"</script><p>De tekst is kort.</p></body></html>"
    )
    assert [
        block.text for block in read("script.html", page).blocks or ()
    ] == ["De tekst is kort."]


def test_text_of_one_line_of_ten_megabytes_is_read_whole(
    read: Callable[[str, bytes], Extraction],
) -> None:
    sentence = "De wijkteams werken samen met bewoners. "
    found = read(
        "regel.txt", (sentence * (10 * MEGABYTE // len(sentence))).encode()
    )
    assert _codes(found) == ["text_long_line"]
    assert (
        sum(len(line.text) for line in found.pages[0].lines)
        > 10 * MEGABYTE - 100
    )


def test_a_file_above_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "groot.txt"
    path.write_bytes(b"tekst " * 1000)
    _one_sentence(extract(path, Limits(max_bytes=1000)), "file_too_large")


def test_a_missing_file_is_a_problem_not_an_error(tmp_path: Path) -> None:
    _one_sentence(extract(tmp_path / "weg.txt", Limits()), "file_unreadable")


def test_latin_1_text_is_read_with_a_note(
    read: Callable[[str, bytes], Extraction],
) -> None:
    found = read(
        "oud.txt",
        ("De cliënten zijn geïnterviewd in het café. " * 4).encode("latin-1"),
    )
    assert (
        found.pages[0]
        .lines[0]
        .text.startswith("De cliënten zijn geïnterviewd in het café.")
    )
    assert _codes(found) == ["text_encoding_guessed"]


@pytest.mark.parametrize(
    "name",
    [
        "met een spatie.txt",
        "κείμενο.txt",
        "naïef & co; $(rm).txt",
        "Ω 'aanhaling\".md",
    ],
)
def test_names_with_spaces_greek_and_signs_are_read(
    read: Callable[[str, bytes], Extraction], name: str
) -> None:
    found = read(name, b"Een gewone tekst over de wijk.")
    assert not found.problems
    assert found.pages or found.blocks


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("rapport.pdf", b"Gewone tekst.", "Gewone tekst."),
        (
            "rapport.docx",
            b"<!doctype html><html><body><p>Een pagina.</p></body></html>",
            "Een pagina.",
        ),
    ],
)
def test_a_wrong_extension_is_noted_and_the_content_read(
    read: Callable[[str, bytes], Extraction],
    name: str,
    content: bytes,
    text: str,
) -> None:
    found = read(name, content)
    assert _codes(found) == ["wrong_extension"]
    said = [block.text for block in found.blocks or ()] + [
        line.text for page in found.pages for line in page.lines
    ]
    assert said == [text]


def test_bad_files_do_not_keep_good_ones_from_being_read(
    tmp_path: Path, zipped: Callable[..., Path]
) -> None:
    good = tmp_path / "goed.txt"
    good.write_text("Een goede tekst over de wijk.", encoding="utf-8")
    bad = [
        zipped("bom.docx", {"word/document.xml": b" " * (20 * MEGABYTE)}),
        tmp_path / "leeg.txt",
    ]
    bad[1].touch()
    found = {path: extract(path, Limits()) for path in [*bad, good]}
    assert found[good].pages
    assert [_codes(found[path]) for path in bad] == [
        ["archive_bomb"],
        ["file_empty"],
    ]
