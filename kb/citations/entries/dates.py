"""Years and dates in entries and citations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.bibliography.dates import month_of, status_of
from kb.citations.wordlists import alternation, fold, longest_first

YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_MONTHS = alternation(longest_first("words", "months"))
_UNDATED = re.compile(
    r"(?:z\.? ?d|n\.? ?d|z\. ?j|s\. ?d|o\. ?j|s\. ?a)\b\.?(?: ?-? ?(?P<s>[a-z]))?"
    r"|zonder (?:datum|jaar)"
)
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?:\s?([a-z])(?![a-z]))?(?!\d)")
_DOUBLE = re.compile(rf"(?<!\d)({YEAR})\s?[/\[]\s?\[?({YEAR})\]?(?!\d)")
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|e)?\s+({_MONTHS})\b|"
    rf"\b({_MONTHS})\.?(?:\s+(\d{{1,2}})(?!\d))?"
)
_NUMERIC = re.compile(
    rf"(?<!\d)(\d{{1,2}})[-/.](\d{{1,2}})[-/.]({YEAR})(?!\d)"
)
_ISO = re.compile(rf"(?<!\d)({YEAR})-(\d{{2}})-(\d{{2}})(?!\d)")


@dataclass(frozen=True, slots=True)
class When:
    """A printed date. `parts` is CSL's date-parts: [year, month, day], as far as printed."""

    parts: tuple[int, ...] = ()
    original: int | None = None
    suffix: str = ""
    undated: bool = False
    status: str = (
        ""  # "in press", "forthcoming": CSL's words for what is not yet out
    )
    edition: str = ""

    @property
    def year(self) -> int | None:
        return self.parts[0] if self.parts else None

    def __bool__(self) -> bool:
        return bool(self.parts) or self.undated or bool(self.status)


def full_date(text: str) -> tuple[int, ...]:
    """(year, month, day) as far as `text` gives them; empty without a year.

    >>> full_date("12 mei 2014"), full_date("najaar 2014"), full_date("3-12-2014")
    ((2014, 5, 12), (2014,), (2014, 12, 3))
    """
    folded = fold(text)
    if iso := _ISO.search(folded):
        return tuple(int(group) for group in iso.groups())
    if numeric := _NUMERIC.search(folded):
        day, month, year = (int(group) for group in numeric.groups())
        return (year, month, day) if 1 <= month <= 12 else (year,)
    found = _YEAR.search(folded)
    if not found:
        return ()
    return (int(found.group(1)), *_month_and_day(folded))


def _month_and_day(folded: str) -> tuple[int, ...]:
    """Month, and day where it is named with it."""
    found = _DAY.search(folded)
    month = month_of(found.group(2) or found.group(3)) if found else None
    if not found or not month:
        return ()
    day = int(found.group(1) or found.group(4) or 0)
    return (month, day) if 1 <= day <= 31 else (month,)


_EDITION = re.compile(
    r"(\d+\s?(?:e|de|ste|nd|rd|th|st)?\s?(?:\w+\s)?(?:druk|ed\.?|edition|editie|oplage|aufl\.?))"
)
_RESIDUE = re.compile(
    rf"(?:{_MONTHS}|{alternation(longest_first('words', 'seasons'))}|\d{{1,2}}(?:st|nd|rd|th|"
    rf"e)?|van|of|op|the|ca?\.|circa|copyright|©|eerste|oorspronkelijk|originally|"
    rf"orig\.?|published|"
    rf"uitgave|vert\.?|st|nr|deel|versie)\b|[\s,.;:/\-()\[\]&+©]+"
)


def read_date(text: str) -> When | None:
    """The date that `text` (the inside of a bracket) is, or None when it is, or says,
    something else."""
    folded = fold(text)
    if len(folded) > 70:
        return None
    bare = folded.strip(" ,.")
    if undated := _UNDATED.fullmatch(bare):
        return When(undated=True, suffix=undated["s"] or "")
    if status := status_of(bare):
        return When(status=status)
    edition = ""
    if found := _EDITION.search(folded):
        edition = found.group(1)
        folded = folded.replace(edition, " ")
    double = _DOUBLE.search(folded)
    years = list(_YEAR.finditer(folded))
    if not years:
        return None
    rest = _YEAR.sub(" ", folded)
    if _RESIDUE.sub("", rest).strip():
        return None
    if double:
        first, second = sorted((int(double.group(1)), int(double.group(2))))
        return When((second,), original=first, edition=edition)
    if len(years) == 2 and re.search(rf"{YEAR}\s?-\s?{YEAR}", folded):
        return None
    return When(
        full_date(folded), suffix=years[0].group(2) or "", edition=edition
    )
