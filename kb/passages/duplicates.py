"""Which passages say (nearly) the same? Sketches of word shingles find candidates, shared shingles decide.

Bottom-k sketches after Broder (1997): of all three-word shingles of a passage the eight with the smallest hash. Passages that
share one are compared by the Jaccard likeness of their shingles.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kb.records import Passage, Similar

Hashes = npt.NDArray[np.uint64]
SHINGLE = 3  # words
SKETCH = 8  # hashes kept of each passage
LEAST_WORDS = 8  # shorter passages (headings, list items) are left alone
LIKE = 0.7  # Jaccard likeness from which two passages are one
_CROWD = 40  # passages that share a hash and are all compared; in a larger crowd only neighbours are
_CHUNK = 50_000  # passages hashed at once
_WORD = re.compile(r"[^\W_]+")
_FACTORS = tuple(
    np.uint64(f) for f in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)


def near_duplicates(passages: Iterable[Passage]) -> list[Similar]:
    """Groups of two or more passages that say the same; `group` is the id of its best (longest, then first) passage."""
    kept = list(passages)
    shingles = _Shingles(kept)
    parent = list(range(len(kept)))
    for a, b in sorted(set(_candidates(shingles.sketches()))):
        if (
            _root(parent, a) != _root(parent, b)
            and likeness(shingles.of(a), shingles.of(b)) >= LIKE
        ):
            parent[_root(parent, b)] = _root(parent, a)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(kept)):
        groups[_root(parent, i)].append(i)
    return [
        similar
        for members in groups.values()
        if len(members) > 1
        for similar in _group(kept, members, shingles)
    ]


def likeness(a: Hashes, b: Hashes) -> float:
    """Jaccard likeness of two sets of shingles, each sorted and without doubles."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / max(1, len(a) + len(b) - shared)


class _Shingles:
    """Hashes of the shingles of many passages, computed in chunks."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._codes: dict[str, int] = {}
        self._known: dict[int, Hashes] = {}

    def _code(self, word: str) -> int:
        found = self._codes.get(word)
        if found is None:
            found = self._codes[word] = zlib.crc32(word.encode())
        return found

    def _hashes(
        self, passages: Sequence[Passage]
    ) -> tuple[Hashes, npt.NDArray[np.int64]]:
        """Hashes of all shingles, and the place in `passages` each belongs to."""
        codes = [
            [self._code(w) for w in _WORD.findall(p.text.lower())] for p in passages
        ]
        lengths = np.array(
            [len(c) if len(c) >= LEAST_WORDS else 0 for c in codes], np.int64
        )
        flat = np.array(
            [c for row in codes if len(row) >= LEAST_WORDS for c in row], np.uint64
        )
        if not len(flat):
            return flat, np.zeros(0, np.int64)
        owners = np.repeat(np.arange(len(passages)), lengths)
        mixed = np.zeros(len(flat) - SHINGLE + 1, np.uint64)
        for step, factor in enumerate(_FACTORS):
            mixed ^= (flat[step : step + len(mixed)] + np.uint64(step + 1)) * factor
        mixed ^= mixed >> np.uint64(29)
        mixed *= _FACTORS[1]
        mixed ^= mixed >> np.uint64(32)
        whole = owners[: len(mixed)] == owners[SHINGLE - 1 :]
        return mixed[whole], owners[: len(mixed)][whole]

    def sketches(self) -> Iterator[tuple[int, Hashes]]:
        """Each passage that is long enough with its smallest hashes."""
        for first in range(0, len(self._passages), _CHUNK):
            hashes, owners = self._hashes(self._passages[first : first + _CHUNK])
            order = np.lexsort((hashes, owners))
            hashes, owners = hashes[order], owners[order]
            bounds = np.flatnonzero(np.diff(owners, prepend=-1, append=-1))
            for start, end in pairwise(bounds.tolist()):
                yield first + int(owners[start]), np.unique(hashes[start:end])[:SKETCH]

    def of(self, place: int) -> Hashes:
        """All shingles of one passage, sorted, without doubles."""
        if place not in self._known:
            self._known[place] = np.unique(self._hashes([self._passages[place]])[0])
        return self._known[place]


def _candidates(sketches: Iterable[tuple[int, Hashes]]) -> Iterator[tuple[int, int]]:
    """Pairs of places that share a hash of their sketches, the smaller first."""
    rows = list(sketches)
    if not rows:
        return
    owners = np.repeat(
        [place for place, _ in rows], [len(sketch) for _, sketch in rows]
    )
    hashes = np.concatenate([sketch for _, sketch in rows])
    order = np.lexsort((owners, hashes))
    owners, hashes = owners[order], hashes[order]
    bounds = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1], [True]]))
    for i in np.flatnonzero(np.diff(bounds) > 1).tolist():
        crowd = owners[bounds[i] : bounds[i + 1]].tolist()
        if len(crowd) > _CROWD:
            yield from pairwise(crowd)
        else:
            yield from ((a, b) for k, a in enumerate(crowd) for b in crowd[k + 1 :])


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _group(
    passages: Sequence[Passage], members: list[int], shingles: _Shingles
) -> Iterator[Similar]:
    best = max(members, key=lambda i: (len(passages[i].text), -i))
    for i in members:
        score = (
            1.0 if i == best else round(likeness(shingles.of(best), shingles.of(i)), 3)
        )
        yield Similar(passages[i].id, passages[best].id, score, i == best)
