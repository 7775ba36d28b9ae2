"""How is this written in RIS? Which variable has which tag stands in formats.json."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.bibliography.csl_fields import date_parts, inverted_names, iso_date
from kb.bibliography.tables import format_tables
from kb.records import Csl

Line = tuple[str, str]

_JOURNALS = ("article-journal", "article-newspaper", "article-magazine")
_DASHES = re.compile(r"\s*[-–]+\s*")


def keywords_in(csl: Csl) -> list[str]:
    """The keywords of a record, one by one."""
    words = re.split(r"[;,]", str(csl.get("keyword", "")))
    return [word.strip() for word in words if word.strip()]


def _date_lines(csl: Csl) -> Iterator[Line]:
    issued = date_parts(csl, "issued")
    if issued:
        missing = "/" * (3 - len(issued[0]))  # RIS wants all three slashes
        yield "DA", iso_date(issued[0], "/") + missing
        yield "PY", f"{issued[0][0]:04d}"
    elif csl.get("status"):
        yield "PY", str(csl["status"])
    for variable, tag in (("accessed", "Y2"), ("original-date", "OP")):
        if ends := date_parts(csl, variable):
            yield tag, iso_date(ends[0], "/")


def _page_lines(csl: Csl) -> Iterator[Line]:
    pages = _DASHES.split(str(csl.get("page", "")), maxsplit=1)
    yield from zip(("SP", "EP"), pages, strict=False)
    if not csl.get("page"):
        yield "SP", str(csl.get("number-of-pages", ""))


def _lines(csl: Csl) -> Iterator[Line]:
    """Tags and values in the order in which they are written."""
    tables = format_tables()
    kind = str(csl.get("type", "document"))
    yield "TY", tables["ris_types"].get(kind, "GEN")
    yield "ID", str(csl.get("id", ""))
    for role, tag in tables["ris_role_tags"].items():
        for name in inverted_names(csl, role):
            yield tag, name
    tags = {**tables["ris_write"], **tables["ris_write_of"].get(kind, {})}
    for variable, tag in tags.items():
        yield tag, str(csl.get(variable) or "")
    if kind in _JOURNALS:
        yield "JF", str(csl.get("container-title", ""))
    yield from _page_lines(csl)
    yield from _date_lines(csl)
    yield "UR", str(csl.get("URL", ""))
    for word in keywords_in(csl):
        yield "KW", word


def csl_to_ris(csl: Csl, notes: Sequence[str] = ()) -> str:
    """One record. White space is single, so that no value can begin a line with a tag.

    Each of `notes` is a tag of its own: Zotero makes a note of each.
    """
    tags = [*_lines(csl), *(("N1", note) for note in notes)]
    lines = [(tag, " ".join(value.split())) for tag, value in tags]
    written = [f"{tag}  - {value}" for tag, value in lines if value]
    return "\n".join([*written, "ER  - ", ""])


def ris(
    items: Iterable[Csl], notes: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The items as a RIS file; an open author list ends with the last who is named.

    Args:
        items: CSL records.
        notes: what is attached to a record, by its id.
    """
    told = notes or {}
    return "\n".join(
        csl_to_ris(csl, told.get(str(csl.get("id", "")), ())) for csl in items
    )
