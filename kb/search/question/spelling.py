"""Which words of the collection may a misspelled one stand for?"""

from __future__ import annotations

import numpy as np

from kb.search.index.lexicon import Lexicon
from kb.search.index.trigrams import SHORTEST, grams_of
from kb.search.remembering import remembered

_COMPARED = 400  # words compared letter by letter
_SHORTEST_ASKED = SHORTEST + 1  # letters of a word that is corrected
_ALIKE = 0.3  # share of trigrams from which two words are compared
_MOST = 3  # corrections
# Letters of the word asked, up to which so many may differ.
_DIFFERING = ((6, 1), (11, 2), (40, 3))


class Speller:
    """Finds look-alikes in a lexicon through trigrams."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.corrections = remembered(self._corrections, 2_000)

    def _alike(self, word: str) -> list[int]:
        """Words by their share of common trigrams (Dice), most alike first."""
        grams = grams_of(word)
        known = self._lexicon.trigrams
        numbers, shared = np.unique(known.holders(grams), return_counts=True)
        dice = 2 * shared / (known.sizes[numbers] + len(grams))
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
