"""What does this RIS file say? Which tag is what stands in formats.json ("ris_tags")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.bibliography.bibtex_to_csl import bare_doi
from kb.bibliography.dates import Date, date_of, date_parts_of, status_of
from kb.bibliography.markup import without_markup
from kb.bibliography.name_lists import cut_names, is_editorial
from kb.bibliography.names import (
    OTHERS,
    Name,
    begins_as_person,
    is_organisation,
    is_others,
    name_of,
    person,
)
from kb.bibliography.tables import format_tables
from kb.records import Problem

Tags = Mapping[
    str, Sequence[str]
]  # values of a record by tag, in the order of the file

_LINE = re.compile(r"^\ufeff?\s{0,3}([A-Z][A-Z0-9])\s{0,2}-(?:\s|$)(.*)$")
_ISSN = re.compile(r"\b\d{4}-?\d{3}[\dXx]\b")
_ISBN = re.compile(r"(?<!\d)(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?!\d)")
_DOI = re.compile(r"\b10\.\d+(?:\.\d+)*/\S+")
_DASHES = re.compile(r"\s*[-–—]+\s*")
_SHOWN = 60  # characters of a broken record in its problem
_PAGED_WHOLE = ("book", "thesis", "report")


@dataclass
class _Lines:
    """The lines of one record: number of its first, and values by tag."""

    line: int
    tags: dict[str, list[str]] = field(default_factory=dict)
    last: list[str] = field(
        default_factory=list
    )  # the values that a next line continues

    def add(self, tag: str, value: str) -> None:
        """One more line with a tag; authors stay in one order, whatever their tag."""
        tag = "AU" if tag == "A1" else tag
        self.last = self.tags.setdefault(tag, [])
        self.last.append(value.strip())

    def go_on(self, text: str) -> None:
        """A line without a tag continues the one before."""
        if self.last:
            self.last[-1] = f"{self.last[-1]} {text.strip()}".strip()


def _records(text: str) -> list[_Lines]:
    """The records of a file; what stands between two of them belongs to none.

    A record begins with TY, or with any tag where no record is open.
    """
    records: list[_Lines] = []
    is_open = False
    for number, line in enumerate(text.splitlines(), 1):
        tag = _LINE.match(line)
        if tag and tag[1] == "ER":
            is_open = False
        elif tag:
            if tag[1] == "TY" or not is_open:
                records.append(_Lines(number))
                is_open = True
            records[-1].add(tag[1], tag[2])
        elif is_open and line.strip():
            records[-1].go_on(line)
    return records


def _first(tags: Tags, names: Sequence[str]) -> str:
    """The first value among these tags that says something."""
    return next((v for name in names for v in tags.get(name, ()) if v), "")


def _all(tags: Tags, names: Sequence[str]) -> list[str]:
    return [value for name in names for value in tags.get(name, ()) if value]


# -- people


def _name(text: str) -> Name | None:
    """A name of a list; RIS writes persons with a comma, so one without is an organisation,
    unless it begins with a first name, as programs that do not know the rule write it.
    """
    alone = "," not in text and not begins_as_person(text)
    if alone and text.strip() and not is_others(text):
        return {"literal": text.strip()}
    return name_of(text)


def _may_be_several(value: str) -> bool:
    """Whether a line holds more than the one name that RIS has for it."""
    return "," in value or ";" in value


def _names(tags: Tags, names: Sequence[str]) -> tuple[list[Name], bool]:
    """The names under these tags, and whether "et al." is one of them."""
    given = [
        part
        for value in _all(tags, names)
        for part in (cut_names(value) if _may_be_several(value) else [value])
    ]
    people = [part for part in given if not is_others(part)]
    of_medicine = bool(people) and all(map(_surname_and_initials, people))
    read = _person_of_medicine if of_medicine else _name
    found = [name for part in people if (name := read(part))]
    return found, len(people) < len(given)


# As catalogues of medicine write: "Bos KA", "van der Berg J".
_SURNAME_INITIALS = re.compile(
    r"(?P<family>(?:(?:van|de|der|den|ter|ten|von)\s){0,3}[A-Z][^\W\d_]*[a-zà-ÿ][^\W\d_]*"
    r"(?:-[A-Z][^\W\d_]+)?)\s(?P<initials>[A-Z]{1,3})"
)


def _surname_and_initials(text: str) -> bool:
    is_form = _SURNAME_INITIALS.fullmatch(text.strip()) is not None
    return is_form and not is_organisation(text)


def _person_of_medicine(text: str) -> Name | None:
    """A surname with initials without stops, where all names of a record are written so.

    >>> _person_of_medicine("van der Berg KA")
    {'family': 'Berg', 'given': 'K. A.', 'non-dropping-particle': 'van der'}
    """
    found = _SURNAME_INITIALS.fullmatch(text.strip())
    if found is None:
        return None
    initials = " ".join(f"{letter}." for letter in found["initials"])
    return person(found["family"], initials)


def _people(tags: Tags, kind: str) -> dict[str, Any]:
    """Names by role; `custom.etal` where the authors end in "et al."."""
    found: dict[str, Any] = {}
    for role, names in format_tables()["ris_roles"].items():
        people, etal = _names(tags, names)
        if not people:
            continue
        found[role] = people
        if etal and role == "author":
            found["custom"] = {"etal": True}
        elif etal:
            people.append({"literal": OTHERS})
    said = any(map(is_editorial, _all(tags, ("AU", "A1"))))
    edited = kind == "EDBOOK" or said
    if edited and "editor" not in found and "author" in found:
        found["editor"] = found.pop("author")
    return found


# -- dates and numbers


def _issued(tags: Tags) -> Date | None:
    """The date of issue; a date without a year, as EndNote gives it, takes that of PY."""
    full, year = _first(tags, ("DA",)), _first(tags, ("PY", "Y1", "Y"))
    known = date_of(year)
    if not full:
        return known
    date = date_of(full) or date_of(f"{full} {year}") or known
    same_year = (
        known
        and date
        and date_parts_of(full)[:1] == known["date-parts"][0][:1]
    )
    if known and date_parts_of(full) and not same_year:
        return known  # DA then is the date of something else, such as going online
    return date


def _dates(tags: Tags, csl_type: str) -> dict[str, Any]:
    given = {
        "issued": _issued(tags),
        "accessed": date_of(_first(tags, ("Y2",))),
        "original-date": date_of(_first(tags, ("OP",))),
    }
    found: dict[str, Any] = {
        name: date for name, date in given.items() if date
    }
    if state := status_of(_first(tags, ("PY", "Y1", "DA"))):
        found["status"] = state
    return found


def _pages(tags: Tags, csl_type: str) -> dict[str, str]:
    """Pages from first to last; of a whole work a single number counts its pages."""
    start, end = _first(tags, ("SP",)), _first(tags, ("EP",))
    if not start:
        return {}
    if csl_type in _PAGED_WHOLE and start.isdigit() and not end:
        return {"number-of-pages": start}
    pages = start if not end or _DASHES.search(start) else f"{start}-{end}"
    return {"page": _DASHES.sub("-", pages)}


def _serial_numbers(tags: Tags, csl_type: str) -> dict[str, str]:
    """ISSN, ISBN or number of a report: all stand under SN, with words around them."""
    found: dict[str, str] = {}
    for value in tags.get("SN", ()):
        isbn, issn = _ISBN.search(value), _ISSN.search(value)
        if isbn:
            found.setdefault("ISBN", isbn[0])
        elif issn:
            found.setdefault("ISSN", issn[0])
        elif csl_type == "report" and value:
            found.setdefault("number", value)
    return found


def _links(tags: Tags) -> dict[str, str]:
    doi = _DOI.search(_first(tags, ("DO",))) or _DOI.search(
        _first(tags, ("M3",))
    )
    found = {
        "URL": _first(tags, ("UR", "LK")).strip("<> "),
        "DOI": bare_doi(doi[0]) if doi else "",
    }
    return {name: value for name, value in found.items() if value}


def _keywords(tags: Tags) -> str:
    """Keywords, parted by commas, or by semicolons where one holds a comma."""
    words = tags.get("KW", ())
    return ("; " if any("," in word for word in words) else ", ").join(
        filter(None, words)
    )


# -- the whole


def _texts(tags: Tags, csl_type: str) -> dict[str, str]:
    tables = format_tables()
    names = {**tables["ris_tags"], **tables["ris_tags_of"].get(csl_type, {})}
    found = {
        variable: without_markup(_first(tags, given))
        for variable, given in names.items()
    }
    if _DOI.search(found.get("genre", "")):
        del found["genre"]  # Zotero puts a DOI under M3 too
    return {variable: value for variable, value in found.items() if value}


def ris_to_csl(tags: Tags) -> dict[str, Any]:
    """CSL of a record, given as its values by tag.

    >>> ris_to_csl({"TY": ["JOUR"], "TI": ["Thuis"], "AU": ["Vries, P. de"], "PY": ["2015"]})[
    ...     "author"
    ... ]
    [{'family': 'Vries', 'given': 'P.', 'non-dropping-particle': 'de'}]
    """
    kind = _first(tags, ("TY",)).upper()
    csl_type = format_tables()["ris_read"].get(kind, "document")
    csl: dict[str, Any] = {
        "id": _first(tags, ("ID", "LB", "AN")),
        "type": csl_type,
    }
    csl |= (
        _texts(tags, csl_type) | _people(tags, kind) | _dates(tags, csl_type)
    )
    csl |= (
        _pages(tags, csl_type) | _serial_numbers(tags, csl_type) | _links(tags)
    )
    # What follows is the reader's own: kept, but under names that are never printed.
    said = {
        "keyword": _keywords(tags),
        "annote": " ".join(tags.get("N1", ())),
        "file": ";".join(_all(tags, ("L1", "L2", "L4"))),
    }
    return csl | {variable: value for variable, value in said.items() if value}


def parse_ris(
    text: str, name: str = "ris"
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """CSL records of a RIS file; a record without title and names is a problem and no more.

    Args:
        text: the file.
        name: the document that problems are reported under.
    """
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for record in _records(text):
        csl = ris_to_csl(record.tags)
        if csl.get("title") or csl.get("author") or csl.get("editor"):
            found.append(csl | {"id": csl["id"] or f"{name}-{len(found) + 1}"})
            continue
        said = (
            f"{tag} - {value}"
            for tag, values in record.tags.items()
            for value in values
        )
        start = " ".join(" ".join(said).split())[:_SHOWN]
        values = {"line": record.line, "start": start}
        problems.append(Problem(name, "ris_unreadable", values=values))
    return found, problems
