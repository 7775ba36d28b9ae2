"""What a generation was made of, so that the next one does only what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kb.records import Problem

FILE = "ledger.json"


@dataclass(frozen=True, slots=True)
class Line:
    """Of one document: the keys of its stages, and digests of its record and its links."""

    keys: Mapping[str, str] = field(default_factory=dict)
    record: str = ""
    links: str = ""
    without: tuple[str, ...] = ()


@dataclass
class Ledger:
    """A line a document; `whole` holds a digest for each stage over the whole corpus."""

    lines: dict[str, Line] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    linked: int = 0
    open_citations: list[Problem] = field(default_factory=list)

    def save(self, folder: Path) -> None:
        """Write the ledger into a generation."""
        (folder / FILE).write_bytes(msgspec.json.encode(self))

    @classmethod
    def load(cls, folder: Path) -> Ledger | None:
        """The ledger of a generation; None where it has none that can be read."""
        try:
            return msgspec.json.decode((folder / FILE).read_bytes(), type=cls)
        except (OSError, msgspec.DecodeError):
            return None


def digest_of(record: Any) -> str:
    """Changes with any field of a record, or of any in a tuple of records."""
    return hashlib.sha256(msgspec.msgpack.encode(record)).hexdigest()[:40]
