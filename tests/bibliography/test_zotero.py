"""What Zotero and Google Scholar read on a page, by the rules of Zotero's own translators.

`_highwire_type` follows the switch over tag names in "Embedded Metadata"; `_item_type`
adds that its RDF part takes `z:itemType`,
then `DC.type`, before the guess from those tags. `_authors` follows its splitting of names.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

import pytest
from lxml import etree

from kb.bibliography import coins, head_tags, unapi_formats
from kb.bibliography.bibtex_names import names_of
from kb.export import media_type
from kb.records import Document, Work

TELLING = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}


def _highwire_type(tags: list[tuple[str, str]]) -> str | None:
    sure, guess = None, None
    for name, _ in tags:
        if name in TELLING:
            sure = TELLING[name]
        elif name in ("citation_title", "citation_series_title"):
            guess = guess or "journalArticle"
        elif name == "citation_isbn":
            guess = "book"
    return sure or guess


def _item_type(tags: list[tuple[str, str]]) -> str | None:
    found = dict(reversed(tags))
    return (
        found.get("z:itemType") or found.get("DC.type") or _highwire_type(tags)
    )


def _authors(tags: list[tuple[str, str]]) -> list[str]:
    names: list[str] = []
    for value in (v for n, v in tags if n == "citation_author"):
        parts = re.split(r"\s*;\s*", value)
        if len(parts) == 1:
            by_comma = re.split(r"\s*,\s*", parts[0])
            if len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
                parts = by_comma
        names += [p for p in parts if p]
    return names


def _work(**csl: Any) -> Work:
    return Work("w1", {"id": "w1", "title": "Titel", **csl})


CASES = [
    ("report", {"publisher": "Movisie"}, "report"),
    ("report", {"author": [{"literal": "Gemeente Zwolle"}]}, "report"),
    ("report", {}, "report"),
    ("book", {"ISBN": "9789088691300"}, "book"),
    ("chapter", {"container-title": "Bundel"}, "bookSection"),
    ("article-journal", {"container-title": "Blad"}, "journalArticle"),
    ("thesis", {"publisher": "UvA"}, "thesis"),
    ("paper-conference", {"container-title": "Studiedag"}, "conferencePaper"),
]


@pytest.mark.parametrize(("kind", "more", "expected"), CASES)
def test_type_is_told_by_highwire_tags_alone(
    kind: str, more: dict[str, Any], expected: str
) -> None:
    assert _highwire_type(head_tags(_work(type=kind, **more))) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("book", "book"),
        ("report", "report"),
        ("article-newspaper", "newspaperArticle"),
        ("article-magazine", "magazineArticle"),
        ("webpage", "webpage"),
        ("speech", "presentation"),
        ("document", "document"),
        ("legislation", "statute"),
        ("bill", "bill"),
        ("post-weblog", "blogPost"),
        ("", "document"),
    ],
)
def test_every_type_is_told_outright(kind: str, expected: str) -> None:
    assert _item_type(head_tags(_work(type=kind))) == expected


def test_report_page_has_institution_and_pdf() -> None:
    csl = {
        "type": "report",
        "title": "In de Running",
        "publisher": "Viaa",
        "issued": {"date-parts": [[2016]]},
        "author": names_of("de Waal, V.")[0],
    }
    tags = head_tags(
        Document("t16", "x.pdf", "In de Running", csl=csl),
        "https://kb.nl/d/t16",
        "https://kb.nl/d/t16.pdf",
    )
    assert set(tags) >= {
        ("citation_title", "In de Running"),
        ("citation_author", "de Waal, V."),
        ("citation_publication_date", "2016"),
        ("citation_technical_report_institution", "Viaa"),
        ("citation_pdf_url", "https://kb.nl/d/t16.pdf"),
        ("citation_abstract_html_url", "https://kb.nl/d/t16"),
    }


def test_no_tag_is_empty() -> None:
    assert all(
        name and content
        for name, content in head_tags(
            _work(type="report", page="", author=[{}])
        )
    )


@pytest.mark.parametrize(
    "name",
    [
        "Oude Vrielink, M. A.",
        "van der Lans, Jan Piet",
        "Bos, Ina",
        "Movisie",
        "Sociaal en Cultureel Planbureau",
    ],
)
def test_names_are_not_cut_in_two(name: str) -> None:
    given = names_of(name if "," in name else f"{{{name}}}")[0]
    assert _authors(head_tags(_work(type="book", author=given))) == [name]


def test_pages_of_an_article() -> None:
    tags = dict(
        head_tags(
            _work(
                type="article-journal",
                page="12–25",
                **{"container-title": "Blad"},
            )
        )
    )
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == (
        "12",
        "25",
    )


@pytest.mark.parametrize(
    ("kind", "format", "genre"),
    [
        ("report", "info:ofi/fmt:kev:mtx:book", "report"),
        ("chapter", "info:ofi/fmt:kev:mtx:book", "bookitem"),
        ("book", "info:ofi/fmt:kev:mtx:book", "book"),
        ("article-journal", "info:ofi/fmt:kev:mtx:journal", "article"),
        ("thesis", "info:ofi/fmt:kev:mtx:dissertation", None),
        ("webpage", "info:ofi/fmt:kev:mtx:dc", None),
    ],
)
def test_coins_have_the_right_format(
    kind: str, format: str, genre: str | None
) -> None:
    found = parse_qs(
        coins(
            {"type": kind, "title": "T", "author": names_of("de Waal, V.")[0]}
        )
    )
    assert found["rft_val_fmt"] == [format]
    assert found.get("rft.genre", [None]) == [genre]


def test_coins_hold_names_and_numbers() -> None:
    csl = {
        "type": "article-journal",
        "title": "Zorg & welzijn",
        "container-title": "Blad",
        "page": "4-9",
        "author": names_of("de Waal, Vincent and Bos, A.")[0],
    }
    found = parse_qs(coins(csl))
    assert (found["rft.aulast"], found["rft.aufirst"], found["rft.au"]) == (
        ["de Waal"],
        ["Vincent"],
        ["de Waal, Vincent", "Bos, A."],
    )
    assert (found["rft.atitle"], found["rft.spage"], found["rft.epage"]) == (
        ["Zorg & welzijn"],
        ["4"],
        ["9"],
    )


def test_coins_of_other_types_name_them_for_zotero() -> None:
    assert parse_qs(coins({"type": "speech", "title": "T"}))["rft.type"] == [
        "presentation"
    ]


def test_unapi_lists_formats_that_zotero_knows() -> None:
    root = etree.fromstring(unapi_formats('a"b').encode())
    assert root.get("id") == 'a"b'
    assert {f.get("name"): f.get("type") for f in root} == {
        "ris": "application/x-research-info-systems",
        "bibtex": "application/x-bibtex",
        "csl-json": "application/vnd.citationstyles.csl+json",
    }


def test_media_types_are_those_of_the_formats() -> None:
    assert media_type("ris") == "application/x-research-info-systems"
    assert media_type("markdown") == "text/markdown"
