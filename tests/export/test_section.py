"""Literature sections in Markdown and Word."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from kb.bibliography.bibtex_names import names_of
from kb.errors import UnknownFormatError
from kb.export import FORMATS, media_type, render, suffix
from kb.export.blocks import inlines
from kb.export.selection import Group, Selection
from kb.records import Document, Passage, Work

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = "Teams die zelf mogen kiezen, schakelen minder door. " * 6


def _document(id: str, author: str, year: int) -> Document:
    csl = {
        "type": "report",
        "title": f"Rapport {id}",
        "author": names_of(author)[0],
        "issued": {"date-parts": [[year]]},
        "publisher": "HU",
    }
    return Document(id, f"{id}.pdf", f"Rapport {id}", csl=csl, pages=9)


SELECTION = Selection(
    (
        _document("b", "de Waal, Vincent", 2013),
        _document("a", "de Waal, Vincent", 2013),
    ),
    (
        Work(
            "w",
            {
                "type": "book",
                "title": "Los boek",
                "author": names_of("Bos, A.")[0],
                "issued": {"date-parts": [[1999]]},
            },
        ),
    ),
    (
        Group(
            "Mandaat",
            (
                Passage(
                    "p1",
                    "a",
                    "Wie *beslist* <er>?",
                    0,
                    label="4",
                    label_origin="printed",
                ),
                Passage("p2", "b", LONG, 0, page=3),
            ),
        ),
        Group("Leeg"),
    ),
    {"p1": "Voor de inleiding."},
    "Wat het corpus zegt",
)


def test_markdown_has_quotes_by_group_and_a_reference_list() -> None:
    lines = render("markdown", SELECTION).decode().splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# Wat het corpus zegt",
        "## Mandaat",
        "## Leeg",
        "## Literatuur",
    ]
    assert r"“Wie \*beslist\* \<er\>?” (De Waal, 2013a, p. 4)." in lines
    assert f"> {LONG.strip()} (De Waal, 2013b, p. 3 van het bestand)" in lines
    assert "**Notitie:** Voor de inleiding." in lines
    assert lines[-5:] == [
        "Bos, A. (1999). *Los boek*.",
        "",
        "De Waal, V. (2013a). *Rapport a*. HU.",
        "",
        "De Waal, V. (2013b). *Rapport b*. HU.",
    ]


def test_a_group_named_as_the_section_has_no_heading_of_its_own() -> None:
    lines = (
        render(
            "markdown",
            replace(SELECTION, title="Mandaat", groups=SELECTION.groups[:1]),
        )
        .decode()
        .splitlines()
    )
    assert [line for line in lines if line.startswith("#")] == [
        "# Mandaat",
        "## Literatuur",
    ]


def test_apa_is_one_reference_a_line() -> None:
    assert render("apa", SELECTION).decode().splitlines() == [
        "Bos, A. (1999). Los boek.",
        "De Waal, V. (2013a). Rapport a. HU.",
        "De Waal, V. (2013b). Rapport b. HU.",
    ]


def test_word_file_has_styles_for_quotes_and_references() -> None:
    with zipfile.ZipFile(io.BytesIO(render("docx", SELECTION))) as file:
        body, styles = (
            etree.fromstring(file.read("word/document.xml")),
            etree.fromstring(file.read("word/styles.xml")),
        )
    used = [s.get(f"{W}val") for s in body.iter(f"{W}pStyle")]
    assert used.count("Bibliography") == 3
    assert "BlockText" in used
    assert [used.count(f"Heading{n}") for n in (1, 2)] == [1, 3]
    size = body.find(f".//{W}pgSz")
    assert size is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    hanging = styles.find(
        f"{W}style[@{W}styleId='Bibliography']/{W}pPr/{W}ind"
    )
    assert hanging is not None
    assert hanging.get(f"{W}hanging") == "567"
    text = "".join(t.text or "" for t in body.iter(f"{W}t"))
    assert "Wie *beslist* <er>?" in text
    assert "(De Waal, 2013a, p. 4)" in text


def test_english_section() -> None:
    text = render("markdown", SELECTION, language="en").decode()
    assert "## References" in text
    assert "p. 3 of the file" in text


def test_every_format_renders_an_empty_selection() -> None:
    assert all(
        isinstance(render(format, Selection()), bytes) for format in FORMATS
    )


def test_unknown_format_is_a_sentence() -> None:
    with pytest.raises(UnknownFormatError):
        render("wordperfect", SELECTION)
    with pytest.raises(UnknownFormatError):
        media_type("wordperfect")
    assert suffix("docx") == ".docx"


def test_stored_html_becomes_inlines() -> None:
    assert inlines(
        'A &amp; <i>b</i> <a href="https://x.nl?a=1&amp;b=2">x</a>'
    ) == [
        {"t": "Str", "c": "A"},
        {"t": "Space"},
        {"t": "Str", "c": "&"},
        {"t": "Space"},
        {"t": "Emph", "c": [{"t": "Str", "c": "b"}]},
        {"t": "Space"},
        {
            "t": "Link",
            "c": [
                ["", [], []],
                [{"t": "Str", "c": "x"}],
                ["https://x.nl?a=1&b=2", ""],
            ],
        },
    ]


def test_unclosed_html_loses_no_text() -> None:
    assert inlines("a <i>b") == [
        {"t": "Str", "c": "a"},
        {"t": "Space"},
        {"t": "Str", "c": "b"},
    ]
