"""When it appeared.

A dated line, a label, a copyright, and only then the date of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.structure.metadata.words import any_of, word_list

_YEARS = r"19[5-9]\d|20[0-4]\d"
_YEAR = re.compile(rf"(?<!\d)({_YEARS})(?!\d)")
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)\s*(?:\D{{0,40}}?)({_YEARS})", re.IGNORECASE
)
_NUMERIC = r"\d{1,2}[-/.]\d{1,2}[-/.]"
_LONGEST = 120  # characters of a line that states a copyright


def issued(lines: Sequence[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """The date as CSL has it.

    What the lines of the front say, else what the file declares.
    """
    return _dated(lines) or _copyright(lines) or _declared(given)


def _dated(lines: Sequence[str]) -> dict[str, Any]:
    """A line that is a date, or one behind or below a label such as "Datum"."""
    # A season dates a magazine: it leads to the year, CSL gets no month of it.
    months = any_of((*word_list("months"), *word_list("seasons")))
    day = (
        rf"(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{months})\s+(?P<year>{_YEARS})"
    )
    # Letters are dated with their place: "Utrecht, 3 mei 2019".
    place = r"(?:[A-Z][\w\s'’-]{2,30},\s*)?"
    labels = any_of(word_list("date_labels"))
    # A version beside it, before or behind: "Versie 1.2, 3 mei 2019".
    version = r"versie\s+[\d.]+\w?"
    alone = re.compile(
        rf"^(?:{version}[\s,|–-]+)?{place}{day}(?:[\s,|–-]+{version})?$",
        re.IGNORECASE,
    )
    labelled = re.compile(
        rf"^(?:{labels})\s*:?\s*"
        rf"(?:{day}|(?:{_NUMERIC})?\D*(?P<bare>{_YEARS}))",
        re.IGNORECASE,
    )
    for at, line in enumerate(lines):
        match = alone.match(line.strip(" .")) or labelled.match(line)
        if match:
            found = match.groupdict()
            year = found["year"] or found.get("bare") or ""
            return _date(year, found["month"], found["day"])
        after = lines[at + 1] if at + 1 < len(lines) else ""
        labels_next = line.lower().rstrip(":") in word_list("date_labels")
        if labels_next and (below := _YEAR.search(after)):
            return _date(below[1])
    return {}


def _copyright(lines: Sequence[str]) -> dict[str, Any]:
    for line in lines:
        match = _COPYRIGHT.search(line) if len(line) <= _LONGEST else None
        if match:
            return _date(match[1])
    return {}


def _declared(given: Mapping[str, Any]) -> dict[str, Any]:
    """The year of publication or, for want of one, of making ("D:20190301…")."""
    # A PDF writes "D:20190301…", in which digits follow the year; others write a
    # date in which the year may stand last.
    declared = str(given.get("issued") or given.get("created") or "")
    year = _YEAR.match(declared.replace("D:", "")[:4]) or _YEAR.search(
        declared
    )
    return _date(year[1]) if year else {}


def _date(
    year: str, month: str | None = None, day: str | None = None
) -> dict[str, Any]:
    parts = [int(year)]
    months = word_list("months")
    if month and month.lower() in months:
        parts.append(months.index(month.lower()) + 1)
        if day:
            parts.append(int(day))
    return {"date-parts": [parts]}
