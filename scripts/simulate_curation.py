"""What do so many decisions on a document teach, whose labels the model has not seen?

python -m scripts.simulate_curation --world five=GOLD.jsonl,PARAGRAPHS.jsonl --world …
    --own scripts/training/passages [--left-out WORLD] [--decisions 150] [--rounds 6]

Each document (or author) with enough labels is left out of the training in its turn, the
model calibrated by the others that were left out, as the project's own is. Of half its
passages the decisions that the queue asks first (nearest to the bar) are answered as the
labels say; F1 is of what is shown on the other half, over the themes with two or more. What
was learnt is used where it measures better on decisions left out, as `kb learn` does;
`--ungated` uses it always.
`--left-out` names worlds of which every document is left out at once: one model for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from kb.evaluate.learning import f1, gain_of
from kb.evaluate.training import read_labelled
from kb.themes import load_frameworks
from kb.themes.bands import SHOWN
from kb.themes.model import Model
from kb.themes.training.adapting import adapt
from kb.themes.training.examples import Bools, Examples
from kb.themes.training.fitting import fit
from kb.themes.training.validation import LeftOut, answers, calibrated
from scripts.train_themes import world_of

Scores = NDArray[np.float64]
Counts = NDArray[np.float64]  # themes × (right, too many, missed)
LEAST = 2  # passages with a theme, for it to count
FEWEST = 50  # labelled passages of a document that is halved


@dataclass(frozen=True)
class Aside:
    """A document that a model has not seen."""

    name: str
    rows: Bools
    model: Model


def asides(examples: Examples, worlds: tuple[str, ...]) -> Iterator[Aside]:
    """The documents of some size, each with a model that saw nothing of it."""
    apart = np.isin(examples.worlds, list(worlds))
    usable = examples.worlds != "own"
    groups, counts = np.unique(examples.groups[usable], return_counts=True)
    large = groups[counts >= FEWEST]
    shared = fit(examples.of(~apart)) if worlds else None
    found = []
    for group in large:
        inside = usable & (examples.groups == group)
        if shared is None:
            found.append(Aside(str(group), inside, fit(examples.of(~inside))))
        elif (inside & apart).any():
            found.append(Aside(str(group), inside & apart, shared))
    for aside in found:
        yield replace(aside, model=_calibrated(aside, found, examples))


def _calibrated(
    aside: Aside, others: list[Aside], examples: Examples
) -> Model:
    """The model of a document, calibrated by the other documents left out."""
    shape = examples.evidence.shape
    left = LeftOut(np.zeros(shape), np.zeros(shape), np.zeros(shape[0], bool))
    for other in others:
        if other.name != aside.name:
            rows = other.rows
            here = examples.of(rows)
            left.evidence[rows], left.mention[rows] = answers(
                other.model, here
            )
            left.tested[rows] = True
    return calibrated(aside.model, examples, left)


def decided(
    examples: Examples, scores: Scores, half: Bools, decisions: int
) -> Examples:
    """The examples with only what a queue would have asked first."""
    doubt = np.abs(scores - SHOWN)
    doubt[~(examples.has_cue & half[:, None])] = np.inf
    first = np.argsort(doubt, axis=None)[:decisions]
    asked = np.zeros(doubt.size, dtype=bool)
    asked[first] = np.isfinite(doubt.ravel()[first])
    said = asked.reshape(doubt.shape) & examples.said
    return replace(examples, said=said)


def counted(examples: Examples, scores: Scores, rows: Bools) -> Counts:
    """Right, too many and missed of each theme on some passages."""
    sure = examples.said & ~examples.mention & rows[:, None]
    shown = (scores >= SHOWN) & examples.has_cue & sure
    wanted = examples.evidence & sure
    parts = (shown & wanted, shown & ~wanted, wanted & ~shown)
    return np.stack([part.sum(axis=0) for part in parts], axis=1).astype(float)


def figures(counts: Counts) -> tuple[float, float]:
    """(macro-F1, micro-F1)."""
    wanted = counts[:, 0] + counts[:, 2]
    each = [f1(row) for row in counts[wanted >= LEAST]]
    macro = sum(each) / len(each) if each else float("nan")
    return macro, f1(counts.sum(axis=0))


def learnt(model: Model, asked: Examples, gated: bool) -> Model:
    """The model to use after decisions: that of before, where they do not better it."""
    rows = asked.said.any(axis=1)
    if gated and not gain_of(model, asked.of(rows), SHOWN).is_better:
        return model
    return adapt(model, asked)


def halvings(
    aside: Aside,
    examples: Examples,
    decisions: int,
    rounds: int,
    gated: bool = True,
) -> Iterator[tuple[int, Counts, Counts]]:
    """(decisions, counts before, counts after) of each halving."""
    here = examples.of(aside.rows)
    before, _ = answers(aside.model, here)
    for seed in range(rounds):
        half = np.random.default_rng(seed).random(len(here.ids)) < 0.5
        asked = decided(here, before, half, decisions)
        after, _ = answers(learnt(aside.model, asked, gated), here)
        yield (
            int(asked.said.sum()),
            counted(here, before, ~half),
            counted(here, after, ~half),
        )


def row(name: str, found: list[tuple[int, Counts, Counts]]) -> str:
    """A row of the table: the mean over halvings."""
    told = [(n, *figures(old), *figures(new)) for n, old, new in found]
    count, macro, micro, macro_after, micro_after = np.mean(told, axis=0)
    return (
        f"| {name} | {count:.0f} | {macro:.3f} | {macro_after:.3f} "
        f"| {micro:.3f} | {micro_after:.3f} |"
    )


@click.command(help=__doc__)
@click.option("--world", "given", multiple=True, required=True)
@click.option("--own", type=click.Path(path_type=Path))
@click.option("--left-out", "apart", multiple=True)
@click.option("--decisions", default=150)
@click.option("--rounds", default=6)
@click.option("--ungated", is_flag=True)
def main(
    given: tuple[str, ...],
    own: Path | None,
    apart: tuple[str, ...],
    decisions: int,
    rounds: int,
    ungated: bool,
) -> None:
    """Print a row a document, and one of all documents taken together."""
    worlds = [world_of(text) for text in given]
    examples = read_labelled(load_frameworks(), worlds, own).examples
    print("| left out | decisions | macro-F1 before | after | micro | after |")
    print("| --- | --- | --- | --- | --- | --- |")
    found: Mapping[str, list[tuple[int, Counts, Counts]]] = {
        aside.name: list(
            halvings(aside, examples, decisions, rounds, not ungated)
        )
        for aside in asides(examples, apart)
    }
    for name, halved in found.items():
        print(row(name, halved), flush=True)
    together = [
        (
            sum(n for n, _, _ in same),
            sum(o for _, o, _ in same),
            sum(a for *_, a in same),
        )
        for same in zip(*found.values(), strict=True)
    ]
    print(row("all together", together))


if __name__ == "__main__":
    main()
