"""A theme through the years: what was found, not only how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.dutch import sentences
from kb.export.draft import part_of
from kb.records import Passage
from kb.store.evidence import Evidence, EvidenceRow
from web.charts.scale import share
from web.citation_strings import quotation_of, short_name
from web.generation import Generation
from web.pages.addresses import quick
from web.pages.cards import ThemeChip, chip, documents, elsewhere
from web.pages.judged import Judged, judged
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
    told = {year: _telling(generation, by_year[year]) for year in order}
    ids = [id for chosen in told.values() for id in chosen]
    shown = {p.id: p for p in generation.store.passages(ids=ids)}
    return TimelinePage(
        theme=chip(generation, theme.code),
        years=tuple(
            Year(
                year=year,
                count=len(by_year[year]),
                documents=len({row.document for row in by_year[year]}),
                length=share(len(by_year[year]), most),
                address=address(Evidence(theme.code, year=year)),
                statements=tuple(
                    _statement(generation, shown[id]) for id in told[year]
                ),
            )
            for year in order
        ),
    )


def _telling(
    generation: Generation, rows: Sequence[EvidenceRow]
) -> tuple[str, ...]:
    """Ids of the most telling passages of a year, each of another document."""
    looked_at = rows[:LOOKED_AT]
    known = judged(generation, [row.passage for row in looked_at])
    quotable = [row for row in looked_at if _is_prose(known.get(row.passage))]
    kept: dict[str, str] = {}
    for row in sorted(quotable, key=_by_part):
        kept.setdefault(row.document, row.passage)
    return tuple(kept.values())[:A_YEAR]


def _is_prose(found: Judged | None) -> bool:
    return found is not None and found.quotable and not found.in_rows


def _by_part(row: EvidenceRow) -> int:
    part = part_of(row.kind, row.critical)
    return TELLING.index(part) if part in TELLING else len(TELLING)


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
