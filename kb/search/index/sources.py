"""The documents of a collection as search needs them, and what numbers stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.search.engines import ReadingOrder
from kb.search.index.lexicon import Ints

_UNDATED = -9999  # sorts behind every year
# Values, and for each time one is had: whose it is, in rising order, and its number.
Had = tuple[list[str], Ints, Ints]
OfDocuments = dict[str, Had]


@dataclass(frozen=True, slots=True)
class Source:
    """A document as search needs it."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    type: str
    volume: str | None = None  # the collection that it is a part of


@dataclass
class Names:
    """What the numbers in the columns stand for."""

    sources: list[Source] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)  # of near-duplicates


def reading_order(sources: Sequence[Source], starts: Ints) -> ReadingOrder:
    """The order of documents, by id and from the newest to the oldest.

    Args:
        sources: by id.
        starts: the first row of each, and at last the number of rows.
    """
    years = [_UNDATED if s.year is None else s.year for s in sources]
    newest = np.argsort(-np.array(years, np.int64), kind="stable")
    return ReadingOrder([source.id for source in sources], starts, newest)


def of_documents(sources: Sequence[Source]) -> OfDocuments:
    """What passages have from their document, by facet.

    A part of a collection counts as the collection too.
    """
    ids = [(s.id, s.volume) if s.volume else (s.id,) for s in sources]
    years = [() if s.year is None else (str(s.year),) for s in sources]
    return {
        "document": _paired(ids),
        "author": _paired([source.authors for source in sources]),
        "year": _paired(years),
        "type": _paired([(source.type,) for source in sources]),
    }


def _paired(values: Sequence[Sequence[str]]) -> Had:
    """The different values and who has them."""
    numbers: dict[str, int] = {}
    pairs = [
        (owner, numbers.setdefault(value, len(numbers)))
        for owner, had in enumerate(values)
        for value in had
    ]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return list(numbers), table[:, 0], table[:, 1]
