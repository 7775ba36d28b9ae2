"""Which cues fire mostly on passages without their theme? By the labels of the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.themes.cue_record import Share
from kb.themes.frameworks import Frameworks
from kb.themes.model import Model

# Of the passages with a plain cue a fifth is evidence: less than that is noise.
MOSTLY_WRONG = 0.2
ENOUGH_SEEN = 5.0  # labels below which a share says little


@dataclass(frozen=True, slots=True)
class WeakCue:
    """A cue, how many labelled passages had it, and in how many the theme was there."""

    theme: str
    cue: str
    weight: float
    right: float
    seen: float


def weak_cues(
    frameworks: Frameworks,
    model: Model,
    below: float = MOSTLY_WRONG,
    least: float = ENOUGH_SEEN,
) -> Iterator[WeakCue]:
    """The cues seen at least `least` times and right in less than `below`, worst first.

    Cues that no framework has any more are left out.
    """
    shares = model.cue_record.cues
    weak = [
        WeakCue(theme, cue, weight, share.right, share.seen)
        for (theme, cue, weight), share in shares.items()
        if theme in frameworks.themes and _is_weak(share, below, least)
    ]
    yield from sorted(
        weak, key=lambda it: (it.right / it.seen, -it.seen, it.cue)
    )


def _is_weak(share: Share, below: float, least: float) -> bool:
    return share.seen >= least and share.right < below * share.seen
