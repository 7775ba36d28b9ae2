"""How does Zotero see what a page is about? Tags in its head, and unAPI.

The rules are those of Zotero's translators: unAPI before COinS before embedded metadata; of
the tags, `z:itemType` names the type outright, and `citation_*` (Highwire) tags give type and
fields to all other readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kb.bibliography.csl_fields import date_parts, iso_date, people
from kb.bibliography.csl_to_ris import keywords_in
from kb.bibliography.names import inverted
from kb.bibliography.tables import format_tables
from kb.records import Csl, Document, Work

Tag = tuple[str, str]
# The formats of unAPI, named as ours, and what describes each. Zotero takes RIS before BibTeX.
UNAPI = {
    "ris": "http://www.refman.com/support/risformat_intro.asp",
    "bibtex": "http://www.bibtex.org/Format/",
    "csl-json": "https://docs.citationstyles.org/",
}
_BY_INSTITUTION = ("report", "thesis")  # their publisher has a tag of its own
_UNKNOWN = "–"


def zotero_type(csl: Csl) -> str:
    """Zotero's item type of a record."""
    found: dict[str, str] = format_tables()["zotero"]
    return found.get(str(csl.get("type", "")), "document")


def tag_name(name: Mapping[str, Any]) -> str:
    """A name for citation_author.

    Zotero cuts a name in two at the comma where both parts hold a space, unless a semicolon
    follows.

    >>> tag_name({"family": "Oude Vrielink", "given": "M. A."})
    'Oude Vrielink, M. A.;'
    """
    written = inverted(name)
    family, comma, given = written.partition(", ")
    return (
        f"{written};" if comma and " " in family and " " in given else written
    )


def first_and_last_page(csl: Csl) -> tuple[str, str]:
    """First and last page, as far as they are there."""
    pages = re.split(r"\s*[-–]+\s*", str(csl.get("page", "")), maxsplit=1)
    return pages[0], pages[1] if len(pages) > 1 else ""


def _institution(csl: Csl) -> str:
    """Who published a report; one whose authors are organisations is published by them."""
    literals = (
        str(n["literal"]) for n in people(csl, "author") if n.get("literal")
    )
    return str(csl.get("publisher") or "; ".join(literals) or _UNKNOWN)


def _telling_tags(csl: Csl) -> Iterator[Tag]:
    """Tags whose presence tells Zotero and Google Scholar the type."""
    kind = str(csl.get("type", ""))
    telling = format_tables()["telling_tags"].get(kind)
    if telling is None:
        return
    name, variable = telling
    value = (
        _institution(csl) if kind == "report" else str(csl.get(variable, ""))
    )
    yield name, value
    if kind == "report":
        yield "citation_technical_report_number", str(csl.get("number", ""))
    if name == "citation_inbook_title":
        yield "citation_book_title", value


def _title_tags(csl: Csl, title: str) -> Iterator[Tag]:
    kind = zotero_type(csl)
    yield "citation_title", title
    yield "z:itemType", kind
    yield "DC.type", kind
    yield "DC.title", title


def _people_tags(csl: Csl) -> Iterator[Tag]:
    for name in people(csl, "author"):
        yield "citation_author", tag_name(name)
    for name in people(csl, "editor"):
        yield "citation_editor", tag_name(name)
        yield "eprints.editors_name", inverted(name)


def _date_tags(csl: Csl) -> Iterator[Tag]:
    for issued in date_parts(csl, "issued")[:1]:
        yield "citation_publication_date", iso_date(issued, "/")
        yield "DC.date", iso_date(issued)


def _imprint_tags(csl: Csl) -> Iterator[Tag]:
    yield from _telling_tags(csl)
    for name, variable in format_tables()["head_tags"].items():
        yield name, str(csl.get(variable, ""))
    publisher = str(csl.get("publisher", ""))
    if csl.get("type") not in _BY_INSTITUTION:
        yield "citation_publisher", publisher
    yield "DC.publisher", publisher
    first, last = first_and_last_page(csl)
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    for word in keywords_in(csl):
        yield "citation_keywords", word


def head_tags(
    item: Document | Work, url: str = "", pdf_url: str = ""
) -> list[Tag]:
    """(name, content) of the `<meta>` tags of a page.

    Args:
        item: the document or work that the page is about.
        url: absolute address of the page.
        pdf_url: absolute address of the file, where it may be taken.
    """
    csl = item.csl
    own_title = item.title if isinstance(item, Document) else ""
    tags = [
        *_title_tags(csl, str(csl.get("title") or own_title)),
        *_people_tags(csl),
        *_date_tags(csl),
        *_imprint_tags(csl),
        ("citation_abstract_html_url", url),
        ("citation_public_url", str(csl.get("URL", "")) or url),
        ("citation_pdf_url", pdf_url),
    ]
    return [(name, content) for name, content in tags if content]


def unapi_formats(id: str = "") -> str:
    """The XML answer of an unAPI server: the formats in which a record (or any) can be had."""
    from xml.sax.saxutils import quoteattr

    rows = []
    for name, described in UNAPI.items():
        media = quoteattr(format_tables()["media"][name][0])
        docs = quoteattr(described)
        rows.append(
            f"<format name={quoteattr(name)} type={media} docs={docs}/>"
        )
    attribute = f" id={quoteattr(id)}" if id else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<formats{attribute}>{''.join(rows)}</formats>\n"
    )
