"""Formats that know their structure keep it, whatever they are called."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.extract import extract
from kb.extract.limits import Limits
from kb.records import Block, Extraction


def _texts(blocks: tuple[Block, ...] | None, kind: str) -> list[str]:
    return [block.text for block in blocks or () if block.kind == kind]


@pytest.mark.parametrize("extension", ["docx", "odt", "epub", "html", "md"])
def test_structure_is_the_same_in_every_format(
    converted: Callable[[str], Path], extension: str
) -> None:
    found = extract(converted(extension), Limits())
    assert not found.problems
    assert "Inleiding" in _texts(found.blocks, "heading")
    assert any(
        text.startswith(
            "Een alinea met nadruk en een noot. De cliënt staat centraal"
        )
        for text in _texts(found.blocks, "paragraph")
    )
    items = [b for b in found.blocks or () if b.kind == "list"]
    assert [(item.mark, item.text) for item in items] == [
        (None, "samenwerken"),
        (None, "leren"),
        ("1.", "eerst dit"),
        ("2.", "dan dat"),
    ]
    assert _texts(found.blocks, "quote") == ["Wij zien elkaar nu elke week."]
    tables = [
        block.rows for block in found.blocks or () if block.kind == "table"
    ]
    assert tables == [(("Team", "Aantal"), ("Noord", "12"))]


@pytest.mark.parametrize("extension", ["docx", "odt", "epub", "md"])
def test_a_footnote_stands_after_its_paragraph_with_its_number(
    converted: Callable[[str], Path], extension: str
) -> None:
    blocks = extract(converted(extension), Limits()).blocks or ()
    at = next(i for i, block in enumerate(blocks) if block.kind == "footnote")
    assert blocks[at - 1].kind == "paragraph"
    assert (blocks[at].mark, blocks[at].text) == (
        "1",
        "Dit staat onder aan de bladzijde.",
    )


@pytest.mark.parametrize("extension", ["docx", "epub", "md"])
def test_title_and_authors_are_found(
    converted: Callable[[str], Path], extension: str
) -> None:
    metadata = extract(converted(extension), Limits()).metadata
    assert metadata["title"] == "Samen in de wijk"
    assert set(metadata["author"]) == {
        "Jan de Boer",
        "A. Vermeer",
    } or metadata["author"] == ["Jan de Boer; A. Vermeer"]


PAGE = """<!doctype html><html lang="nl"><head><meta charset="{charset}">
<title>Wijkteams | Gemeente</title>
<meta name="author" content="J. de Boer"><script>var x = "<p>nee</p>";</script></head><body>
<header><p>Naar de inhoud</p></header><nav><a href="/">Home</a></nav>
<main><article><header><h1>Wijkteams in beeld</h1></header><p>De cliënt en het team.</p>
<div class="share-buttons">Deel dit</div><aside>Lees ook</aside>
<h2>Conclusie</h2><p>Het werkt &amp; het blijft.</p></article></main>
<footer>Colofon en cookies</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_only_the_main_content_of_a_web_page_is_read(
    read: Callable[[str, bytes], Extraction], charset: str
) -> None:
    found = read("pagina.html", PAGE.format(charset=charset).encode(charset))
    assert [(block.kind, block.text) for block in found.blocks or ()] == [
        ("heading", "Wijkteams in beeld"),
        ("paragraph", "De cliënt en het team."),
        ("heading", "Conclusie"),
        ("paragraph", "Het werkt & het blijft."),
    ]
    assert found.metadata["author"] == ["J. de Boer"]


def test_a_wrong_charset_in_a_web_page_is_not_believed(
    read: Callable[[str, bytes], Extraction],
) -> None:
    found = read(
        "pagina.html", PAGE.format(charset="iso-8859-1").encode("utf-8")
    )
    assert "De cliënt en het team." in _texts(found.blocks, "paragraph")


def _word_file(path: Path, rendered: bool, numbered: bool) -> Path:
    """Two pages parted in the middle of a paragraph, by a typed break and.

    When `rendered`, by Word's own layout too.
    """
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Samen verder", 1)
    paragraph = document.add_paragraph(
        "Deze alinea begint op de eerste bladzijde "
    )
    paragraph.add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    run = paragraph.add_run("en eindigt op de tweede.")
    if rendered:
        run._r.insert(0, docx.oxml.OxmlElement("w:lastRenderedPageBreak"))
    document.add_paragraph("Deze alinea staat op de tweede.")
    if numbered:
        field = docx.oxml.OxmlElement("w:fldSimple")
        field.set(docx.oxml.ns.qn("w:instr"), " PAGE ")
        document.sections[0].footer.paragraphs[0]._p.append(field)
    document.save(str(path))
    return path


def _places(
    path: Path,
) -> list[tuple[int, int | None, str | None, str | None]]:
    return [
        (block.page, block.page_end, block.label, block.label_end)
        for block in extract(path, Limits()).blocks or ()
    ]


def test_pages_of_a_word_file_are_those_that_word_laid_out(
    tmp_path: Path,
) -> None:
    path = _word_file(tmp_path / "pagina's.docx", rendered=True, numbered=True)
    assert _places(path) == [
        (1, None, "1", None),
        (1, 2, "1", "2"),
        (2, None, "2", None),
    ]
    assert (
        (extract(path, Limits()).blocks or ())[1].text
        == "Deze alinea begint op de eerste bladzijde en eindigt op de tweede."
    )


def test_pages_without_a_number_in_print_have_no_label(tmp_path: Path) -> None:
    path = _word_file(tmp_path / "kaal.docx", rendered=True, numbered=False)
    assert _places(path) == [
        (1, None, None, None),
        (1, 2, None, None),
        (2, None, None, None),
    ]


def test_a_word_file_that_was_never_laid_out_has_no_printed_pages(
    tmp_path: Path,
) -> None:
    path = _word_file(
        tmp_path / "nooit geopend.docx", rendered=False, numbered=True
    )
    assert _places(path) == [(1, None, None, None)] * 3


def test_cells_of_plain_words_say_what_cells_with_notes_and_breaks_say(
    read: Callable[[str, bytes], Extraction],
) -> None:
    page = (
        b"<html><body><table><tr><th>Straat</th><th>Soep</th></tr>"
        b"<tr><td>Zuid</td><td> warme  <b>soep</b><br>en brood </td></tr>"
        b"<tr><td></td><td>koude soep\nen kaas</td></tr></table></body></html>"
    )
    table = next(
        b for b in read("t.html", page).blocks or () if b.kind == "table"
    )
    assert table.rows == (
        ("Straat", "Soep"),
        ("Zuid", "warme soep en brood"),
        ("", "koude soep en kaas"),
    )
