"""How is this written in CSL-JSON, and what does such a file say? Each field is checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from kb.bibliography.csl_fields import is_open, note_to_print, people
from kb.bibliography.dates import date_of, status_of
from kb.bibliography.markup import without_markup
from kb.bibliography.name_lists import cut_names
from kb.bibliography.names import (
    Name,
    is_initials,
    is_others,
    name_of,
    person,
)
from kb.bibliography.tables import bibtex_tables, format_tables
from kb.bibliography.wordlists import phrases
from kb.records import Csl, Problem

_NAME_PARTS = (
    "family",
    "given",
    "suffix",
    "dropping-particle",
    "non-dropping-particle",
)

# Where programs name the files of a record; never exported.
_FILES = ("file", "files", "attachments")
# What Zotero calls the parts of a name.
_PARTS_ELSEWHERE = {"family": "lastName", "given": "firstName"}
_MOST_OF_DATE = (9999, 12, 31)
# Markup that CSL allows in a title, and signs that programs write for the web.
# What other programs call the date of issue.
_ISSUED_ELSEWHERE = ("year", "date", "published")


# -- writing


def clean(csl: Csl) -> dict[str, Any]:
    """A record with only what CSL-JSON knows and anyone may see.

    Open author lists are said under `custom`, never by a person called "others".
    """
    variables = format_tables()["csl_variables"]
    known = {*variables["text"], *variables["dates"], "custom", "id", "type"}
    kept = {name: csl[name] for name in csl if name in known}
    kept["note"] = note_to_print(csl.get("note"))
    for role in variables["names"]:
        if names := people(csl, role):
            kept[role] = names
    if csl.get("etal") or is_open(csl):
        kept["custom"] = {**(kept.get("custom") or {}), "etal": True}
    return {
        name: value
        for name, value in kept.items()
        if value not in (None, "", [], {})
    }


def csl_json(
    items: Iterable[Csl], notes: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The items as a CSL-JSON array.

    Args:
        items: CSL records.
        notes: what is added to the note of a record, by its id.
    """
    told = notes or {}
    rows = [_noted(csl, told.get(str(csl.get("id", "")), ())) for csl in items]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _noted(csl: Csl, notes: Sequence[str]) -> dict[str, Any]:
    """A record with notes below its own, an empty line between."""
    row = clean(csl)
    said = [str(row.get("note", "")), *notes]
    note = "\n\n".join(filter(None, said))
    return {**row, "note": note} if note else row


# -- reading


def _name(value: Any) -> Name | None:
    """A CSL name of what stands in a list of names; None where it says nothing."""
    if isinstance(value, str):
        return name_of(value)
    if not isinstance(value, Mapping):
        return None
    literal = value.get("literal")
    if isinstance(literal, str) and literal.strip():
        return _literal(literal.strip())
    if isinstance(value.get("name"), str):
        return name_of(value["name"])
    return _of_parts({part: _part(value, part) for part in _NAME_PARTS})


def _literal(text: str) -> Name:
    """A name in one piece; what ends in a comma and initials is a person all the same.

    >>> _literal("Bos, K."), _literal("Zorg, Welzijn en Sport")
    ({'family': 'Bos', 'given': 'K.'}, {'literal': 'Zorg, Welzijn en Sport'})
    """
    family, _comma, given = text.partition(", ")
    is_person = bool(given) and all(map(is_initials, given.split()))
    return person(family, given) if is_person else {"literal": text}


def _part(value: Mapping[str, Any], part: str) -> Any:
    """A part of a name, under the name that Zotero has for it too."""
    return value.get(part) or value.get(_PARTS_ELSEWHERE.get(part, "")) or ""


def _of_parts(parts: Mapping[str, Any]) -> Name | None:
    if not all(isinstance(part, str) for part in parts.values()):
        return None
    if parts["family"].strip():
        return _person(parts)
    return {"literal": parts["given"]} if parts["given"].strip() else None


def _person(parts: Mapping[str, str]) -> Name:
    """A person whose particle may stand in any of the parts."""
    name = person(parts["family"], parts["given"], parts["suffix"])
    dropping = parts["dropping-particle"]
    particles = [
        parts["non-dropping-particle"],
        name.get("non-dropping-particle", ""),
    ]
    # Programs call a Dutch particle "dropping" when it was typed behind the first name.
    if dropping in phrases("kb.bibliography", "names.toml", "leading"):
        particles.insert(0, dropping)
    elif dropping:
        name["dropping-particle"] = dropping
    particle = " ".join(filter(None, particles))
    return name | {"non-dropping-particle": particle} if particle else name


def _names(value: Any) -> tuple[list[Name], bool, bool]:
    """Names, whether "et al." was one of them, and whether all could be read."""
    given = cut_names(value) if isinstance(value, str) else value
    given = [given] if isinstance(given, Mapping) else given
    if not isinstance(given, list):
        return [], False, False
    etal = any(is_others(_said(item)) for item in given)
    rest = [item for item in given if item and not is_others(_said(item))]
    found = [name for item in rest if (name := _name(item))]
    return found, etal, len(found) == len(rest)


def _said(item: Any) -> str:
    """All of one name as text."""
    if isinstance(item, Mapping):
        parts = (item.get("literal"), item.get("given"), item.get("family"))
        return " ".join(str(part) for part in parts if part)
    return str(item)


def _whole_numbers(end: Any) -> list[int]:
    """[year, month, day] as far as they are numbers that a date has."""
    parts: list[int] = []
    for part, most in zip(_flat(end), _MOST_OF_DATE, strict=False):
        number = _number(part)
        if number is None or not (parts == [] or 1 <= number <= most):
            break
        parts.append(number)
    return parts


def _flat(value: Any) -> list[Any]:
    """Lists within lists as one list."""
    if not isinstance(value, list):
        return [value]
    return [item for inner in value for item in _flat(inner)]


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip().removesuffix(".0")
    return int(text) if text.lstrip("-").isdigit() and text.isascii() else None


def _ends(given: list[Any]) -> list[list[int]]:
    """The one or two ends of a date, however its parts were nested.

    >>> _ends([[2013, 5]]), _ends([2013, 5]), _ends([[[2013]], ["2015", None]])
    ([[2013, 5]], [[2013, 5]], [[2013], [2015]])
    """
    nested = any(isinstance(end, list) for end in given)
    second = _number(given[1]) if len(given) > 1 and not nested else None
    years = second is not None and second > _MOST_OF_DATE[1]
    ends = given if nested or years else [given]
    found = [_whole_numbers(end) for end in ends]
    return [end for end in found if end][:2]


def _strings(given: Any) -> list[str]:
    """Texts where the parts of a date should stand: [["2014-05-03"]]."""
    if isinstance(given, list):
        return [text for each in given for text in _strings(each)]
    return [given] if isinstance(given, str) else []


def _date(value: Any) -> dict[str, Any] | None:
    """A CSL date of what stands in a date field; None where there is none."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return date_of(str(value))
    if isinstance(value, list):
        value = {"date-parts": value}
    if not isinstance(value, Mapping):
        return None
    given = value.get("date-parts")
    if isinstance(given, str | int):
        return date_of(str(given))
    parts = [value.get(name) for name in ("year", "month", "day")]
    ends = _ends(given if isinstance(given, list) else parts)
    if not ends:
        told = [value.get("raw"), value.get("literal"), *_strings(given)]
        return date_of(str(next(filter(None, told), "")))
    kept = {
        name: value[name] for name in ("circa", "season") if value.get(name)
    }
    return {"date-parts": ends, **kept}


def _text(value: Any) -> str | None:
    """Text of a field; of several, as Crossref gives them, the first. None when it is no text."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return without_markup(str(value))


@cache
def _types() -> dict[str, str]:
    """CSL types by what they are called in CSL, Zotero and Crossref."""
    tables = format_tables()
    own = {kind: kind for kind in bibtex_tables()["csl_types"]}
    zotero = {name: kind for kind, name in reversed(tables["zotero"].items())}
    return {**zotero, **tables["crossref"], **own}


def _type(value: Any) -> str:
    """The CSL type that is meant, in capitals too."""
    said = str(value).strip()
    return _types().get(said) or _types().get(said.lower(), "document")


def _paths(value: Any) -> list[str]:
    """The files that a record names: one text, or a list of texts or of attachments."""
    items = value if isinstance(value, list) else [value]
    said = (
        item.get("path") or item.get("localPath") or item.get("title")
        if isinstance(item, Mapping)
        else item
        for item in items
    )
    return [path for path in said if isinstance(path, str)]


class _Record:
    """One object of a file, made a CSL record field by field."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.csl: dict[str, Any] = {}
        self.left_out: list[str] = []
        for name, value in row.items():
            if value not in (None, "", [], {}) and name not in ("id", "type"):
                self._take(name, value)
        for name in _ISSUED_ELSEWHERE:
            if "issued" not in self.csl and row.get(name):
                self._take_date("issued", row[name])

    def _take(self, name: str, value: Any) -> None:
        variables = format_tables()["csl_variables"]
        if name in variables["names"]:
            self._take_names(name, value)
        elif name in variables["dates"]:
            self._take_date(name, value)
        elif name in _FILES:
            self.csl["file"] = ";".join(_paths(value))
        elif name == "custom" and isinstance(value, Mapping):
            self.csl[name] = {**value, **self.csl.get(name, {})}
        elif (text := _text(value)) is not None:
            self.csl[name] = text
        elif name in variables["text"]:
            self.left_out.append(name)

    def _take_names(self, role: str, value: Any) -> None:
        found, etal, complete = _names(value)
        if found:
            self.csl[role] = found
        if etal and role == "author":
            self.csl["custom"] = {**self.csl.get("custom", {}), "etal": True}
        if not complete:
            self.left_out.append(role)

    def _take_date(self, name: str, value: Any) -> None:
        if date := _date(value):
            self.csl[name] = date
        elif isinstance(value, Mapping | str) and (
            state := status_of(_said_date(value))
        ):
            self.csl["status"] = state
        elif not isinstance(value, Mapping | str):
            self.left_out.append(name)


def _said_date(value: Mapping[str, Any] | str) -> str:
    if isinstance(value, str):
        return value
    return str(value.get("literal") or value.get("raw") or "")


def _rows(text: str) -> list[Any]:
    """The objects of an array, of one object, or of an object that holds them.

    Raises ValueError.
    """
    loaded = json.loads(text.lstrip("\ufeff"))
    if not isinstance(loaded, dict):
        return loaded if isinstance(loaded, list) else [loaded]
    rows = loaded.get("items", loaded)
    if isinstance(rows, list):
        return rows
    # Some programs give an object of records, each under its key.
    inner = [row for row in rows.values() if isinstance(row, dict)]
    by_key = len(inner) == len(rows) > 0 and any("title" in r for r in inner)
    if not by_key:
        return [rows]
    return [{"id": key, **row} for key, row in rows.items()]


def parse_csl_json(
    text: str, name: str = "csl-json"
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Records of CSL-JSON, each checked by itself.

    Args:
        text: an array, one object, or an object with `items`.
        name: the document that problems are reported under.

    Returns:
        The records, and a problem for each that is none, or of which a field cannot be read.

    >>> parse_csl_json('[{"title": "T", "author": "Jan Vos"}]')[0][0]["author"]
    [{'family': 'Vos', 'given': 'Jan'}]
    """
    try:
        rows = _rows(text)
    except (json.JSONDecodeError, RecursionError) as error:
        values = {
            "line": getattr(error, "lineno", 1),
            "reason": getattr(error, "msg", "nesting"),
        }
        return [], [
            Problem(name, "json_unreadable", values=values, severity="error")
        ]
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        record = _Record(row) if isinstance(row, dict) else None
        if record is None or not (
            record.csl.get("title") or record.csl.get("author")
        ):
            problems.append(
                Problem(name, "csl_unreadable", values={"number": number})
            )
            continue
        if record.left_out:
            values = {"number": number, "fields": ", ".join(record.left_out)}
            problems.append(
                Problem(name, "csl_fields_left_out", values=values)
            )
        id = row.get("citation-key") or row.get("id")
        kind = _type(row.get("type"))
        known = isinstance(id, str | int) and str(id).strip()
        found.append(
            {
                "id": str(id) if known else f"{name}-{number}",
                "type": kind,
                **record.csl,
            }
        )
    return found, problems
