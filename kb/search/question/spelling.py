"""Which words of the collection may a misspelled one stand for?"""

from __future__ import annotations

from array import array
from functools import cached_property, lru_cache

import numpy as np

from kb.search.index.lexicon import Ints, Lexicon

_GRAM = 3
_MOST = 400  # words compared letter by letter


def _grams(word: str) -> list[int]:
    """Numbers of the letter trigrams of a word with its edges."""
    edged = f"^{word}$"
    return [hash_gram(edged[i : i + _GRAM]) for i in range(len(edged) - _GRAM + 1)]


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
        self.corrections = lru_cache(maxsize=2_000)(self._corrections)

    @cached_property
    def _postings(self) -> tuple[Ints, Ints, Ints]:
        """Trigram -> words that have it, and the number of trigrams of every word; words met once are left out when there are many."""
        least = 2 if len(self._lexicon.words) > 50_000 else 1
        counts = self._lexicon.word_count
        keys, owners = array("i"), array("i")
        sizes = np.ones(len(counts), np.int32)
        for number, word in enumerate(self._lexicon.words):
            if len(word) < 4 or counts[number] < least or not word.isalpha():
                continue
            grams = _grams(word)
            sizes[number] = len(grams)
            keys.extend(grams)
            owners.extend([number] * len(grams))
        found = np.array(keys, np.int32)
        order = np.argsort(found, kind="stable")
        return (
            np.searchsorted(found[order], np.arange(0x10001)),
            np.array(owners, np.int32)[order],
            sizes,
        )

    def _alike(self, word: str, at_least: float) -> list[tuple[int, float]]:
        """Words by their share of common trigrams (Dice), most alike first."""
        starts, owners, sizes = self._postings
        grams = _grams(word)
        found = (
            np.concatenate(
                [owners[starts[g] : starts[g + 1]] for g in dict.fromkeys(grams)]
            )
            if grams
            else owners[:0]
        )
        if not len(found):
            return []
        numbers, shared = np.unique(found, return_counts=True)
        dice = 2 * shared / (sizes[numbers] + len(grams))
        kept = np.flatnonzero(dice >= at_least)
        kept = kept[np.argsort(-dice[kept], kind="stable")[:_MOST]]
        return [(int(numbers[i]), float(dice[i])) for i in kept]

    def _corrections(self, word: str) -> tuple[tuple[int, float], ...]:
        """Words a misspelled `word` may stand for, with likeness (0..1), likeliest first; at most three."""
        from rapidfuzz.distance import OSA

        if len(word) < 5 or not word.isalpha():
            return ()
        allowed = 1 if len(word) < 7 else 2 if len(word) < 12 else 3
        found = []
        for number, _ in self._alike(word, 0.3):
            distance = OSA.distance(
                word, self._lexicon.words[number], score_cutoff=allowed
            )
            if distance <= allowed:
                found.append((distance, -int(self._lexicon.word_count[number]), number))
        found.sort()
        best = found[0][0] if found else 0
        return tuple(
            (number, 1 - distance / (len(word) + 1))
            for distance, _, number in found[:3]
            if distance <= best
        )
