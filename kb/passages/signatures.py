"""What a passage says, as the hashes of its three-word shingles: small, and quick to compare.

They are kept with a generation, so that only changed documents are hashed again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
SHINGLE = 3  # words
LEAST_WORDS = 8  # shorter passages (headings, list items) are left alone

_WORD = re.compile(r"[^\W_]+")
_ODD = 0xC2B2AE3D27D4EB4F
# Odd numbers without a pattern, one for each word of a shingle: so that a shingle is not
# taken for its words in another order.
_FACTORS = tuple(
    np.uint64(f) for f in (0x9E3779B97F4A7C15, _ODD, 0x165667B19E3779F9)
)


@dataclass
class Signatures:
    """The passages of documents in order, each with its shingles.

    Attributes:
        documents: ids.
        ends: of each document, how many passages there are up to and with it.
        ids: of the passages.
        letters: how long each passage is.
        stops: of each passage, how many hashes there are up to and with it.
        hashes: of all passages in a row, sorted within each and without doubles.
    """

    documents: list[str]
    ends: Numbers
    ids: list[str]
    letters: Numbers
    stops: Numbers
    hashes: Hashes

    @property
    def starts(self) -> Numbers:
        """Where the hashes of each passage begin, and at last where they end."""
        return np.concatenate([np.zeros(1, np.int64), self.stops])

    def of(self, passage: int) -> Hashes:
        """The shingles of one passage, sorted, without doubles."""
        first = self.stops[passage - 1] if passage else 0
        return self.hashes[first : self.stops[passage]]

    def document(self, number: int) -> Signatures:
        """Those of one document."""
        first = int(self.ends[number - 1]) if number else 0
        last = int(self.ends[number])
        low, high = self.starts[[first, last]].tolist()
        return Signatures(
            [self.documents[number]],
            np.array([last - first], np.int64),
            self.ids[first:last],
            self.letters[first:last],
            self.stops[first:last] - low,
            self.hashes[low:high],
        )

    def save(self, file: Path) -> None:
        """Write to one file."""
        found: dict[str, Any] = {name: getattr(self, name) for name in _ARRAYS}
        found |= {name: _packed(getattr(self, name)) for name in _NAMES}
        with file.open("wb") as handle:
            np.savez(handle, **found)

    @classmethod
    def load(cls, file: Path) -> Signatures:
        """Read what `save` wrote. Raises OSError, ValueError."""
        try:
            with file.open("rb") as handle, np.load(handle) as found:
                names: dict[str, Any] = {
                    n: _unpacked(found[n]) for n in _NAMES
                }
                return cls(**names, **{name: found[name] for name in _ARRAYS})
        except (BadZipFile, KeyError, EOFError) as error:
            raise ValueError(f"{file} has no signatures") from error


_NAMES = ("documents", "ids")
_ARRAYS = ("ends", "letters", "stops", "hashes")


def sign(document: str, passages: Iterable[tuple[str, str]]) -> Signatures:
    """The signatures of one document, from the id and text of each passage."""
    kept = list(passages)
    codes = [_codes(text) for _, text in kept]
    owners, hashes = _shingles(codes)
    return Signatures(
        [document],
        np.array([len(kept)], np.int64),
        [id for id, _ in kept],
        np.array([len(text) for _, text in kept], np.int64),
        np.cumsum(np.bincount(owners, minlength=len(kept))),
        hashes,
    )


def gathered(parts: Sequence[Signatures]) -> Signatures:
    """Signatures of several documents, one after another."""
    numbers, none = np.zeros(0, np.int64), np.zeros(0, np.uint32)
    per_passage = [np.diff(part.starts) for part in parts]
    return Signatures(
        [id for part in parts for id in part.documents],
        np.cumsum(
            np.concatenate(
                [numbers, *(np.diff(p.ends, prepend=0) for p in parts)]
            )
        ),
        [id for part in parts for id in part.ids],
        np.concatenate([numbers, *(part.letters for part in parts)]),
        np.cumsum(np.concatenate([numbers, *per_passage])),
        np.concatenate([none, *(part.hashes for part in parts)]),
    )


def signatures_of(
    documents: Iterable[str],
    texts_of: Callable[[str], Iterable[tuple[str, str]]],
    previous: Path | None = None,
    changed: Collection[str] = (),
) -> Signatures:
    """The signatures of documents, of which only some are made anew.

    Args:
        documents: ids, in the order that is wanted.
        texts_of: id and text of the passages of a document, in reading order.
        previous: a file with those of the last generation; one that cannot be read
            counts as none.
        changed: documents whose passages are not those of the last generation.
    """
    known: dict[str, int] = {}
    last = gathered([])
    if previous is not None:
        try:
            last = Signatures.load(previous)
        except (OSError, ValueError):
            last = gathered([])
        known = {id: number for number, id in enumerate(last.documents)}
    return gathered(
        [
            last.document(known[id])
            if id in known and id not in changed
            else sign(id, texts_of(id))
            for id in documents
        ]
    )


@lru_cache(maxsize=200_000)
def _code(word: str) -> int:
    return zlib.crc32(word.encode())


def _codes(text: str) -> list[int]:
    """A number for every word of a text; none for a text that is too short."""
    words = _WORD.findall(text.lower())
    return [_code(word) for word in words] if len(words) >= LEAST_WORDS else []


def _shingles(codes: Sequence[list[int]]) -> tuple[Numbers, Hashes]:
    """The different shingles of texts: whose each is, and its hash, in that order."""
    flat = np.array([code for text in codes for code in text], np.uint64)
    if not len(flat):
        return np.zeros(0, np.int64), np.zeros(0, np.uint32)
    owners = np.repeat(np.arange(len(codes)), [len(text) for text in codes])
    many = len(flat) - SHINGLE + 1
    mixed = np.zeros(many, np.uint64)
    for step, factor in enumerate(_FACTORS):
        mixed ^= (flat[step : step + many] + np.uint64(step + 1)) * factor
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_ODD)
    # Shingles over the border of two texts are none.
    whole = owners[:many] == owners[SHINGLE - 1 :]
    low = mixed[whole] >> np.uint64(32)
    different = np.unique(
        (owners[:many][whole].astype(np.uint64) << np.uint64(32)) | low
    )
    return (different >> np.uint64(32)).astype(np.int64), different.astype(
        np.uint32
    )


def _packed(names: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _unpacked(packed: npt.NDArray[np.uint8]) -> list[str]:
    text = packed.tobytes().decode()
    return text.split("\n") if text else []
