"""The words of a collection: number, stem, parts how many passages have them.

Everything that scores or expands works in these numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.dutch.compounds import Splitter
from kb.dutch.stem import stem

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]


def invert(keys: Ints, size: int, values: Ints | None = None) -> tuple[Ints, Ints]:
    """For every key below `size` the `values` (by default positions) that have it: starts (size + 1) and the values in a row."""
    order = np.argsort(keys, kind="stable").astype(np.int32)
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=size), out=starts[1:])
    return starts, order if values is None else values[order]


@dataclass
class Lexicon:
    """Words and stems of a collection; arrays are by word number."""

    words: list[str]
    stems: list[str]
    word_stem: Ints
    word_count: Ints
    word_df: Ints  # passages that have the word
    part_starts: Ints
    part_stems: Ints

    @cached_property
    def number(self) -> dict[str, int]:
        """Folded word to its number."""
        return {word: i for i, word in enumerate(self.words)}

    @cached_property
    def stem_number(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.stems)}

    @cached_property
    def _of_stem(self) -> tuple[Ints, Ints]:
        return invert(self.word_stem, len(self.stems))

    @cached_property
    def _with_part(self) -> tuple[Ints, Ints]:
        owners = np.repeat(
            np.arange(len(self.words), dtype=np.int32), np.diff(self.part_starts)
        )
        return invert(self.part_stems, len(self.stems), owners)

    @cached_property
    def stem_df(self) -> Floats:
        """Passages that have a word of each stem, at most (words are not told apart where they share a passage)."""
        return np.bincount(
            self.word_stem,
            weights=self.word_df.astype(np.float64),
            minlength=len(self.stems),
        ).astype(np.float64)

    @cached_property
    def is_number(self) -> npt.NDArray[np.bool_]:
        """Which words are numbers."""
        return np.array([word.isdigit() for word in self.words], np.bool_)

    @cached_property
    def alphabetic(self) -> tuple[list[str], Ints]:
        """Words in alphabetical order, and their numbers."""
        order = sorted(range(len(self.words)), key=self.words.__getitem__)
        return [self.words[i] for i in order], np.array(order, np.int32)

    @cached_property
    def _splitter(self) -> Splitter:
        total = max(1_000_000, int(self.word_count.sum()))
        return Splitter(
            {
                w: min(c / total, 1.0)
                for w, c in zip(self.words, self.word_count.tolist(), strict=True)
                if c >= 2
            }
        )

    def words_of_stem(self, stem_: int) -> Ints:
        """Numbers of the words with this stem."""
        starts, words = self._of_stem
        return words[starts[stem_] : starts[stem_ + 1]]

    def words_with_part(self, stem_: int) -> Ints:
        """Numbers of the compounds that have a part with this stem."""
        starts, words = self._with_part
        return words[starts[stem_] : starts[stem_ + 1]]

    def parts(self, folded: str) -> tuple[int, ...]:
        """Stem numbers of the parts of a word, whether or not the collection has the word itself."""
        number = self.number.get(folded)
        if number is not None:
            return tuple(
                self.part_stems[
                    self.part_starts[number] : self.part_starts[number + 1]
                ].tolist()
            )
        found = [
            self.stem_number.get(stem(part)) for part in self._splitter.split(folded)
        ]
        return tuple(i for i in found if i is not None)

    def with_prefix(self, prefix: str, limit: int) -> list[int]:
        """Numbers of the (at most `limit`) most frequent words that begin with a folded prefix."""
        words, numbers = self.alphabetic
        low, high = (
            bisect_left(words, prefix),
            bisect_left(words, prefix + "\U0010ffff"),
        )
        found = numbers[low:high]
        if len(found) > limit:
            found = found[np.argsort(-self.word_count[found], kind="stable")[:limit]]
        return [int(i) for i in found]

    def save(self, folder: Path) -> None:
        """Write the lexicon into `folder`."""
        (folder / "words.txt").write_text("\n".join(self.words), encoding="utf-8")
        (folder / "stems.txt").write_text("\n".join(self.stems), encoding="utf-8")
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read what `save` wrote."""
        words, stems = (
            (folder / f"{n}.txt").read_text(encoding="utf-8").split("\n")
            for n in ("words", "stems")
        )
        arrays = {name: np.load(folder / f"{name}.npy") for name in _ARRAYS}
        return cls([w for w in words if w], [s for s in stems if s], **arrays)


_ARRAYS = ("word_stem", "word_count", "word_df", "part_starts", "part_stems")


def make(
    words: Sequence[str], counts: Ints, df: Ints, parts_of: Iterable[Sequence[str]]
) -> Lexicon:
    """A lexicon of folded words with their counts in words and in passages, and the stems of their parts."""
    numbers: dict[str, int] = {}
    word_stem = np.fromiter(
        (numbers.setdefault(stem(w), len(numbers)) for w in words), np.int32, len(words)
    )
    flat: list[int] = []
    starts = np.zeros(len(words) + 1, np.int64)
    for i, parts in enumerate(parts_of):
        flat.extend(numbers.setdefault(p, len(numbers)) for p in parts)
        starts[i + 1] = len(flat)
    return Lexicon(
        list(words),
        list(numbers),
        word_stem,
        counts,
        df,
        starts,
        np.array(flat, np.int32),
    )
