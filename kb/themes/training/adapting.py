"""Let a model go on learning from what people decided, without the texts it was made from.

Three things move, each drawn to where it was: how often each cue is right, the wording of
each theme, and how common each theme is. A few decisions move a little; what nobody decided
on stays. The rest of the model, and its calibration on many documents, is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from kb.themes.cue_record import told
from kb.themes.features import Array
from kb.themes.model import Model
from kb.themes.training.examples import Bools, Examples
from kb.themes.wording import BUCKETS, LEAST_LENGTH, Wording, counts_of

COUNTS = (
    3.0  # a decision in the record of a cue beside a label of the training
)
FREEDOM = 1.0  # standard deviation of a theme's move, in log-odds
WORDING_FREEDOM = (
    1.5  # the same of the weight of one n-gram in a text of length one
)


def adapt(
    model: Model, examples: Examples, codes: Sequence[str] | None = None
) -> Model:
    """`model` after the decisions in `examples`.

    Args:
        model: what to go on from.
        examples: the passages that were decided on, with what was said of each theme.
        codes: the themes that may move; all when not given.
    """
    told_more = _with_record(model, examples)
    sure = examples.said & ~examples.mention
    columns = told_more.complete(
        examples.columns, examples.found, examples.codes
    )
    parts = told_more.parts(columns, examples.codes)
    odds = np.sum(list(parts.values()), axis=0)
    grams = ngrams(told_more.wording, examples)
    moved = dict(told_more.moved)
    weights_of = {c: unpacked(w) for c, w in told_more.wording.weights.items()}
    per_odds = _wording_per_odds(told_more)
    for at, code in enumerate(examples.codes):
        rows = sure[:, at]
        if not rows.any() or (codes is not None and code not in codes):
            continue
        shift, weights = _fitted(
            odds[rows, at], grams[rows], examples.evidence[rows, at]
        )
        moved[code] = round(moved.get(code, 0.0) + shift, 4)
        if per_odds and code in weights_of:
            weights_of[code] = weights_of[code] + weights * per_odds
    packed = {c: w.astype(np.float16).tobytes() for c, w in weights_of.items()}
    wording = msgspec.structs.replace(told_more.wording, weights=packed)
    return msgspec.structs.replace(told_more, moved=moved, wording=wording)


def _with_record(model: Model, examples: Examples) -> Model:
    """The model with the cues of decided passages in its record."""
    added = []
    sure = examples.said & ~examples.mention
    for row, cues in enumerate(examples.found):
        for at, code in enumerate(examples.codes):
            if not sure[row, at]:
                continue
            right = COUNTS * bool(examples.evidence[row, at])
            for cue, strength in told(cues.counted.get(code, ())):
                added.append((code, cue, strength, right, COUNTS))
    return msgspec.structs.replace(model, record=(*model.record, *added))


def ngrams(wording: Wording, examples: Examples) -> sparse.csr_matrix:
    """Weighted n-grams of each passage at length one, as the wording weighs them."""
    counted = [counts_of(cues.words) for cues in examples.found]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in counted)])
    buckets = np.concatenate([buckets for buckets, _ in counted])
    values = np.concatenate([values for _, values in counted]).astype(float)
    shape = (len(counted), BUCKETS)
    raw = sparse.csr_matrix((values, buckets, ends), shape=shape)
    weighted = raw @ sparse.diags(unpacked(wording.idf))
    lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    return sparse.diags(1 / np.maximum(lengths, LEAST_LENGTH)) @ weighted


def unpacked(packed: bytes) -> Array:
    """Half-precision numbers as the wording keeps them."""
    return np.frombuffer(packed, dtype=np.float16).astype(float)


def _wording_per_odds(model: Model) -> float:
    """What one log-odd is in the weights of the wording; 0 where it does not count."""
    if "wording" not in model.features or not model.wording.weights:
        return 0.0
    at = model.features.index("wording")
    counts = model.evidence.weights[at] * model.evidence.slope
    return model.scale[at] / counts if abs(counts) > 1e-6 else 0.0


def _fitted(
    odds: Array, grams: sparse.csr_matrix, right: Bools
) -> tuple[float, Array]:
    """(move of the theme, weights of n-grams) that make decisions likeliest."""
    sign = np.where(right, 1.0, -1.0)

    def unlikely(values: Array) -> tuple[float, Array]:
        shift, weights = values[0], values[1:]
        margin = sign * (odds + shift + grams @ weights)
        penalty = (shift / FREEDOM) ** 2
        penalty += (weights @ weights) / WORDING_FREEDOM**2
        loss = np.logaddexp(0, -margin).sum() + penalty / 2
        slope = -sign / (1 + np.exp(np.clip(margin, -30, 30)))
        by_weight = grams.T @ slope + weights / WORDING_FREEDOM**2
        by_shift = slope.sum() + shift / FREEDOM**2
        return float(loss), np.concatenate([[by_shift], by_weight])

    start = np.zeros(1 + grams.shape[1])
    found = minimize(unlikely, start, jac=True, method="L-BFGS-B")
    return float(found.x[0]), found.x[1:]
