"""In which order are candidates shown? BM25F over concepts, with proximity, kinds and themes; the same for every engine.

Robertson, Zaragoza & Taylor (2004) for BM25F; a concept counts as one term however it is said, so that synonyms do not add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kb.dutch.analysis import is_weightless
from kb.dutch.stem import stem
from kb.search.collection import Collection
from kb.search.expand import Concept
from kb.search.forward import Rows, sums
from kb.search.intents import Intent, kind_match, number_match, theme_match
from kb.search.lexicon import Ints

Scores = npt.NDArray[np.float64]
SINKING = {"table": 0.9, "caption": 0.7, "footnote": 0.75, "question": 0.6, "contents": 0.2, "colophon": 0.3, "reference": 0.3}


@dataclass(frozen=True, slots=True)
class Formula:
    """Constants of the ranking, chosen on the judged queries (docs/quality.d/search.md)."""

    k1: float = 1.2
    b: float = 0.3
    section: float = 1.0
    df_power: float = 1.0
    title: float = 0.1
    proximity: float = 0.3
    window: int = 8
    coverage: float = 0.0  # power of the share of the question's weight that a passage answers
    short: int = 12  # passages of fewer words than this sink
    short_penalty: float = 0.5
    kind: float = 0.2  # how much more a passage of the kind wanted counts
    numbers: float = 0.3
    theme: float = 0.2  # how much more a passage on the themes of the question counts
    intent_word: float = 0.6  # importance of words that only say what sort of answer is wanted
    context: float = 0.2  # share of the scores of the passages just before and after
    context_reach: int = 1
    feedback: float = 0.2  # weight of words that the best passages have in common (RM3)
    feedback_passages: int = 10
    feedback_words: int = 20


@dataclass(slots=True)
class Candidates:
    """Candidate passages with their words at hand."""

    rows: Ints
    bodies: Rows
    sections: Rows
    titles: Rows
    section_of: Ints
    title_of: Ints
    owners: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.owners = np.repeat(np.arange(len(self.rows)), np.diff(self.bodies.starts))


def gather(collection: Collection, rows: Ints) -> Candidates:
    """Words of the candidates, their section paths and titles."""
    section_numbers, section_of = np.unique(collection.columns["section"][rows], return_inverse=True)
    title_numbers, title_of = np.unique(collection.columns["document"][rows], return_inverse=True)
    return Candidates(
        rows,
        collection.bodies.take(rows),
        collection.sections.take(section_numbers),
        collection.titles.take(title_numbers),
        section_of,
        title_of,
    )


def table(concept: Concept, size: int) -> npt.NDArray[np.float32]:
    """Weight of every word number for a concept."""
    weights = np.zeros(size, np.float32)
    if concept.words:
        weights[list(concept.words)] = [weight for weight, _ in concept.words.values()]
    return weights


def phrase_places(stems: Ints, owners: Ints, phrase: Sequence[int], slop: int = 0) -> npt.NDArray[np.bool_]:
    """Where a row of stems begins, `slop` more words allowed between neighbours; never over the end of a passage."""
    found: npt.NDArray[np.bool_] = stems == phrase[0]
    for step in range(1, len(phrase)):
        here = np.zeros(len(stems), np.bool_)
        for skip in range(slop + 1):
            shift = step + skip
            if shift < len(stems):
                here[:-shift] |= (stems[shift:] == phrase[step]) & (owners[shift:] == owners[:-shift])
        found &= here
    return found


def document_frequency(concept: Concept, collection: Collection, power: float = 1.0) -> float:
    """Passages that have the concept, as far as the lexicon tells: a weighted sum over its words, at least a half."""
    if not concept.words:
        return 0.5
    numbers = np.fromiter(concept.words, np.int64, len(concept.words))
    weights = np.array([w for w, _ in concept.words.values()])
    weighted = float(np.dot(weights**power, collection.lexicon.word_df[numbers]))
    return min(float(len(collection)), max(0.5, weighted))


def score(collection: Collection, found: Candidates, concepts: Sequence[Concept], formula: Formula) -> Scores:
    """Score of each candidate for the concepts."""
    size = len(collection.lexicon.words)
    total = np.zeros(len(found.rows))
    body_mean, section_mean, title_mean = collection.mean_lengths
    lengths = np.diff(found.bodies.starts)
    norm = 1 - formula.b + formula.b * lengths / body_mean
    section_norm = (1 - formula.b + formula.b * np.diff(found.sections.starts) / section_mean)[found.section_of]
    title_norm = (1 - formula.b + formula.b * np.diff(found.titles.starts) / title_mean)[found.title_of]
    stems = collection.lexicon.word_stem[found.bodies.words]
    held = []
    count = max(1, len(collection))
    answered = np.zeros(len(found.rows))
    asked = 0.0
    for concept in concepts:
        weights = table(concept, size)
        at = weights[found.bodies.words]
        for phrase, weight, _, _ in concept.phrases:
            np.maximum(at, weight * phrase_places(stems, found.owners, phrase), out=at)
        held.append(at)
        tf = sums(at, found.bodies.starts) / norm
        if formula.section:
            tf += formula.section * sums(weights[found.sections.words], found.sections.starts)[found.section_of] / section_norm
        if formula.title:
            tf += formula.title * sums(weights[found.titles.words], found.titles.starts)[found.title_of] / title_norm
        df = document_frequency(concept, collection, formula.df_power)
        idf = np.log(1 + (count - df + 0.5) / (df + 0.5))
        total += concept.importance * idf * tf * (formula.k1 + 1) / (tf + formula.k1)
        answered += concept.importance * idf * np.minimum(1.0, tf)
        asked += concept.importance * idf
        if formula.proximity and len(held) > 1:
            total += formula.proximity * near(held[-2], at, found, formula.window, idf)
    if formula.coverage and asked:
        total *= (answered / asked) ** formula.coverage
    return total * kind_prior(collection, found.rows) * np.where(lengths < formula.short, formula.short_penalty, 1.0)


def near(left: npt.NDArray[np.float32], right: npt.NDArray[np.float32], found: Candidates, window: int, idf: float) -> Scores:
    """A saturated count of places where two concepts stand within `window` words of each other."""
    places = np.flatnonzero(left > 0)
    if not len(places):
        return np.zeros(len(found.rows))
    reach = np.concatenate([[0.0], np.cumsum(right, dtype=np.float64)])
    low = np.maximum(places - window, found.bodies.starts[:-1][found.owners[places]])
    high = np.minimum(places + window + 1, found.bodies.starts[1:][found.owners[places]])
    strength = left[places] * np.minimum(1.0, reach[high] - reach[low])
    tf = np.bincount(found.owners[places], weights=strength, minlength=len(found.rows))
    return idf * tf / (tf + 1.0)


def kind_prior(collection: Collection, rows: Ints) -> Scores:
    """What carries no argument sinks: reference lists, tables of contents, questionnaires."""
    prior = np.array([SINKING.get(kind, 1.0) for kind in collection.names.kinds] or [1.0])
    return prior[collection.columns["kind"][rows]]


def phrase_bonus(collection: Collection, found: Candidates, phrases: Sequence[tuple[tuple[str, ...], int]]) -> Scores:
    """Weight of phrases asked in quotes: stems in a row, and once more where the words stand exactly so."""
    total = np.zeros(len(found.rows))
    lexicon = collection.lexicon
    for words, slop in phrases:
        stems = [lexicon.stem_number.get(stem(w), -1) for w in words]
        numbers = [lexicon.number.get(w, -1) for w in words]
        loose = phrase_places(lexicon.word_stem[found.bodies.words], found.owners, stems, slop)
        exact = phrase_places(found.bodies.words, found.owners, numbers)
        tf = sums(loose.astype(np.float32), found.bodies.starts)
        total += 5 * tf / (tf + 1.0) + 2 * (sums(exact.astype(np.float32), found.bodies.starts) > 0)
    return total


def preference(collection: Collection, found: Candidates, intent: Intent, formula: Formula) -> Scores:
    """Factor by which each candidate is the sort of answer that was asked for, 1.0 or more."""
    factor = 1 + formula.theme * theme_match(collection, found.rows, intent)
    if intent.kinds:
        factor += formula.kind * kind_match(collection, found.rows, intent)
    if intent.numbers:
        factor += formula.numbers * number_match(collection, found.bodies)
    return factor


def in_context(collection: Collection, rows: Ints, scores: Scores, formula: Formula) -> Scores:
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


def feedback(collection: Collection, found: Candidates, scores: Scores, formula: Formula) -> list[Concept]:
    """Words that mark out the best passages, as concepts of little importance (RM3, Lavrenko & Croft 2001)."""
    best = np.argsort(-scores, kind="stable")[: formula.feedback_passages]
    best = best[scores[best] > 0]
    if not len(best):
        return []
    lexicon = collection.lexicon
    taken = found.bodies.take(best)
    lengths = np.diff(taken.starts)
    share = np.repeat(scores[best] / scores[best].sum() / np.maximum(1, lengths), lengths)
    stems, inverse = np.unique(lexicon.word_stem[taken.words], return_inverse=True)
    weights = np.bincount(inverse, weights=share)
    passages = np.array([len(np.unique(np.repeat(np.arange(len(best)), lengths)[inverse == i])) for i in range(len(stems))])
    df = np.array([min(len(collection), lexicon.word_df[lexicon.words_of_stem(int(i))].sum()) for i in stems])
    weights = weights * np.log(1 + len(collection) / (df + 0.5))
    weights[(passages < 2) | np.array([is_weightless(lexicon.stems[i]) or len(lexicon.stems[i]) < 4 for i in stems])] = 0
    top = np.argsort(-weights, kind="stable")[: formula.feedback_words]
    top = top[weights[top] > 0]
    out = []
    for i in top.tolist():
        concept = Concept(lexicon.stems[int(stems[i])], importance=formula.feedback * float(weights[i] / weights[top[0]]))
        concept.add(lexicon, lexicon.words_of_stem(int(stems[i])), 1.0, "stem")
        out.append(concept)
    return out
