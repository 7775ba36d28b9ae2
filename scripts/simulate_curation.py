"""What do so many decisions on a document teach, whose labels the model has not seen?

python -m scripts.simulate_curation --world five=GOLD.jsonl,PARAGRAPHS.jsonl --world …
    --own scripts/training/passages [--decisions 150] [--rounds 6]

Each document of the first world, and each other world whole, is left out of the training in
its turn. Of half its passages the decisions that a queue asks first (nearest to the bar) are
answered as the labels say; F1 is of the other half, over the themes with two or more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from kb.evaluate.learning import f1
from kb.evaluate.training import read_labelled
from kb.themes import load_frameworks
from kb.themes.training.adapting import adapt
from kb.themes.training.examples import Bools, Examples
from kb.themes.training.fitting import fit
from kb.themes.training.validation import answers
from scripts.train_themes import world_of

Scores = NDArray[np.float64]
BAR = 0.5  # where the uncalibrated model decides
LEAST = 2  # passages with a theme, for it to count
FEWEST = 60  # labelled passages of a document that is halved


def left_out(examples: Examples) -> Iterator[tuple[str, Bools]]:
    """Each document of some size, and all small ones of a world together."""
    for world in sorted(set(examples.worlds.tolist()) - {"own"}):
        inside = examples.worlds == world
        groups, counts = np.unique(examples.groups[inside], return_counts=True)
        large = groups[counts >= FEWEST]
        for group in large:
            yield f"{world} {group}", inside & (examples.groups == group)
        if not len(large):
            yield world, inside


def decided(
    examples: Examples, scores: Scores, half: Bools, decisions: int
) -> Examples:
    """The examples with only what a queue would have asked first."""
    doubt = np.abs(scores - BAR)
    doubt[~(examples.has_cue & half[:, None])] = np.inf
    first = np.argsort(doubt, axis=None)[:decisions]
    asked = np.zeros(doubt.size, dtype=bool)
    asked[first] = np.isfinite(doubt.ravel()[first])
    said = asked.reshape(doubt.shape) & examples.said
    return replace(examples, said=said)


def figures(
    examples: Examples, scores: Scores, rows: Bools
) -> tuple[float, float]:
    """(macro-F1, micro-F1) on some passages."""
    sure = examples.said & ~examples.mention & rows[:, None]
    shown = (scores >= BAR) & examples.has_cue & sure
    wanted = examples.evidence & sure
    parts = (shown & wanted, shown & ~wanted, wanted & ~shown)
    counts = np.stack([part.sum(axis=0) for part in parts], axis=1)
    enough = wanted.sum(axis=0) >= LEAST
    macro = np.mean([f1(row) for row in counts[enough]])
    return float(macro), f1(counts.sum(axis=0))


@click.command(help=__doc__)
@click.option("--world", "given", multiple=True, required=True)
@click.option("--own", type=click.Path(path_type=Path))
@click.option("--decisions", default=150)
@click.option("--rounds", default=6)
def main(
    given: tuple[str, ...], own: Path | None, decisions: int, rounds: int
) -> None:
    """Print a row a document."""
    worlds = [world_of(text) for text in given]
    examples = read_labelled(load_frameworks(), worlds, own).examples
    print("| left out | decisions | macro-F1 before | after | micro | after |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, inside in left_out(examples):
        base, here = fit(examples.of(~inside)), examples.of(inside)
        before, _ = answers(base, here)
        found = []
        for seed in range(rounds):
            half = np.random.default_rng(seed).random(len(here.ids)) < 0.5
            asked = decided(here, before, half, decisions)
            after, _ = answers(adapt(base, asked), here)
            old = figures(here, before, ~half)
            new = figures(here, after, ~half)
            found.append((asked.said.sum(), old[0], new[0], old[1], new[1]))
        count, *rest = np.mean(found, axis=0)
        cells = " | ".join(f"{figure:.3f}" for figure in rest)
        print(f"| {name} | {count:.0f} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
