"""Where candidates hold what is asked: places named, words in a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.search.index.candidates import Candidates
from kb.search.index.lexicon import Ints

Mask = npt.NDArray[np.bool_]


def about(found: Candidates, place: int) -> Mask:
    """Which candidates are about a municipality."""
    taken = found.municipalities
    held = np.zeros(len(found), np.bool_)
    held[taken.owners[np.asarray(taken.words) == place]] = True
    return held


def run_places(
    stems: Ints, owners: Ints, run: Sequence[int], slop: int = 0
) -> Ints:
    """Places where a row of stems begins, never over the end of a passage.

    Args:
        stems: those of all texts, one after another.
        owners: which text each belongs to.
        run: the stems wanted in a row.
        slop: how many others may stand between two of them.

    >>> stems = np.array([7, 1, 2, 5, 1, 2])
    >>> run_places(stems, np.array([0, 0, 0, 0, 0, 1]), [1, 2]).tolist()
    [1]
    """
    starts = np.flatnonzero(stems == run[0])
    ends = starts
    for wanted in run[1:]:
        matched = np.full(len(starts), -1)
        for skip in range(slop, -1, -1):  # the nearest last, so that it stays
            at = np.minimum(ends + 1 + skip, len(stems) - 1)
            same_text = (at > ends) & (owners[at] == owners[starts])
            fits = (stems[at] == wanted) & same_text
            matched[fits] = at[fits]
        starts, ends = starts[matched >= 0], matched[matched >= 0]
    return starts
