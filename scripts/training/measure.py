"""What our own passages are worth: cross-validation over the documents of gold, with and without them.

python -m scripts.training.measure ../shared/gold/themes.dev.jsonl ../shared/gold/paragraphs.jsonl
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.errors import KbError
from kb.evaluate.themes import Judged, Scores, count, score
from kb.evaluate.training import Labelled, judged_by, read_labelled
from kb.themes import load_frameworks
from kb.themes.train import CrossValidation, Examples, train
from scripts.training.passages import joined, own_examples

ROUNDS = 1000


def tried(gold: Examples, own: Examples | None, with_gold: bool = True) -> CrossValidation:
    """Every document of gold by a model of the other documents, of our own passages, or of both."""
    scores, tagged, thresholds = np.zeros(gold.labels.shape), np.zeros(gold.labels.shape, dtype=bool), {}
    for name in np.unique(gold.documents):
        inside = gold.documents == name
        rest = gold.of(~inside)
        model = train(rest if own is None else joined(rest, own) if with_gold else own)
        test = gold.of(inside)
        scores[inside] = model.scores(model.parts(test.features, test.codes))
        tagged[inside] = (scores[inside] >= model.threshold) & test.has_cue
        thresholds[str(name)] = model.threshold
    return CrossValidation(scores, tagged, thresholds)


def gains(ours: list[Judged], theirs: list[Judged], codes: tuple[str, ...], seed: int = 1) -> NDArray[np.float64]:
    """(2.5 %, mean, 97.5 %) of the differences in macro- and micro-F1 over paragraphs drawn with replacement (2 × 3)."""
    random = np.random.default_rng(seed)
    tables = [_table(judged, codes) for judged in (ours, theirs)]
    found = []
    for _ in range(ROUNDS):
        drawn = random.integers(0, len(ours), len(ours))
        first, second = (_f1s(table[drawn].sum(axis=0)) for table in tables)
        found.append((first[0] - second[0], first[1] - second[1]))
    differences = np.array(found)
    low, high = np.quantile(differences, [0.025, 0.975], axis=0)
    return np.stack([low, differences.mean(axis=0), high], axis=1)


def _table(judged: list[Judged], codes: tuple[str, ...]) -> NDArray[np.int_]:
    """(paragraphs × themes × [true positives, false positives, false negatives])."""
    counted = [[count([item], code)[0] for code in codes] for item in judged]
    return np.array([[(c.tp, c.fp, c.fn) for c in row] for row in counted])


def _f1s(counts: NDArray[np.int_]) -> tuple[float, float]:
    tp, fp, fn = counts[:, 0], counts[:, 1], counts[:, 2]
    each = 2 * tp / np.maximum(1, 2 * tp + fp + fn)
    return float(each[tp + fn > 0].mean()), float(2 * tp.sum() / max(1, (2 * tp + fp + fn).sum()))


def line(name: str, scores: Scores, gain: NDArray[np.float64] | None = None) -> str:
    """A row of the table."""
    figures = f"{scores.macro:.3f} | {scores.micro.f1:.3f} | {scores.micro.precision:.3f} | {scores.micro.recall:.3f} | {scores.strict:.3f}"
    told = ["", ""] if gain is None else [f"{mean:+.3f} ({low:+.3f} … {high:+.3f})" for low, mean, high in gain]
    return f"| {name} | {figures} | {told[0]} | {told[1]} |"


def main(gold: Path, paragraphs: Path) -> None:
    frameworks = load_frameworks()
    labelled: Labelled = read_labelled(frameworks, gold, paragraphs)
    codes = labelled.examples.codes
    own = own_examples(frameworks, codes)
    print(f"{len(own.ids)} passages of our own in {len(set(own.documents))} documents; {len(labelled.gold)} paragraphs of gold\n")
    print("| trained on | macro-F1 | micro-F1 | P | R | strict | gain in macro-F1 (95 %) | gain in micro-F1 (95 %) |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    before = judged_by(labelled, tried(labelled.examples, None))
    print(line("gold", score(before, codes)))
    both = judged_by(labelled, tried(labelled.examples, own))
    print(line("gold and our own", score(both, codes), gains(both, before, codes)))
    alone = judged_by(labelled, tried(labelled.examples, own, with_gold=False))
    print(line("our own alone", score(alone, codes), gains(alone, before, codes)))
    print("\n| theme | gold | gold and our own | our own alone |\n| --- | --- | --- | --- |")
    for code in codes:
        print(f"| {code} | " + " | ".join(f"{score(judged, codes).themes[code].f1:.2f}" for judged in (before, both, alone)) + " |")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except KbError as error:
        sys.exit(str(error))
