"""All records of one store into another, and whether they arrived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from kb.errors import CopyDiffersError
from kb.store.schema import TABLES
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class Copied:
    """How many records of each table were copied."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Of all tables."""
        return sum(self.counts.values())


def copy(source: Store, target: Store) -> Copied:
    """Copy every record into an empty store, and compare both.

    Raises:
        CopyDiffersError: what arrived is not what was there.
    """
    counts = {}
    for record, table in TABLES.items():
        target.add(source.each(record))
        sent, arrived = _digest(source, record), _digest(target, record)
        if sent != arrived:
            raise CopyDiffersError(table=table.name)
        counts[table.name] = target.count(record)
    return Copied(counts)


def _digest(store: Store, record: type) -> str:
    """A checksum of all records of a class, in their order."""
    digest = hashlib.sha256()
    for line in _lines(store, record):
        digest.update(line)
    return digest.hexdigest()


def _lines(store: Store, record: type) -> Iterator[bytes]:
    coming: Iterator[Any] = store.each(record)
    for found in coming:
        yield msgspec.json.encode(found) + b"\n"
