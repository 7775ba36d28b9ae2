"""Passages that pass filters when nothing is asked.

Those that say most on the themes chosen first.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kb.search.index.collection import Collection
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Floats, Ints
from kb.search.index.remote import RemoteCollection
from kb.search.ranking.bm25f import SINKING, kind_prior

Values = Mapping[
    str, tuple[str, ...]
]  # value field of an engine to values of which one must hold


NO_OR_YES = ["", "yes"]  # what the column of figures stands for


def browse(
    collection: Collection | RemoteCollection,
    filters: Values,
    excluded: Values,
    limit: int,
) -> tuple[Ints, Floats]:
    """The first `limit` rows that pass, with their scores.

    A score is the evidence for the themes chosen, else for any, less for kinds that sink. A
    document by itself is read in its own order.
    """
    if isinstance(collection, RemoteCollection):
        return collection.browsed(filters, excluded, SINKING, limit)
    kept = np.ones(len(collection), np.bool_)
    for name, values in filters.items():
        kept &= _has(collection, name, values)
    for name, values in excluded.items():
        kept &= ~_has(collection, name, values)
    rows = np.flatnonzero(kept)
    if set(filters) <= {"document"}:
        return rows[:limit], np.zeros(min(limit, len(rows)))
    kinds = collection.columns["kind"][rows]
    scores = collection.evidence_of(rows, filters.get("theme", ()))
    scores *= kind_prior(collection, kinds)
    best = np.lexsort((rows, -np.round(scores, 6)))[:limit]
    return rows[best], scores[best]


def _numbers(known: list[str], values: tuple[str, ...]) -> list[int]:
    wanted = set(values)
    return [number for number, name in enumerate(known) if name in wanted]


def _owners(rows: Rows, places: Ints) -> Ints:
    """Which text each of these places in a row of numbers belongs to."""
    return np.searchsorted(rows.starts, places, side="right") - 1


def _has(
    collection: Collection, name: str, values: tuple[str, ...]
) -> npt.NDArray[np.bool_]:
    """Which rows have one of the values of a field."""
    names = collection.names
    if name in collection.columns:
        known = {
            "kind": names.kinds,
            "document": [source.id for source in names.sources],
            "figures": NO_OR_YES,
        }[name]
        return np.isin(collection.columns[name], _numbers(known, values))
    many, known = (
        (collection.themes, names.themes)
        if name == "theme"
        else (collection.municipalities, names.municipalities)
    )
    found = np.zeros(len(collection), np.bool_)
    found[
        _owners(
            many, np.flatnonzero(np.isin(many.words, _numbers(known, values)))
        )
    ] = True
    return found
