"""One entry of a reference list to CSL-JSON: the best reading of its front, its rest read from behind, its type."""

from __future__ import annotations

import re
from typing import Any

from kb.citations import kinds
from kb.citations.body import Body
from kb.citations.dates import When, full_date
from kb.citations.names import NameList
from kb.citations.printed import Printed, read
from kb.citations.readings import Reading, readings
from kb.citations.remarks import edition

_GAZETTE = re.compile(r"(?P<n>(?:Staatsblad|Stb\.|Staatscourant|Stcrt\.)\s(?P<y>(?:19|20)\d\d),?\s(?:nr\.?\s)?\d+)[.,:]\s+(?=\S)")
_LEAD = re.compile(
    r"^(?:zie(?: ook| onder meer| bijvoorbeeld| verder)?:?\s+|vgl\.?\s+|vergelijk\s+|ontleend aan:?\s+|"
    r"bron:\s*|uit:\s+|source:\s*|cf\.?\s+|naar:\s+|overgenomen uit:?\s+|gebaseerd op:?\s+|see (?:also)?:?\s*)",
    re.I,
)


def parse_entry(raw: str) -> dict[str, Any]:
    """CSL-JSON of one entry; fields that are not printed are absent. Never raises; empty for empty text."""
    printed = read(raw)
    lead = _LEAD.match(printed.text)
    if lead:
        printed.cut(0, lead.end(), "")
    if gazette := _GAZETTE.match(printed.text):
        printed.facts |= {"number": gazette.group("n"), "issued": {"date-parts": [[int(gazette.group("y"))]]}}
        printed.cut(0, gazette.end(), "")
        return _build(printed, Reading(NameList(), When(), 0, 1.0, before=printed.text)) | {"type": "document"}
    if not printed.text.strip(" ."):
        return _only_facts(printed)
    reading = max(readings(printed), key=lambda r: r.score)
    return _build(printed, reading)


def _only_facts(printed: Printed) -> dict[str, Any]:
    return {"type": "webpage", **printed.facts} if printed.facts else {}


# -- from a reading to a record


def _build(printed: Printed, reading: Reading) -> dict[str, Any]:
    record: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    when = reading.when
    rest = printed.text[reading.start :]
    skip = re.match(r"[\s.,:;)\]]*", rest)
    start = reading.start + (skip.end() if skip else 0)
    rest = printed.text[start:]
    italics = [(a - start, b - start) for a, b in printed.italics if b > start]
    if reading.before:
        rest, italics = reading.before, []
    record |= _names_fields(reading.names)
    editors_first = re.match(r"\(?(?:red|reds|eds?|hrsg)\.?\)?[.,:]?\s+", rest, re.I)
    if editors_first and reading.names.names and not reading.before:
        record["editor"] = record.pop("author", record.get("editor"))
        rest = rest[editors_first.end() :]
        italics = [(a - editors_first.end(), b - editors_first.end()) for a, b in italics]
    body = Body(rest, italics)
    record |= body.read(printed)
    if reading.publisher:
        record.setdefault("publisher", reading.publisher)
    if when.parts:
        record["issued"] = {"date-parts": [list(when.parts)]}
    elif (body.date and (parts := full_date(body.date))) or (printed.clause and (parts := full_date(printed.clause))):
        record["issued"] = {"date-parts": [list(parts)]}
    original = when.original or body.original
    if original and original != (record.get("issued") or {}).get("date-parts", [[None]])[0][0]:
        record["original-date"] = {"date-parts": [[original]]}
    if when.edition and "edition" not in record:
        record["edition"] = edition(when.edition)
    record |= printed.facts
    for key, value in (("etal", reading.names.etal), ("suffix", when.suffix), ("undated", when.undated), ("in_press", when.press)):
        if value:
            custom[key] = value
    if body.notes:
        record["note"] = "; ".join(body.notes)
    record["type"] = kinds.type_of(record, printed.text, printed.clause, body.marks)
    record = kinds.settle(record, body.marks)
    if custom:
        record["custom"] = custom
    return {k: v for k, v in record.items() if v not in (None, "", [], {})}


def _names_fields(names: NameList) -> dict[str, Any]:
    if not names.names:
        return {}
    return {"editor" if names.editors else "author": [dict(n) for n in names.names]}
