"""Which passages say (nearly) the same? Sketches find candidates, shared shingles decide.

Bottom-k sketches after Broder (1997): of the shingles of a passage the sixteen with the
smallest hash. Passages that share enough of them are compared by the Jaccard likeness of
all their shingles.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from kb.passages.signatures import (
    Numbers,
    Signatures,
    gathered,
    sign,
    signatures_of,
)
from kb.records import Passage, Similar

SKETCH = 16  # hashes of each passage that find candidates
LIKE = 0.7  # Jaccard likeness from which two passages are one

# Hashes of the sketches that candidates share. Of pairs with a likeness of just 0.7 one in
# 600 shares fewer (binomial, 16 draws), of 0.8 one in 30,000; of pairs with a sentence in
# common (0.15) one in 60 as many.
_SHARED = 6

# Passages that share a hash and are all compared. A larger crowd has a phrase in common
# (a heading, a disclaimer): there only neighbours are, for all pairs would be too many.
_CROWD = 40
_COMPARED = 2_000  # pairs compared at once: some 12 MB
_PAIRS_AT_ONCE = (
    250_000  # pairs that share a hash, counted at once: some 15 MB
)


def near_duplicates_of(
    documents: Sequence[str],
    texts_of: Callable[[str], Iterable[tuple[str, str]]],
    file: Path,
    previous: Path | None = None,
    changed: Collection[str] = (),
) -> list[Similar]:
    """Near-duplicates of a corpus; what was made of its passages is kept for a next time.

    Args:
        documents: ids in reading order.
        texts_of: id and text of the passages of a document, in reading order.
        file: where signatures are written.
        previous: such a file of the last generation.
        changed: documents whose passages are not those of the last generation.
    """
    signatures = signatures_of(documents, texts_of, previous, changed)
    signatures.save(file)
    return alike(signatures)


def near_duplicates(passages: Iterable[Passage]) -> list[Similar]:
    """Groups of two or more passages that say the same.

    Returns:
        a record for each; `group` is the id of its best (longest, then first) passage.
    """
    return alike(gathered([sign("", ((p.id, p.text) for p in passages))]))


def alike(signatures: Signatures) -> list[Similar]:
    """The groups among passages of which the signatures are given."""
    pairs = _candidates(signatures)
    held = likeness(signatures, pairs)
    groups = _groups(pairs[held >= LIKE])
    return list(_told(signatures, groups))


def likeness(signatures: Signatures, pairs: Numbers) -> np.ndarray:
    """Jaccard likeness of pairs of passages (an array of two columns)."""
    starts = signatures.starts
    found = np.zeros(len(pairs))
    for first in range(0, len(pairs), _COMPARED):
        some = pairs[first : first + _COMPARED]
        sizes = starts[some + 1] - starts[some]
        # Each passage has a hash once: one that stands twice under a pair is shared.
        marked = np.concatenate(
            [_marked(signatures, some[:, side]) for side in (0, 1)]
        )
        marked.sort()
        twice = marked[1:][marked[1:] == marked[:-1]] >> np.uint64(32)
        shared = np.bincount(twice.astype(np.int64), minlength=len(some))
        found[first : first + _COMPARED] = shared / np.maximum(
            1, sizes.sum(axis=1) - shared
        )
    return found


def _marked(signatures: Signatures, passages: Numbers) -> np.ndarray:
    """The hashes of passages, each with the place of its passage before it."""
    starts = signatures.starts
    sizes = starts[passages + 1] - starts[passages]
    begins = np.cumsum(sizes) - sizes
    places = np.arange(sizes.sum()) + np.repeat(
        starts[passages] - begins, sizes
    )
    owners = np.repeat(np.arange(len(passages), dtype=np.uint64), sizes)
    hashes = signatures.hashes[places].astype(np.uint64)
    marked: np.ndarray = (owners << np.uint64(32)) | hashes
    return marked


def _candidates(signatures: Signatures) -> Numbers:
    """Pairs of passages, the earlier first, that may be alike by sketch and by length."""
    sizes = np.diff(signatures.starts)
    found = [np.zeros((0, 2), np.int64)]
    for pairs, shared in _sharing(*_sketches(signatures)):
        longer = LIKE * sizes[pairs].max(axis=1)
        shorter = sizes[pairs].min(axis=1)
        # What is shared is no more than the shorter, and all is no less than the longer.
        near = (shorter >= longer) & (shared >= np.minimum(_SHARED, longer))
        found.append(pairs[near])
    return np.concatenate(found)


def _sketches(signatures: Signatures) -> tuple[np.ndarray, np.ndarray]:
    """The hashes of all sketches, sorted, and before them the passage of each."""
    starts = signatures.starts
    lengths = np.minimum(np.diff(starts), SKETCH)
    owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    begins = np.cumsum(lengths) - lengths
    moved = np.repeat(starts[:-1] - begins, lengths)
    hashes = signatures.hashes[np.arange(len(owners)) + moved]
    order = np.argsort(hashes, kind="stable")  # so owners stay in their order
    return owners[order], hashes[order]


def _sharing(
    owners: np.ndarray, hashes: np.ndarray
) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of owners that share a hash, and how many hashes brought them together.

    Args:
        owners: of each hash, in order of the hashes, then their own.
        hashes: sorted.

    Yields:
        all pairs of some owners, those with the lowest numbers first: all at once
        would take more room than everything else in a build.
    """
    followers = _followers(hashes)
    in_order = np.argsort(owners, kind="stable")
    owned = owners[in_order]
    pairs_until = np.cumsum(followers[in_order])
    first = 0
    while first < len(owned):
        done = pairs_until[first - 1] if first else 0
        last = np.searchsorted(pairs_until, done + _PAIRS_AT_ONCE, "right")
        last = max(int(last), first + 1)
        # An owner's hashes stay together.
        last = int(np.searchsorted(owned, owned[last - 1], "right"))
        some = in_order[first:last]
        yield _counted(owners, some, followers[some])
        first = last


def _followers(hashes: np.ndarray) -> np.ndarray:
    """With how many of those after it each hash is paired."""
    bounds = np.flatnonzero(
        np.diff(hashes.astype(np.int64), prepend=-1, append=-1)
    )
    crowds = np.diff(bounds)
    ends = np.repeat(bounds[1:], crowds)
    after = ends - np.arange(len(hashes)) - 1
    in_crowd = np.repeat(crowds > _CROWD, crowds)
    return np.where(in_crowd, np.minimum(after, 1), after).astype(np.int32)


def _counted(
    owners: np.ndarray, places: Numbers, followers: np.ndarray
) -> tuple[Numbers, Numbers]:
    """The different pairs that hashes at some places make, and how often each comes.

    Args:
        owners: of all hashes.
        places: of those that are the first of a pair.
        followers: with how many after it each of them is paired.
    """
    begins = np.cumsum(followers) - followers
    step = np.arange(followers.sum()) - np.repeat(begins - 1, followers)
    firsts = np.repeat(places, followers)
    marked = owners[firsts].astype(np.int64) << 32 | owners[firsts + step]
    different, shared = np.unique(marked, return_counts=True)
    pairs = np.stack([different >> 32, different & 0xFFFFFFFF], axis=1)
    return pairs, shared


def _groups(pairs: Numbers) -> list[list[int]]:
    """The groups that pairs make together, and in each its members in order."""
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs.tolist():
        parent[root(b)] = root(a)
    found: dict[int, list[int]] = {}
    for i in sorted(parent):
        found.setdefault(root(i), []).append(i)
    return list(found.values())


def _told(
    signatures: Signatures, groups: list[list[int]]
) -> Iterator[Similar]:
    """A record for each passage of a group, in reading order within it."""
    best = [
        max(group, key=lambda i: (signatures.letters[i], -i))
        for group in groups
    ]
    pairs = [
        (first, i)
        for first, group in zip(best, groups, strict=True)
        for i in group
    ]
    held = likeness(signatures, np.array(pairs, np.int64).reshape(-1, 2))
    for (first, i), score in zip(pairs, held.tolist(), strict=True):
        id, group = signatures.ids[i], signatures.ids[first]
        yield Similar(
            id, group, 1.0 if i == first else round(score, 3), i == first
        )
