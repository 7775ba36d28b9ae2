"""What does a BibTeX record say in CSL? The mapping stands in records.json."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kb.bibliography.bibtex import Entry
from kb.bibliography.bibtex_names import OTHERS, names_of
from kb.bibliography.latex import to_text, unescape
from kb.bibliography.tables import bibtex_tables

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_ISO = re.compile(r"^\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def _month(text: str) -> int | None:
    text = text.strip().strip("{}").lower()
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    months: dict[str, int] = bibtex_tables()["months"]
    return months.get(text[:3])


def _parts(text: str) -> list[int]:
    found = _ISO.match(text)
    if found is None:
        year = _YEAR.search(text)
        return [int(year[1])] if year else []
    return [int(part) for part in found.groups() if part]


def date_of(text: str) -> dict[str, Any] | None:
    """CSL date of "2016", "2016-05-12" or "2014/2016-03"; None when no year stands in it."""
    ends = [parts for parts in map(_parts, to_text(text).split("/")) if parts]
    return {"date-parts": ends[:2]} if ends else None


def _issued(fields: Mapping[str, str]) -> dict[str, Any] | None:
    if fields.get("date", "").strip():
        return date_of(fields["date"])
    year = _YEAR.search(to_text(fields.get("year", "")))
    if year is None:
        return None
    parts = [int(year[1])]
    month = _month(fields.get("month", ""))
    if month:
        parts.append(month)
        day = to_text(fields.get("day", ""))
        inline = (
            re.search(r"\b(\d{1,2})\b", fields.get("month", ""))
            if not fields["month"].strip("{} ").isdigit()
            else None
        )
        day = day or (inline[1] if inline else "")
        if day.isdigit() and 1 <= int(day) <= 31:
            parts.append(int(day))
    return {"date-parts": [parts]}


def _language(fields: Mapping[str, str]) -> str:
    named = to_text(
        fields.get("langid")
        or fields.get("language")
        or fields.get("hyphenation")
        or ""
    ).lower()
    languages: dict[str, str] = bibtex_tables()["languages"]
    return languages.get(named, "")


def _publisher(fields: Mapping[str, str], dutch: bool) -> str:
    """The first field that names who published; "A and B" are two publishers in a Dutch record."""
    for name in bibtex_tables()["publisher"]:
        if fields.get(name, "").strip():
            value = re.sub(r"\s+and\s+", "; ", fields[name]) if dutch else fields[name]
            return (
                re.sub(r"^(?:Available at|Beschikbaar op)\s+", "", to_text(value))
                if not value.startswith("\\url")
                else ""
            )
    return ""


def keywords_of(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Keywords, cut at semicolons or, without those, at commas."""
    text = to_text(fields.get("keywords") or fields.get("keyword") or "")
    return tuple(
        dict.fromkeys(
            word.strip()
            for word in text.split(";" if ";" in text else ",")
            if word.strip()
        )
    )


def _type(entry: Entry, keywords: tuple[str, ...]) -> str:
    types: dict[str, str] = bibtex_tables()["types"]
    kind = types.get(entry.type, "document")
    subtype = entry.fields.get("entrysubtype", "").lower()
    if subtype in ("newspaper", "magazine"):
        return f"article-{subtype}"
    if subtype in bibtex_tables()["csl_types"]:
        return subtype
    if kind != "document":
        return kind
    for word in keywords:
        if word.lower() in bibtex_tables()["keyword_types"]:
            return str(bibtex_tables()["keyword_types"][word.lower()])
    return (
        "webpage"
        if entry.fields.get("url") and not entry.fields.get("howpublished")
        else "document"
    )


def _numbers(entry: Entry, csl: dict[str, Any]) -> None:
    """`number` is an issue in an article and a number elsewhere; pages lose their double dash and "pp."."""
    number, issue = (
        to_text(entry.fields.get("number", "")),
        to_text(entry.fields.get("issue", "")),
    )
    article = csl["type"].startswith("article")
    if issue or (article and number):
        csl["issue"] = issue or number
    if number and not article:
        csl[
            "collection-number"
            if csl["type"] in ("book", "chapter") and "collection-title" in csl
            else "number"
        ] = number
    pages = re.sub(
        r"^(?:pp?|blz)\.?\s*",
        "",
        to_text(entry.fields.get("pages", "")),
        flags=re.IGNORECASE,
    )
    if pages:
        csl[
            "number-of-pages"
            if csl["type"] in ("book", "report", "thesis") and pages.isdigit()
            else "page"
        ] = re.sub(r"\s*[-–—]+\s*", "-", pages)
    eid = to_text(entry.fields.get("eid", ""))
    if eid and "page" not in csl:
        csl["number"] = eid


def _title(fields: Mapping[str, str]) -> dict[str, str]:
    title, subtitle = (
        to_text(fields.get("title", "")),
        to_text(fields.get("subtitle", "")),
    )
    if title and subtitle:
        title += (
            subtitle
            if title.endswith(("?", "!")) and subtitle.startswith(":")
            else (" " if title[-1] in "?!:" else ": ") + subtitle
        )
    container = to_text(
        fields.get("booksubtitle", "") or fields.get("journalsubtitle", "")
    )
    found = {"title": title} if title else {}
    base = to_text(
        fields.get("booktitle")
        or fields.get("journaltitle")
        or fields.get("journal")
        or ""
    )
    return found | (
        {"container-title": f"{base}: {container}"} if base and container else {}
    )


def _genre(
    entry: Entry, csl: dict[str, Any], keywords: tuple[str, ...], language: str
) -> None:
    """What kind of thesis or talk it is: by the type of the entry, biblatex's own word for it, or a keyword."""
    keys: dict[str, str] = bibtex_tables()["genre_keys"]
    given = str(csl.get("genre", ""))
    if not given or given.lower() in keys:
        csl.pop("genre", None)
        names: dict[str, str] = bibtex_tables()["genres"][
            "en" if language.startswith("en") else "nl"
        ]
        named = names.get(keys.get(given.lower()) or entry.type, "")
        told = next(
            (
                k
                for k in keywords
                if csl["type"] == "speech"
                and k.lower() in bibtex_tables()["keyword_types"]
            ),
            "",
        )
        if named or told:
            csl["genre"] = named or told[:1].upper() + told[1:]


def bib_to_csl(entry: Entry) -> dict[str, Any]:
    """CSL-JSON of a record; `custom.etal` is true where its author list ends in "and others"."""
    fields, keywords = entry.fields, keywords_of(entry.fields)
    csl: dict[str, Any] = {"id": entry.key, "type": _type(entry, keywords)}
    language = _language(fields)
    for name, variable in bibtex_tables()["text"].items():
        value = to_text(fields.get(name, ""))
        if value and variable not in csl:
            csl[variable] = value
    csl |= _title(fields)
    for name, variable in bibtex_tables()["verbatim"].items():
        value = unescape(fields.get(name, ""))
        if value:
            csl[variable] = (
                re.sub(
                    r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)",
                    "",
                    value,
                    flags=re.IGNORECASE,
                )
                if name == "doi"
                else value
            )
    for name, variable in bibtex_tables()["names"].items():
        people, etal = names_of(fields.get(name, ""))
        if people:
            csl[variable] = people
            if etal and variable == ("author" if "author" in csl else "editor"):
                csl["custom"] = {"etal": True}
            elif etal:
                csl[variable] = [*people, {"literal": OTHERS}]
    csl |= {
        k: v
        for k, v in (
            ("publisher", _publisher(fields, language.startswith("nl"))),
            ("language", language),
        )
        if v
    }
    csl |= {
        k: v
        for k, v in (
            ("issued", _issued(fields)),
            ("accessed", date_of(fields.get("urldate", ""))),
            ("original-date", date_of(fields.get("origdate", ""))),
        )
        if v
    }
    if keywords:
        csl["keyword"] = ", ".join(keywords)
    _genre(entry, csl, keywords, language)
    _numbers(entry, csl)
    return csl
