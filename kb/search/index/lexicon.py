"""The words of a collection: number, stem, parts, and how many passages have them.

Everything that scores or expands works in these numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from kb.dutch.compounds import AT_LEAST, Splitter
from kb.dutch.stem import stem
from kb.search.index.trigrams import Trigrams, trigrams_of

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
_ARRAYS = ("word_stem", "word_count", "word_df", "part_starts", "part_stems")

# Parts of a word that the collection lacks are sought among words it has at least twice:
# a word that occurs once is often a misprint.
_KNOWN_FROM = 2
_RUNNING_WORDS = (
    1_000_000  # at least: in a small collection no word is frequent by chance
)


def invert(
    keys: Ints, size: int, values: Ints | None = None
) -> tuple[Ints, Ints]:
    """For every key below `size` the values that have it.

    Args:
        keys: one for each value.
        size: how many keys there are.
        values: by default the places in `keys`.

    Returns:
        where the values of each key begin (size + 1), and all values in a row.
    """
    order = np.argsort(keys, kind="stable").astype(np.int32)
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=size), out=starts[1:])
    return starts, order if values is None else values[order]


@dataclass
class Lexicon:
    """Words and stems of a collection in alphabetical order; arrays are by word number."""

    words: Sequence[str]
    stems: Sequence[str]
    word_stem: Ints
    word_count: Ints
    word_df: Ints  # passages that have the word
    part_starts: Ints
    part_stems: Ints

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Folded word to its number."""
        return {word: i for i, word in enumerate(self.words)}

    @cached_property
    def stem_number(self) -> Mapping[str, int]:
        """Stem to its number."""
        return {word: i for i, word in enumerate(self.stems)}

    @cached_property
    def of_stem(self) -> tuple[Ints, Ints]:
        """The words of each stem, as `invert` gives them."""
        return invert(self.word_stem, len(self.stems))

    @cached_property
    def with_part(self) -> tuple[Ints, Ints]:
        """The compounds with a part of each stem, as `invert` gives them."""
        words = np.arange(len(self.words), dtype=np.int32)
        owners = np.repeat(words, np.diff(self.part_starts))
        return invert(self.part_stems, len(self.stems), owners)

    @cached_property
    def stem_df(self) -> Floats:
        """Passages that have a word of each stem, at most.

        Words of one stem that share a passage are counted each.
        """
        counts = self.word_df.astype(np.float64)
        found = np.bincount(self.word_stem, counts, minlength=len(self.stems))
        return found.astype(np.float64)

    @cached_property
    def is_number(self) -> npt.NDArray[np.bool_]:
        """Which words are numbers."""
        return np.array([word.isdigit() for word in self.words], np.bool_)

    @cached_property
    def trigrams(self) -> Trigrams:
        """The words that are compared with misspelled ones, by trigram."""
        return trigrams_of(self.words, self.word_count)

    @cached_property
    def _splitter(self) -> Splitter:
        total = max(_RUNNING_WORDS, int(self.word_count.sum()))
        counts = self.word_count
        # Rarer words are no parts, and most words are rarer.
        frequent = counts >= max(_KNOWN_FROM, int(AT_LEAST * total))
        return Splitter(
            {
                self.words[number]: min(int(counts[number]) / total, 1.0)
                for number in np.flatnonzero(frequent).tolist()
            }
        )

    def says(self, other: Lexicon) -> bool:
        """Whether another lexicon has the same words with the same numbers."""
        return (
            self.words == other.words
            and self.stems == other.stems
            and all(
                np.array_equal(getattr(self, name), getattr(other, name))
                for name in _ARRAYS
            )
        )

    def words_of_stem(self, stem_: int) -> Ints:
        """Numbers of the words with this stem."""
        starts, words = self.of_stem
        return words[starts[stem_] : starts[stem_ + 1]]

    def words_with_part(self, stem_: int) -> Ints:
        """Numbers of the compounds that have a part with this stem."""
        starts, words = self.with_part
        return words[starts[stem_] : starts[stem_ + 1]]

    def parts(self, folded: str) -> tuple[int, ...]:
        """Stem numbers of the parts of a word, whether or not the collection has it."""
        number = self.number.get(folded)
        if number is not None:
            first, last = self.part_starts[number : number + 2]
            return tuple(self.part_stems[first:last].tolist())
        parts = self._splitter.split(folded)
        found = (self.stem_number.get(stem(part)) for part in parts)
        return tuple(number for number in found if number is not None)

    def with_prefix(self, prefix: str, limit: int) -> list[int]:
        """Numbers of the (at most `limit`) most frequent words with a folded prefix."""
        low = bisect_left(self.words, prefix)
        high = bisect_left(self.words, prefix + "\U0010ffff", lo=low)
        found = np.arange(low, high)
        if len(found) > limit:
            frequent = np.argsort(-self.word_count[found], kind="stable")
            found = found[frequent[:limit]]
        return [int(i) for i in found]

    def save(self, folder: Path) -> None:
        """Write the lexicon into `folder`."""
        (folder / "words.txt").write_text(
            "\n".join(self.words), encoding="utf-8"
        )
        (folder / "stems.txt").write_text(
            "\n".join(self.stems), encoding="utf-8"
        )
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read what `save` wrote."""
        return cls(
            _lines(folder / "words.txt"),
            _lines(folder / "stems.txt"),
            **arrays_of(folder),
        )


def arrays_of(folder: Path, mapped: bool = False) -> dict[str, Ints]:
    """The arrays of a lexicon in `folder`, by name; `mapped`: left on disk until asked for."""
    mode: Literal["r"] | None = "r" if mapped else None
    return {name: np.load(folder / f"{name}.npy", mode) for name in _ARRAYS}


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return text.split("\n") if text else []


def make(
    words: Sequence[str],
    counts: Ints,
    df: Ints,
    parts_of: Iterable[Sequence[str]],
) -> Lexicon:
    """A lexicon of folded words.

    Args:
        words: in alphabetical order, without doubles.
        counts: how often each occurs.
        df: how many passages have each.
        parts_of: the stems of the parts of each, none where it is no compound.
    """
    parts = list(parts_of)
    stem_of = [stem(word) for word in words]
    stems = sorted({*stem_of, *(part for found in parts for part in found)})
    number = {name: i for i, name in enumerate(stems)}
    starts = np.zeros(len(words) + 1, np.int64)
    np.cumsum([len(found) for found in parts], out=starts[1:])
    return Lexicon(
        list(words),
        stems,
        np.array([number[name] for name in stem_of], np.int32),
        counts,
        df,
        starts,
        np.array(
            [number[part] for found in parts for part in found], np.int32
        ),
    )
