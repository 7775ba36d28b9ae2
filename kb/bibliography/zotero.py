"""How does Zotero see what a page is about? Head tags, COinS and unAPI formats, made from a record.

The rules are those of Zotero's translators: unAPI before COinS before embedded metadata; of the tags, `z:itemType`
names the type outright, and `citation_*` (Highwire) tags give type and fields to all other readers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from kb.bibliography.csl_fields import date_parts, family_of, inverted, people
from kb.bibliography.tables import format_tables
from kb.records import Csl, Document, Work

Tag = tuple[str, str]
# Name in unAPI → our format. Zotero takes RIS before BibTeX.
UNAPI = {"ris": "ris", "bibtex": "bibtex", "csl-json": "csl-json"}
_UNAPI_DOCS = {
    "ris": "http://www.refman.com/support/risformat_intro.asp",
    "bibtex": "http://www.bibtex.org/Format/",
    "csl-json": "https://docs.citationstyles.org/",
}
# CSL type → the tag whose presence tells Zotero and Google Scholar the type, and the CSL field in it.
_TELLING = {
    "article-journal": ("citation_journal_title", "container-title"),
    "article-magazine": ("citation_journal_title", "container-title"),
    "article-newspaper": ("citation_journal_title", "container-title"),
    "chapter": ("citation_inbook_title", "container-title"),
    "entry-encyclopedia": ("citation_inbook_title", "container-title"),
    "paper-conference": ("citation_conference_title", "container-title"),
    "thesis": ("citation_dissertation_institution", "publisher"),
    "report": ("citation_technical_report_institution", "publisher"),
}
_FIELDS = {
    "citation_volume": "volume", "citation_issue": "issue", "citation_doi": "DOI", "citation_isbn": "ISBN", "citation_issn": "ISSN",
    "citation_language": "language", "citation_abstract": "abstract", "citation_series_title": "collection-title",
}  # fmt: skip


def zotero_type(csl: Csl) -> str:
    """Zotero's item type of a record."""
    found: dict[str, str] = format_tables()["zotero"]
    return found.get(str(csl.get("type", "")), "document")


def tag_name(name: Mapping[str, Any]) -> str:
    """A name for citation_author. Zotero cuts "Oude Vrielink, M. A." in two at the comma, unless a semicolon follows."""
    written = inverted(name)
    family, comma, given = written.partition(", ")
    return f"{written};" if comma and " " in family and " " in given else written


def _pages(csl: Csl) -> list[Tag]:
    first, dash, last = re.sub(r"\s*[-–]+\s*", "-", str(csl.get("page", ""))).partition(
        "-"
    )
    return [
        (n, v)
        for n, v in (
            ("citation_firstpage", first),
            ("citation_lastpage", last if dash else ""),
        )
        if v
    ]


def _slashed(parts: list[int]) -> str:
    return "/".join([f"{parts[0]:04d}", *(f"{p:02d}" for p in parts[1:])])


def _people(csl: Csl) -> list[Tag]:
    editors = people(csl, "editor")
    tags = [("citation_author", tag_name(n)) for n in people(csl, "author")] + [
        ("citation_editor", tag_name(n)) for n in editors
    ]
    return tags + [("eprints.editors_name", inverted(n)) for n in editors]


def _institution(csl: Csl) -> str:
    """Who published a report; one whose authors are organisations is published by them."""
    return str(
        csl.get("publisher")
        or "; ".join(
            str(n["literal"]) for n in people(csl, "author") if n.get("literal")
        )
        or "–"
    )


def _telling(csl: Csl) -> list[Tag]:
    kind = str(csl.get("type", ""))
    if kind not in _TELLING:
        return []
    name, field = _TELLING[kind]
    value = _institution(csl) if kind == "report" else str(csl.get(field, ""))
    tags = [(name, value)] if value else []
    if kind == "report" and csl.get("number"):
        tags.append(("citation_technical_report_number", str(csl["number"])))
    return tags + (
        [("citation_book_title", value)]
        if name == "citation_inbook_title" and value
        else []
    )


def head_tags(item: Document | Work, url: str = "", pdf_url: str = "") -> list[Tag]:
    """(name, content) of the `<meta>` tags of a document's or work's page; `url` and `pdf_url` absolute."""
    csl = item.csl
    issued = date_parts(csl, "issued")
    title = str(csl.get("title") or (item.title if isinstance(item, Document) else ""))
    tags: list[Tag] = [
        ("citation_title", title),
        ("z:itemType", zotero_type(csl)),
        ("DC.type", zotero_type(csl)),
        ("DC.title", title),
    ]
    tags += _people(csl)
    if issued:
        tags += [
            ("citation_publication_date", _slashed(issued[0])),
            ("DC.date", _slashed(issued[0]).replace("/", "-")),
        ]
    tags += _telling(csl)
    tags += [
        (name, str(csl[field])) for name, field in _FIELDS.items() if csl.get(field)
    ]
    if csl.get("publisher") and csl.get("type") not in ("report", "thesis"):
        tags.append(("citation_publisher", str(csl["publisher"])))
    tags += [("DC.publisher", str(csl["publisher"]))] if csl.get("publisher") else []
    tags += [
        *_pages(csl),
        *(
            ("citation_keywords", k.strip())
            for k in re.split(r"[;,]", str(csl.get("keyword", "")))
            if k.strip()
        ),
    ]
    tags += [
        (n, v)
        for n, v in (
            ("citation_abstract_html_url", url),
            ("citation_public_url", str(csl.get("URL", "")) or url),
        )
        if v
    ]
    tags += [("citation_pdf_url", pdf_url)] if pdf_url else []
    return [(name, content) for name, content in tags if content]


# -- COinS

_BOOKS = {
    "book": "book",
    "chapter": "bookitem",
    "paper-conference": "proceeding",
    "report": "report",
}


def coins(csl: Csl) -> str:
    """The title attribute of an empty `<span class="Z3988">`: the record as an OpenURL (not yet escaped for HTML)."""
    kind = str(csl.get("type", ""))
    pairs: list[Tag] = [("ctx_ver", "Z39.88-2004")]
    title, container = str(csl.get("title", "")), str(csl.get("container-title", ""))
    if kind in ("article-journal", "article-magazine", "article-newspaper"):
        pairs += [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
            ("rft.genre", "article"),
            ("rft.atitle", title),
            ("rft.jtitle", container),
        ]
    elif kind in _BOOKS:
        named = (
            [("rft.atitle", title), ("rft.btitle", container)]
            if kind in ("chapter", "paper-conference")
            else [("rft.btitle", title)]
        )
        pairs += [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
            ("rft.genre", _BOOKS[kind]),
            *named,
        ]
        pairs += [
            ("rft.pub", str(csl.get("publisher", ""))),
            ("rft.place", str(csl.get("publisher-place", ""))),
        ]
    elif kind == "thesis":
        pairs += [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"),
            ("rft.title", title),
            ("rft.inst", str(csl.get("publisher", ""))),
        ]
    else:
        pairs += [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
            ("rft.type", zotero_type(csl)),
            ("rft.title", title),
        ]
        pairs += [
            ("rft.source", container),
            ("rft.publisher", str(csl.get("publisher", ""))),
        ]
    pairs += [
        *_coins_people(csl, kind),
        *_coins_numbers(csl),
        ("rft.identifier", str(csl.get("URL", ""))),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def _coins_people(csl: Csl, kind: str) -> list[Tag]:
    dublin = kind not in (*_BOOKS, "thesis") and not kind.startswith("article")
    names = people(csl, "author") or (people(csl, "editor") if kind == "book" else [])
    pairs: list[Tag] = []
    for at, name in enumerate(names):
        if dublin:
            pairs.append(("rft.creator", inverted(name)))
        elif at == 0 and not name.get("literal"):
            pairs += [
                ("rft.aufirst", str(name.get("given", ""))),
                ("rft.aulast", family_of(name)),
                ("rft.au", inverted(name)),
            ]
        else:
            pairs.append(
                ("rft.aucorp" if name.get("literal") else "rft.au", inverted(name))
            )
    return pairs


def _coins_numbers(csl: Csl) -> list[Tag]:
    issued = date_parts(csl, "issued")
    pairs = (
        [
            (
                "rft.date",
                "-".join([f"{issued[0][0]:04d}", *(f"{p:02d}" for p in issued[0][1:])]),
            )
        ]
        if issued
        else []
    )
    first = dict(_pages(csl))
    pairs += [
        ("rft.volume", str(csl.get("volume", ""))),
        ("rft.issue", str(csl.get("issue", ""))),
        ("rft.edition", str(csl.get("edition", ""))),
    ]
    pairs += [
        ("rft.pages", str(csl.get("page", ""))),
        ("rft.spage", first.get("citation_firstpage", "")),
        ("rft.epage", first.get("citation_lastpage", "")),
    ]
    pairs += [
        ("rft.isbn", str(csl.get("ISBN", ""))),
        ("rft.issn", str(csl.get("ISSN", ""))),
        ("rft.language", str(csl.get("language", ""))),
    ]
    return pairs + ([("rft_id", f"info:doi/{csl['DOI']}")] if csl.get("DOI") else [])


def unapi_formats(id: str = "") -> str:
    """The XML answer of an unAPI server: the formats in which a record (or any) can be had."""
    from xml.sax.saxutils import quoteattr

    rows = "".join(
        f"<format name={quoteattr(name)} type={quoteattr(format_tables()['media'][ours][0])} docs={quoteattr(_UNAPI_DOCS[name])}/>"
        for name, ours in UNAPI.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<formats{f" id={quoteattr(id)}" if id else ""}>{rows}</formats>\n'
