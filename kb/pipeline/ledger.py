"""What a generation was made of, so that the next one does only what changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from kb.pipeline.versions import version_of
from kb.records import Problem

FILE = "ledger.json"
SHAPE = ("records.py", "store", "pipeline", "corpus", "bibliography")


@dataclass(frozen=True, slots=True)
class Line:
    """Of one document: the keys of its stages, digests of its record, links and decisions.

    `source` is the document of the file that it stands in, which is another one for the
    articles of a collection.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    record: str = ""
    links: str = ""
    without: tuple[str, ...] = ()
    source: str = ""
    edits: str = ""
    views: str = ""


@dataclass
class Ledger:
    """A line a document; `whole` holds a digest for each stage over the whole corpus.

    `shape` is the version of tables and records: rows of another shape cannot be gone on
    from.
    """

    shape: str = field(default_factory=lambda: version_of(SHAPE))
    lines: dict[str, Line] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    linked: int = 0
    open_citations: list[Problem] = field(default_factory=list)

    def of_source(self, source: str) -> dict[str, Line]:
        """The lines of the documents that stood in a file, by id."""
        return {
            id: self.lines[id] for id in self._ids_by_source.get(source, ())
        }

    @cached_property
    def _ids_by_source(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for id, line in self.lines.items():
            found[line.source].append(id)
        return found

    def save(self, folder: Path) -> None:
        """Write the ledger into a generation."""
        (folder / FILE).write_bytes(msgspec.json.encode(self))

    @classmethod
    def load(cls, folder: Path) -> Ledger | None:
        """The ledger of a generation; None where none can be read, or gone on from."""
        try:
            found = msgspec.json.decode((folder / FILE).read_bytes(), type=cls)
        except (OSError, msgspec.DecodeError):
            return None
        return found if found.shape == version_of(SHAPE) else None


def digest_of(record: Any) -> str:
    """Changes with any field of a record, or of any in a tuple of records."""
    return hashlib.sha256(msgspec.msgpack.encode(record)).hexdigest()[:40]
