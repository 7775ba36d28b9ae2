"""Train the model from labelled passages, and measure it by leaving out one document at a time.

Labels are for (passage, theme): evidence, not evidence, or unsaid (a passing mention, or nobody looked). The fit is a logistic
regression with a Gaussian prior around zero or around an earlier model (so that a curator's few decisions move it gently),
solved by Newton's method; calibration is Platt's, on predictions for documents left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.records import Passage
from kb.themes.cues.reader import CueReader
from kb.themes.features import NAMES, Array, cues_found, features_of, titles_of
from kb.themes.frameworks import Frameworks
from kb.themes.model import OWN_SLOPES, UNTRAINED, USED, Model, Own

Bools = NDArray[np.bool_]
STRENGTH = 0.1  # inverse strength of the prior
FOLDS = 5  # in which many short documents are taken together
OWN = 0.6  # how freely a theme's own numbers move, beside the shared ones


@dataclass(frozen=True)
class Examples:
    """Labelled passages: features (n × themes × NAMES), labels and which of them were said (n × themes), document of each."""

    codes: tuple[str, ...]
    features: Array
    labels: Bools
    said: Bools
    documents: NDArray[np.str_]
    has_cue: Bools
    ids: tuple[str, ...]

    def of(self, rows: NDArray[np.bool_]) -> Examples:
        return replace(
            self,
            features=self.features[rows],
            labels=self.labels[rows],
            said=self.said[rows],
            documents=self.documents[rows],
            has_cue=self.has_cue[rows],
            ids=tuple(id for id, keep in zip(self.ids, rows, strict=True) if keep),
        )

    def beside(self, other: Examples | None) -> Examples:
        """These and other examples for the same themes."""
        if other is None:
            return self
        return replace(
            self,
            features=np.concatenate([self.features, other.features]),
            labels=np.concatenate([self.labels, other.labels]),
            said=np.concatenate([self.said, other.said]),
            documents=np.concatenate([self.documents, other.documents]),
            has_cue=np.concatenate([self.has_cue, other.has_cue]),
            ids=self.ids + other.ids,
        )

    def in_folds(self, folds: int = FOLDS) -> Examples:
        """The same with short documents taken together, so that leaving one out is quick."""
        names = sorted(set(self.documents.tolist()))
        fold = {name: f"fold {at % folds}" for at, name in enumerate(names)}
        return replace(
            self, documents=np.array([fold[name] for name in self.documents])
        )


def document_features(
    reader: CueReader, groups: Mapping[str, Sequence[str]], passages: Sequence[Passage]
) -> tuple[Array, Bools]:
    """(features, has a cue) of the passages of one document, for the themes of `groups` in order."""
    readings = cues_found(reader, passages)
    codes = [code for group in groups.values() for code in group]
    has_cue = np.array(
        [[code in reading.counted for code in codes] for reading in readings],
        dtype=bool,
    ).reshape(len(passages), len(codes))
    return features_of(passages, readings, titles_of(reader, passages), groups), has_cue


def examples_of(
    frameworks: Frameworks,
    documents: Mapping[str, Sequence[Passage]],
    labels: Mapping[str, Mapping[str, bool]],
    codes: Sequence[str],
) -> Examples:
    """Examples from whole documents in reading order and what was said of their passages: id → theme → evidence."""
    reader = CueReader(frameworks)
    groups = {
        f.key: [t.code for t in f.themes if t.code in codes]
        for f in frameworks
        if any(t.code in codes for t in f.themes)
    }
    ordered = [code for group in groups.values() for code in group]
    rows, cued, said, wanted, names, ids = [], [], [], [], [], []
    for name, passages in documents.items():
        features, has_cue = document_features(reader, groups, passages)
        for at, passage in enumerate(passages):
            if passage.id in labels:
                given = labels[passage.id]
                rows.append(features[at])
                cued.append(has_cue[at])
                said.append([code in given for code in ordered])
                wanted.append([given.get(code, False) for code in ordered])
                names.append(name)
                ids.append(passage.id)
    shape = (len(rows), len(ordered))
    return Examples(
        tuple(ordered),
        np.array(rows).reshape(*shape, len(NAMES)),
        np.array(wanted, dtype=bool).reshape(shape),
        np.array(said, dtype=bool).reshape(shape),
        np.array(names),
        np.array(cued, dtype=bool).reshape(shape),
        tuple(ids),
    )


def _design(standard: Array, slopes: Sequence[int]) -> Array:
    """Rows (passage, theme) × [shared features, 1, own intercepts, own slopes]; own numbers are scaled by OWN."""
    n, themes, features = standard.shape
    own = np.zeros((n, themes, themes * (1 + len(slopes))))
    for at in range(themes):
        own[:, at, at] = OWN
        for number, column in enumerate(slopes, start=1):
            own[:, at, themes * number + at] = OWN * standard[:, at, column]
    ones = np.ones((n, themes, 1))
    return np.concatenate([standard, ones, own], axis=2).reshape(
        n * themes, features + 1 + own.shape[2]
    )


def _loss(
    design: Array, labels: Array, weights: Array, prior: Array, free: Array
) -> float:
    odds = design @ weights
    return float(
        (np.logaddexp(0, odds) - labels * odds).sum()
        + ((weights - prior) ** 2 / free).sum() / 2
    )


def _newton(design: Array, labels: Array, prior: Array, free: Array) -> Array:
    """Maximum a posteriori of a logistic regression; `free` is the prior variance of each coefficient."""
    weights, loss = prior.copy(), _loss(design, labels, prior, prior, free)
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (p - labels) + (weights - prior) / free
        hessian = (design * (p * (1 - p))[:, None]).T @ design + np.diag(1 / free)
        step = np.linalg.solve(hessian, gradient)
        while (
            np.abs(step).max() > 1e-7
            and _loss(design, labels, weights - step, prior, free) > loss
        ):
            step = (
                step / 2
            )  # a full step may overshoot where the labels contradict the prior
        if np.abs(step).max() <= 1e-7:
            break
        weights = weights - step
        loss = _loss(design, labels, weights, prior, free)
    return weights


def fit(
    examples: Examples,
    used: Sequence[str] = USED,
    own: Sequence[str] = OWN_SLOPES,
    strength: float = STRENGTH,
) -> Model:
    """A model of the examples, not yet calibrated."""
    columns = [NAMES.index(name) for name in used]
    raw = examples.features[:, :, columns]
    flat = raw.reshape(-1, len(columns))
    mean, spread = flat.mean(axis=0), flat.std(axis=0)
    scale = np.where(
        spread > 1e-4, spread, 1.0
    )  # a feature that never varies says nothing
    slopes = [used.index(name) for name in own if name in used]
    design = _design((raw - mean) / scale, slopes)
    said = examples.said.ravel()
    free = np.full(design.shape[1], strength)
    free[len(columns)] = 1e4  # the common intercept is free
    weights = _newton(
        design[said],
        examples.labels.ravel()[said].astype(float),
        np.zeros(design.shape[1]),
        free,
    )
    return _model(examples.codes, used, mean, scale, weights, len(slopes))


def _model(
    codes: Sequence[str],
    used: Sequence[str],
    mean: Array,
    scale: Array,
    weights: Array,
    slopes: int,
) -> Model:
    shared, themes = len(used), len(codes)
    owned = weights[shared + 1 :].reshape(1 + slopes, themes) * OWN
    padding = (0.0,) * (len(OWN_SLOPES) - slopes)
    return Model(
        features=tuple(used),
        mean=_rounded(mean),
        scale=_rounded(scale),
        weights=_rounded(weights[:shared]),
        intercept=round(float(weights[shared]), 5),
        themes={
            code: Own(round(float(owned[0, at]), 5), _rounded(owned[1:, at]) + padding)
            for at, code in enumerate(codes)
        },
    )


def _rounded(values: Array) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


def adjust(model: Model, examples: Examples, strength: float = 0.5) -> Model:
    """`model` moved towards the examples: its weights are the prior, its standardisation and calibration stay.

    A decision on a theme chiefly moves that theme's own numbers; what the themes share is held twenty times as tight.
    """
    codes = examples.codes
    if not examples.said.any():
        return model
    slopes = [
        model.features.index(name) for name in OWN_SLOPES if name in model.features
    ]
    design = _design(model.standard(examples.features), slopes)
    untrained = Own(UNTRAINED, (0.0,) * len(OWN_SLOPES))
    own = [model.themes.get(code, untrained) for code in codes]
    numbers = [
        [o.intercept for o in own],
        *([o.slopes[at] for o in own] for at in range(len(slopes))),
    ]
    prior = np.concatenate(
        [np.array([*model.weights, model.intercept]), np.array(numbers).ravel() / OWN]
    )
    said = examples.said.ravel()
    free = np.full(design.shape[1], strength)
    free[: len(model.weights) + 1] = strength / 20
    weights = _newton(
        design[said], examples.labels.ravel()[said].astype(float), prior, free
    )
    moved = _model(
        codes,
        model.features,
        np.array(model.mean),
        np.array(model.scale),
        weights,
        len(slopes),
    )
    themes = {
        **model.themes,
        **{
            code: moved.themes[code]
            for at, code in enumerate(codes)
            if examples.said[:, at].any()
        },
    }
    return _changed(
        moved,
        themes=themes,
        calibration=model.calibration,
        threshold=model.threshold,
        card=model.card,
    )


def _changed(model: Model, **changes: Any) -> Model:
    return msgspec.structs.replace(model, **changes)


def with_card(model: Model, examples: Examples, date: str) -> Model:
    """The model with what it was trained on: date, and how many labels of how many passages in how many documents."""
    labelled = (
        f"{int(examples.said.sum())} labels ({int(examples.labels[examples.said].sum())} of evidence) "
        f"on {len(examples.ids)} passages of {len(set(examples.documents.tolist()))} documents"
    )
    return _changed(
        model, card={**model.card, "date": date, "labelled": labelled, "licence": "MIT"}
    )


def log_odds(model: Model, examples: Examples) -> Array:
    """Uncalibrated log-odds (passages × themes)."""
    return np.asarray(
        np.sum(list(model.parts(examples.features, examples.codes).values()), axis=0)
    )


def left_out(
    examples: Examples, used: Sequence[str] = USED, own: Sequence[str] = OWN_SLOPES
) -> Array:
    """Log-odds of every passage by a model trained on the other documents."""
    odds = np.zeros(examples.labels.shape)
    for name in np.unique(examples.documents):
        inside = examples.documents == name
        odds[inside] = log_odds(
            fit(examples.of(~inside), used, own), examples.of(inside)
        )
    return odds


def calibrate(odds: Array, labels: Bools) -> tuple[float, float]:
    """Platt's (slope, shift) for log-odds of documents left out; softened targets."""
    positives, negatives = labels.sum(), (~labels).sum()
    targets = np.where(labels, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    design = np.stack([odds, np.ones_like(odds)], axis=1)
    slope, shift = _newton(
        design, targets, np.array([1.0, 0.0]), np.array([10.0, 10.0])
    )
    return round(float(slope), 5), round(float(shift), 5)


def recalibrate(model: Model, scores: Array, right: Bools, threshold: float) -> Model:
    """`model` with Platt's correction of its `scores` on other passages, where they were `right` or not."""
    odds = np.log(
        np.clip(scores, 1e-6, 1 - 1e-6) / (1 - np.clip(scores, 1e-6, 1 - 1e-6))
    )
    slope, shift = calibrate(np.clip(odds, -12, 12), right)
    before, moved = model.calibration
    return _changed(
        model,
        calibration=(round(slope * before, 5), round(slope * moved + shift, 5)),
        threshold=threshold,
    )


def train(
    examples: Examples, used: Sequence[str] = USED, own: Sequence[str] = OWN_SLOPES
) -> Model:
    """A calibrated model; its threshold is half the best F1 on documents left out, which is where expected F1 is highest."""
    model = fit(examples, used, own)
    odds = left_out(examples, used, own)
    said = examples.said
    slope, shift = calibrate(odds[said], examples.labels[said])
    scores = 1 / (1 + np.exp(-(slope * odds + shift)))
    threshold = round(best_f1(scores[said], examples.labels[said]) / 2, 3)
    return _changed(model, calibration=(slope, shift), threshold=threshold)


def best_f1(scores: Array, labels: Bools) -> float:
    """The highest micro-F1 over all thresholds."""
    order = np.argsort(-scores)
    hits = np.cumsum(labels[order])
    found = 2 * hits / (np.arange(1, len(hits) + 1) + labels.sum())
    return float(found.max()) if len(found) else 0.0


@dataclass(frozen=True)
class CrossValidation:
    """Scores and tags of every passage by a model that saw nothing of its document."""

    scores: Array
    tagged: Bools
    thresholds: Mapping[str, float]


def cross_validate(
    examples: Examples,
    used: Sequence[str] = USED,
    own: Sequence[str] = OWN_SLOPES,
    beside: Examples | None = None,
) -> CrossValidation:
    """Train on the other documents (calibration and threshold too), test on one, for each document; `beside` is always trained on."""
    scores = np.zeros(examples.labels.shape)
    tagged = np.zeros(examples.labels.shape, dtype=bool)
    thresholds = {}
    for name in np.unique(examples.documents):
        inside = examples.documents == name
        model = train(examples.of(~inside).beside(beside), used, own)
        test = examples.of(inside)
        scores[inside] = model.scores(model.parts(test.features, test.codes))
        tagged[inside] = (scores[inside] >= model.threshold) & test.has_cue
        thresholds[str(name)] = model.threshold
    return CrossValidation(scores, tagged, thresholds)
