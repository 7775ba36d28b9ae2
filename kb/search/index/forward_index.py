"""What each passage says, as word numbers in a row.

Ranking, proximity, phrases and feedback read it without asking an engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.search.index.lexicon import Ints


@dataclass
class Rows:
    """Numbers of many texts, one after another.

    Text i is `words[starts[i]:starts[i + 1]]`; the numbers are mostly those of words.
    """

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

    def places(self, rows: Ints) -> Ints:
        """Where the words of `rows` stand in `words`, in their order."""
        lengths = self.lengths(rows)
        starts = starts_of(lengths)
        moved = np.repeat(self.starts[rows] - starts[:-1], lengths)
        return np.arange(starts[-1]) + moved

    def take(self, rows: Ints) -> Rows:
        """The texts of `rows`, in their order, as rows of their own.

        >>> rows_of([[1, 2], [3], []]).take(np.array([1, 0])).words.tolist()
        [3, 1, 2]
        """
        words = np.asarray(self.words[self.places(rows)])
        return Rows(starts_of(self.lengths(rows)), words)

    def between(self, first: int, last: int) -> Rows:
        """The texts from `first` up to `last`, as rows of their own."""
        starts = self.starts[first : last + 1]
        return Rows(starts - starts[0], self.words[starts[0] : starts[-1]])

    def renumbered(self, numbers: Ints) -> Rows:
        """The same texts where number n is called `numbers[n]`."""
        return Rows(self.starts, numbers[self.words])

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


def starts_of(lengths: Ints) -> Ints:
    """Where texts of these lengths begin, and at last where they end."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def rows_of(texts: Sequence[Sequence[int]]) -> Rows:
    """Rows from lists of numbers."""
    starts = starts_of(np.array([len(text) for text in texts], np.int64))
    return Rows(
        starts, np.array([n for text in texts for n in text], np.int32)
    )


def joined(parts: Sequence[Rows]) -> Rows:
    """The texts of several rows, one after another.

    >>> joined([rows_of([[1], [2, 3]]), rows_of([[4]])]).starts.tolist()
    [0, 1, 3, 4]
    """
    lengths = [np.diff(part.starts) for part in parts]
    words = [np.asarray(part.words, np.int32) for part in parts]
    if not parts:
        return rows_of([])
    return Rows(starts_of(np.concatenate(lengths)), np.concatenate(words))


def sums(values: np.ndarray, owners: Ints, size: int) -> np.ndarray:
    """Sum of `values` by the row that owns each; quick where most values are nought."""
    held = np.flatnonzero(
        values != 0
    )  # numpy finds true ones far sooner than floats
    return np.bincount(owners[held], weights=values[held], minlength=size)
