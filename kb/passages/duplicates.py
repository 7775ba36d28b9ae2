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
_COMPARED = 5_000  # pairs compared at once: some 30 MB


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
    starts = signatures.starts
    places = starts[:-1, None] + np.arange(SKETCH)
    there = places < starts[1:, None]
    owners = np.nonzero(there)[0]
    hashes = signatures.hashes[places[there]]
    order = np.lexsort((owners, hashes))
    pairs, shared = _sharing(owners[order], hashes[order])
    sizes = np.diff(starts)[pairs]
    longer = LIKE * sizes.max(axis=1)
    # What is shared is no more than the shorter, and all is no less than the longer.
    near = (sizes.min(axis=1) >= longer) & (
        shared >= np.minimum(_SHARED, longer)
    )
    kept: Numbers = pairs[near]
    return kept


def _sharing(owners: Numbers, hashes: np.ndarray) -> tuple[Numbers, Numbers]:
    """Pairs of owners that share a hash, and how many hashes brought them together.

    Args:
        owners: of each hash, in order of the hashes, then their own.
        hashes: sorted.
    """
    bounds = np.flatnonzero(
        np.diff(hashes.astype(np.int64), prepend=-1, append=-1)
    )
    crowd = np.repeat(np.diff(bounds), np.diff(bounds))
    found = [np.zeros(0, np.int64)]
    for step in range(1, _CROWD):
        if step > 1:
            kept = (crowd > step) & (crowd <= _CROWD)
            owners, hashes, crowd = owners[kept], hashes[kept], crowd[kept]
        if len(owners) <= step:
            break
        same = np.flatnonzero(hashes[step:] == hashes[:-step])
        found.append((owners[same] << 32) | owners[same + step])
    different, shared = np.unique(np.concatenate(found), return_counts=True)
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
