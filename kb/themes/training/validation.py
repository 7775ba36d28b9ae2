"""Answers on passages of documents left out, and calibration by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kb.themes.features import NAMES, Array
from kb.themes.model import Head, Model, probability
from kb.themes.training.examples import Bools, Examples
from kb.themes.training.fitting import fit

OWN_WORLD = "own"  # our own passages are always trained on, never a measure
FOLDS = 8


@dataclass(frozen=True)
class LeftOut:
    """Probabilities (passages × themes) by models that saw nothing of a passage's group.

    Rows that were always trained on hold zeros, and `tested` is false for them.
    """

    evidence: Array
    mention: Array
    tested: Bools

    def of(self, rows: Bools) -> LeftOut:
        """The answers where `rows` is true."""
        return LeftOut(
            self.evidence[rows], self.mention[rows], self.tested[rows]
        )


def folds_of(examples: Examples, folds: int = FOLDS) -> NDArray[np.int64]:
    """The fold of each passage: groups whole, folds about even; -1 for our own."""
    ours = examples.worlds == OWN_WORLD
    sizes = Counter(examples.groups[~ours].tolist())
    filled = [0] * folds
    fold_of: dict[str, int] = {}
    for group, size in sorted(
        sizes.items(), key=lambda item: (-item[1], item[0])
    ):
        fold_of[group] = filled.index(min(filled))
        filled[fold_of[group]] += size
    found = [
        -1 if own else fold_of[g]
        for g, own in zip(examples.groups, ours, strict=True)
    ]
    return np.array(found)


def answers(model: Model, examples: Examples) -> tuple[Array, Array]:
    """(probability of evidence, of evidence or mention) of a model on examples."""
    columns = model.complete(examples.columns, examples.found, examples.codes)
    parts = model.parts(columns, examples.codes)
    odds = np.sum(list(parts.values()), axis=0)
    return probability(odds), model.mentioned(columns, examples.codes)


def cross_validate(
    examples: Examples, used: Sequence[str] = NAMES, folds: int = FOLDS
) -> LeftOut:
    """Train on the other groups, answer on one fold of groups, for each fold."""
    place = folds_of(examples, folds)
    evidence = np.zeros(examples.evidence.shape)
    mention = np.zeros(examples.evidence.shape)
    for fold in range(folds):
        inside = place == fold
        if inside.any():
            model = fit(examples.of(~inside), used)
            evidence[inside], mention[inside] = answers(
                model, examples.of(inside)
            )
    return LeftOut(evidence, mention, place >= 0)


def calibrated(
    model: Model,
    examples: Examples,
    left_out: LeftOut,
    worlds: Sequence[str] = (),
) -> Model:
    """`model` with the slope and shift that make answers on groups left out come true.

    Only pairs with a cue count: no others are ever shown.

    Args:
        model: trained on all examples.
        examples: what `left_out` answers.
        left_out: answers by models that did not see them.
        worlds: those to calibrate by; all that were tested when none is named.
    """
    rows = left_out.tested
    if worlds:
        rows = rows & np.isin(examples.worlds, list(worlds))
    visible = rows[:, None] & examples.said & examples.has_cue
    sure = visible & ~examples.mention
    named = examples.evidence | examples.mention
    return msgspec.structs.replace(
        model,
        evidence=_fitted(
            model.evidence, left_out.evidence[sure], examples.evidence[sure]
        ),
        mention=_fitted(
            model.mention, left_out.mention[visible], named[visible]
        ),
    )


def _fitted(head: Head, scores: Array, right: Bools) -> Head:
    """Platt's correction of the scores that `head` gave, where there is one to make."""
    if right.all() or not right.any():
        return head
    clipped = np.clip(scores, 1e-6, 1 - 1e-6)
    odds = np.log(clipped / (1 - clipped))[:, None]
    learner = LogisticRegression(C=10.0).fit(odds, right)
    slope, shift = float(learner.coef_[0, 0]), float(learner.intercept_[0])
    return msgspec.structs.replace(
        head,
        slope=round(slope * head.slope, 5),
        shift=round(slope * head.shift + shift, 5),
    )


def train(
    examples: Examples, used: Sequence[str] = NAMES, worlds: Sequence[str] = ()
) -> tuple[Model, LeftOut]:
    """(a calibrated model, the calibrated answers on groups left out)."""
    left_out = cross_validate(examples, used)
    model = fit(examples, used)
    ready = calibrated(model, examples, left_out, worlds)
    scores = replace(
        left_out,
        evidence=_moved(left_out.evidence, model.evidence, ready.evidence),
        mention=_moved(left_out.mention, model.mention, ready.mention),
    )
    return ready, scores


def _moved(scores: Array, before: Head, after: Head) -> Array:
    """Scores given under `before`, as `after` gives them."""
    clipped = np.clip(scores, 1e-6, 1 - 1e-6)
    odds = np.log(clipped / (1 - clipped))
    slope = after.slope / before.slope
    return probability(slope * odds + after.shift - slope * before.shift)
