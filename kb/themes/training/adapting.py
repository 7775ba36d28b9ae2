"""Let a model go on learning from what people decided, without the texts it was made from.

How often each cue was right is counted; what that leaves unexplained moves five things
together, each drawn to where it was: how strict the model is, how common each theme is, what
each column weighs, the wording of each theme, and the wording of all. A few decisions move
a little. The rest of the model, and its calibration on many documents, is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from kb.themes.cue_record import told
from kb.themes.features import Array
from kb.themes.model import Head, Model
from kb.themes.training.examples import Examples
from kb.themes.wording import BUCKETS, LEAST_LENGTH, Wording, counts_of

COUNTS = (
    3.0  # a decision in the record of a cue beside a label of the training
)
# How freely each moves: its variance in log-odds before decisions. Chosen by the likelihood
# of labels on the other halves of seven documents (docs/quality/curation.md).
STRICTNESS = 0.3
THEME = 0.5
COLUMNS = 0.5  # all of them together, at one standard deviation each
OWN_WORDING = 3.0  # at the length of a text of its own
SHARED_WORDING = 1.0
FLAT = 1e-6  # a weight of the wording below this has no scale to move on


@dataclass(frozen=True)
class _Moves:
    """What moves, in log-odds."""

    strictness: float
    themes: Array  # by theme
    columns: Array  # by column
    wording: Array  # themes × buckets


def adapt(model: Model, examples: Examples) -> Model:
    """`model` after the decisions in `examples`.

    Args:
        model: what to go on from.
        examples: the passages that were decided on, with what was said of each theme.
    """
    told_more = _with_record(model, examples)
    pairs = np.argwhere(examples.said & ~examples.mention)
    if not len(pairs):
        return told_more
    rows, themes = pairs.T
    columns = told_more.complete(
        examples.columns, examples.found, examples.codes
    )
    parts = told_more.parts(columns, examples.codes)
    odds = np.sum(list(parts.values()), axis=0)[rows, themes]
    design = _design(
        _standard(told_more, columns)[rows, themes],
        ngrams(told_more.wording, examples)[rows],
        themes,
        len(examples.codes),
    )
    found = _fitted(odds, design, examples.evidence[rows, themes])
    return _moved(
        told_more, examples.codes, _parted(found, told_more, examples)
    )


def _standard(model: Model, columns: Mapping[str, Array]) -> Array:
    """Passages × themes × columns as the model weighs them."""
    raw = np.stack([columns[name] for name in model.features], axis=2)
    return np.asarray((raw - np.array(model.mean)) / np.array(model.scale))


def _design(
    standard: Array,
    grams: sparse.csr_matrix,
    themes: NDArray[np.int64],
    count: int,
) -> sparse.csr_matrix:
    """A row a decision: what each thing that moves adds to it, at variance one."""
    number = len(themes)
    ones = np.ones((number, 1)) * np.sqrt(STRICTNESS)
    own = np.eye(count)[themes] * np.sqrt(THEME)
    by_column = standard * np.sqrt(COLUMNS / standard.shape[1])
    coo = grams.tocoo()
    places = coo.col + themes[coo.row] * BUCKETS
    shape = (number, count * BUCKETS)
    block = sparse.csr_matrix((coo.data, (coo.row, places)), shape=shape)
    wording = [block * np.sqrt(OWN_WORDING), grams * np.sqrt(SHARED_WORDING)]
    dense = sparse.csr_matrix(np.hstack([ones, own, by_column]))
    return sparse.hstack([dense, *wording]).tocsr()


def _fitted(
    odds: Array, design: sparse.csr_matrix, right: NDArray[np.bool_]
) -> Array:
    """The moves, at variance one, that make decisions likeliest."""
    sign = np.where(right, 1.0, -1.0)

    def unlikely(moves: Array) -> tuple[float, Array]:
        margin = sign * (odds + design @ moves)
        loss = np.logaddexp(0, -margin).sum() + moves @ moves / 2
        slope = -sign / (1 + np.exp(np.clip(margin, -30, 30)))
        return float(loss), design.T @ slope + moves

    start = np.zeros(design.shape[1])
    found = minimize(unlikely, start, jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


def _parted(found: Array, model: Model, examples: Examples) -> _Moves:
    """The moves of each thing, in log-odds."""
    count, columns = len(examples.codes), len(model.features)
    ends = np.cumsum([1, count, columns, count * BUCKETS])
    strictness, themes, weights, own, shared = np.split(found, ends)
    wording = own.reshape(count, BUCKETS) * np.sqrt(OWN_WORDING)
    return _Moves(
        float(strictness[0] * np.sqrt(STRICTNESS)),
        themes * np.sqrt(THEME),
        weights * np.sqrt(COLUMNS / columns),
        wording + shared * np.sqrt(SHARED_WORDING),
    )


def _moved(model: Model, codes: tuple[str, ...], moves: _Moves) -> Model:
    """The model with its moves; the wording is brought to the scale of its column."""
    old = model.evidence
    weights = np.array(old.weights) + moves.columns / old.slope
    head = msgspec.structs.replace(
        old,
        weights=tuple(round(float(weight), 5) for weight in weights),
        shift=round(old.shift + moves.strictness, 5),
    )
    by_theme = dict(model.moved)
    for code, move in zip(codes, moves.themes, strict=True):
        by_theme[code] = round(by_theme.get(code, 0.0) + float(move), 4)
    packed = dict(model.wording.weights)
    per_odds = _wording_per_odds(model, head)
    for code, move in zip(codes, moves.wording, strict=True):
        if per_odds and code in packed:
            now = unpacked(packed[code]) + move * per_odds
            packed[code] = now.astype(np.float16).tobytes()
    wording = msgspec.structs.replace(model.wording, weights=packed)
    return msgspec.structs.replace(
        model, evidence=head, moved=by_theme, wording=wording
    )


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


def _wording_per_odds(model: Model, head: Head) -> float:
    """What one log-odd is in the weights of the wording; 0 where it does not count."""
    if "wording" not in model.features or not model.wording.weights:
        return 0.0
    at = model.features.index("wording")
    counts = head.weights[at] * head.slope
    return model.scale[at] / counts if abs(counts) > FLAT else 0.0
