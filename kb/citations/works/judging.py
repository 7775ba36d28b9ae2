"""Does this citation mean that work? A score from names, year and title, with its reason."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.citations.reasons import Reason, Why
from kb.citations.works.similarity import (
    NEARLY_SAME_TITLE,
    SHORTENED,
    Record,
    core_name,
    name_similarity,
    title_similarity,
)
from kb.dutch.fold import letters
from kb.records import Citation

LIKELY_NAMES = 0.7  # below: other people
SAME_NAME = 0.98
OTHER_ORDER = 0.97
TITLE_ALONE = 0.95  # a title without author tells a little less than names do
TITLE_OF_ORGANISATION = 0.9
TITLE_TOO = 0.05

# An organisation is cited that is not the first author.
IS_PUBLISHER = 0.72
ONE_OF_THE_AUTHORS = 0.75

# Author lists of different length.
UNNAMED_AUTHORS = 0.12
TOO_MANY_AUTHORS = 0.2
STRANGER = 0.15
ETAL_FOR_NOBODY = 0.2
ETAL_FOR_ONE = 0.08

# Years. Strict: a work that the citing document does not list.
SAME_LETTER = 0.02
OTHER_LETTER = -0.3
NO_YEAR, NO_YEAR_STRICT = -0.15, -0.3
BY_ONE, BY_ONE_STRICT = -0.15, -0.2
BY_ONE_OF_ORGANISATION = (
    -0.3
)  # they publish every year: another year, another work
BY_ONE_ALONE_STRICT = -0.45
OTHER_YEAR, OTHER_YEAR_STRICT = -0.32, -0.6


def judge(
    citation: Citation, record: Record, *, strict: bool = False
) -> tuple[float, Reason]:
    """How well `citation` fits the work of `record`.

    Args:
        citation: with names, or with a title only.
        record: the work.
        strict: the citing document does not list the work, so that a year may differ
            by one only, and only where several names agree.

    Returns:
        A score from 0 to 1, and the reason.
    """
    if citation.csl and record.identifier:
        same = identifier_of(citation) == record.identifier
        return (1.0, _NUMBER) if same else (0.0, _OTHER_NUMBER)
    title = _title_score(citation, record)
    year, when = _year_score(citation, record, strict)
    if not citation.authors:
        if title < NEARLY_SAME_TITLE:
            return 0.0, _OTHER_TITLE
        return title * TITLE_ALONE + year, _with(Why.TITLE, when)
    names, who = _names_score(citation, record)
    if names < LIKELY_NAMES:
        if not citation.group or title < 0.9:
            return 0.0, _OTHER_AUTHORS
        return title * TITLE_OF_ORGANISATION + year, _with(Why.TITLE, when)
    if title < NEARLY_SAME_TITLE:
        return min(1.0, names + year), _with(who, when)
    told = _with(who, when).because(Why.TITLE)
    return min(1.0, names + year + TITLE_TOO), told


_NUMBER = Reason((Why.NUMBER,))
_OTHER_NUMBER = Reason((Why.OTHER_NUMBER,))
_OTHER_TITLE = Reason((Why.OTHER_TITLE,))
_OTHER_AUTHORS = Reason((Why.OTHER_AUTHORS,))


def _with(first: Why, when: Reason) -> Reason:
    """A reason that begins with names or title and goes on with the year."""
    return Reason((first, *when.pieces), when.printed_year)


def identifier_of(citation: Citation) -> str:
    """The number of the act, paper or ruling that is cited, or ""."""
    custom = citation.csl.get("custom") or {}
    return str(custom.get("identifier", ""))


def _title_score(citation: Citation, record: Record) -> float:
    if not citation.title or not record.title:
        return 0.0
    cited = letters(citation.title)
    if len(cited) >= 6 and cited == record.main:
        return 1.0
    if len(cited) >= 10 and record.letters.startswith(cited):
        return 1.0
    return title_similarity(citation.title.lower(), record.title)


def _year_score(
    citation: Citation, record: Record, strict: bool
) -> tuple[float, Reason]:
    if citation.year == record.year and citation.suffix and record.suffix:
        return _letter_score(citation.suffix, record.suffix)  # "z.d.-a" too
    if citation.year is None or record.year is None:
        return (NO_YEAR_STRICT if strict else NO_YEAR), Reason((Why.NO_YEAR,))
    if citation.year in (record.year, record.original):
        return _letter_score(citation.suffix, record.suffix)
    group = citation.group or record.group
    if abs(citation.year - record.year) == 1:
        cost = _by_one(group, strict, len(citation.authors))
        return cost, Reason((Why.NEXT_YEAR,))
    if strict or group:
        return OTHER_YEAR_STRICT, Reason((Why.OTHER_YEAR,))
    return OTHER_YEAR, Reason((Why.OTHER_YEAR,), printed_year=record.year)


def _letter_score(cited: str, printed: str) -> tuple[float, Reason]:
    if cited and printed and cited != printed:
        return OTHER_LETTER, Reason((Why.OTHER_LETTER,))
    same = cited and cited == printed
    return (SAME_LETTER if same else 0.0), Reason((Why.YEAR,))


def _by_one(group: bool, strict: bool, authors: int) -> float:
    if strict and (group or authors < 2):
        return BY_ONE_ALONE_STRICT
    if group:
        return BY_ONE_OF_ORGANISATION
    return BY_ONE_STRICT if strict else BY_ONE


def _names_score(citation: Citation, record: Record) -> tuple[float, Why]:
    cited = _core_names(citation.authors)
    families = record.families
    if not families:
        return 0.0, Why.NO_AUTHORS
    first = name_similarity(cited[0], families[0])
    if first < LIKELY_NAMES:
        return _not_the_first(cited, citation.group, record)
    score = first
    if len(cited) > 1:
        rest = [_nearest(name, families[1:]) for name in cited[1:]]
        score = (first + sum(rest)) / len(cited)
        if min(rest) == 0.0:
            score -= STRANGER
    score -= _missing(len(cited), citation.etal, record)
    same = first > SAME_NAME
    return score, Why.AUTHOR if same else Why.SPELLED_DIFFERENTLY


def _nearest(name: str, families: tuple[str, ...]) -> float:
    return max(
        (name_similarity(name, family) for family in families), default=0.0
    )


@lru_cache(maxsize=4_096)
def _core_names(authors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(core_name(author) for author in authors)


def _not_the_first(
    cited: tuple[str, ...], group: bool, record: Record
) -> tuple[float, Why]:
    """The same people in another order, or an organisation that had a part in it."""
    families = record.families
    if len(cited) == len(families) > 1 and set(cited) == set(families):
        return OTHER_ORDER, Why.OTHER_ORDER
    if group and _publishes(cited[0], record.publisher):
        return IS_PUBLISHER, Why.PUBLISHER
    if group and _nearest(cited[0], families[1:]) >= SHORTENED:
        return ONE_OF_THE_AUTHORS, Why.ONE_OF_THE_AUTHORS
    return 0.0, Why.OTHER_AUTHORS


@lru_cache(maxsize=20_000)
def publishers_of(publisher: str) -> tuple[str, ...]:
    """A publisher and, where it is several, each of them, folded.

    >>> publishers_of("Movisie/Nivel")
    ('movisie/nivel', 'movisie', 'nivel')
    """
    parts = [publisher, *re.split(r"\s?[/;,&]\s?", publisher)]
    return tuple(dict.fromkeys(core_name(part) for part in parts if part))


def _publishes(name: str, publisher: str) -> bool:
    return any(
        name_similarity(name, p) >= SHORTENED for p in publishers_of(publisher)
    )


def _missing(cited: int, etal: bool, record: Record) -> float:
    """What a list of another length costs.

    "e.a." stands for two others or more; a record that is itself cut short ("e.a.")
    cannot be missed.
    """
    printed = len(record.families)
    if record.etal:
        return 0.0
    if etal:
        if printed <= cited:
            return ETAL_FOR_NOBODY
        return ETAL_FOR_ONE if printed == cited + 1 else 0.0
    if cited == printed:
        return 0.0
    return UNNAMED_AUTHORS if cited < printed else TOO_MANY_AUTHORS
