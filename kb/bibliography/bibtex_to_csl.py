"""What does a BibTeX record say in CSL? The mapping of types and fields stands in bibtex.json."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kb.bibliography.bibtex_entry import Entry
from kb.bibliography.bibtex_names import names_of
from kb.bibliography.dates import Date, date_of, month_of, status_of
from kb.bibliography.latex import to_text, unescape
from kb.bibliography.name_lists import is_editorial
from kb.bibliography.names import OTHERS
from kb.bibliography.tables import bibtex_tables

_DOI_LEAD = re.compile(
    r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:\\url\s*)?\{?\s*(https?://[^\s{}]+)\s*\}?", re.IGNORECASE
)
_CONSULTED = re.compile(
    r"(?:geraadpleegd|bezocht|bekeken|opgehaald|accessed|retrieved|visited)\b[^\d]*(.*\d{4})",
    re.IGNORECASE,
)
_AVAILABLE_AT = re.compile(
    r"^(?:Available (?:at|from)|Beschikbaar (?:op|via)|Te vinden op)\b:?\s*",
    re.IGNORECASE,
)
_PAGE_LEAD = re.compile(r"^(?:pp?|blz|pag)\.?\s*", re.IGNORECASE)
_DASHES = re.compile(r"\s*[-–—]+\s*")
_WHOLE_WORKS = ("book", "report", "thesis")


def bare_doi(text: str) -> str:
    """A DOI without the address before it."""
    return _DOI_LEAD.sub("", text.strip())


# -- dates


def _day_of(fields: Mapping[str, str]) -> str:
    """The day: in a field of its own, or beside the name of the month ("12 mei")."""
    day = to_text(fields.get("day", ""))
    month = fields.get("month", "")
    if day or month.strip("{} ").isdecimal():
        return day
    beside = re.search(r"\b(\d{1,2})\b", month)
    return beside[1] if beside else ""


def _issued(fields: Mapping[str, str]) -> Date | None:
    # A tilde here is no space: "2013~" is about 2013.
    if fields.get("date", "").strip():
        return date_of(unescape(fields["date"]))
    date = date_of(unescape(fields.get("year", "")))
    if (
        date is None
        or len(date["date-parts"]) > 1
        or len(date["date-parts"][0]) > 1
    ):
        return date
    month = month_of(re.sub(r"[\d~.]+\s*", "", fields.get("month", "")) or "")
    month = month or month_of(fields.get("month", ""))
    if month:
        date["date-parts"][0].append(month)
        day = _day_of(fields)
        if day.isdecimal() and 1 <= int(day) <= 31:
            date["date-parts"][0].append(int(day))
    return date


def _dates(fields: Mapping[str, str]) -> dict[str, Any]:
    """Dates, and the state of a work that is not yet out."""
    consulted = _CONSULTED.search(to_text(fields.get("note", "")))
    accessed = next(
        (
            fields[n]
            for n in ("urldate", "lastchecked", "lastaccessed")
            if fields.get(n)
        ),
        consulted[1] if consulted else "",
    )
    given = {
        "issued": _issued(fields),
        "accessed": date_of(to_text(accessed)),
        "original-date": date_of(to_text(fields.get("origdate", ""))),
        "event-date": date_of(to_text(fields.get("eventdate", ""))),
    }
    found: dict[str, Any] = {
        name: date for name, date in given.items() if date
    }
    for name in ("pubstate", "year", "date"):
        state = status_of(to_text(fields.get(name, "")))
        if state:
            found["status"] = state
    return found


# -- where it appeared


def _language(fields: Mapping[str, str]) -> str:
    fields_of_language = ("langid", "language", "hyphenation")
    named = next((fields[n] for n in fields_of_language if fields.get(n)), "")
    languages: dict[str, str] = bibtex_tables()["languages"]
    return languages.get(to_text(named).lower(), "")


def _without_address(value: str) -> str:
    """Text of a field but for an address in it and the words that lead to it."""
    rest = to_text(_ADDRESS.sub("", value))
    text = _AVAILABLE_AT.sub("", rest)
    return text.strip(" .,:") if text != to_text(value) else text


def _publisher(fields: Mapping[str, str], dutch: bool) -> str:
    """The first field that names who published; "A and B" are two in a Dutch record."""
    for name in bibtex_tables()["publisher"]:
        given = fields.get(name, "")
        value = re.sub(r"\s+and\s+", "; ", given) if dutch else given
        text = _without_address(value)
        if text:
            return text
    return ""


def _address(fields: Mapping[str, str]) -> str:
    """The URL; for want of it the one in a field that people use for it."""
    if url := unescape(fields.get("url", "")):
        return url
    for name in ("howpublished", "note"):
        found = _ADDRESS.search(fields.get(name, ""))
        if found:
            return unescape(found[1]).rstrip(".,;")
    return ""


def _identifiers(fields: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, variable in bibtex_tables()["verbatim"].items():
        if value := unescape(fields.get(name, "")):
            found[variable] = bare_doi(value) if name == "doi" else value
    if address := _address(fields):
        found["URL"] = address
    return found


# -- what it is


def keywords_of(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Keywords, cut at semicolons or, without those, at commas."""
    text = to_text(fields.get("keywords") or fields.get("keyword") or "")
    words = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _type(entry: Entry, keywords: tuple[str, ...]) -> str:
    tables = bibtex_tables()
    kind: str = tables["types"].get(entry.type, "document")
    subtype = entry.fields.get("entrysubtype", "").lower()
    if subtype in ("newspaper", "magazine"):
        return f"article-{subtype}"
    if subtype in tables["csl_types"]:
        return subtype
    if kind != "document":
        return kind
    for word in keywords:
        if told := tables["keyword_types"].get(word.lower()):
            return str(told)
    # An address in howpublished is the work; beside another howpublished it is a copy.
    elsewhere = _without_address(entry.fields.get("howpublished", ""))
    return (
        "webpage" if _address(entry.fields) and not elsewhere else "document"
    )


def _genre(
    entry: Entry,
    csl: Mapping[str, Any],
    keywords: tuple[str, ...],
    language: str,
) -> str:
    """What kind of thesis or talk it is: the record's word, its type, or a keyword."""
    tables = bibtex_tables()
    given = str(csl.get("genre", ""))
    keys: dict[str, str] = tables["genre_keys"]
    if given and given.lower() not in keys:
        return given
    names: dict[str, str] = tables["genres"][
        "en" if language.startswith("en") else "nl"
    ]
    if named := names.get(keys.get(given.lower()) or entry.type):
        return named
    if csl["type"] == "speech":
        told = (
            word
            for word in keywords
            if word.lower() in tables["keyword_types"]
        )
        return next((word[:1].upper() + word[1:] for word in told), "")
    # Beside a publisher "howpublished" says what it is: a letter to the council, an essay.
    described = _without_address(entry.fields.get("howpublished", ""))
    publisher = _publisher(entry.fields, not language.startswith("en"))
    return described if publisher and described != publisher else ""


# -- titles and numbers


def joined_title(title: str, subtitle: str) -> str:
    """Title and subtitle with one sign between them.

    >>> joined_title("Wat nu?", "Een verkenning"), joined_title("Wijk", "een verkenning")
    ('Wat nu? Een verkenning', 'Wijk: een verkenning')
    """
    if not (title and subtitle):
        return title or subtitle
    title = title.removesuffix(".")
    if title.endswith(("?", "!")) and subtitle.startswith(":"):
        return title + subtitle
    return (
        f"{title} {subtitle}" if title[-1] in "?!:" else f"{title}: {subtitle}"
    )


def _texts(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields of running text, each in its CSL variable; the first field to give one counts."""
    found: dict[str, str] = {}
    for name, variable in bibtex_tables()["text"].items():
        value = to_text(fields.get(name, ""))
        if value and variable not in found:
            found[variable] = value
    whole = joined_title(
        found.get("title", ""), to_text(fields.get("subtitle", ""))
    )
    if whole:
        found["title"] = whole
    container_subtitle = (
        fields.get("booksubtitle") or fields.get("journalsubtitle") or ""
    )
    if found.get("container-title") and container_subtitle:
        subtitle = to_text(container_subtitle)
        found["container-title"] = f"{found['container-title']}: {subtitle}"
    return found


def _numbers(
    fields: Mapping[str, str], csl: Mapping[str, Any]
) -> dict[str, str]:
    """`number` is an issue in an article and a number elsewhere."""
    number = to_text(fields.get("number", ""))
    issue = to_text(fields.get("issue", ""))
    found = {}
    if csl["type"].startswith("article"):
        found["issue"] = issue or number
    else:
        found["issue"] = issue
        in_series = (
            csl["type"] in ("book", "chapter") and "collection-title" in csl
        )
        found["collection-number" if in_series else "number"] = number
    pages = _PAGE_LEAD.sub("", to_text(fields.get("pages", "")))
    is_count = csl["type"] in _WHOLE_WORKS and pages.isdecimal()
    found["number-of-pages" if is_count else "page"] = _DASHES.sub("-", pages)
    if not pages and fields.get("eid"):
        found["number"] = to_text(fields["eid"])
    return {name: value for name, value in found.items() if value}


def _with_editors(fields: Mapping[str, str]) -> Mapping[str, str]:
    """The fields, with authors who are called editors, "Bos, I. (red.)", as editors."""
    author = fields.get("author", "")
    if not is_editorial(author) or fields.get("editor"):
        return fields
    return {**fields, "author": "", "editor": author}


def _people(fields: Mapping[str, str]) -> dict[str, Any]:
    """Names by role; `custom.etal` where the list at the head ends in "and others"."""
    found: dict[str, Any] = {}
    fields = _with_editors(fields)
    for name, variable in bibtex_tables()["names"].items():
        people, etal = names_of(fields.get(name, ""))
        if not people:
            continue
        found[variable] = people
        if etal and variable == ("author" if "author" in found else "editor"):
            found["custom"] = {"etal": True}
        elif etal:
            found[variable] = [*people, {"literal": OTHERS}]
    return found


def bib_to_csl(entry: Entry) -> dict[str, Any]:
    """CSL-JSON of a record; `custom.etal` is true where its authors end in "and others"."""
    fields = entry.fields
    keywords = keywords_of(fields)
    language = _language(fields)
    csl: dict[str, Any] = {"id": entry.key, "type": _type(entry, keywords)}
    csl |= (
        _texts(fields)
        | _identifiers(fields)
        | _people(fields)
        | _dates(fields)
    )
    said = {
        "publisher": _publisher(fields, language.startswith("nl")),
        "language": language,
        "keyword": ", ".join(keywords),
        "genre": _genre(entry, csl, keywords, language),
    }
    csl.pop("genre", None)
    csl |= {variable: value for variable, value in said.items() if value}
    return csl | _numbers(fields, csl)
