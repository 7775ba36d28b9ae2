"""What is most worth a curator's minute? Themes in doubt, and works that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from kb.curation.state import State
from kb.records import Passage, Tag, Work
from kb.store import Store
from kb.store.schema import TABLES

DOUBTFUL, DISAGREE = "twijfel", "tegenspraak"
QUEUES = (DOUBTFUL, DISAGREE)
# Probabilities between which a person knows better than the model more often than not.
DOUBT = (0.15, 0.92)
# Cues and model disagree: cues that speak loudly in log-odds, and a model that does not
# believe them; or the other way round.
LOUD, SILENT = 1.5, 0.3
BELIEVED, DISBELIEVED = 0.7, 0.4
_TAGS, _PASSAGES = TABLES[Tag].c, TABLES[Passage].c


@dataclass(frozen=True, slots=True)
class Asked:
    """Which queue, narrowed to a theme or a document."""

    name: str = DOUBTFUL
    theme: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a queue were decided, and how many are left."""

    done: int
    left: int


def waiting(
    store: Store, asked: Asked, bar: float, limit: int, skip: int = 0
) -> list[tuple[str, str]]:
    """(passage, theme) of a queue, most doubtful first.

    Args:
        store: the records with all decisions.
        asked: which queue.
        bar: the probability from which a theme is shown.
        limit: how many.
        skip: how many to leave out at the beginning.
    """
    doubt = sa.func.abs(_TAGS.score - bar)
    query = (
        sa.select(_TAGS.passage, _TAGS.theme)
        .where(*_meant(asked))
        # A theme without training has no probability: its doubt comes last.
        .order_by(_TAGS.origin == "rules", doubt, _TAGS.passage, _TAGS.theme)
        .limit(limit)
        .offset(skip)
    )
    with store.engine.connect() as connection:
        return [(id, theme) for id, theme in connection.execute(query)]


def progress(store: Store, state: State, asked: Asked) -> Progress:
    """How far a queue is."""
    count = sa.select(sa.func.count()).select_from(TABLES[Tag])
    with store.engine.connect() as connection:
        left = connection.execute(count.where(*_meant(asked))).scalar_one()
    return Progress(sum(1 for _ in _decided(state, asked)), int(left))


def _decided(state: State, asked: Asked) -> Iterator[str]:
    for event in state.holding("theme"):
        of_theme = asked.theme in ("", event.field)
        if of_theme and event.target.startswith(asked.document):
            yield event.id


def _meant(asked: Asked) -> list[Any]:
    """Conditions on the tags of a queue: those that no curator decided on."""
    where: list[Any] = [_TAGS.origin != "curator"]
    if asked.theme:
        where.append(_TAGS.theme == asked.theme)
    if asked.document:
        its_own = sa.select(_PASSAGES.id).where(
            _PASSAGES.document == asked.document
        )
        where.append(_TAGS.passage.in_(its_own))
    if asked.name == DISAGREE:
        cues = _TAGS.layers["cues"].as_float()
        unbelieved = sa.and_(cues >= LOUD, _TAGS.score < DISBELIEVED)
        unheard = sa.and_(cues < SILENT, _TAGS.score >= BELIEVED)
        where.append(sa.or_(unbelieved, unheard))
    else:
        where.append(_TAGS.score.between(*DOUBT))
    return where


def unknown_works(store: Store, limit: int, skip: int = 0) -> list[Work]:
    """Works that are known from mentions only, most mentioned first."""
    return list(islice(_unknown(store), skip, skip + limit))


def count_unknown(store: Store) -> int:
    """How many works are known from mentions only."""
    return sum(1 for _ in _unknown(store))


def _unknown(store: Store) -> Iterator[Work]:
    """Acts, papers and rulings are known by their number, and are left out."""
    works = TABLES[Work].c
    order = [works.mentions.desc(), works.id]
    for work in store.each(Work, works.origin == "mention", order=order):
        if "identifier" not in (work.csl.get("custom") or {}):
            yield work


def candidates(
    work: Work, works: Iterable[Work], limit: int = 5
) -> list[Work]:
    """The known works that a mention may mean: names alike, years near.

    Args:
        work: known from mentions only.
        works: all works.
        limit: how many at most, likeliest first.
    """
    scored = [
        (score, other.id, other)
        for other in works
        if other.origin != "mention" and other.id != work.id
        for score in [_likeness(work, other)]
        if score >= _LIKELY
    ]
    scored.sort(key=lambda found: (-found[0], found[1]))
    return [other for _, _, other in scored[:limit]]


_LIKELY = 60.0  # per cent of its names below which nobody would look
_YEAR_WORTH = 15.0  # per cent that the same year counts for
_YEARS_APART = 1
# Letters of two family names: Hillhorst is Hilhorst, De Waal is not Van der Lans.
_SAME_NAME = 80.0


def _likeness(work: Work, other: Work) -> float:
    alike = _alike(work, other)
    here, there = _year(work), _year(other)
    if here and there:
        near = abs(here - there) <= _YEARS_APART
        alike += _YEAR_WORTH if near else -_YEAR_WORTH
    return alike


def _alike(work: Work, other: Work) -> float:
    """Per cent of the names that another work has too; of the words of titles without."""
    from rapidfuzz import fuzz

    names, others = _names(work), _names(other)
    if not names or not others:
        titles = [
            str(one.csl.get("title", "")).lower() for one in (work, other)
        ]
        return float(fuzz.token_set_ratio(*titles)) if all(titles) else 0.0
    found = [
        max(fuzz.ratio(name, known) for known in others) >= _SAME_NAME
        for name in names
    ]
    return 100.0 * sum(found) / len(found)


def _names(work: Work) -> list[str]:
    """The last word of every name: particles before it are written in many ways."""
    listed = work.csl.get("author") or work.csl.get("editor") or ()
    said = [name.get("family") or name.get("literal", "") for name in listed]
    return [name.lower().split()[-1] for name in said if name.strip()]


def _year(work: Work) -> int | None:
    from kb.bibliography.csl_fields import year_of

    return year_of(work.csl)
