"""How good are the tags? Scores against coders, agreement, confusion, calibration, the worst errors, and a paired bootstrap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.evaluate.align import Strip
from kb.records import Passage, Tag
from kb.themes.labelled import GoldRow

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A gold paragraph with the tags shown on the passages that cover it, and every score they have."""

    row: GoldRow
    said: frozenset[str]
    scores: Mapping[str, float]
    covered: bool = True


@dataclass(frozen=True)
class Counts:
    """True positives, false positives, false negatives."""

    tp: int
    fp: int
    fn: int

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
    """Line gold up with passages. `documents` are keyed by the name gold uses for them (e.g. "002")."""
    by_passage: dict[str, list[Tag]] = {}
    for tag in tags:
        by_passage.setdefault(tag.passage, []).append(tag)
    strips = {
        name: Strip.of([p.text for p in passages])
        for name, passages in documents.items()
    }
    judged = []
    for row in gold:
        covering = strips[row.doc].covering(row.text) if row.doc in strips else []
        found = [
            tag
            for number in covering
            for tag in by_passage.get(documents[row.doc][number].id, ())
        ]
        scores: dict[str, float] = {}
        for tag in found:
            scores[tag.theme] = max(tag.score, scores.get(tag.theme, 0.0))
        judged.append(
            Judged(
                row,
                frozenset(t.theme for t in found if t.evidence),
                scores,
                bool(covering),
            )
        )
    return judged


def count(judged: Sequence[Judged], code: str) -> tuple[Counts, int]:
    """Counts of one theme, and how many tags fell on passing mentions."""
    tp = fp = fn = mentions = 0
    for item in judged:
        want, got = code in item.row.evidence, code in item.said
        if code in item.row.ignore:
            mentions += got
            continue
        tp, fp, fn = (
            tp + (want and got),
            fp + (got and not want),
            fn + (want and not got),
        )
    return Counts(tp, fp, fn), mentions


def score(judged: Sequence[Judged], codes: Sequence[str]) -> Scores:
    """Scores over `codes`; themes without evidence in gold do not enter the macro average."""
    counted = {code: count(judged, code) for code in codes}
    themes = {code: counts for code, (counts, _) in counted.items()}
    micro = Counts(
        *(sum(getattr(c, part) for c in themes.values()) for part in ("tp", "fp", "fn"))
    )
    mentions = sum(number for _, number in counted.values())
    strict = 2 * micro.tp / max(1, 2 * micro.tp + micro.fp + micro.fn + mentions)
    with_gold = [c.f1 for c in themes.values() if c.tp + c.fn]
    macro = sum(with_gold) / max(1, len(with_gold))
    return Scores(
        themes,
        micro,
        macro,
        strict,
        sum(item.covered for item in judged) / max(1, len(judged)),
    )


def kappa(judged: Sequence[Judged], codes: Sequence[str]) -> float:
    """Cohen's kappa of tags and gold over all (paragraph, theme) pairs that count; 0 where chance explains all."""
    pairs = Counter(
        (code in item.row.evidence, code in item.said)
        for item in judged
        for code in codes
        if code not in item.row.ignore
    )
    total = sum(pairs.values())
    if not total:
        return 0.0
    observed = (pairs[True, True] + pairs[False, False]) / total
    gold_yes, tag_yes = (
        (pairs[True, True] + pairs[True, False]) / total,
        (pairs[True, True] + pairs[False, True]) / total,
    )
    chance = gold_yes * tag_yes + (1 - gold_yes) * (1 - tag_yes)
    return (observed - chance) / (1 - chance) if chance < 1 else 0.0


def confusions(
    judged: Sequence[Judged], codes: Sequence[str]
) -> list[tuple[str, str, int]]:
    """(missed theme, theme of `codes` tagged wrongly in the same paragraph, how often), most frequent first."""
    pairs = Counter(
        (missed, wrong)
        for item in judged
        for missed in set(item.row.evidence) - item.said
        for wrong in item.said
        & set(codes) - set(item.row.evidence) - set(item.row.ignore)
    )
    return [
        (missed, wrong, number)
        for (missed, wrong), number in sorted(
            pairs.items(), key=lambda pair: (-pair[1], pair[0])
        )
    ]


@dataclass(frozen=True)
class Bin:
    """Scores in one tenth: how many, their mean, and the share that was right."""

    low: float
    number: int
    score: float
    right: float


def calibration(scores: Floats, right: NDArray[np.bool_]) -> tuple[float, list[Bin]]:
    """(expected calibration error, the ten bins that are not empty)."""
    bins = []
    place = np.minimum((scores * 10).astype(int), 9)
    for at in range(10):
        inside = place == at
        if inside.any():
            bins.append(
                Bin(
                    at / 10,
                    int(inside.sum()),
                    float(scores[inside].mean()),
                    float(right[inside].mean()),
                )
            )
    total = max(1, len(scores))
    return sum(b.number * abs(b.score - b.right) for b in bins) / total, bins


def scored_pairs(
    judged: Sequence[Judged], codes: Sequence[str]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Score and truth of every (paragraph, theme) pair that got a tag, mention or evidence, and counts in gold."""
    pairs = [
        (item.scores[code], code in item.row.evidence)
        for item in judged
        for code in codes
        if code in item.scores and code not in item.row.ignore
    ]
    return np.array([s for s, _ in pairs], dtype=float), np.array(
        [r for _, r in pairs], dtype=bool
    )


@dataclass(frozen=True)
class Mistake:
    """A tag that is wrong ("false") or missing ("missed"), and how far off its score was."""

    kind: str
    theme: str
    score: float
    row: GoldRow


def worst(
    judged: Sequence[Judged], codes: Sequence[str], number: int = 10
) -> list[Mistake]:
    """The errors farthest off."""
    found = []
    for item in judged:
        for code in codes:
            want, got, value = (
                code in item.row.evidence,
                code in item.said,
                item.scores.get(code, 0.0),
            )
            if code not in item.row.ignore and want != got:
                found.append(
                    Mistake("missed" if want else "false", code, value, item.row)
                )
    return sorted(
        found, key=lambda m: -(1 - m.score if m.kind == "missed" else m.score)
    )[:number]


def bootstrap(
    ours: Sequence[Judged],
    theirs: Sequence[Judged],
    codes: Sequence[str],
    rounds: int = 1000,
    seed: int = 1,
) -> tuple[float, float, float]:
    """Difference in micro-F1 over the same paragraphs, drawn with replacement: (2.5 %, mean, 97.5 %)."""
    random = np.random.default_rng(seed)
    tables = [
        np.array([_row_counts(item, codes) for item in judged])
        for judged in (ours, theirs)
    ]
    differences = []
    for _ in range(rounds):
        drawn = random.integers(0, len(ours), len(ours))
        first, second = (
            2 * t[0] / max(1, 2 * t[0] + t[1] + t[2])
            for t in (table[drawn].sum(axis=0) for table in tables)
        )
        differences.append(first - second)
    low, high = np.quantile(differences, [0.025, 0.975])
    return float(low), float(np.mean(differences)), float(high)


def _row_counts(item: Judged, codes: Sequence[str]) -> tuple[int, int, int]:
    evidence, ignore = set(item.row.evidence) & set(codes), set(item.row.ignore)
    said = item.said & set(codes)
    return len(evidence & said), len(said - evidence - ignore), len(evidence - said)
