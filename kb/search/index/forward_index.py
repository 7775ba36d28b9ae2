"""What each passage says, as word numbers in a row: for ranking, proximity, phrases and feedback without asking an engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.search.index.lexicon import Ints


@dataclass
class Rows:
    """Word numbers of many texts, one after another; text i is `words[starts[i]:starts[i + 1]]`."""

    starts: Ints
    words: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Ints:
        return self.words[self.starts[row] : self.starts[row + 1]]

    @property
    def owners(self) -> Ints:
        """Which text each word belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def lengths(self, rows: Ints) -> Ints:
        """Number of words of each of `rows`."""
        return self.starts[rows + 1] - self.starts[rows]

    def take(self, rows: Ints) -> Rows:
        """The texts of `rows`, in their order, as rows of their own."""
        lengths = self.lengths(rows)
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        places = np.arange(starts[-1]) + np.repeat(
            self.starts[rows] - starts[:-1], lengths
        )
        return Rows(starts, np.asarray(self.words[places]))

    def save(self, folder: Path, name: str) -> None:
        """Write as two arrays under `name`."""
        np.save(folder / f"{name}.starts.npy", self.starts)
        np.save(folder / f"{name}.words.npy", self.words)

    @classmethod
    def load(cls, folder: Path, name: str) -> Rows:
        """Read what `save` wrote; the words stay on disk until asked for."""
        return cls(
            np.load(folder / f"{name}.starts.npy"),
            np.load(folder / f"{name}.words.npy", mmap_mode="r"),
        )


def rows_of(texts: list[list[int]]) -> Rows:
    """Rows from lists of word numbers."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(t) for t in texts], out=starts[1:])
    return Rows(starts, np.array([i for t in texts for i in t], np.int32))


def sums(values: np.ndarray, owners: Ints, size: int) -> np.ndarray:
    """Sum of `values` by the row that owns each; quick where most values are nought."""
    held = np.flatnonzero(values != 0)  # numpy finds true ones far sooner than floats
    return np.bincount(owners[held], weights=values[held], minlength=size)
