"""The passages that are ranked, with their words at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.search.index.collection import Collection
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text that several candidates have: the path of a section."""

    texts: Rows
    owners: Ints  # which text each word belongs to
    of: Ints  # which text each candidate has


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate passages; `owners` tells which of them each word belongs to."""

    rows: Ints
    bodies: Rows
    owners: Ints
    sections: SharedText

    def __len__(self) -> int:
        return len(self.rows)


def gather(collection: Collection, rows: Ints) -> Candidates:
    """Words of the candidates, and their section paths."""
    bodies = collection.bodies.take(rows)
    return Candidates(
        rows,
        bodies,
        bodies.owners,
        _shared(collection.sections, collection.columns["section"][rows]),
    )


def about(collection: Collection, rows: Ints, place: int) -> Mask:
    """Which rows are about a municipality."""
    taken = collection.municipalities.take(rows)
    found = np.zeros(len(rows), np.bool_)
    found[taken.owners[np.asarray(taken.words) == place]] = True
    return found


def _shared(texts: Rows, numbers: Ints) -> SharedText:
    different, of = np.unique(numbers, return_inverse=True)
    taken = texts.take(different)
    return SharedText(taken, taken.owners, of)


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
