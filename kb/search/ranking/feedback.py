"""What do the best passages have in common? Their telling words raise others (RM3.

Lavrenko & Croft 2001).
"""

from __future__ import annotations

import numpy as np

from kb.dutch.analysis import is_weightless
from kb.search.index.candidates import Candidates, Passages
from kb.search.index.lexicon import Ints
from kb.search.ranking.bm25f import Formula, Scores, stem_score

RAISED = 200  # best candidates whose scores feedback raises
POOL = 3  # times as many passages are looked at as are used, for near-duplicates fall out
SHARED_BY = 2  # of the best passages must have a word
SHORTEST = 4  # letters of a telling stem


def with_feedback(
    collection: Passages, found: Candidates, scores: Scores, formula: Formula
) -> Scores:
    """Scores with what the best passages have in common added to those of the top ones."""
    top = np.argsort(-scores, kind="stable")[:RAISED]
    best = found.subset(top)
    stems, weights = common_stems(collection, best, scores[top], formula)
    raised = scores.copy()
    raised[top] += stem_score(
        collection, best, stems, formula.feedback * weights, formula
    )
    return raised


def common_stems(
    collection: Passages, found: Candidates, scores: Scores, formula: Formula
) -> tuple[Ints, Scores]:
    """Stems that mark out the best passages and their weights, the heaviest 1.0."""
    best: Ints = np.argsort(-scores, kind="stable")[
        : POOL * formula.feedback_passages
    ]
    best = _different(found.groups, best[scores[best] > 0])
    best = best[: formula.feedback_passages]
    if not len(best):
        return np.zeros(0, np.int64), np.zeros(0)
    lexicon, taken = collection.lexicon, found.bodies.take(best)
    lengths = np.maximum(1, np.diff(taken.starts))
    share = (scores[best] / scores[best].sum() / lengths)[taken.owners]
    stems, inverse = np.unique(
        lexicon.word_stem[taken.words], return_inverse=True
    )
    rarity = np.log(1 + len(collection) / (lexicon.stem_df[stems] + 0.5))
    weights = np.bincount(inverse, weights=share) * rarity
    pairs = np.unique(inverse * len(best) + taken.owners)
    holders = np.bincount(pairs // len(best), minlength=len(stems))
    weights[holders < SHARED_BY] = 0
    top = np.argsort(-weights, kind="stable")[
        : 4 * formula.feedback_words
    ].tolist()
    telling = [
        i
        for i in top
        if weights[i] > 0 and _telling(lexicon.stems[int(stems[i])])
    ]
    kept = telling[: formula.feedback_words]
    heaviest = weights[kept[0]] if kept else 1.0
    return stems[kept].astype(np.int64), weights[kept] / heaviest


def _different(groups: Ints, places: Ints) -> Ints:
    """The places without near-duplicates of earlier ones.

    What is said twice has nothing in common with itself.
    """
    found = groups[places]
    alone = np.where(found < 0, -1 - np.arange(len(places)), found)
    return places[np.sort(np.unique(alone, return_index=True)[1])]


def _telling(token: str) -> bool:
    return len(token) >= SHORTEST and not is_weightless(token)
