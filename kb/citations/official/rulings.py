"""Rulings by court and day: "HR 8 maart 2013, nr. 12/02061".

What was published under a number of its own (ECLI, LJN) is known by that, a case of a
European court by the number of the case, others by court and number, or court and day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kb.bibliography.dates import month_of
from kb.citations.official.papers import Official
from kb.citations.wordlists import alternation, longest_first
from kb.datafiles import table
from kb.dutch.fold import letters

_YEAR = r"(?:19|20)\d\d"
_SHORT_NAME = r"(?:\s\([A-Z]\w{1,7}\))?"  # "Hoge Raad (HR)"
_CASE_NAME = r"(?:\s\((?:[^()\d]{2,80})\))?"  # "zaak C-461/08 (De Brug)"
_SEPARATOR = r"[,;]?\s\(?"
_EUROPEAN = re.compile(r"[CT]-\d{1,4}/\d{2}")
# Courts by what their names have in common, and European cases: most texts name none.
_LIKELY = re.compile(
    r"HR|Raad\s|C[Rr][Vv]B|A[Bb]R[vV]?S|Afdeling|CB[bB]|HvJ|EHRM|Europe|College\s|"
    r"[Rr]echtbank|Rb|[Gg]erechtshof|Hof\s|[Kk]antonrechter|[Vv]oorzieningen|[CT]-\d"
)


@dataclass(frozen=True, slots=True)
class _Day:
    """A printed day, as Dutch practice writes it and as a date."""

    written: str
    iso: str
    year: int


@cache
def _told(key: str) -> str:
    """A pattern or a word of the table."""
    rulings = table("kb.citations.official", "official.toml")["rulings"]
    return str(rulings[key])


@cache
def _written_as() -> Mapping[str, str]:
    """Every name of a court that has no place, and how the court is written."""
    rulings = table("kb.citations.official", "official.toml")["rulings"]
    return {name: names[0] for names in rulings["courts"] for name in names}


@cache
def _day() -> str:
    months = alternation(longest_first("words", "months"))
    return (
        rf"(?P<day>\d{{1,2}}\s(?i:{months})\s{_YEAR}"
        rf"|\d{{1,2}}[-/]\d{{1,2}}[-/]{_YEAR})(?![\d-])"
    )


@cache
def _court() -> str:
    known = sorted(_written_as(), key=lambda name: (-len(name), name))
    return (
        rf"(?<![\w-])(?P<court>(?:{alternation(known)})(?!\w)"
        rf"|(?:{_told('local')})\s{_told('place')}){_SHORT_NAME}"
    )


@cache
def _numbered() -> str:
    """The number of a case and what it was published under, each if told."""
    return (
        rf"(?:{_SEPARATOR}{_told('case')}\s(?P<number>{_told('number')}){_CASE_NAME})?"
        rf"(?:{_SEPARATOR}(?P<published>{_told('published')}))?"
    )


@cache
def _told_by_number() -> str:
    """What must stand behind a day that alone would not tell a ruling."""
    return rf"(?={_SEPARATOR}(?:{_told('case')}\s|ECLI:|LJN)){_numbered()}"


@cache
def _by_court() -> re.Pattern[str]:
    """Court, then day."""
    between = r"(?:,?\s\(?|\svan\s|\s(?:d\.d\.|dd\.)\s)"
    return re.compile(rf"{_court()}{between}{_day()}{_numbered()}")


@cache
def _said_on() -> re.Pattern[str]:
    """A court that "heeft op" a day: a number must tell that it was a ruling."""
    return re.compile(
        rf"{_court()}{_told('until_day')}{_day()}{_told_by_number()}"
    )


@cache
def _by_day() -> re.Pattern[str]:
    """Day, then court: "de uitspraak van 3 mei 2017 van de CRvB"."""
    return re.compile(
        rf"\b(?:uitspraak|arrest|vonnis|beschikking)\s(?:van|d\.d\.)\s{_day()}"
        rf"\s(?:van|door)\s(?:de\s|het\s)?{_court()}{_numbered()}"
    )


@cache
def _another() -> re.Pattern[str]:
    """A further ruling of the same court: ", 7 oktober 2011, nr. 09/02214"."""
    return re.compile(
        rf"(?:,|;|,?\sen)\s(?:van\s)?{_day()}{_told_by_number()}"
    )


@cache
def _case_alone() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w/-])(?:(?:gevoegde\s)?zaak\s|arrest\s)?(?P<number>[CT]-\d{1,4}/\d{2})(?![\d/])"
    )


def rulings_in(text: str) -> list[Official]:
    """Rulings that `text` names by court and day, or by a European case number.

    >>> text = "Zie HR 3 mei 2013, nr. 12/0001 en HvJ 9 juli 2009, zaak C-1/08."
    >>> [found.title for found in rulings_in(text)]
    ['HR 3 mei 2013, nr. 12/0001', 'HvJ EU 9 juli 2009, zaak C-1/08']
    """
    if not _LIKELY.search(text):
        return []
    found: list[Official] = []
    for pattern in (_by_court(), _said_on(), _by_day()):
        for match in pattern.finditer(text):
            if not _overlaps(match.span(), found):
                found += _with_others(text, match)
    for match in _case_alone().finditer(text):
        if not _overlaps(match.span(), found):
            found.append(_european(match))
    return sorted(found, key=lambda ruling: ruling.start)


def _overlaps(span: tuple[int, int], found: list[Official]) -> bool:
    return any(span[0] < o.end and o.start < span[1] for o in found)


def _with_others(text: str, match: re.Match[str]) -> Iterator[Official]:
    """A ruling, and those of the same court that follow it."""
    court = _written(match["court"])
    yield _ruling(match, court)
    end = match.end()
    while other := _another().match(text, end):
        yield _ruling(other, court)
        end = other.end()


def _written(court: str) -> str:
    """How a court is written.

    >>> _written("Centrale Raad van Beroep"), _written("rechtbank Overijssel")
    ('CRvB', 'Rechtbank Overijssel')
    """
    plain = re.sub(r"\s(?:te|in)\s", " ", court)
    return _written_as().get(court, plain[:1].upper() + plain[1:])


def _ruling(match: re.Match[str], court: str) -> Official:
    number, published = match["number"], match["published"]
    day = _read(match["day"])
    told = [f"{court} {day.written}"]
    if published:
        told.append(published)
    elif number:
        mark = "zaak" if _EUROPEAN.fullmatch(number) else "nr."
        told.append(f"{mark} {number}")
    return Official(
        start=_start(match),
        end=match.end(),
        title=", ".join(told),
        identifier=_identifier(court, day, number, published),
        type=_told("type"),
        year=day.year,
    )


def _start(match: re.Match[str]) -> int:
    """Where a mention begins: with its court, or with the day before it."""
    starts = [match.start("day")]
    if "court" in match.groupdict():
        starts.append(match.start("court"))
    return min(starts)


def _identifier(
    court: str, day: _Day, number: str | None, published: str | None
) -> str:
    if published:
        if published.startswith("ECLI"):
            return f"ecli:{published}"
        return f"ljn:{published.removeprefix('LJN').strip(': ')}"
    if number and _EUROPEAN.fullmatch(number):
        return f"case:{number}"
    if number:
        return f"ruling:{letters(court)}-{''.join(number.split())}"
    return f"ruling:{letters(court)}-{day.iso}"


def _european(match: re.Match[str]) -> Official:
    number = match["number"]
    return Official(
        start=match.start("number"),
        end=match.end(),
        title=f"zaak {number}",
        identifier=f"case:{number}",
        type=_told("type"),
    )


def _read(printed: str) -> _Day:
    """A printed day.

    >>> _read("3-5-2017").written, _read("3 mei 2017").iso
    ('3 mei 2017', '2017-05-03')
    """
    day, month, year = re.split(r"[\s/-]", printed)
    number = int(month) if month.isdecimal() else month_of(month) or 0
    name = _MONTHS[number - 1] if 1 <= number <= 12 else month
    return _Day(
        f"{int(day)} {name} {year}",
        f"{year}-{number:02}-{int(day):02}",
        int(year),
    )


_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
