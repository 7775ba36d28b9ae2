"""One entry of a reference list to CSL-JSON: the best reading of its front, its rest
read from behind, its type."""

from __future__ import annotations

import re
from typing import Any

from kb.citations.entries import item_type
from kb.citations.entries.dates import When, full_date
from kb.citations.entries.edition import edition
from kb.citations.entries.front import Reading, readings
from kb.citations.entries.markup import Printed, read
from kb.citations.entries.names import NameList, is_sentence
from kb.citations.entries.official_sources import official_record
from kb.citations.entries.source_lines import credited
from kb.citations.entries.splitting import without_pointing
from kb.citations.entries.title import Body

# What leads to a date that was read already: "Brief over de buurt d.d."
_DATED = re.compile(r",?\s+d\.?d\.?$")


def parse_entry(raw: str) -> dict[str, Any]:
    """CSL-JSON of one entry; fields that are not printed are absent.

    Never raises; empty for empty text.
    """
    printed = read(raw)
    record = _record(printed)
    if printed.number and record:
        record["custom"] = {
            **record.get("custom", {}),
            "number": printed.number,
        }
    return record


def _record(printed: Printed) -> dict[str, Any]:
    pointing = len(printed.text) - len(without_pointing(printed.text))
    printed.cut(0, pointing, "")
    if official := official_record(printed.text):
        return printed.facts | official
    _take_consulted(printed)
    if not printed.text.strip(" ."):
        return _only_facts(printed)
    if found := credited(printed):
        return found
    named = [r for r in readings(printed) if not _says_something(r.names)]
    reading = max(named, key=lambda r: r.score, default=_NAMELESS)
    return _build(printed, reading)


_NAMELESS = Reading(NameList(), When(), 0, 0.0)


def _says_something(names: NameList) -> bool:
    """Whether what was read as a name is a sentence, or a piece of one."""
    literals = [str(name.get("literal", "")) for name in names.names]
    return any(
        is_sentence(text) or text.count("(") != text.count(")")
        for text in literals
    )


_CONSULTED = re.compile(
    r"(?:geverifieerd|gecontroleerd|geraadpleegd|bezocht|bekeken|opgevraagd|accessed|"
    r"retrieved)\s(?:op\s|on\s)?(?P<date>[\w\s./-]{4,24})",
    re.IGNORECASE,
)


def _take_consulted(printed: Printed) -> None:
    """Of an address with nothing but a day behind it: when it was looked at."""
    said = printed.text.strip(" -–—().,;")
    found = _CONSULTED.fullmatch(said) if printed.facts.get("URL") else None
    if found and (parts := full_date(found["date"])):
        printed.facts.setdefault("accessed", {"date-parts": [list(parts)]})
        printed.cut(0, len(printed.text), "")


def _only_facts(printed: Printed) -> dict[str, Any]:
    """An address and nothing else: it is known by that."""
    if not printed.facts:
        return {}
    record: dict[str, Any] = {"type": "webpage", **printed.facts}
    if url := printed.facts.get("URL"):
        record["custom"] = {"identifier": f"url:{_address(str(url))}"}
    return record


def _address(url: str) -> str:
    """What two spellings of an address share."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower())
    return bare.rstrip("/.,;")


# -- from a reading to a record


def _build(printed: Printed, reading: Reading) -> dict[str, Any]:
    record = _names_fields(reading.names)
    rest, italics = _behind_names(printed, reading)
    editors_first = re.match(
        r"\(?(?:red|reds|eds?|hrsg)\.?\)?[.,:]?\s+", rest, re.I
    )
    if editors_first and reading.names.names and not reading.before:
        record["editor"] = record.pop("author", record.get("editor"))
        rest = rest[editors_first.end() :]
        italics = [
            (a - editors_first.end(), b - editors_first.end())
            for a, b in italics
        ]
    body = Body(rest, italics)
    record |= body.read(printed)
    if record.get("title"):
        record["title"] = _DATED.sub("", record["title"])
    if reading.publisher:
        record.setdefault("publisher", reading.publisher)
    record |= _dates(printed, reading.when, body)
    if reading.when.edition and "edition" not in record:
        record["edition"] = edition(reading.when.edition)
    record |= printed.facts
    if body.notes:
        record["note"] = "; ".join(body.notes)
    record["type"] = item_type.type_of(
        record, printed.text, printed.clause, body.marks
    )
    record = item_type.settled(record) | {"custom": _custom(reading)}
    return {k: v for k, v in record.items() if v not in (None, "", [], {})}


def _behind_names(
    printed: Printed, reading: Reading
) -> tuple[str, list[tuple[int, int]]]:
    """What follows names and date, with its italic spans.

    A title that stands before the date goes for all of it.
    """
    if reading.before:
        return reading.before, []
    skip = re.match(r"[\s.,:;)\]]*", printed.text[reading.start :])
    start = reading.start + (skip.end() if skip else 0)
    return printed.text[start:], [
        (a - start, b - start) for a, b in printed.italics if b > start
    ]


def _dates(printed: Printed, when: When, body: Body) -> dict[str, Any]:
    """When it appeared, and when the original did: as the front says, else the end, else
    the words before an address."""
    found: dict[str, Any] = {}
    if when.status:
        found["status"] = when.status
    if when.parts:
        found["issued"] = {"date-parts": [list(when.parts)]}
    elif when.status:
        return found
    elif (body.date and (parts := full_date(body.date))) or (
        printed.clause and (parts := full_date(printed.clause))
    ):
        found["issued"] = {"date-parts": [list(parts)]}
    original = when.original or body.original
    if (
        original
        and original
        != (found.get("issued") or {}).get("date-parts", [[None]])[0][0]
    ):
        found["original-date"] = {"date-parts": [[original]]}
    return found


def _custom(reading: Reading) -> dict[str, Any]:
    """What CSL has no field for."""
    when = reading.when
    marks = {
        "etal": reading.names.etal,
        "suffix": when.suffix,
        "undated": when.undated,
    }
    return {key: value for key, value in marks.items() if value}


def _names_fields(names: NameList) -> dict[str, Any]:
    if not names.names:
        return {}
    return {
        "editor" if names.editors else "author": [dict(n) for n in names.names]
    }
