"""Entries told by the number of a paper, official journal or judgment.

Dutch practice names these by that number alone, without author and year ("Kamerstukken II
2013/14, 33841, nr. 3"; "Stb. 2014, 280"; "ECLI:NL:CRVB:2016:1402").
"""

from __future__ import annotations

import re
from typing import Any

from kb.citations.entries.dates import YEAR, full_date
from kb.citations.official.papers import Official, papers_in

_AUTHOR_YEAR = re.compile(
    rf"[(\[][^()\[\]]{{0,25}}{YEAR}[a-z]?[^()\[\]]{{0,15}}[)\]]"
)
_MAX_ENTRY = 300  # characters; a longer text is more than this one source
_MAX_AUTHORITY = (
    6  # words of a court: "Gerechtshof Arnhem-Leeuwarden, locatie Zwolle"
)
_MIN_TITLE = 3  # letters; less is a letter of the number
# Papers of a council have authors and years as other documents have.
_TYPES = ("bill", "hearing", "legislation", "legal_case")
_AROUND = " .,;:|–-"


def official_number(text: str) -> Official | None:
    """The first number of an official source in `text`.

    >>> official_number("Wet van 9 juli (Stb. 2014, 280)").title
    'Stb. 2014, 280'
    """
    return min(papers_in(text), key=lambda found: found.start, default=None)


def _without_signs(text: str) -> str:
    """`text` without the signs around it; brackets stay where they are a pair inside it."""
    text = text.strip(_AROUND)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    if text.count("(") != text.count(")"):
        text = text.strip("()")
    return text.strip(_AROUND)


def _title(text: str, official: Official) -> str:
    """The name of the paper or act, which stands beside the number; or the number itself.

    A judgment is called by court, date and number together.
    """
    if official.type == "legal_case":
        return text[: official.end].strip(" .,;:")
    for beside in (text[: official.start], text[official.end :]):
        title = _without_signs(beside)
        is_site = " " not in title and "." in title
        if len(title) >= _MIN_TITLE and not is_site:
            return title
    return official.title


def _judged(text: str) -> dict[str, Any]:
    """Court and date, which stand before the number of a judgment."""
    court = re.split(r"\s\d|,", text)[0].strip(" .,;:()")
    found: dict[str, Any] = {}
    if court and len(court.split()) <= _MAX_AUTHORITY:
        found["authority"] = court
    if date := full_date(text):
        found["issued"] = {"date-parts": [list(date)]}
    return found


def official_record(text: str) -> dict[str, Any] | None:
    """CSL of an entry that is told by its number; None for all others.

    An entry with an author and a year is an ordinary one, whatever its number.

    >>> official_record("Gemeentewet. Staatsblad 1992, 96.")["title"]
    'Gemeentewet'
    """
    if len(text) > _MAX_ENTRY:
        return None
    official = official_number(text)
    if official is None or official.type not in _TYPES:
        return None
    if _AUTHOR_YEAR.search(text[: official.start]):
        return None
    record: dict[str, Any] = {
        "type": official.type,
        "title": _title(text, official),
        "number": official.title,
        "custom": {"identifier": official.identifier},
    }
    if official.year:
        record["issued"] = {"date-parts": [[official.year]]}
    if official.type == "legal_case":
        record |= _judged(text[: official.start])
    return record
