"""From candidates to an order: scores by the words asked, then what is wanted, what the best have in common, and what stands around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kb.dutch.analysis import is_weightless
from kb.search.index.collection import Collection
from kb.search.index.lexicon import Ints
from kb.search.question.expansion import Concept
from kb.search.question.intents import (
    Intent,
    kind_match,
    number_match,
    place_match,
    sign_match,
    theme_match,
)
from kb.search.ranking.bm25f import (
    Candidates,
    Formula,
    Scores,
    gather,
    phrase_bonus,
    score,
    stem_score,
)

NAMED = 0.9  # weight from which a word is the one asked, not another for it
FEEDBACK_ON = 200  # best candidates that feedback re-ranks
Phrases = Sequence[tuple[tuple[str, ...], int]]


def order(
    collection: Collection,
    rows: Ints,
    concepts: Sequence[Concept],
    phrases: Phrases,
    intent: Intent,
    formula: Formula,
) -> tuple[Ints, Scores]:
    """Rows by falling score, with their scores; equal ones in reading order."""
    found = gather(collection, rows)
    for concept in concepts:
        if concept.asked in intent.cues:
            concept.importance = formula.intent_word
        if concept.asked in intent.signed:
            concept.groups = [
                group for group in concept.groups if group[2] in ("exact", "stem")
            ]
    scores = score(collection, found, concepts, formula) + phrase_bonus(
        collection, found, phrases
    )
    scores *= preference(collection, found, intent, formula, concepts)
    if formula.place:
        scores *= 1 + formula.place * place_match(
            collection, rows, {concept.asked for concept in concepts}
        )
    if formula.feedback and not phrases:
        scores = with_feedback(collection, rows, scores, formula)
    if formula.context:
        share = formula.context * (
            formula.context_precise if intent.precise or phrases else 1.0
        )
        scores = in_context(collection, rows, scores, replace(formula, context=share))
    best = np.lexsort((rows, -np.round(scores, 6)))
    return rows[best], scores[best]


def with_feedback(
    collection: Collection, rows: Ints, scores: Scores, formula: Formula
) -> Scores:
    """Scores with what the best passages have in common added to those of the top ones."""
    top = np.argsort(-scores, kind="stable")[:FEEDBACK_ON]
    found = gather(collection, rows[top])
    stems, weights = feedback(collection, found, scores[top], formula)
    raised = scores.copy()
    raised[top] += stem_score(
        collection, found, stems, formula.feedback * weights, formula
    )
    return raised


def preference(
    collection: Collection,
    found: Candidates,
    intent: Intent,
    formula: Formula,
    concepts: Sequence[Concept] = (),
) -> Scores:
    """Factor by which each candidate is the sort of answer that was asked for, 1.0 or more."""
    factor = 1 + formula.theme * theme_match(collection, found.rows, intent)
    if intent.kinds:
        factor += formula.kind * kind_match(collection, found.rows, intent)
    if formula.signs and intent.sorts:
        factor += formula.signs * sign_match(
            collection, found.bodies, intent, _named(collection, concepts, intent)
        )
    if intent.numbers:
        factor += formula.numbers * number_match(collection, found.bodies)
    return factor


def _named(
    collection: Collection, concepts: Sequence[Concept], intent: Intent
) -> npt.NDArray[np.bool_]:
    """Which word numbers are a word asked or an inflection of it; what only says the sort of answer is left out."""
    found = np.zeros(len(collection.lexicon.words), np.bool_)
    for concept in concepts:
        if concept.asked not in intent.cues:
            found |= concept.table(len(found)) >= NAMED
    return found


def in_context(
    collection: Collection, rows: Ints, scores: Scores, formula: Formula
) -> Scores:
    """Scores with a share of those of the neighbours in the same document: what stands between two answers is likely one."""
    order = np.argsort(rows, kind="stable")
    places, values = rows[order], scores[order]
    documents = collection.columns["document"][places]
    extra = np.zeros(len(rows))
    for step in range(1, formula.context_reach + 1):
        for shift in (-step, step):
            at = np.minimum(np.searchsorted(places, places + shift), len(places) - 1)
            there = (places[at] == places + shift) & (documents[at] == documents)
            extra += np.where(there, values[at], 0.0) / (2 * step)
    out = np.empty(len(rows))
    out[order] = values + formula.context * extra
    return out


def feedback(
    collection: Collection, found: Candidates, scores: Scores, formula: Formula
) -> tuple[Ints, Scores]:
    """Stems that mark out the best passages and their weights, the heaviest 1.0 (RM3, Lavrenko & Croft 2001)."""
    best: Ints = np.argsort(-scores, kind="stable")[: 3 * formula.feedback_passages]
    best = _different(collection, found.rows, best[scores[best] > 0])[
        : formula.feedback_passages
    ]
    if not len(best):
        return np.zeros(0, np.int64), np.zeros(0)
    lexicon = collection.lexicon
    taken = found.bodies.take(best)
    share = (scores[best] / scores[best].sum() / np.maximum(1, np.diff(taken.starts)))[
        taken.owners
    ]
    stems, inverse = np.unique(lexicon.word_stem[taken.words], return_inverse=True)
    weights = np.bincount(inverse, weights=share) * np.log(
        1 + len(collection) / (lexicon.stem_df[stems] + 0.5)
    )
    pairs = np.unique(inverse * len(best) + taken.owners)
    weights[np.bincount(pairs // len(best), minlength=len(stems)) < 2] = 0
    top = np.argsort(-weights, kind="stable")[: 4 * formula.feedback_words].tolist()
    kept = [
        i for i in top if weights[i] > 0 and _telling(lexicon.stems[int(stems[i])])
    ][: formula.feedback_words]
    return stems[kept].astype(np.int64), weights[kept] / (
        weights[kept[0]] if kept else 1.0
    )


def _different(collection: Collection, rows: Ints, places: Ints) -> Ints:
    """The places without near-duplicates of earlier ones: what is said twice has nothing in common with itself."""
    groups = collection.columns["group"][rows[places]]
    alone = np.where(groups < 0, -1 - np.arange(len(places)), groups)
    return places[np.sort(np.unique(alone, return_index=True)[1])]


def _telling(token: str) -> bool:
    return len(token) > 3 and not is_weightless(token)
