"""How well does a passage answer by its words? BM25F over concepts, with proximity; the same for
every engine.

Robertson, Zaragoza & Taylor (2004) for BM25F; a concept counts as one term however it is said,
so that synonyms do not add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.dutch.stem import stem
from kb.search.index.candidates import Candidates, Passages, SharedText
from kb.search.index.forward_index import sums
from kb.search.index.lexicon import Ints
from kb.search.question.concepts import Concept, Weights
from kb.search.ranking.candidates import about, run_places

Scores = npt.NDArray[np.float64]
# What carries no argument sinks whatever is asked.
SINKING = {
    "table": 0.9,
    "caption": 0.7,
    "footnote": 0.75,
    "question": 0.6,
    "contents": 0.2,
    "colophon": 0.3,
    "reference": 0.3,
}
IN_HEADING = 2.5  # for a quoted phrase that stands in the heading
PHRASE, EXACT_PHRASE = (
    5.0,
    2.0,
)  # most for a quoted phrase; more where it stands exactly so


@dataclass(frozen=True, slots=True)
class Formula:
    """Constants of the ranking.

    Chosen on the judged queries (docs/quality/search.md).
    """

    k1: float = 1.2
    b: float = 0.3
    section: float = 1.0
    df_power: float = 2.0
    place: float = 1.0  # what a passage on a municipality counts for its name
    proximity: float = 0.3
    window: int = 8  # words between two concepts that still stand together
    kind: float = 0.3  # how much more a passage of the kind wanted counts
    numbers: float = 0.3
    signs: float = 0.5  # how much more one that has the words of the sort of answer wanted
    theme: float = 0.2  # how much more one on the themes of the question
    context: float = (
        0.2  # share of the scores of the passages just before and after
    )
    context_reach: int = 1
    context_precise: float = (
        0.0  # what is left of it where a number or definition is asked
    )
    # How much more one that holds all words of a long question.
    coverage: float = 0.2
    coverage_power: float = 2.0
    feedback: float = (
        0.2  # weight of words that the best passages have in common
    )
    feedback_passages: int = 6
    feedback_words: int = 20


def score(
    collection: Passages,
    found: Candidates,
    concepts: Sequence[Concept],
    formula: Formula,
) -> Scores:
    """Score of each candidate for the concepts."""
    total = np.zeros(len(found))
    lengths = np.diff(found.bodies.starts)
    body_mean, section_mean, _ = collection.mean_lengths
    norm = _norm(lengths, body_mean, formula)
    stems = collection.lexicon.word_stem[found.bodies.words]
    before: Weights | None = None
    for concept in concepts:
        weights = concept.table(len(collection.lexicon.words))
        at = weights.take(found.bodies.words)
        for run in concept.runs:
            places = run_places(stems, found.owners, run.stems)
            at[places] = np.maximum(at[places], run.weight)
        tf = sums(at, found.owners, len(found)) / norm
        tf += formula.section * _shared(
            found.sections, weights, section_mean, formula
        )
        if concept.place is not None:
            tf += formula.place * about(found, concept.place)
        idf = _idf(
            collection,
            document_frequency(concept, collection, formula),
        )
        total += (
            concept.importance
            * idf
            * tf
            * (formula.k1 + 1)
            / (tf + formula.k1)
        )
        if formula.proximity and before is not None:
            total += formula.proximity * near(
                before, at, found, formula.window, idf
            )
        before = at
    return total * kind_prior(collection, found.kinds)


def _shared(
    field: SharedText, weights: Weights, mean: float, formula: Formula
) -> Scores:
    """Weighted, length-normed frequency of a concept in a text that candidates share."""
    frequency = sums(
        weights.take(field.texts.words), field.owners, len(field.texts)
    )
    per_text = frequency / _norm(np.diff(field.texts.starts), mean, formula)
    return np.asarray(per_text[field.of])


def _norm(lengths: Ints, mean: float, formula: Formula) -> Scores:
    shares = np.maximum(lengths, 1) / mean
    return np.asarray(1 - formula.b + formula.b * shares, np.float64)


def _idf(collection: Passages, df: float) -> float:
    return float(np.log(1 + (max(1, len(collection)) - df + 0.5) / (df + 0.5)))


def document_frequency(
    concept: Concept, collection: Passages, formula: Formula
) -> float:
    """Passages that have a concept, as far as the lexicon tells.

    A weighted sum over its words, at least a half.
    """
    words, weights = concept.weighted()
    counts = collection.lexicon.word_df[words]
    found = float(np.sum(weights**formula.df_power * counts))
    return min(float(len(collection)), max(0.5, found))


def stem_score(
    collection: Passages,
    found: Candidates,
    stems: Ints,
    importance: Scores,
    formula: Formula,
) -> Scores:
    """Score of each candidate's text for many stems at once, each with its importance, as
    `score` of a concept a stem.
    """
    many, width = len(found), len(stems)
    if not width:
        return np.zeros(many)
    lexicon, lengths = collection.lexicon, np.diff(found.bodies.starts)
    # Of an array of noughts only what is written takes memory, so places count from one.
    number = np.zeros(len(lexicon.stems), np.int16)
    number[stems] = np.arange(1, width + 1)
    asked = number[lexicon.word_stem[found.bodies.words]] - 1
    held = np.flatnonzero(asked >= 0)
    cells = found.owners[held] * width + asked[held]
    counts = np.bincount(cells, minlength=many * width).reshape(many, width)
    tf = counts / _norm(lengths, collection.mean_lengths[0], formula)[:, None]
    df = np.clip(lexicon.stem_df[stems], 0.5, len(collection))
    idf = np.log(1 + (max(1, len(collection)) - df + 0.5) / (df + 0.5))
    # No matrix product: BLAS would start threads.
    saturated = tf * (formula.k1 + 1) / (tf + formula.k1)
    total = np.sum(saturated * (importance * idf), axis=1)
    return np.asarray(total * kind_prior(collection, found.kinds))


def kind_prior(collection: Passages, kinds: Ints) -> Scores:
    """1.0, less for the kinds that sink."""
    prior = [SINKING.get(kind, 1.0) for kind in collection.names.kinds] or [
        1.0
    ]
    return np.array(prior)[kinds]


def near(
    left: Weights, right: Weights, found: Candidates, window: int, idf: float
) -> Scores:
    """A saturated count of places where two concepts stand within `window` words."""
    places = np.flatnonzero(left > 0)
    if not len(places) or not right.any():
        return np.zeros(len(found))
    reach = np.concatenate([[0.0], np.cumsum(right, dtype=np.float64)])
    starts, owners = found.bodies.starts, found.owners[places]
    low = np.maximum(places - window, starts[:-1][owners])
    high = np.minimum(places + window + 1, starts[1:][owners])
    strength = left[places] * np.minimum(1.0, reach[high] - reach[low])
    tf = np.bincount(owners, weights=strength, minlength=len(found))
    return np.asarray(idf * tf / (tf + 1.0))


def phrase_bonus(
    collection: Passages,
    found: Candidates,
    phrases: Sequence[tuple[tuple[str, ...], int]],
) -> Scores:
    """Weight of phrases in quotes.

    Stems in a row, once more where they stand exactly so; in a heading half as much.
    """
    total = np.zeros(len(found))
    lexicon, words = collection.lexicon, found.bodies.words
    for phrase, slop in phrases:
        stems = [lexicon.stem_number.get(stem(word), -1) for word in phrase]
        numbers = [lexicon.number.get(word, -1) for word in phrase]
        loose = run_places(lexicon.word_stem[words], found.owners, stems, slop)
        tf = np.bincount(found.owners[loose], minlength=len(found))
        total += PHRASE * tf / (tf + 1.0)
        exact = run_places(np.asarray(words), found.owners, numbers)
        total[np.unique(found.owners[exact])] += EXACT_PHRASE
        heads = found.sections
        titled = run_places(
            np.asarray(heads.texts.words), heads.owners, numbers
        )
        held = np.zeros(len(heads.texts), np.bool_)
        held[heads.owners[titled]] = True
        total += IN_HEADING * held[heads.of]
    return total
