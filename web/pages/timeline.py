"""A theme through the years: what was found, not only how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.dutch import sentences
from kb.export.draft import Candidate
from kb.passages.statements import is_quotable
from kb.records import Passage
from kb.store.evidence import Evidence, EvidenceRow
from web.charts.scale import share
from web.citation_strings import quotation_of, short_name
from web.generation import Generation
from web.pages.addresses import quick
from web.pages.cards import ThemeChip, chip, documents, elsewhere
from web.pages.themes import address, rows_on

A_YEAR = 3  # statements shown of a year, each of another document
LOOKED_AT = 12  # passages of a year among which they are looked for
SHORT = 280  # characters of a statement; it ends with a sentence
# What tells most of what was found comes first.
TELLING = ("finding", "setback", "recommendation", "respondent", "policy")


@dataclass(frozen=True, slots=True)
class Statement:
    """The first sentences of a passage, with where they stand."""

    text: str
    more: bool
    kind: str
    short: str
    locator: str
    address: str


@dataclass(frozen=True, slots=True)
class Year:
    """What was found in a year."""

    year: int | None
    count: int
    documents: int
    length: float
    address: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """All that the timeline of a theme shows."""

    theme: ThemeChip
    years: tuple[Year, ...]


def first_sentences(text: str, most: int = SHORT) -> tuple[str, bool]:
    """The whole sentences that fit, at least one; and whether more follows.

    >>> first_sentences("Een. Twee is langer. Drie.", 10)
    ('Een.', True)
    """
    end = 0
    for _start, stop in sentences.spans(text):
        if end and stop > most:
            break
        end = stop
    return text[:end], end < len(text.rstrip())


def timeline_page(generation: Generation, code: str) -> TimelinePage:
    """Raises UnknownThemeError."""
    theme = generation.frameworks.theme(code)
    by_year: dict[int | None, list[EvidenceRow]] = {}
    for row in rows_on(generation, theme.code):
        by_year.setdefault(row.year, []).append(row)
    most = max((len(rows) for rows in by_year.values()), default=0)
    order = sorted(by_year, key=lambda year: (year is None, -(year or 0)))
    years = (
        _year(generation, theme.code, year, by_year[year], most)
        for year in order
    )
    return TimelinePage(chip(generation, theme.code), tuple(years))


def _year(
    generation: Generation,
    code: str,
    year: int | None,
    rows: Sequence[EvidenceRow],
    most: int,
) -> Year:
    found = generation.store.passages(
        ids=[row.passage for row in rows[:LOOKED_AT]]
    )
    critical = {row.passage for row in rows if row.critical}
    return Year(
        year=year,
        count=len(rows),
        documents=len({row.document for row in rows}),
        length=share(len(rows), most),
        address=address(Evidence(code, year=year)),
        statements=tuple(
            _statement(generation, passage)
            for passage in _telling(found, critical)
        ),
    )


def _telling(
    passages: Sequence[Passage], critical: set[str]
) -> tuple[Passage, ...]:
    """The most telling passages, each of another document."""

    def rank(passage: Passage) -> int:
        part = Candidate(passage, passage.id in critical).part
        return TELLING.index(part) if part in TELLING else len(TELLING)

    quotable = [p for p in passages if is_quotable(p) and not p.rows]
    kept: dict[str, Passage] = {}
    for passage in sorted(quotable, key=rank):
        kept.setdefault(passage.document, passage)
    return tuple(kept.values())[:A_YEAR]


def _statement(generation: Generation, passage: Passage) -> Statement:
    document = documents(generation)[passage.document]
    text, more = first_sentences(elsewhere(generation, passage).text)
    return Statement(
        text=text,
        more=more,
        kind=passage.kind,
        short=short_name(generation, document),
        locator=quotation_of(generation, passage, document).locator,
        address=quick("passages.passage", "id", passage.id),
    )
