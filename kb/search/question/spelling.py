"""Which words of the collection may a misspelled one stand for?"""

from __future__ import annotations

from array import array
from functools import cached_property

import numpy as np

from kb.search.index.lexicon import Ints, Lexicon
from kb.search.remembering import remembered

_GRAM = 3
_COMPARED = 400  # words compared letter by letter
_SHORTEST, _SHORTEST_ASKED = (
    4,
    5,
)  # letters of words that are compared, and asked
_MANY = 50_000  # words from which those met once are no corrections: most are misspelled too
_ALIKE = 0.3  # share of trigrams from which two words are compared
_MOST = 3  # corrections
# Letters of the word asked, up to which so many may differ.
_DIFFERING = ((6, 1), (11, 2), (40, 3))


def _grams(word: str) -> list[int]:
    """Numbers of the letter trigrams of a word with its edges."""
    edged = f"^{word}$"
    return [
        hash_gram(edged[i : i + _GRAM]) for i in range(len(edged) - _GRAM + 1)
    ]


def hash_gram(gram: str) -> int:
    """A stable 16-bit number of a trigram."""
    value = 0
    for sign in gram:
        value = (value * 40 + ord(sign) - 90) & 0xFFFF
    return value


class Speller:
    """Finds look-alikes in a lexicon through trigrams; built at first use."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.corrections = remembered(self._corrections, 2_000)

    @cached_property
    def _postings(self) -> tuple[Ints, Ints, Ints]:
        """Starts and words by trigram, and the number of trigrams of every word."""
        least = 2 if len(self._lexicon.words) > _MANY else 1
        counts = self._lexicon.word_count
        keys, owners = array("i"), array("i")
        sizes = np.ones(len(counts), np.int32)
        for number, word in enumerate(self._lexicon.words):
            if (
                len(word) < _SHORTEST
                or counts[number] < least
                or not word.isalpha()
            ):
                continue
            grams = _grams(word)
            sizes[number] = len(grams)
            keys.extend(grams)
            owners.extend([number] * len(grams))
        found = np.array(keys, np.int32)
        order = np.argsort(found, kind="stable")
        starts = np.searchsorted(found[order], np.arange(0x10001))
        return starts, np.array(owners, np.int32)[order], sizes

    def _alike(self, word: str) -> list[int]:
        """Words by their share of common trigrams (Dice), most alike first."""
        starts, owners, sizes = self._postings
        grams = _grams(word)
        holders = [
            owners[starts[g] : starts[g + 1]] for g in dict.fromkeys(grams)
        ]
        numbers, shared = np.unique(
            np.concatenate(holders), return_counts=True
        )
        dice = 2 * shared / (sizes[numbers] + len(grams))
        best = np.argsort(-dice, kind="stable")[:_COMPARED]
        return [int(numbers[place]) for place in best if dice[place] >= _ALIKE]

    def _corrections(self, word: str) -> tuple[tuple[int, float], ...]:
        """Words a misspelled one may stand for, with likeness (0..1).

        Likeliest first.
        """
        from rapidfuzz.distance import OSA

        if len(word) < _SHORTEST_ASKED or not word.isalpha():
            return ()
        most = next(
            (n for letters, n in _DIFFERING if len(word) <= letters), _MOST
        )
        found = []
        for number in self._alike(word):
            other, count = (
                self._lexicon.words[number],
                self._lexicon.word_count[number],
            )
            distance = OSA.distance(word, other, score_cutoff=most)
            if distance <= most:
                found.append((distance, -int(count), number))
        nearest = sorted(found)[:_MOST]
        return tuple(
            (number, 1 - distance / (len(word) + 1))
            for distance, _, number in nearest
            if distance == nearest[0][0]
        )
