"""When was this published? CSL dates of what records say, and states other than a date."""

from __future__ import annotations

import re
from typing import Any

from kb.bibliography.tables import bibtex_tables
from kb.dutch.fold import fold

Date = dict[str, Any]

# What stands before and behind a year; the first pattern that fits decides.
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|ste|de|e)?"
_WORD = r"(?P<word>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>\d{{1,2}})(?!\d)(?:[-/.](?P<day>\d{{1,2}})(?!\d))?",
        rf"(?<!\d)(?P<day>\d{{1,2}})[-/. ](?P<month>\d{{1,2}})[-/. ]{_YEAR}",
        rf"(?<!\d){_DAY}\.?[\s-]+{_WORD},?[\s-]+{_YEAR}",
        rf"\b{_WORD}\s+(?:{_DAY},?\s+)?{_YEAR}",
        rf"(?<!\d){_YEAR}[\s,/]+{_WORD}(?:[\s/]+(?P<day>\d{{1,2}})(?!\d))?",
        rf"(?<!\d){_YEAR}",
    )
)
# "2012/2014", "2012-2014", "2012-05/2012-07", "2012/" and what EDTF writes for an open end.
_RANGE = re.compile(
    r"\s*(?P<start>\d{4}(?:-\d{1,2}){0,2}[~?%]?)\s*(?:/|-{1,2}|–)\s*"
    r"(?P<end>\d{4}(?:-\d{1,2}){0,2}[~?%]?|\.\.|open|)\s*"
)
# EDTF: "2013~", "2013%"; in words: "ca. 2013".
_ABOUT = re.compile(
    r"\d[~%]|\b(?:ca|circa|omstreeks)\b|\bc\.\s?(?=\d{4})", re.IGNORECASE
)
_SCHOOL_YEAR = re.compile(
    r"\s*(\d{2})(\d{2})\s*[-/–]\s*(\d{2})\s*"
)  # "2014/15"
_LAST_MONTH = 12
_LAST_DAY = 31
_CENTURY = 100
_SEASONS = range(21, 25)


def month_of(text: str) -> int | None:
    """Number of a month given as number or name, in Dutch or English, long or short.

    >>> month_of("mrt"), month_of("October"), month_of("13")
    (3, 10, None)
    """
    text = fold(text).strip("{}. ")
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= _LAST_MONTH else None
    months: dict[str, int] = bibtex_tables()["months"]
    return months.get(text[:3])


def _parts(found: re.Match[str]) -> list[int]:
    """[year, month, day] of a match, as far as they are a date."""
    groups = found.groupdict()
    parts = [int(groups["year"])]
    month_text = groups.get("month") or groups.get("word") or ""
    day = int(groups.get("day") or 0)
    if groups.get("month") and int(month_text) > _LAST_MONTH >= day > 0:
        month_text, day = (
            str(day),
            int(month_text),
        )  # "05/17/2014", as Americans write
    month = month_of(month_text)
    if month is None:
        return parts
    parts.append(month)
    if 1 <= day <= _LAST_DAY:
        parts.append(day)
    return parts


def date_parts_of(text: str) -> list[int]:
    """[year, month, day] as far as `text` tells; empty without a year.

    >>> date_parts_of("17.01.2014"), date_parts_of("May 2015"), date_parts_of("2015/06/18/")
    ([2014, 1, 17], [2015, 5], [2015, 6, 18])
    """
    folded = fold(text)
    for pattern in _PATTERNS:
        found = pattern.search(folded)
        if found and (
            not found.groupdict().get("word") or month_of(found["word"])
        ):
            return _parts(found)
    return []


def _range_of(text: str) -> list[list[int]]:
    """Both ends of a range, or the one known; empty when `text` is none."""
    years = _SCHOOL_YEAR.fullmatch(text)
    # Not a range: months, and the 21 to 24 by which EDTF names the seasons.
    if (
        years
        and int(years[3]) > max(int(years[2]), _LAST_MONTH)
        and (int(years[3]) not in _SEASONS)
    ):
        century = int(years[1]) * _CENTURY
        return [[century + int(years[2])], [century + int(years[3])]]
    found = _RANGE.fullmatch(text)
    if not found:
        return []
    ends = (date_parts_of(found["start"]), date_parts_of(found["end"]))
    return [end for end in ends if end]


def date_of(text: str) -> Date | None:
    """The CSL date that `text` tells; None when no year stands in it.

    >>> date_of("2014/2016-03")
    {'date-parts': [[2014], [2016, 3]]}
    >>> date_of("2015~") == date_of("ca. 2015")
    True
    """
    ends = _range_of(text)
    if not ends:
        parts = date_parts_of(text)
        ends = [parts] if parts else []
    if not ends:
        return None
    date: Date = {"date-parts": ends}
    if _ABOUT.search(text):
        date["circa"] = True
    return date


def status_of(text: str) -> str:
    """The state of publication that stands where a year is expected, in CSL's words; or "".

    >>> status_of("in druk"), status_of("forthcoming"), status_of("2015")
    ('in press', 'forthcoming', '')
    """
    folded = fold(text).strip(" .,()[]")
    states: dict[str, list[str]] = bibtex_tables()["states"]
    return next(
        (state for state, said in states.items() if folded in said), ""
    )
