"""What our own passages are worth: cross-validation over the documents of gold, with and without them.

python -m scripts.training.measure ../shared/gold/themes.dev.jsonl ../shared/gold/paragraphs.jsonl
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.errors import KbError
from kb.evaluate.themes import Judged, Scores, count, score
from kb.evaluate.training import Labelled, judged_by, read_labelled
from kb.themes import load_frameworks
from kb.themes.train import CrossValidation, Examples, train
from scripts.training.examples import TIMES, mixed, own_examples

ROUNDS = 1000


def tried(train_on: Callable[[Examples], Examples], test: Examples) -> CrossValidation:
    """Every document of `test` by a model of `train_on`(the other documents of `test`)."""
    scores, tagged, thresholds = (
        np.zeros(test.labels.shape),
        np.zeros(test.labels.shape, dtype=bool),
        {},
    )
    for name in np.unique(test.documents):
        inside = test.documents == name
        model = train(train_on(test.of(~inside)))
        left = test.of(inside)
        scores[inside] = model.scores(model.parts(left.features, left.codes))
        tagged[inside] = (scores[inside] >= model.threshold) & left.has_cue
        thresholds[str(name)] = model.threshold
    return CrossValidation(scores, tagged, thresholds)


def gains(
    ours: list[Judged], theirs: list[Judged], codes: tuple[str, ...], seed: int = 1
) -> NDArray[np.float64]:
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
    return float(each[tp + fn > 0].mean()), float(
        2 * tp.sum() / max(1, (2 * tp + fp + fn).sum())
    )


def line(name: str, scores: Scores, gain: NDArray[np.float64] | None = None) -> str:
    """A row of the table."""
    figures = f"{scores.macro:.3f} | {scores.micro.f1:.3f} | {scores.micro.precision:.3f} | {scores.micro.recall:.3f} | {scores.strict:.3f}"
    told = (
        ["", ""]
        if gain is None
        else [f"{mean:+.3f} ({low:+.3f} … {high:+.3f})" for low, mean, high in gain]
    )
    return f"| {name} | {figures} | {told[0]} | {told[1]} |"


def on_own(gold: Examples, own: Examples) -> None:
    """Print how each set tags our own passages: folds of documents that were not trained on."""
    print(
        "\n| tested on our own passages, trained on | macro-F1 | micro-F1 | P | R |\n| --- | --- | --- | --- | --- |"
    )
    ways: dict[str, Callable[[Examples], Examples]] = {
        "gold": lambda rest: gold,
        "gold and the rest of our own": lambda rest: gold.beside(rest),
        f"gold {TIMES} times and the rest of our own": lambda rest: mixed(gold, rest),
    }
    for name, train_on in ways.items():
        tagged = tried(train_on, own).tagged
        tp, fp = (
            (tagged & own.labels).sum(axis=0),
            (tagged & ~own.labels & own.said).sum(axis=0),
        )
        table = np.stack([tp, fp, (~tagged & own.labels).sum(axis=0)], axis=1)
        macro, micro = _f1s(table)
        sums = table.sum(axis=0)
        print(
            f"| {name} | {macro:.3f} | {micro:.3f} | {sums[0] / (sums[0] + sums[1]):.3f} | {sums[0] / (sums[0] + sums[2]):.3f} |"
        )
    cued = [
        (own.has_cue & own.labels).sum(axis=0)[at] / own.labels[:, at].sum()
        for at in range(len(own.codes))
    ]
    print(
        "\nevidence in which some cue stands: "
        + ", ".join(
            f"{code} {share:.2f}" for code, share in zip(own.codes, cued, strict=True)
        )
    )


def main(gold: Path, paragraphs: Path) -> None:
    frameworks = load_frameworks()
    labelled: Labelled = read_labelled(frameworks, gold, paragraphs)
    codes = labelled.examples.codes
    own = own_examples(frameworks, codes).in_folds()
    print(
        f"{len(own.ids)} passages of our own; {len(labelled.gold)} paragraphs of gold\n"
    )
    print(
        "| trained on | macro-F1 | micro-F1 | P | R | strict | gain in macro-F1 (95 %) | gain in micro-F1 (95 %) |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    before = judged_by(labelled, tried(lambda rest: rest, labelled.examples))
    print(line("gold", score(before, codes)))
    both = judged_by(labelled, tried(lambda rest: rest.beside(own), labelled.examples))
    print(line("gold and our own", score(both, codes), gains(both, before, codes)))
    weighed = judged_by(
        labelled, tried(lambda rest: mixed(rest, own), labelled.examples)
    )
    print(
        line(
            f"gold {TIMES} times and our own",
            score(weighed, codes),
            gains(weighed, before, codes),
        )
    )
    alone = judged_by(labelled, tried(lambda rest: own, labelled.examples))
    print(line("our own alone", score(alone, codes), gains(alone, before, codes)))
    print(
        f"\n| theme | gold | gold and our own | gold {TIMES} times and our own | our own alone |\n| --- | --- | --- | --- | --- |"
    )
    for code in codes:
        print(
            f"| {code} | "
            + " | ".join(
                f"{score(judged, codes).themes[code].f1:.2f}"
                for judged in (before, both, weighed, alone)
            )
            + " |"
        )
    on_own(labelled.examples, own)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except KbError as error:
        sys.exit(str(error))
