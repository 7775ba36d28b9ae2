"""In which order are candidates shown? BM25F over concepts, with proximity, kinds and themes; the same for every engine.

Robertson, Zaragoza & Taylor (2004) for BM25F; a concept counts as one term however it is said, so that synonyms do not add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.dutch.stem import stem
from kb.search.index.collection import Collection
from kb.search.index.forward_index import Rows, sums
from kb.search.index.lexicon import Ints
from kb.search.question.expansion import Concept

Scores = npt.NDArray[np.float64]
SINKING = {
    "table": 0.9,
    "caption": 0.7,
    "footnote": 0.75,
    "question": 0.6,
    "contents": 0.2,
    "colophon": 0.3,
    "reference": 0.3,
}


@dataclass(frozen=True, slots=True)
class Formula:
    """Constants of the ranking, chosen on the judged queries (docs/quality/search.md)."""

    k1: float = 1.2
    b: float = 0.3
    section: float = 1.0
    df_power: float = 2.0
    title: float = 0.1
    proximity: float = 0.3
    window: int = 8
    short: int = 12  # passages of fewer words than this sink
    short_penalty: float = 0.5
    kind: float = 0.2  # how much more a passage of the kind wanted counts
    numbers: float = 0.3
    signs: float = 0.5  # how much more a passage counts that has the words of the sort of answer wanted
    theme: float = 0.2  # how much more a passage on the themes of the question counts
    place: float = 0.3  # how much more a passage on the municipality asked counts
    intent_word: float = (
        0.7  # importance of words that only say what sort of answer is wanted
    )
    context: float = 0.2  # share of the scores of the passages just before and after
    context_reach: int = 1
    context_precise: float = (
        0.0  # what is left of it where a number, a definition or a phrase is asked
    )
    feedback: float = 0.2  # weight of words that the best passages have in common (RM3)
    feedback_passages: int = 6
    feedback_words: int = 20


@dataclass
class Candidates:
    """Candidate passages with their words at hand; the owners tell which candidate, section or title a word belongs to."""

    rows: Ints
    bodies: Rows
    sections: Rows
    titles: Rows
    section_of: Ints
    title_of: Ints

    def __post_init__(self) -> None:
        self.owners, self.section_owners, self.title_owners = (
            self.bodies.owners,
            self.sections.owners,
            self.titles.owners,
        )


def gather(collection: Collection, rows: Ints) -> Candidates:
    """Words of the candidates, their section paths and titles."""
    section_numbers, section_of = np.unique(
        collection.columns["section"][rows], return_inverse=True
    )
    title_numbers, title_of = np.unique(
        collection.columns["document"][rows], return_inverse=True
    )
    return Candidates(
        rows,
        collection.bodies.take(rows),
        collection.sections.take(section_numbers),
        collection.titles.take(title_numbers),
        section_of,
        title_of,
    )


def phrase_places(
    stems: Ints, owners: Ints, phrase: Sequence[int], slop: int = 0
) -> Ints:
    """Places where a row of stems begins, `slop` more words allowed between neighbours; never over the end of a passage."""
    starts = np.flatnonzero(stems == phrase[0])
    ends = starts
    for wanted in phrase[1:]:
        matched = np.full(len(starts), -1)
        for skip in range(slop, -1, -1):
            at = np.minimum(ends + 1 + skip, len(stems) - 1)
            fits = (stems[at] == wanted) & (at > ends) & (owners[at] == owners[starts])
            matched[fits] = at[fits]
        starts, ends = starts[matched >= 0], matched[matched >= 0]
    return starts


def document_frequency(
    concept: Concept,
    weights: npt.NDArray[np.float32],
    collection: Collection,
    power: float,
) -> float:
    """Passages that have a concept, as far as the lexicon tells: a weighted sum over its words, at least a half."""
    words = (
        np.unique(np.concatenate([group for group, _, _ in concept.groups]))
        if concept.groups
        else np.zeros(0, np.int64)
    )
    found = float(np.sum(weights[words] ** power * collection.lexicon.word_df[words]))
    return min(float(len(collection)), max(0.5, found))


@dataclass(frozen=True)
class _Field:
    """A text that candidates share (section path, title): which words, whose they are, which one a candidate has."""

    weight: float
    texts: Rows
    owners: Ints
    of: Ints
    norm: Scores

    def frequency(self, weights: npt.NDArray[np.float32]) -> Scores:
        """Weighted and length-normed frequency of a concept in the text of each candidate."""
        per_text = (
            sums(weights[self.texts.words], self.owners, len(self.texts)) / self.norm
        )
        return self.weight * per_text[self.of]


def _fields(
    collection: Collection, found: Candidates, formula: Formula
) -> list[_Field]:
    """The fields that count beside the text itself."""
    _, section_mean, title_mean = collection.mean_lengths
    fields = [
        (
            formula.section,
            found.sections,
            found.section_owners,
            found.section_of,
            section_mean,
        ),
        (formula.title, found.titles, found.title_owners, found.title_of, title_mean),
    ]
    return [
        _Field(w, texts, owners, of, _norm(np.diff(texts.starts), mean, formula))
        for w, texts, owners, of, mean in fields
        if w
    ]


def _norm(lengths: Ints, mean: float, formula: Formula) -> Scores:
    return np.asarray(1 - formula.b + formula.b * lengths / mean, np.float64)


def score(
    collection: Collection,
    found: Candidates,
    concepts: Sequence[Concept],
    formula: Formula,
) -> Scores:
    """Score of each candidate for the concepts."""
    size, count, many = (
        len(collection.lexicon.words),
        max(1, len(collection)),
        len(found.rows),
    )
    total = np.zeros(many)
    lengths = np.diff(found.bodies.starts)
    norm = _norm(lengths, collection.mean_lengths[0], formula)
    fields = _fields(collection, found, formula)
    stems = collection.lexicon.word_stem[found.bodies.words]
    before: npt.NDArray[np.float32] | None = None
    for concept in concepts:
        weights = concept.table(size)
        at = weights[found.bodies.words]
        for phrase, weight, _, _ in concept.phrases:
            places = phrase_places(stems, found.owners, phrase)
            at[places] = np.maximum(at[places], weight)
        tf = sums(at, found.owners, many) / norm
        for field in fields:
            tf += field.frequency(weights)
        df = document_frequency(concept, weights, collection, formula.df_power)
        idf = float(np.log(1 + (count - df + 0.5) / (df + 0.5)))
        total += concept.importance * idf * tf * (formula.k1 + 1) / (tf + formula.k1)
        if formula.proximity and before is not None:
            total += formula.proximity * near(before, at, found, formula.window, idf)
        before = at
    return total * _prior(collection, found.rows, lengths, formula)


def stem_score(
    collection: Collection,
    found: Candidates,
    stems: Ints,
    importance: Scores,
    formula: Formula,
) -> Scores:
    """Score of each candidate's text for many stems at once, each with its importance; as `score` of a concept a stem."""
    many, width = len(found.rows), len(stems)
    if not width:
        return np.zeros(many)
    lexicon, lengths = collection.lexicon, np.diff(found.bodies.starts)
    number = np.full(len(lexicon.stems), -1, np.int16)
    number[stems] = np.arange(width)
    asked = number[lexicon.word_stem[found.bodies.words]]
    held = np.flatnonzero(asked >= 0)
    counts = np.bincount(
        found.owners[held] * width + asked[held], minlength=many * width
    ).reshape(many, width)
    tf = counts / _norm(lengths, collection.mean_lengths[0], formula)[:, None]
    df = np.clip(lexicon.stem_df[stems], 0.5, len(collection))
    idf = np.log(1 + (max(1, len(collection)) - df + 0.5) / (df + 0.5))
    total = np.sum(
        tf * (formula.k1 + 1) / (tf + formula.k1) * (importance * idf), axis=1
    )  # no matrix product: BLAS would start threads
    return np.asarray(total * _prior(collection, found.rows, lengths, formula))


def _prior(
    collection: Collection, rows: Ints, lengths: Ints, formula: Formula
) -> Scores:
    """What sinks whatever is asked: kinds without an argument, and passages of a few words."""
    return kind_prior(collection, rows) * np.where(
        lengths < formula.short, formula.short_penalty, 1.0
    )


def near(
    left: npt.NDArray[np.float32],
    right: npt.NDArray[np.float32],
    found: Candidates,
    window: int,
    idf: float,
) -> Scores:
    """A saturated count of places where two concepts stand within `window` words of each other."""
    places = np.flatnonzero(left > 0)
    if not len(places) or not right.any():
        return np.zeros(len(found.rows))
    reach = np.concatenate([[0.0], np.cumsum(right, dtype=np.float64)])
    low = np.maximum(places - window, found.bodies.starts[:-1][found.owners[places]])
    high = np.minimum(
        places + window + 1, found.bodies.starts[1:][found.owners[places]]
    )
    strength = left[places] * np.minimum(1.0, reach[high] - reach[low])
    tf = np.bincount(found.owners[places], weights=strength, minlength=len(found.rows))
    return idf * tf / (tf + 1.0)


def kind_prior(collection: Collection, rows: Ints) -> Scores:
    """What carries no argument sinks: reference lists, tables of contents, questionnaires."""
    prior = np.array(
        [SINKING.get(kind, 1.0) for kind in collection.names.kinds] or [1.0]
    )
    return prior[collection.columns["kind"][rows]]


def phrase_bonus(
    collection: Collection,
    found: Candidates,
    phrases: Sequence[tuple[tuple[str, ...], int]],
) -> Scores:
    """Weight of phrases asked in quotes: stems in a row, and once more where the words stand exactly so."""
    total = np.zeros(len(found.rows))
    lexicon = collection.lexicon
    for words, slop in phrases:
        stems = [lexicon.stem_number.get(stem(w), -1) for w in words]
        numbers = [lexicon.number.get(w, -1) for w in words]
        loose = found.owners[
            phrase_places(
                lexicon.word_stem[found.bodies.words], found.owners, stems, slop
            )
        ]
        exact = found.owners[phrase_places(found.bodies.words, found.owners, numbers)]
        tf = np.bincount(loose, minlength=len(found.rows))
        total += 5 * tf / (tf + 1.0)
        total[np.unique(exact)] += 2
    return total
