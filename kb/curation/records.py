"""The record of a document as curators want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.bibliography.csl_fields import authors_of, year_of
from kb.curation.events import Event
from kb.records import Document

# Fields of a record that a curator can mend, in the order of a form.
FIELDS = (
    "type",
    "title",
    "author",
    "issued",
    "publisher",
    "publisher-place",
    "container-title",
    "page",
    "volume",
    "issue",
    "DOI",
    "ISBN",
    "URL",
    "language",
    "keyword",
    "abstract",
)
NAMES = ("author", "editor")
_LONGEST_NUMBER = 4  # digits of a year


def recorded(document: Document, events: Sequence[Event]) -> Document:
    """The document with the fields that were decided.

    Args:
        document: as its file and its record make it.
        events: those of kind "record" on it; an empty value takes a field away.

    >>> title = Event("1", "", "", "record", "d", "title", after="Nieuw")
    >>> recorded(Document("d", "d.pdf", "Oud"), [title]).title
    'Nieuw'
    >>> recorded(Document("d", "d.pdf", "Oud", bib={"title": "Oud"}), [title]).bib
    {}
    """
    if not events:
        return document
    decided = {event.field: event.after for event in events}
    csl = {**document.csl, **decided}
    csl = {name: value for name, value in csl.items() if value not in ("", [])}
    keywords = document.keywords
    if "keyword" in decided:
        keywords = tuple(_listed(str(decided["keyword"] or "")))
    return replace(
        document,
        csl=csl,
        bib={},  # says what was before; an export is made of what holds now
        title=str(csl.get("title") or document.title),
        authors=authors_of(csl),
        year=year_of(csl),
        type=str(csl.get("type") or document.type),
        language=str(csl.get("language") or document.language)[:2],
        keywords=keywords,
        found=tuple(name for name in document.found if name not in decided),
    )


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def typed(field: str, text: str) -> Any:
    """The CSL value of a field as somebody types it.

    Args:
        field: one of `FIELDS`.
        text: names as "Boer, Anna de; Jansen, Piet"; a date as 2016 or 2016-05-03.

    >>> typed("author", "Boer, Anna; Gemeente Zwolle")
    [{'family': 'Boer', 'given': 'Anna'}, {'literal': 'Gemeente Zwolle'}]
    >>> typed("issued", "2016-05")
    {'date-parts': [[2016, 5]]}
    """
    text = " ".join(text.split())
    if field in NAMES:
        return [_name(one) for one in text.split(";") if one.strip()]
    if field == "issued":
        written = [part for part in text.split("-") if _is_number(part)]
        parts = [int(part) for part in written]
        return {"date-parts": [parts[:3]]} if parts else ""
    return text


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(",")
    if not comma:
        return {"literal": text.strip()}
    return {"family": family.strip(), "given": given.strip()}


def shown(field: str, value: Any) -> str:
    """A CSL value as one would type it; `typed` reads it back.

    >>> shown("author", [{"family": "Boer", "given": "Anna", "dropping-particle": "de"}])
    'Boer, Anna de'
    """
    if not value:
        return ""
    if field in NAMES:
        return "; ".join(_shown_name(name) for name in value)
    if field == "issued":
        parts = (value.get("date-parts") or [[]])[0]
        return "-".join(str(part).zfill(2) for part in parts) or str(
            value.get("literal", "")
        )
    return str(value)


def _shown_name(name: Mapping[str, str]) -> str:
    if name.get("literal"):
        return name["literal"]
    particles = [
        name.get("dropping-particle", ""),
        name.get("non-dropping-particle", ""),
    ]
    given = " ".join(
        part for part in (name.get("given", ""), *particles) if part
    )
    return f"{name.get('family', '')}, {given}".strip(", ")
