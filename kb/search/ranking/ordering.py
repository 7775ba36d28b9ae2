"""From candidates to an order: what is direct first, then by score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kb.search.index.candidates import Candidates, Passages
from kb.search.index.lexicon import Floats, Ints
from kb.search.question.planning import Question
from kb.search.ranking.bm25f import Formula, Scores, phrase_bonus, score
from kb.search.ranking.coverage import closeness, coverage
from kb.search.ranking.feedback import with_feedback
from kb.search.ranking.preference import preference

DIGITS = 6  # of a score that tell two passages apart


SHORT = 2  # telling words up to which what is direct comes first whatever the score
RANKED = 500  # candidates that are ranked; those behind follow as the engine found them


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows in the order they are shown, with their scores.

    The first `direct` are direct.
    """

    rows: Ints
    scores: Floats
    direct: int


def unscored(direct: Ints, related: Ints) -> Ranked:
    """Rows that an engine has put in order."""
    rows = np.concatenate([direct, related])
    return Ranked(rows, np.zeros(len(rows)), len(direct))


def order(
    collection: Passages,
    direct: Ints,
    related: Ints,
    question: Question,
    formula: Formula,
) -> Ranked:
    """All rows by what they hold and how well they answer; equal ones in reading order.

    However many rows there are, the same are ranked, so that no passage stands on two pages.

    Args:
        collection: the passages.
        direct: rows of candidates that hold what was asked, as the engine found them.
        related: rows of those that hold other words for it; they follow whatever the score.
        question: as planned.
        formula: the constants.
    """
    first = direct[:RANKED]
    then = related[: max(0, RANKED - len(direct))]
    rows, scores = _ranked(collection, first, then, question, formula)
    cut = len(first)
    return Ranked(
        np.concatenate(
            [rows[:cut], direct[cut:], rows[cut:], related[len(then) :]]
        ),
        np.concatenate(
            [
                scores[:cut],
                np.zeros(len(direct) - cut),
                scores[cut:],
                np.zeros(len(related) - len(then)),
            ]
        ),
        len(direct),
    )


def _ranked(
    collection: Passages,
    direct: Ints,
    related: Ints,
    question: Question,
    formula: Formula,
) -> tuple[Ints, Scores]:
    rows = np.concatenate([direct, related])
    found = collection.gather(rows)
    scores = score(collection, found, question.concepts, formula)
    scores += phrase_bonus(collection, found, question.phrases)
    scores *= preference(
        collection, found, question.intent, formula, question.concepts
    )
    if formula.feedback and not question.phrases:
        scores = with_feedback(collection, found, scores, formula)
    if formula.context:
        precise = question.intent.precise or question.phrases
        share = formula.context * (formula.context_precise if precise else 1.0)
        scores = in_context(found, scores, replace(formula, context=share))
    if question.parts > SHORT and formula.coverage:
        held = coverage(collection, found, question.telling) / question.parts
        scores *= 1 + formula.coverage * held**formula.coverage_power
    tiers = _tiers(collection, found, question)
    behind = np.arange(len(rows)) >= len(direct)
    if question.parts > SHORT:
        behind[:] = False
    best = np.lexsort((rows, -np.round(scores, DIGITS), tiers, behind))
    return rows[best], scores[best]


def _tiers(
    collection: Passages, found: Candidates, question: Question
) -> Ints:
    """How closely each candidate holds the one word that was asked, or both of two."""
    if len(question.concepts) == 1 and not question.phrases:
        return closeness(collection, found, question.concepts[0])
    if question.parts == SHORT and len(question.telling) == SHORT:
        near = [
            closeness(collection, found, concept)
            for concept in question.telling
        ]
        return np.asarray(np.sum(np.maximum(near, 1), axis=0))
    return np.zeros(len(found), np.int64)


def in_context(found: Candidates, scores: Scores, formula: Formula) -> Scores:
    """Scores with a share of those of the neighbours in the same document.

    What stands between two answers is likely one.
    """
    rows = found.rows
    order = np.argsort(rows, kind="stable")
    places, values = rows[order], scores[order]
    documents = found.documents[order]
    extra = np.zeros(len(rows))
    for step in range(1, formula.context_reach + 1):
        for shift in (-step, step):
            at = np.minimum(
                np.searchsorted(places, places + shift), len(places) - 1
            )
            there = (places[at] == places + shift) & (
                documents[at] == documents
            )
            extra += np.where(there, values[at], 0.0) / (2 * step)
    out = np.empty(len(rows))
    out[order] = values + formula.context * extra
    return out
