"""How often each cue was right where people labelled: its record.

A cue that fires mostly on passages without its theme says little, whatever weight its
author gave it. Shares are drawn towards what cues of the same weight do for the same theme,
and those towards what cues of that weight do at all, so that few labels move little.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.themes.cues.reader import Counted, CuesFound
from kb.themes.features import LAYERS, Columns

# Labels that the share of a cue's weight counts for beside the cue's own labels, and those
# that the share over all themes counts for beside a theme's own. Tried: 2, 4, 8 and 5, 10.
CUE_PRIOR = 4.0
THEME_PRIOR = 10.0
_LEAST, _MOST = 0.01, 0.97  # shares are kept off 0 and 1
ABSENT = -4.0  # log-odds where a theme has no cue


@dataclass(slots=True)
class Share:
    """How often right of how often seen."""

    right: float = 0.0
    seen: float = 0.0

    def add(self, right: float, seen: float) -> None:
        self.right += right
        self.seen += seen

    def towards(self, prior: float, weight: float) -> float:
        """The share, drawn to `prior` as by `weight` more labels."""
        return (self.right + weight * prior) / (self.seen + weight)


@dataclass(slots=True)
class CueRecord:
    """Shares by (theme, cue, its weight), by (theme, weight) and by weight."""

    cues: dict[tuple[str, str, float], Share] = field(default_factory=dict)
    weights: dict[tuple[str, float], Share] = field(default_factory=dict)
    overall: dict[float, Share] = field(default_factory=dict)

    def add(
        self, theme: str, cue: str, weight: float, right: float, seen: float
    ) -> None:
        """Count labels on passages of `theme` where `cue` stands."""
        self.cues.setdefault((theme, cue, weight), Share()).add(right, seen)
        self.weights.setdefault((theme, weight), Share()).add(right, seen)
        self.overall.setdefault(weight, Share()).add(right, seen)

    def rate(
        self, theme: str, cue: str, weight: float, less: CueRecord | None
    ) -> float:
        """The share of passages with the cue that were evidence.

        Args:
            theme: its code.
            cue: as its framework writes it.
            weight: what its framework gives it.
            less: labels not to count, so that nobody is judged by his own answers.
        """
        prior = self.overall.get(weight, Share()).towards(1 / 3, 3.0)
        prior = self.weights.get((theme, weight), Share()).towards(
            prior, THEME_PRIOR
        )
        own = self.cues.get((theme, cue, weight), Share())
        gone = (
            less.cues.get((theme, cue, weight), Share()) if less else Share()
        )
        left = Share(own.right - gone.right, own.seen - gone.seen)
        return min(_MOST, max(_LEAST, left.towards(prior, CUE_PRIOR)))


def told(counted: Iterable[Counted]) -> frozenset[tuple[str, float]]:
    """The cues of a theme in a passage, each once, with their weights."""
    return frozenset((cue.source, cue.match.pattern.weight) for cue in counted)


def record_columns(
    record: CueRecord,
    found: Sequence[CuesFound],
    codes: Sequence[str],
    less: Sequence[CueRecord | None] | None = None,
) -> Columns:
    """The layer `record`: what the cues of each theme promise by their record.

    Args:
        record: of the labels trained on.
        found: the cues of each passage.
        codes: the themes, in the order of the columns.
        less: for each passage the labels that must not count (its own document's).
    """
    columns = {
        name: np.zeros((len(found), len(codes))) for name in LAYERS["record"]
    }
    columns["best_cue"][:] = ABSENT
    for row, cues in enumerate(found):
        gone = less[row] if less else None
        for at, code in enumerate(codes):
            if code in cues.counted:
                named = told(cues.counted[code])
                rates = [
                    record.rate(code, cue, weight, gone)
                    for cue, weight in named
                ]
                for name, value in _promise(rates).items():
                    columns[name][row, at] = value
    return columns


def _promise(rates: Sequence[float]) -> Mapping[str, float]:
    """What several cues promise.

    `together` is the log-odds-like weight of all cues as if they were independent signs.
    """
    ordered = sorted(rates, reverse=True)
    best = ordered[0]
    none_right = sum(math.log1p(-rate) for rate in ordered)
    return {
        "best_cue": math.log(best / (1 - best)),
        "together": math.log1p(-none_right),
        "second_cue": ordered[1] if len(ordered) > 1 else 0.0,
        "number": float(len(ordered)),
    }
