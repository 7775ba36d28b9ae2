"""Train and measure the learned layer of the kinds of passages.

Labelled passages are JSON lines, all passages of a document in order: id, doc, text,
section (titles), block, group (what is left out together, such as a publisher), and kinds:
the kind a reader gave, then others that he allows; [] where nobody looked.

\b
python -m scripts.train_kinds --labelled KINDS.jsonl --test OTHERS.jsonl --out MODEL.json
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kb.passages.kinds.columns import WEIGHED, Array, columns_of
from kb.passages.kinds.learned import KindModel
from kb.passages.kinds.rules import all_ruled
from kb.records import Passage
from kb.whole_files import write_whole

Bools = NDArray[np.bool_]

FREEDOM = 0.01  # inverse strength of the penalty; of .003 to .1 the best
FOLDS = 8
DRAWS = 1000  # of the bootstrap over groups
FILE = click.Path(path_type=Path, exists=True)


class Row(msgspec.Struct, frozen=True):
    """A passage as the file holds it."""

    id: str
    doc: str
    text: str
    section: tuple[str, ...] = ()
    block: str = "paragraph"
    group: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """The judged passages of all documents: columns, what the rules say, what a reader says."""

    names: tuple[str, ...]
    columns: Array
    by_rule: tuple[str, ...]
    settled: Bools
    kinds: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...]

    def right(self, given: Sequence[str], allowed: bool) -> Bools:
        """Where a kind is the reader's first, or one that he allows."""
        pairs = zip(given, self.kinds, strict=True)
        return np.array(
            [
                kind in (kinds if allowed else kinds[:1])
                for kind, kinds in pairs
            ]
        )


def read(paths: Sequence[Path]) -> Judged:
    """The judged passages of the files, each seen among all passages of its document."""
    names: list[str] = []
    columns, found, kinds, groups = [], [], [], []
    for rows in _documents(paths):
        passages = [
            Passage(
                row.id,
                row.doc,
                row.text,
                at,
                block=row.block,
                section=row.section,
            )
            for at, row in enumerate(rows)
        ]
        ruled = all_ruled(passages)
        judged = [at for at, row in enumerate(rows) if row.kinds]
        if judged:
            names, values = columns_of(ruled, judged)
            columns.append(values)
        for at in judged:
            found.append(ruled[at])
            kinds.append(rows[at].kinds)
            groups.append(rows[at].group or rows[at].doc)
    return Judged(
        tuple(names),
        np.concatenate(columns),
        tuple(it.kind for it in found),
        np.array([it.settled for it in found]),
        tuple(kinds),
        tuple(groups),
    )


def _documents(paths: Sequence[Path]) -> Iterator[list[Row]]:
    for path in paths:
        lines = path.read_bytes().splitlines()
        rows = [msgspec.json.decode(line, type=Row) for line in lines if line]
        for _, of_document in groupby(rows, key=lambda row: row.doc):
            yield list(of_document)


def fit(judged: Judged, rows: Bools) -> KindModel:
    """A model of the rows that are neither settled by the rules nor of another kind."""
    first = np.array([kinds[0] for kinds in judged.kinds])
    rows = rows & ~judged.settled & np.isin(first, WEIGHED)
    raw = judged.columns[rows]
    mean, spread = raw.mean(axis=0), raw.std(axis=0)
    scale = np.where(spread > 1e-4, spread, 1.0)
    learner = LogisticRegression(C=FREEDOM, max_iter=1000)
    learner.fit((raw - mean) / scale, first[rows])
    kinds = [str(kind) for kind in learner.classes_]
    return KindModel(
        judged.names,
        _rounded(mean),
        _rounded(scale),
        dict(zip(kinds, map(_rounded, learner.coef_), strict=True)),
        dict(zip(kinds, _rounded(learner.intercept_), strict=True)),
        {
            "date": datetime.now(UTC).date().isoformat(),
            "passages": str(int(rows.sum())),
            "groups": str(len(set(judged.groups))),
            "licence": "MIT",
        },
    )


def _rounded(values: Array) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


def given(model: KindModel, judged: Judged) -> list[str]:
    """The kinds that rules and model give together."""
    best = model.odds(judged.names, judged.columns).argmax(axis=1)
    kinds = tuple(model.weights)
    return [
        rule if settled else kinds[at]
        for rule, settled, at in zip(
            judged.by_rule, judged.settled, best, strict=True
        )
    ]


def cross_validated(judged: Judged) -> list[str]:
    """The kinds given by models that saw nothing of the same group."""
    names = sorted(set(judged.groups))
    order = np.random.default_rng(3).permutation(len(names))
    fold_of = {names[at]: fold % FOLDS for fold, at in enumerate(order)}
    folds = np.array([fold_of[group] for group in judged.groups])
    found = list(judged.by_rule)
    for fold in range(FOLDS):
        answers = given(fit(judged, folds != fold), judged)
        for at in np.flatnonzero(folds == fold):
            found[at] = answers[at]
    return found


def lines(judged: Judged, learned: Sequence[str], title: str) -> Iterator[str]:
    """Shares right by the rules alone and with the model, and the gain with its bounds."""
    for name, allowed in (("first choice", False), ("or one allowed", True)):
        before = judged.right(judged.by_rule, allowed)
        after = judged.right(learned, allowed)
        low, high = _bounds(after.astype(float) - before, judged.groups)
        yield (
            f"| {title}, {name} | {len(before)} | {before.mean():.3f} | {after.mean():.3f}"
            f" | {after.mean() - before.mean():+.3f} ({low:+.3f} … {high:+.3f}) |"
        )


def _bounds(gains: NDArray[Any], groups: Sequence[str]) -> tuple[float, float]:
    """95 % bounds of a mean gain, by bootstrap over groups."""
    named = np.array(groups)
    parts = [gains[named == name] for name in sorted(set(groups))]
    sums = np.array([part.sum() for part in parts])
    sizes = np.array([len(part) for part in parts])
    draws = np.random.default_rng(5).integers(
        len(parts), size=(DRAWS, len(parts))
    )
    means = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


@click.command(help=__doc__)
@click.option("--labelled", multiple=True, type=FILE, required=True)
@click.option("--test", multiple=True, type=FILE, help="Not trained on.")
@click.option("--out", type=click.Path(path_type=Path))
def main(
    labelled: tuple[Path, ...], test: tuple[Path, ...], out: Path | None
) -> None:
    """Do what the options ask."""
    warnings.simplefilter("ignore")  # a fold without a rare kind
    judged = read(labelled)
    print("| passages | n | rules | with the model | gain (95 %) |")
    print("| --- | --- | --- | --- | --- |")
    print("\n".join(lines(judged, cross_validated(judged), "cross-validated")))
    model = fit(judged, np.ones(len(judged.kinds), dtype=bool))
    for path in test:
        others = read([path])
        print("\n".join(lines(others, given(model, others), path.stem)))
    if out:
        write_whole(out, msgspec.json.encode(model) + b"\n")


if __name__ == "__main__":
    sys.exit(main())
