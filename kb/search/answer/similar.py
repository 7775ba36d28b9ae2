"""Which passages say the like of this one? Its most telling words are searched, and likeness is the cosine of weighted words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kb.dutch.analysis import is_weightless
from kb.search.engines import Engine, Plan
from kb.search.index.collection import Collection
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints
from kb.search.query_tree import Or, Term

WORDS = 25  # most telling stems asked
CANDIDATES = 200


def _weighted(
    collection: Collection, bodies: Rows
) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
    """Owner, stem and weight (log frequency times idf, no stop words) of every different stem of each text."""
    lexicon = collection.lexicon
    size = len(lexicon.stems)
    pairs, counts = np.unique(
        bodies.owners * size + lexicon.word_stem[bodies.words], return_counts=True
    )
    owners, stems = pairs // size, pairs % size
    weights = (1 + np.log(counts)) * np.log(
        1 + len(collection) / (lexicon.stem_df[stems] + 0.5)
    )
    different, inverse = np.unique(stems, return_inverse=True)
    plain = np.array(
        [
            len(lexicon.stems[i]) < 3 or is_weightless(lexicon.stems[i])
            for i in different.tolist()
        ]
        or [False]
    )
    weights[plain[inverse]] = 0.0
    return owners, stems, weights


def similar(
    engine: Engine, collection: Collection, row: int, limit: int
) -> list[tuple[int, float]]:
    """Rows most like `row`, with likeness (0..1), itself left out."""
    _, stems, weights = _weighted(collection, collection.bodies.take(np.array([row])))
    best = [
        i
        for i in np.argsort(-weights, kind="stable")[:WORDS].tolist()
        if weights[i] > 0
    ]
    if not best:
        return []
    parts = tuple(
        Term(
            "body",
            collection.lexicon.stems[int(stems[i])],
            boost=round(float(weights[i]), 3),
        )
        for i in best
    )
    rows = engine.best(Plan(Or(parts)), CANDIDATES)
    rows = rows[rows != row]
    if not len(rows):
        return []
    own = np.zeros(len(collection.lexicon.stems))
    own[stems] = weights
    owners, others, values = _weighted(collection, collection.bodies.take(rows))
    dots = np.bincount(owners, weights=values * own[others], minlength=len(rows))
    lengths = np.sqrt(
        np.bincount(owners, weights=values**2, minlength=len(rows))
    ) * np.sqrt(np.sum(weights**2))
    likeness = np.divide(dots, lengths, out=np.zeros(len(rows)), where=lengths > 0)
    order = np.lexsort((rows, -likeness))[:limit]
    return [
        (int(rows[i]), round(float(min(1.0, likeness[i])), 4))
        for i in order
        if likeness[i] > 0
    ]
