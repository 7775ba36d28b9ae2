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
    """A cue, and what labelled passages say of it.

    Attributes:
        theme: the code of its theme.
        cue: as it stands in the framework.
        weight: what the framework gives it.
        right: passages that had it and are evidence of the theme; ones that count for more
            than one in training do so here.
        seen: passages that had it.
    """

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
    """The cues that are mostly wrong, worst first; those of no framework any more left out.

    Args:
        frameworks: that are in use.
        model: that keeps how each cue did.
        below: share of passages with the theme under which a cue is weak.
        least: passages with the cue from which its share says something.
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
