"""The trained layer: one logistic model over what `features` tells, for every theme of every framework.

Themes that were in the training have an intercept and slopes of their own; a theme of a user's framework is scored by what the
themes share. The file is JSON: feature names, numbers, and a card of what it was trained on; no words and no sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np

from kb.errors import InputFileError
from kb.themes.features import NAMES, Array

UNTRAINED = 2.0  # log-odds for a theme of few cues that was in no training: an assumption, not a measurement
OWN_SLOPES = (
    "strength",
    "density",
)  # features for which a trained theme has a slope of its own
LAYERS: Mapping[str, tuple[str, ...]] = {
    "cues": (
        "strength",
        "density",
        "strong",
        "patterns",
        "best_sentence",
        "spread",
        "first_sentence",
        "listed",
    ),
    "rivals": ("share", "lead", "others"),
    "section": ("title",),
    "around": ("near", "around", "share_near", "strength_near"),
    "passage": ("length", "short", "question", "self"),
}
USED = tuple(name for names in LAYERS.values() for name in names)


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a trained theme has of its own."""

    intercept: float
    slopes: tuple[float, ...]


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights over standardised features, calibration of the log-odds, and the score from which a tag is evidence."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    themes: Mapping[str, Own]
    calibration: tuple[float, float] = (1.0, 0.0)
    threshold: float = 0.4
    card: Mapping[str, str] = {}

    def standard(self, features: Array) -> Array:
        """The features this model uses (passages × themes × features), standardised."""
        columns = [NAMES.index(name) for name in self.features]
        return np.asarray(
            (features[:, :, columns] - np.array(self.mean)) / np.array(self.scale)
        )

    def parts(self, features: Array, codes: Sequence[str]) -> Mapping[str, Array]:
        """Log-odds by layer (passages × themes), before calibration; their sum is the model's."""
        standard = self.standard(features)
        weighted = standard * np.array(self.weights)
        parts = {
            layer: weighted[
                :, :, [self.features.index(n) for n in names if n in self.features]
            ].sum(axis=2)
            for layer, names in LAYERS.items()
        }
        own = np.full(parts["cues"].shape, self.intercept)
        slopes = [
            self.features.index(name) for name in OWN_SLOPES if name in self.features
        ]
        for at, code in enumerate(codes):
            if code in self.themes:
                theme = self.themes[code]
                own[:, at] += theme.intercept + standard[:, at, slopes] @ np.array(
                    theme.slopes
                )
            else:
                own[:, at] += UNTRAINED
        return {**parts, "theme": own}

    def scores(self, parts: Mapping[str, Array]) -> Array:
        """Calibrated probabilities from the log-odds by layer."""
        slope, shift = self.calibration
        odds = slope * np.sum(list(parts.values()), axis=0) + shift
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def load_model(path: Path | None = None) -> Model:
    """The model in `path`, or the project's own. Raises InputFileError for a file that is not a model."""
    source = files("kb.themes").joinpath("model/model.json") if path is None else path
    try:
        model = msgspec.json.decode(source.read_bytes(), type=Model)
    except msgspec.DecodeError as error:
        raise InputFileError(path=str(path), line=1, reason=str(error)) from None
    unknown = [name for name in model.features if name not in NAMES]
    if unknown:
        raise InputFileError(
            path=str(path), line=1, reason=f"features {', '.join(unknown)}"
        )
    return model


def save_model(model: Model, path: Path) -> None:
    """Write aside, then rename."""
    aside = path.with_suffix(".part")
    aside.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
    aside.replace(path)
