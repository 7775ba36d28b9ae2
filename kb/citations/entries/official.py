"""Papers of parliament, official journals and judgments: sources told by their number.

Dutch practice names them by that number alone, without author and year ("Kamerstukken II
2013/14, 33841, nr. 3"; "Stb. 2014, 280"; "ECLI:NL:CRVB:2016:1402").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kb.citations.entries.dates import YEAR, full_date

_SESSION = rf"(?:vergaderjaar\s+)?{YEAR}\s?[-/–]\s?(?:{YEAR}|\d{{2}})"
_CHAMBER = (
    r"(?:II|I|EK|TK|(?:Tweede|Eerste)\sKamer(?:\sder\sStaten-Generaal)?)(?=[\s,\d])"
)
_DOSSIER = r"\d{2}[\s.]?\d{3}(?:[\s-]*\(?[IVXLCDM]+\b\)?)?"
_PART = r"(?:nrs?|no|item|afl)\.?\s?\w+(?:\.\w+)*(?:\s?[-–]\s?\w{1,6})?"
_PAGES = r"(?:pp?|blz)\.?\s?\d+(?:\s?[-–]\s?\d+)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "bill",
        re.compile(
            rf"""\b(?:Aanhangsel\s(?:van\sde\s)?Handelingen|Handelingen|Kamerstuk(?:ken)?
                  |(?=(?:TK|EK|Tweede\sKamer|Eerste\sKamer)\b[\s,]+{_SESSION}))
                [\s,]*(?:{_CHAMBER}[\s,]*)?(?:{_SESSION}[\s,]*|{YEAR}[\s,]+)?
                (?:{_DOSSIER}|{_PART})(?!\d)
                (?:[\s,;-]+(?:{_PART}|{_PAGES}|(?:\d{{1,4}}|[A-Z]{{1,2}})(?=[,.)]|$)))*""",
            re.VERBOSE,
        ),
    ),
    (
        "legislation",
        re.compile(
            rf"""\b(?:Staatsblad|Stb\.?|Staatscourant|Stcrt\.?|Tractatenblad|Trb\.?
                  |Gemeenteblad(?:\svan\s[A-Z][\w-]+)?|Provinciaal\s[Bb]lad|PbE[GU])
                [\s,(]*{YEAR}\)?[\s,]+(?:nr\.?\s|L\s|C\s)?\d{{1,6}}(?:/\d+)?(?!\d)""",
            re.VERBOSE,
        ),
    ),
    (
        "legal_case",
        re.compile(
            r"\bECLI:[A-Z]{2}:[A-Z]{2,8}:\d{4}:[A-Z0-9.]*[A-Z0-9]|\bLJN[\s:]+[A-Z]{2}\d{4}"
        ),
    ),
)
# Part of every number above, for a quick look.
_MARKS = tuple(
    [
        "Kamer",
        "amerstuk",
        "andelingen",
        "TK",
        "EK",
        "Staats",
        "St",
        "Tr",
        "blad",
        "PbE",
        "ECLI",
        "LJN",
    ]
)


@dataclass(frozen=True, slots=True)
class Official:
    """Where a number stands in a text, what it numbers (CSL type), and the number."""

    start: int
    end: int
    type: str
    number: str


def find_official(text: str) -> Official | None:
    """The first number of an official source in `text`.

    >>> find_official("Zie Kamerstukken II 2013/14, 33841, nr. 3, p. 12.").number
    'Kamerstukken II 2013/14, 33841, nr. 3, p. 12'
    >>> find_official("Wet van 9 juli (Stb. 2014, 280)").type
    'legislation'
    """
    if not any(mark in text for mark in _MARKS):
        return None
    found = []
    for kind, pattern in _PATTERNS:
        match = pattern.search(text)
        if match:
            number = match.group().strip(" ,;")
            found.append(Official(match.start(), match.end(), kind, number))
    return min(found, key=lambda official: official.start, default=None)


_WITH_YEAR = re.compile(rf"[(\[][^()\[\]]{{0,25}}{YEAR}[a-z]?[^()\[\]]{{0,15}}[)\]]")
_MAX_TITLE = 300  # characters; beyond it the text is more than this one source
_AROUND = " .,;:()[]–-"


def _title(text: str, official: Official) -> str:
    """What stands beside the number: the name of the paper or act; or the number itself."""
    if official.type == "legal_case":  # "Rb. Ede 3 maart 2015, ECLI:…" is one name
        return text[: official.end].strip(" .,;:")
    beside = (text[: official.start], text[official.end :])
    before, behind = (_without_signs(part) for part in beside)
    return before or behind or official.number


def _without_signs(text: str) -> str:
    """`text` without the signs around it; brackets stay where they are a pair inside it."""
    text = text.strip(" .,;:–-")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    if text.count("(") != text.count(")"):
        text = text.strip("()")
    return text.strip(" .,;:–-")


def official_record(text: str) -> dict[str, Any] | None:
    """CSL of an entry that is told by its number; None for all others.

    An entry with an author and a year is an ordinary one, whatever its number.

    >>> official_record("Gemeentewet. Staatsblad 1992, 96.")["title"]
    'Gemeentewet'
    """
    official = find_official(text)
    if official is None or len(text) > _MAX_TITLE:
        return None
    if _WITH_YEAR.search(text[: official.start]):
        return None
    record: dict[str, Any] = {
        "type": official.type,
        "title": _title(text, official),
        "number": official.number,
    }
    dated = official.number if official.type == "legislation" else ""
    if official.type == "legal_case":
        dated = text[: official.start]
        authority = re.split(r"\s\d|,", dated)[0].strip(_AROUND)
        if authority and len(authority.split()) <= 6:
            record["authority"] = authority
    if date := full_date(dated):
        record["issued"] = {"date-parts": [list(date)]}
    return record
