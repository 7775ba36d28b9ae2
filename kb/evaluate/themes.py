"""How good are the tags?

Scores against coders, agreement, confusion, calibration, the worst errors, and a paired
bootstrap. A passing mention counts neither way, but for the strict score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.evaluate.align import Strip
from kb.records import Passage, Tag
from kb.themes.labelled import GoldRow

Floats = NDArray[np.float64]
BINS = 10  # of the probabilities, for calibration


@dataclass(frozen=True)
class Judged:
    """A gold paragraph with the tags shown on the passages that cover it.

    `scores` holds every score those passages have, shown or not.
    """

    row: GoldRow
    said: frozenset[str]
    scores: Mapping[str, float]
    covered: bool = True

    def wanted(self, code: str) -> bool | None:
        """Whether coders call it evidence on a theme; None for a passing mention."""
        return None if code in self.row.ignore else code in self.row.evidence


@dataclass(frozen=True)
class Counts:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.tp + other.tp, self.fp + other.fp, self.fn + other.fn
        )

    @property
    def precision(self) -> float:
        return self.tp / max(1, self.tp + self.fp)

    @property
    def recall(self) -> float:
        return self.tp / max(1, self.tp + self.fn)

    @property
    def f1(self) -> float:
        return 2 * self.tp / max(1, 2 * self.tp + self.fp + self.fn)


@dataclass(frozen=True)
class Scores:
    """Per theme and over all; `strict` counts tags on passing mentions as wrong."""

    themes: Mapping[str, Counts]
    micro: Counts
    macro: float
    strict: float
    coverage: float


def judge(
    gold: Sequence[GoldRow],
    documents: Mapping[str, Sequence[Passage]],
    tags: Sequence[Tag],
) -> list[Judged]:
    """Line gold up with passages.

    Args:
        gold: the coded paragraphs.
        documents: passages by the name gold uses for a document (such as "002").
        tags: of those passages, shown or not.
    """
    by_passage: dict[str, list[Tag]] = {}
    for tag in tags:
        by_passage.setdefault(tag.passage, []).append(tag)
    strips = {
        name: Strip.of([p.text for p in ps]) for name, ps in documents.items()
    }
    judged = []
    for row in gold:
        covering = (
            strips[row.doc].covering(row.text) if row.doc in strips else []
        )
        ids = [documents[row.doc][number].id for number in covering]
        found = [tag for id in ids for tag in by_passage.get(id, ())]
        judged.append(_judged(row, found, bool(covering)))
    return judged


def _judged(row: GoldRow, tags: Sequence[Tag], covered: bool) -> Judged:
    scores: dict[str, float] = {}
    for tag in tags:
        scores[tag.theme] = max(tag.score, scores.get(tag.theme, 0.0))
    said = frozenset(tag.theme for tag in tags if tag.evidence)
    return Judged(row, said, scores, covered)


def count(judged: Sequence[Judged], code: str) -> tuple[Counts, int]:
    """Counts of one theme, and how many tags fell on passing mentions."""
    answers = Counter(
        (item.wanted(code), code in item.said) for item in judged
    )
    counts = Counts(
        answers[True, True], answers[False, True], answers[True, False]
    )
    return counts, answers[None, True]


def score(judged: Sequence[Judged], codes: Sequence[str]) -> Scores:
    """Scores over `codes`; themes without evidence in gold do not enter the macro average."""
    counted = {code: count(judged, code) for code in codes}
    themes = {code: counts for code, (counts, _) in counted.items()}
    micro = sum(themes.values(), start=Counts())
    mentions = sum(number for _, number in counted.values())
    strict = micro + Counts(fp=mentions)
    with_gold = [
        counts.f1 for counts in themes.values() if counts.tp + counts.fn
    ]
    covered = sum(item.covered for item in judged)
    return Scores(
        themes,
        micro,
        sum(with_gold) / max(1, len(with_gold)),
        strict.f1,
        covered / max(1, len(judged)),
    )


def _pairs(
    judged: Sequence[Judged], codes: Sequence[str]
) -> Iterator[tuple[Judged, str, bool]]:
    """Every (paragraph, theme, evidence) that counts."""
    for item in judged:
        for code in codes:
            wanted = item.wanted(code)
            if wanted is not None:
                yield item, code, wanted


def kappa(judged: Sequence[Judged], codes: Sequence[str]) -> float:
    """Cohen's kappa of tags and gold over all pairs; 0 where chance explains all."""
    pairs = Counter(
        (want, code in i.said) for i, code, want in _pairs(judged, codes)
    )
    total = sum(pairs.values())
    if not total:
        return 0.0
    both, neither = pairs[True, True] / total, pairs[False, False] / total
    gold = both + pairs[True, False] / total
    tagged = both + pairs[False, True] / total
    chance = gold * tagged + (1 - gold) * (1 - tagged)
    return (both + neither - chance) / (1 - chance) if chance < 1 else 0.0


def confusions(
    judged: Sequence[Judged], codes: Sequence[str]
) -> list[tuple[str, str, int]]:
    """(missed theme, theme of `codes` tagged wrongly instead, how often), most first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for item in judged:
        evidence, ignored = set(item.row.evidence), set(item.row.ignore)
        wrong = (item.said & set(codes)) - evidence - ignored
        pairs.update(
            (missed, tag) for missed in evidence - item.said for tag in wrong
        )
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(missed, wrong, number) for (missed, wrong), number in ranked]


@dataclass(frozen=True)
class Bin:
    """Scores in one tenth: how many, their mean, and the share that was right."""

    low: float
    number: int
    score: float
    right: float


def calibration(
    scores: Floats, right: NDArray[np.bool_]
) -> tuple[float, list[Bin]]:
    """(expected calibration error, the ten bins that are not empty)."""
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    bins = []
    for at in np.unique(place):
        inside = place == at
        mean, share = float(scores[inside].mean()), float(right[inside].mean())
        bins.append(Bin(int(at) / BINS, int(inside.sum()), mean, share))
    gaps = sum(b.number * abs(b.score - b.right) for b in bins)
    return gaps / max(1, len(scores)), bins


def calibration_by_chance(scores: Floats, draws: int = 400) -> float:
    """The calibration error that scores which come true would show on as few pairs.

    Of a hundred pairs in ten bins the shares right scatter, however good the scores are.

    >>> few, many = np.linspace(0.1, 0.9, 50), np.linspace(0.1, 0.9, 5000)
    >>> calibration_by_chance(few) > 5 * calibration_by_chance(many)
    True
    """
    dice = np.random.default_rng(1)
    drawn = dice.random((draws, len(scores))) < scores
    return float(np.mean([calibration(scores, right)[0] for right in drawn]))


def scored_pairs(
    judged: Sequence[Judged], codes: Sequence[str]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Score and truth of every pair that got a tag, mention or evidence."""
    pairs = [
        (item.scores[code], wanted)
        for item, code, wanted in _pairs(judged, codes)
        if code in item.scores
    ]
    scores = np.array([value for value, _ in pairs], dtype=float)
    return scores, np.array([right for _, right in pairs], dtype=bool)


@dataclass(frozen=True)
class Mistake:
    """A tag that is wrong ("false") or missing ("missed"), with its score."""

    kind: str
    theme: str
    score: float
    row: GoldRow

    @property
    def off(self) -> float:
        """How far the score was off."""
        return 1 - self.score if self.kind == "missed" else self.score


def worst(
    judged: Sequence[Judged], codes: Sequence[str], number: int = 10
) -> list[Mistake]:
    """The errors farthest off."""
    found = [
        Mistake(
            "missed" if wanted else "false",
            code,
            item.scores.get(code, 0.0),
            item.row,
        )
        for item, code, wanted in _pairs(judged, codes)
        if wanted != (code in item.said)
    ]
    return sorted(found, key=lambda mistake: -mistake.off)[:number]


def bootstrap(
    ours: Sequence[Judged],
    theirs: Sequence[Judged],
    codes: Sequence[str],
    rounds: int = 1000,
    seed: int = 1,
) -> tuple[float, float, float]:
    """Difference in micro-F1 over the same paragraphs, drawn with replacement.

    Returns:
        Its 2.5 % quantile, mean, and 97.5 % quantile.
    """
    random = np.random.default_rng(seed)
    tables = [
        np.array([_row(item, codes) for item in side])
        for side in (ours, theirs)
    ]
    differences = []
    for _ in range(rounds):
        drawn = random.integers(0, len(ours), len(ours))
        sums = [table[drawn].sum(axis=0) for table in tables]
        first, second = (Counts(*(int(n) for n in part)).f1 for part in sums)
        differences.append(first - second)
    low, high = np.quantile(differences, [0.025, 0.975])
    return float(low), float(np.mean(differences)), float(high)


def _row(item: Judged, codes: Sequence[str]) -> tuple[int, int, int]:
    """The counts of one paragraph over all themes."""
    evidence = set(item.row.evidence) & set(codes)
    said = item.said & set(codes)
    wrong = said - evidence - set(item.row.ignore)
    return len(evidence & said), len(wrong), len(evidence - said)
