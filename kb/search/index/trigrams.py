"""Which words have three letters in a row in common with a word? For corrections.

All words are done at once in arrays: a loop over a million words took seconds of the first
misspelled question, and its lists more memory than the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SHORTEST = 4  # letters of words that are compared
_MANY = 50_000  # words from which those met once are no corrections: most are misspelled too
_BEGIN, _END = "^", "$"
_STEP = 40  # what a letter further to the left counts for
_NOUGHT = 90  # near the codes of letters
_KEYS = 0x10000
_SHIFT = _NOUGHT * (_STEP * _STEP + _STEP + 1)


@dataclass(frozen=True, slots=True)
class Trigrams:
    """Word numbers by trigram, and the number of trigrams of every word."""

    starts: npt.NDArray[np.int64]
    words: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]

    def holders(self, grams: Sequence[int]) -> npt.NDArray[np.int32]:
        """The words that have each of these trigrams, one list after another."""
        spans = [
            self.words[self.starts[gram] : self.starts[gram + 1]]
            for gram in dict.fromkeys(grams)
        ]
        return np.concatenate([np.zeros(0, np.int32), *spans])


def grams_of(word: str) -> list[int]:
    """Numbers of the letter trigrams of a word with its edges, below 2¹⁶.

    >>> len(grams_of("wijk")), set(grams_of("wijk")) & set(grams_of("wijken")) != set()
    (4, True)
    """
    numbers: list[int] = _grams_in(f"{_BEGIN}{word}{_END}").tolist()
    return numbers


def trigrams_of(
    words: Sequence[str], counts: npt.NDArray[np.integer]
) -> Trigrams:
    """The trigrams of all words that a misspelled one may stand for.

    Args:
        words: of a lexicon.
        counts: how often each occurs.
    """
    least = 2 if len(words) > _MANY else 1
    compared = [
        number
        for number in np.flatnonzero(counts >= least).tolist()
        if len(words[number]) >= SHORTEST and words[number].isalpha()
    ]
    numbers = np.array(compared, np.int32)
    text = f"{_END}{_BEGIN}".join([words[number] for number in compared])
    grams = _grams_in(f"{_BEGIN}{text}{_END}").astype(np.uint16)
    lengths = np.array([len(words[number]) for number in compared], np.int32)
    sizes = np.ones(len(words), np.int32)
    sizes[numbers] = lengths
    owners = np.repeat(numbers, lengths)
    starts = np.zeros(_KEYS + 1, np.int64)
    np.cumsum(np.bincount(grams, minlength=_KEYS), out=starts[1:])
    return Trigrams(starts, owners[np.argsort(grams, kind="stable")], sizes)


def _grams_in(edged: str) -> npt.NDArray[np.uint32]:
    """A number for every three signs in a row that no end stands among but as the last."""
    codes = np.frombuffer(edged.encode("utf-32-le"), np.uint32)
    first, second, third = codes[:-2], codes[1:-1], codes[2:]
    inside = (first != ord(_END)) & (second != ord(_END))
    grams = _STEP * _STEP * first + _STEP * second + third - _SHIFT
    return np.asarray(grams[inside] % _KEYS, np.uint32)
