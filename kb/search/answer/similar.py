"""Which passages say the like of this one? Its most telling words are searched, and likeness
is the cosine of weighted words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.dutch.analysis import is_weightless
from kb.search.engines import Engine, Plan
from kb.search.index.candidates import Passages
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints
from kb.search.query_tree import Or, Term

Scores = npt.NDArray[np.float64]

WORDS = 25  # most telling stems asked
CANDIDATES = 200
SHORTEST = 3  # letters of a telling stem
DIGITS = 4  # of likeness


@dataclass(frozen=True, slots=True)
class _Stems:
    """The different stems of texts: whose each is, and how much it tells."""

    owners: Ints
    stems: Ints
    weights: Scores


def _weighted(collection: Passages, bodies: Rows) -> _Stems:
    """Every different stem of each text, by log frequency times idf.

    Stop words at 0.
    """
    lexicon = collection.lexicon
    size = len(lexicon.stems)
    pairs, counts = np.unique(
        bodies.owners * size + lexicon.word_stem[bodies.words],
        return_counts=True,
    )
    owners, stems = pairs // size, pairs % size
    rarity = np.log(1 + len(collection) / (lexicon.stem_df[stems] + 0.5))
    weights = (1 + np.log(counts)) * rarity
    different, inverse = np.unique(stems, return_inverse=True)
    tells = [_telling(lexicon.stems[stem]) for stem in different.tolist()]
    weights[~np.array(tells, np.bool_)[inverse]] = 0.0
    return _Stems(owners, stems, weights)


def _telling(token: str) -> bool:
    return len(token) >= SHORTEST and not is_weightless(token)


def similar(
    engine: Engine, collection: Passages, row: int, limit: int
) -> list[tuple[int, float]]:
    """Rows most like `row`, with likeness (0..1), itself left out."""
    own = _weighted(collection, collection.gather(np.array([row])).bodies)
    best = np.argsort(-own.weights, kind="stable")[:WORDS]
    parts = tuple(
        Term(
            "body",
            collection.lexicon.stems[int(own.stems[place])],
            round(weight, 3),
        )
        for place in best.tolist()
        if (weight := float(own.weights[place])) > 0
    )
    rows = (
        engine.best(Plan(Or(parts)), CANDIDATES)
        if parts
        else np.zeros(0, np.int64)
    )
    rows = rows[rows != row]
    likeness = _cosines(collection, own, rows)
    nearest = np.lexsort((rows, -likeness))[:limit]
    return [
        (int(rows[place]), round(min(1.0, float(likeness[place])), DIGITS))
        for place in nearest
        if likeness[place] > 0
    ]


def _cosines(collection: Passages, own: _Stems, rows: Ints) -> Scores:
    """The cosine of each row with one text."""
    weights = np.zeros(len(collection.lexicon.stems))
    weights[own.stems] = own.weights
    others, many = (
        _weighted(collection, collection.gather(rows).bodies),
        len(rows),
    )
    products = others.weights * weights[others.stems]
    dots = np.bincount(others.owners, weights=products, minlength=many)
    squares = np.bincount(
        others.owners, weights=others.weights**2, minlength=many
    )
    lengths = np.sqrt(squares) * np.sqrt(np.sum(own.weights**2))
    likeness = np.zeros(many)
    np.divide(dots, lengths, out=likeness, where=lengths > 0)
    return likeness
