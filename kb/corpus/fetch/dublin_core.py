"""A record in Dublin Core, as every repository gives it, in CSL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.datafiles import table
from kb.records import Csl

DublinCore = Mapping[str, Sequence[str | None]]
Identifiers = dict[str, str]

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_URN = re.compile(r"\burn:[a-z0-9][a-z0-9-]{1,31}:[^\s\"<>]+", re.IGNORECASE)
_ISBN = re.compile(r"(?<!\d)(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?!\d)")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_FILE = re.compile(r"\.(?:pdf|docx|odt|epub|html?|txt|md)$", re.IGNORECASE)
# Fields of which the first text is taken, and what CSL calls them.
_SINGLE = (
    ("title", "title"),
    ("publisher", "publisher"),
    ("description", "abstract"),
    ("language", "language"),
)
_DEFAULT = "report"
_MODULUS_10, _MODULUS_13 = 11, 10


def csl_of(record: DublinCore) -> Csl:
    """The record in CSL, without an id.

    >>> csl_of({"title": ["Zorg"], "date": ["2019-04"], "creator": ["Bos, An"]})["issued"]
    {'date-parts': [[2019, 4]]}
    """
    found: dict[str, Any] = {"type": _type(_texts(record, "type"))}
    for field, name in _SINGLE:
        texts = _texts(record, field)
        if texts:
            found[name] = texts[0]
    found |= _people(record)
    date = _date(_texts(record, "date"))
    if date:
        found["issued"] = {"date-parts": [date]}
    keywords = _texts(record, "subject")
    if keywords:
        found["keyword"] = ", ".join(keywords)
    told = identifiers_of(record)
    found |= {name: told[name] for name in ("DOI", "ISBN") if name in told}
    pages = [url for url in _urls(record) if not _FILE.search(url)]
    if pages:
        found["URL"] = pages[0]
    return found


def _people(record: DublinCore) -> dict[str, Any]:
    """The makers as authors; for want of them who contributed, as editors."""
    for field, name in (("creator", "author"), ("contributor", "editor")):
        people = _texts(record, field)
        if people:
            return {name: [_name(person) for person in people]}
    return {}


def identifiers_of(record: DublinCore) -> Identifiers:
    """DOI, URN and ISBN, each in one spelling.

    >>> identifiers_of({"identifier": ["https://doi.org/10.1234/AB.5", "ISBN 90-5335-123-4"]})
    {'DOI': '10.1234/ab.5'}
    """
    found: Identifiers = {}
    told = (*_texts(record, "identifier"), *_texts(record, "relation"))
    for text in told:
        doi, urn = _DOI.search(text), _URN.search(text)
        if doi:
            found.setdefault("DOI", doi[0].rstrip(".,;)").lower())
        elif urn:
            found.setdefault("URN", urn[0].rstrip(".,;)").lower())
        elif isbn := isbn_of(text):
            found.setdefault("ISBN", isbn)
    return found


def isbn_of(text: str) -> str:
    """The ISBN in a text as thirteen digits, empty where there is none or it is misprinted.

    >>> isbn_of("urn:isbn:90-70000-34-2"), isbn_of("9789070000349"), isbn_of("9789070000340")
    ('9789070000349', '9789070000349', '')
    """
    found = _ISBN.search(text)
    if found is None:
        return ""
    digits = re.sub(r"[- ]", "", found[0]).upper()
    if len(digits) == len("9789070000349"):
        return digits if digits[-1] == _last_of_13(digits[:-1]) else ""
    if digits[-1] != _last_of_10(digits[:-1]):
        return ""
    longer = f"978{digits[:-1]}"
    return longer + _last_of_13(longer)


def files_of(record: DublinCore) -> list[str]:
    """Addresses of the files of a record that kb can read."""
    return [url for url in _urls(record) if _FILE.search(url)]


def _last_of_10(digits: str) -> str:
    total = sum(
        int(digit) * weight
        for digit, weight in zip(digits, range(10, 1, -1), strict=True)
    )
    last = -total % _MODULUS_10
    return "X" if last == _MODULUS_10 - 1 else str(last)


def _last_of_13(digits: str) -> str:
    total = sum(
        int(digit) * (3 if place % 2 else 1)
        for place, digit in enumerate(digits)
    )
    return str(-total % _MODULUS_13)


def _texts(record: DublinCore, field: str) -> list[str]:
    """What a field says, without what is empty or said twice."""
    told = [" ".join((text or "").split()) for text in record.get(field, ())]
    return list(dict.fromkeys(text for text in told if text))


def _urls(record: DublinCore) -> Iterator[str]:
    for field in ("identifier", "relation", "source", "format"):
        for text in _texts(record, field):
            if re.match(r"https?://\S+$", text) and not _DOI.search(text):
                yield text


def _type(told: Sequence[str]) -> str:
    """The first type that says something."""
    known: Mapping[str, str] = table(__package__, "dublin_core.toml")["types"]
    for text in told:
        bare = re.sub(r"[^a-z]", "", text.rpartition("/")[2].lower())
        if bare in known:
            return known[bare]
    return _DEFAULT


def _name(text: str) -> dict[str, str]:
    """A person where there is a comma, else what is written."""
    family, comma, given = text.partition(",")
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": text}


def _date(told: Sequence[str]) -> list[int]:
    """The first date that is one, as numbers."""
    for text in told:
        found = _DATE.match(text)
        if found:
            return [int(part) for part in found.groups() if part]
    return []
