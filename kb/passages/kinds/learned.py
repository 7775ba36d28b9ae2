"""The learned layer over the rules: which kind do they, the form and the place speak for?

One multinomial logistic model over the columns of `columns`, trained on passages that
people judged. The file holds names and numbers, no words of a text. What layout, title or
form settles it does not touch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np

from kb.passages.kinds.columns import Array, columns_of
from kb.passages.kinds.rules import Ruled


class KindModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of each kind over standardised columns."""

    columns: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]  # by kind
    intercepts: Mapping[str, float]
    card: Mapping[str, str] = {}

    def odds(self, names: Sequence[str], columns: Array) -> Array:
        """How much speaks for each kind (passages × kinds), in the order of `weights`."""
        place = {name: at for at, name in enumerate(names)}
        raw = columns[:, [place[name] for name in self.columns]]
        standard = (raw - np.array(self.mean)) / np.array(self.scale)
        weights = np.array(list(self.weights.values()))
        shift = np.array([self.intercepts[kind] for kind in self.weights])
        return np.asarray(standard @ weights.T + shift)


@cache
def kind_model() -> KindModel:
    """The project's model."""
    data = files("kb.passages.kinds").joinpath("model.json").read_bytes()
    return msgspec.json.decode(data, type=KindModel)


def learned_kinds(
    found: Sequence[Ruled], model: KindModel | None = None
) -> list[str]:
    """The kind of each passage of one document: by the rules where they settle it.

    Args:
        found: what the rules say of its passages, in order.
        model: the project's own when not given.
    """
    kinds = [it.kind for it in found]
    rows = [at for at, it in enumerate(found) if not it.settled]
    if rows:
        model = model or kind_model()
        known = tuple(model.weights)
        best = model.odds(*columns_of(found, rows)).argmax(axis=1)
        for at, kind in zip(rows, best, strict=True):
            kinds[at] = known[kind]
    return kinds
