"""From candidates to an order: what is direct first, then by score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kb.search.index.candidates import Candidates, Passages
from kb.search.index.lexicon import Floats, Ints
from kb.search.question.planning import Question
from kb.search.ranking.bm25f import Formula, Scores, phrase_bonus, score
from kb.search.ranking.coverage import closeness, holds_phrase
from kb.search.ranking.feedback import with_feedback
from kb.search.ranking.preference import preference
from kb.search.retrieval import RANKED, SHORT, Found

Mask = npt.NDArray[np.bool_]
DIGITS = 6  # of a score that tell two passages apart


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows in the order they are shown, with their scores and which are direct.

    Where they are not `mixed`, the direct ones come first.
    """

    rows: Ints
    scores: Floats
    direct: Mask
    mixed: bool = False

    @property
    def near(self) -> int:
        """How many stand before all others: the direct ones, of mixed ones those ranked."""
        first = self.direct[:RANKED]
        return len(first) if self.mixed else int(np.count_nonzero(first))


def unscored(direct: Ints, related: Ints) -> Ranked:
    """Rows that an engine has put in order."""
    rows = np.concatenate([direct, related])
    is_direct = np.arange(len(rows)) < len(direct)
    return Ranked(rows, np.zeros(len(rows)), is_direct)


def order(
    collection: Passages, found: Found, question: Question, formula: Formula
) -> Ranked:
    """All rows by what they hold and how well they answer; equal ones in reading order.

    However many rows there are, the same are ranked, so that no passage stands on two pages.

    Args:
        collection: the passages.
        found: candidates as the engine found them.
        question: as planned.
        formula: the constants.
    """
    many = len(found.first)
    direct = found.direct[:many]
    scores = _scores(collection, found.first, question, formula)
    behind = ~direct
    if found.held is not None:
        behind = np.zeros(many, np.bool_)
        share = found.held / question.parts
        scores *= 1 + formula.coverage * share**formula.coverage_power
    tiers = _tiers(collection, found.first, question)
    rounded = -np.round(scores, DIGITS)
    best = np.lexsort((found.first.rows, rounded, tiers, behind))
    return Ranked(
        np.concatenate([found.first.rows[best], found.rest]),
        np.concatenate([scores[best], np.zeros(len(found.rest))]),
        np.concatenate([direct[best], found.direct[many:]]),
        mixed=found.held is not None,
    )


def _scores(
    collection: Passages,
    found: Candidates,
    question: Question,
    formula: Formula,
) -> Scores:
    """How well each candidate answers."""
    scores = score(collection, found, question.concepts, formula)
    quoted = phrase_bonus(collection, found, question.phrases)
    if question.loose:
        apart = score(collection, found, question.loose, formula)
        quoted = np.where(quoted > 0, quoted, apart)
    scores += quoted
    scores *= preference(
        collection, found, question.intent, formula, question.concepts
    )
    if formula.feedback and not question.phrases:
        scores = with_feedback(collection, found, scores, formula)
    if formula.context:
        precise = question.intent.precise or question.phrases
        share = formula.context * (formula.context_precise if precise else 1.0)
        scores = in_context(found, scores, replace(formula, context=share))
    return scores


def _tiers(
    collection: Passages, found: Candidates, question: Question
) -> Ints:
    """How closely each candidate holds the one word or the two that were asked.

    For phrases: how many of them it lacks.
    """
    if question.phrases:
        lacked = np.zeros(len(found), np.int64)
        for words, slop in question.phrases:
            lacked += ~holds_phrase(collection, found, words, slop)
        return lacked
    if len(question.concepts) == 1:
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
