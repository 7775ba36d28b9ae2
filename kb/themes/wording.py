"""What the wording as a whole says of each theme: a linear model over hashed n-grams.

The n-grams are runs of three to five letters within a word, hashed to buckets: inflections
and compounds of a word share most of theirs, and the model holds numbers, never words.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.themes.cues.words import Word
from kb.themes.features import Array

BUCKETS = 1 << 13  # 2^14 gained nothing more on documents left out
SHORTEST, LONGEST = 3, 5
# Length of the weighted counts of some forty words. A shorter passage is not blown up to the
# length of a paragraph: one word in a heading or a list would decide.
LEAST_LENGTH = 65.0
Floats = NDArray[np.float32]


@lru_cache(maxsize=100_000)
def buckets_of(word: str) -> NDArray[np.int64]:
    """The buckets of a word's n-grams, its edges marked by a space.

    >>> len(buckets_of("hulp"))  # ␣hu hul ulp lp␣, ␣hul hulp ulp␣, ␣hulp hulp␣
    9
    """
    edged = f" {word} "
    runs = [
        edged[start : start + length]
        for length in range(SHORTEST, min(LONGEST, len(edged)) + 1)
        for start in range(len(edged) - length + 1)
    ]
    found = (zlib.crc32(run.encode()) % BUCKETS for run in runs)
    return np.fromiter(found, dtype=np.int64, count=len(runs))


def counts_of(words: Sequence[Word]) -> tuple[NDArray[np.int64], Floats]:
    """(buckets, 1 + log of how often) of a passage."""
    found = [buckets_of(word.folded) for word in words]
    often = np.bincount(np.concatenate(found)) if found else np.zeros(0)
    buckets = often.nonzero()[0]
    return buckets, 1 + np.log(often[buckets].astype(np.float32))


class Wording(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True
):
    """Inverse document frequency of each bucket, and its weight for each theme.

    Both are half-precision numbers as bytes, which JSON holds as base64.
    """

    idf: bytes = b""
    weights: Mapping[str, bytes] = {}
    intercepts: Mapping[str, float] = {}

    @cached_property
    def _learnt(self) -> list[str]:
        return list(self.weights)

    @cached_property
    def _tables(self) -> tuple[Floats, Floats]:
        """(idf by bucket, weights by bucket and theme), unpacked once."""
        columns = [_unpacked(packed) for packed in self.weights.values()]
        return _unpacked(self.idf), np.stack(columns, axis=1)

    def scores(
        self, passages: Sequence[Sequence[Word]], codes: Sequence[str]
    ) -> Array:
        """Log-odds of each passage for each theme; 0 for a theme not learnt."""
        found = np.zeros((len(passages), len(codes)))
        known = [at for at, code in enumerate(codes) if code in self.weights]
        if not known or not passages:
            return found
        idf, table = self._tables
        weights = table[:, [self._learnt.index(codes[at]) for at in known]]
        intercepts = np.array([self.intercepts[codes[at]] for at in known])
        for row, words in enumerate(passages):
            buckets, values = counts_of(words)
            values = values * idf[buckets]
            length = max(LEAST_LENGTH, float(np.sqrt((values**2).sum())))
            found[row, known] = values @ weights[buckets] / length + intercepts
        return found


def _unpacked(packed: bytes) -> Floats:
    return np.frombuffer(packed, dtype=np.float16).astype(np.float32)
