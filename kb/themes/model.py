"""The trained layer: how probable it is that a passage is evidence on a theme.

One logistic model over the columns of `features`, shared by all themes, with an intercept
for each theme it was trained on. The file is JSON: names, numbers, and a card of what it
was trained on; no words and no sentences. A theme that was in no training (a user's own) is
judged by its cues alone: see `by_rule`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np

from kb.errors import InputFileError
from kb.themes.bands import SHOWN
from kb.themes.cue_record import CueRecord, record_columns
from kb.themes.cues.reader import CuesFound
from kb.themes.features import LAYERS, NAMES, Array, Columns
from kb.themes.wording import Wording
from kb.whole_files import write_whole

ENOUGH = 3.0  # strength of one core cue: by rule as probable as RULED
RULED = SHOWN
Labels = tuple[
    str, str, float, float, float
]  # theme, cue, weight, right, seen


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights over standardised columns; log-odds are calibrated by slope and shift."""

    weights: tuple[float, ...]
    themes: Mapping[str, float]  # intercept of each
    slope: float = 1.0
    shift: float = 0.0


class Model(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True
):
    """What was learnt.

    `evidence` tells evidence from the rest; `mention` tells evidence or mention from
    nothing. `moved` holds what curators' decisions moved: log-odds by theme.
    """

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    evidence: Head
    mention: Head
    record: tuple[Labels, ...] = ()
    wording: Wording = Wording()
    moved: Mapping[str, float] = {}
    card: Mapping[str, str] = {}

    @cached_property
    def cue_record(self) -> CueRecord:
        """The record of single cues, ready to ask."""
        record = CueRecord()
        for labels in self.record:
            record.add(*labels)
        return record

    def complete(
        self,
        columns: Columns,
        found: Sequence[CuesFound],
        codes: Sequence[str],
    ) -> Columns:
        """The columns with those that the model itself adds."""
        wording = self.wording.scores([cues.words for cues in found], codes)
        record = record_columns(self.cue_record, found, codes)
        return {**columns, **record, "wording": wording}

    def parts(
        self, columns: Columns, codes: Sequence[str]
    ) -> Mapping[str, Array]:
        """Calibrated log-odds of evidence by layer (passages × themes); they add up."""
        head = self.evidence
        parts = {}
        for layer, names in LAYERS.items():
            terms = [self._term(columns, name, head) for name in names]
            parts[layer] = np.sum(terms, axis=0) * head.slope
        shape = next(iter(columns.values())).shape
        own = [
            self._intercept(head, code) + self.moved.get(code, 0.0)
            for code in codes
        ]
        return {**parts, "theme": np.broadcast_to(np.array(own), shape)}

    def mentioned(self, columns: Columns, codes: Sequence[str]) -> Array:
        """Probability that a passage is evidence on a theme or mentions it."""
        head = self.mention
        terms = [self._term(columns, name, head) for name in self.features]
        own = np.array([self._intercept(head, code) for code in codes])
        return probability(np.sum(terms, axis=0) * head.slope + own)

    def _term(self, columns: Columns, name: str, head: Head) -> Array:
        if name not in self.features:
            return np.zeros_like(columns[name])
        at = self.features.index(name)
        return (
            (columns[name] - self.mean[at]) / self.scale[at] * head.weights[at]
        )

    def _intercept(self, head: Head, code: str) -> float:
        return head.themes.get(code, 0.0) * head.slope + head.shift


def probability(odds: Array) -> Array:
    """The probability of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def by_rule(strength: float, moved: float = 0.0) -> float:
    """The score of a theme without training, by the strength of its cues.

    It is no probability: one core cue or two strong ones are enough to be shown.

    >>> round(by_rule(3.0), 2), round(by_rule(2.0), 2), round(by_rule(4.0), 2)
    (0.6, 0.46, 0.71)
    """
    score = 1 - math.pow(1 - RULED, strength / ENOUGH)
    if not moved:
        return score
    odds = math.log(score / (1 - score)) if score > 0 else -30.0
    return 1 / (1 + math.exp(-odds - moved))


def load_model(path: Path | None = None) -> Model:
    """The model in `path`, or the project's own.

    Raises:
        InputFileError: a file that is not a model, or one of another version.
    """
    own = files("kb.themes").joinpath("model/model.json")
    try:
        data = (own if path is None else path).read_bytes()
        model = msgspec.json.decode(data, type=Model)
    except msgspec.DecodeError as error:
        raise InputFileError(
            path=str(path), line=1, reason=str(error)
        ) from None
    unknown = [name for name in model.features if name not in NAMES]
    if unknown:
        reason = f"features {', '.join(unknown)}"
        raise InputFileError(path=str(path), line=1, reason=reason)
    return model


def save_model(model: Model, path: Path) -> None:
    """Write it whole or not at all. Raises OSError."""
    write_whole(path, msgspec.json.encode(model) + b"\n")
