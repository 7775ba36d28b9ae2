"""Fit the model: the record of cues, the wording, and the logistic heads over them.

What is learnt from labels and then fed to the heads (the record, the wording) is made for
each passage without the labels of its own group, so that the heads see it as it will be on
text nobody labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from kb.themes.cue_record import CueRecord, record_columns, told
from kb.themes.features import NAMES, Array, Columns
from kb.themes.model import Head, Labels, Model
from kb.themes.training.examples import Bools, Examples
from kb.themes.wording import BUCKETS, LEAST_LENGTH, Wording, counts_of

FOLDS = 4  # in which groups are taken together to make the wording of each
WORDING_FREEDOM = 4.0  # inverse strength of its penalty
RARE = 4  # how much a passage with the theme counts there beside one without
HEAD_FREEDOM = 0.3
OWN_FREEDOM = (
    0.6  # how freely a theme's intercept moves beside the shared weights
)


def fit(examples: Examples, used: Sequence[str] = NAMES) -> Model:
    """A model of the examples, calibrated on itself; `used` are the columns to take."""
    wording, wording_column = _wording(examples)
    record, record_layer = _record(examples)
    columns = {**examples.columns, **record_layer, "wording": wording_column}
    names = [name for name in NAMES if name in used]
    raw = np.stack([columns[name] for name in names], axis=2)
    flat = raw.reshape(-1, len(names))
    mean, spread = flat.mean(axis=0), flat.std(axis=0)
    scale = np.where(
        spread > 1e-4, spread, 1.0
    )  # what never varies says nothing
    standard = (raw - mean) / scale
    sure = examples.said & ~examples.mention
    named = examples.evidence | examples.mention
    return Model(
        features=tuple(names),
        mean=_rounded(mean),
        scale=_rounded(scale),
        evidence=_head(standard, examples.evidence, sure, examples),
        mention=_head(standard, named, examples.said, examples),
        record=_labels(record),
        wording=wording if "wording" in used else Wording(),
    )


def _rounded(values: Array) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


def _head(
    standard: Array, labels: Bools, said: Bools, examples: Examples
) -> Head:
    """Logistic regression over all (passage, theme) pairs of which something was said."""
    passages, themes, names = standard.shape
    own = np.tile(np.eye(themes) * OWN_FREEDOM, (passages, 1))
    design = np.concatenate([standard.reshape(-1, names), own], axis=1)
    pairs = said.ravel()
    counts = np.repeat(examples.weights, themes)[pairs]
    learner = LogisticRegression(C=HEAD_FREEDOM, max_iter=1000)
    learner.fit(design[pairs], labels.ravel()[pairs], sample_weight=counts)
    weights = learner.coef_[0]
    intercepts = weights[names:] * OWN_FREEDOM
    return Head(
        weights=_rounded(weights[:names]),
        themes=dict(zip(examples.codes, _rounded(intercepts), strict=True)),
        shift=round(float(learner.intercept_[0]), 5),
    )


def _record(examples: Examples) -> tuple[CueRecord, Columns]:
    """(the record of all labels, its columns without each passage's own group)."""
    whole = CueRecord()
    by_group: dict[str, CueRecord] = {}
    sure = examples.said & ~examples.mention
    for row, cues in enumerate(examples.found):
        group = by_group.setdefault(str(examples.groups[row]), CueRecord())
        for at, code in enumerate(examples.codes):
            if sure[row, at]:
                weight = float(examples.weights[row])
                right = weight * bool(examples.evidence[row, at])
                for cue, strength in told(cues.counted.get(code, ())):
                    whole.add(code, cue, strength, right, weight)
                    group.add(code, cue, strength, right, weight)
    less = [by_group[str(group)] for group in examples.groups]
    return whole, record_columns(whole, examples.found, examples.codes, less)


def _labels(record: CueRecord) -> tuple[Labels, ...]:
    """The record as the model's file holds it."""
    return tuple(
        (theme, cue, weight, round(share.right, 1), round(share.seen, 1))
        for (theme, cue, weight), share in sorted(record.cues.items())
    )


def _wording(examples: Examples) -> tuple[Wording, Array]:
    """(the wording of all examples, its scores without each passage's own group)."""
    matrix, idf = _matrix(examples)
    names = sorted(set(examples.groups.tolist()))
    fold_of = {name: at % FOLDS for at, name in enumerate(names)}
    folds = np.array([fold_of[name] for name in examples.groups])
    column = np.zeros(examples.evidence.shape)
    weights: dict[str, bytes] = {}
    intercepts: dict[str, float] = {}
    sure = examples.said & ~examples.mention
    for at, code in enumerate(examples.codes):
        said, labels = sure[:, at], examples.evidence[:, at]
        learner = _linear(matrix, labels, said, examples.weights)
        if learner is None:
            continue
        weights[code] = learner.coef_[0].astype(np.float16).tobytes()
        intercepts[code] = round(float(learner.intercept_[0]), 5)
        for fold in range(FOLDS):
            inside = folds == fold
            rest = _linear(matrix, labels, said & ~inside, examples.weights)
            if rest is not None and inside.any():
                column[inside, at] = rest.decision_function(matrix[inside])
    return Wording(
        idf.astype(np.float16).tobytes(), weights, intercepts
    ), column


def _matrix(examples: Examples) -> tuple[Any, NDArray[np.float64]]:
    """(weighted n-grams of each passage at length one, inverse document frequencies)."""
    counted = [counts_of(cues.words) for cues in examples.found]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in counted)])
    buckets = np.concatenate([buckets for buckets, _ in counted])
    values = np.concatenate([values for _, values in counted]).astype(float)
    shape = (len(counted), BUCKETS)
    raw = sparse.csr_matrix((values, buckets, ends), shape=shape)
    seen = np.bincount(buckets, minlength=BUCKETS)
    idf = np.log((1 + len(counted)) / (1 + seen)) + 1
    weighted = raw @ sparse.diags(idf)
    lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    scaled = sparse.diags(1 / np.maximum(lengths, LEAST_LENGTH)) @ weighted
    return scaled.tocsr(), idf


def _linear(matrix: Any, labels: Bools, rows: Bools, weights: Array) -> Any:
    """A linear model of one theme's wording; None where there is too little to learn."""
    wanted = labels[rows]
    if wanted.sum() < 3 or wanted.all():
        return None
    learner = LogisticRegression(
        C=WORDING_FREEDOM,
        class_weight={False: 1, True: RARE},
        solver="liblinear",
    )
    return learner.fit(matrix[rows], wanted, sample_weight=weights[rows])
