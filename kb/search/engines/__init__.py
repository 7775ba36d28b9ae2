"""What stores postings and finds candidates.

One small protocol, an adapter an engine, and one conformance suite for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from kb.errors import SettingError
from kb.search.query_tree import Node
from kb.settings import ENGINES, Settings

# Fields of an engine: tokens of ours, and exact values.
TOKENS = ("body", "parts", "section", "title")
ALIKE = "alike"  # "yes" where a passage has near-duplicates
COUNTED = ("theme", "kind", "document", "municipality", "figures")
VALUES = (*COUNTED, ALIKE)

# Passages; docs/performance/indexing.md tells where Whoosh passes 100 ms.
WHOOSH_UP_TO = 5_000

Rows = npt.NDArray[np.int64]
Counts = dict[str, dict[str, int]]


class Entry(NamedTuple):
    """A passage as an engine gets it. Token fields are joined by single spaces."""

    place: int  # its number within the document, from 0
    body: str
    parts: str
    section: str
    title: str
    theme: tuple[str, ...]
    kind: str
    municipality: tuple[str, ...]
    figures: str = ""  # "yes" where it gives figures
    alike: str = ""  # "yes" where it has near-duplicates
    kept: Mapping[str, Any] | None = None  # for ranking, see `Engine.keeps`


EntriesOf = Callable[[str], Iterable[Entry]]


@dataclass(frozen=True)
class Plan:
    """What to find.

    Attributes:
        tree: of Term, Phrase, And, Or, AtLeast, Not, Every and Nothing, over the fields
            above.
        filters: for each value field the values of which one must hold.
    """

    tree: Node
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadingOrder:
    """Which row every passage has. An engine keeps documents; rows move with its neighbours.

    Attributes:
        documents: ids in reading order.
        starts: the first row of each, and at last the number of rows.
        newest: numbers of the documents, newest first.
    """

    documents: Sequence[str]
    starts: npt.NDArray[np.integer[Any]]
    newest: npt.NDArray[np.integer[Any]]

    @property
    def passages(self) -> int:
        """How many rows there are."""
        return int(self.starts[-1])

    @cached_property
    def number(self) -> dict[str, int]:
        """Document id to its number."""
        return {document: i for i, document in enumerate(self.documents)}

    def sequence(self, order: str) -> list[int]:
        """Numbers of the documents by "page" (reading order) or "year" (newest first)."""
        if order == "year":
            return [int(number) for number in self.newest]
        return list(range(len(self.documents)))

    def sorted(self, rows: Rows, order: str) -> Rows:
        """Rows by "page" or "year", those of one document in reading order."""
        rows = np.sort(rows)
        if order != "year":
            return rows
        rank = np.empty(len(self.documents), np.int64)
        rank[self.newest] = np.arange(len(self.documents))
        owner = np.searchsorted(self.starts, rows, side="right") - 1
        by_year: Rows = rows[np.argsort(rank[owner], kind="stable")]
        return by_year


class Engine(Protocol):
    """An index open for reading; safe to use from several threads.

    Attributes:
        name: as the setting has it.
        keeps: whether it keeps what ranking needs of each passage; for others that stands
            in the arrays of a collection.
    """

    name: str
    keeps: bool

    @classmethod
    def build(
        cls,
        folder: Path,
        documents: Sequence[str],
        entries_of: EntriesOf,
        previous: Path | None = None,
        changed: Collection[str] = (),
        settings: Settings | None = None,
        patch: bool = False,
    ) -> None:
        """Write an index into `folder`.

        Args:
            folder: made when missing.
            documents: ids of all documents.
            entries_of: the passages of a document.
            previous: an index of the same engine to begin with, if there is one; it stays
                as it is.
            changed: documents that are not as `previous` has them.
            settings: where an engine on other machines is; by default as this process
                would read them.
            patch: whether the changed may stand beside the others, which is quicker: what
                they said before then counts on in scores. For an index that the next
                build replaces; an engine need not.
        """

    @classmethod
    def open(
        cls,
        folder: Path,
        order: ReadingOrder,
        settings: Settings | None = None,
    ) -> Engine:
        """Open an index for reading."""

    @classmethod
    def published(
        cls, folder: Path, kept: Iterable[Path], settings: Settings
    ) -> None:
        """The index in `folder` is in use now; those in `kept` are still needed."""

    def best(self, plan: Plan, limit: int) -> Rows:
        """The `limit` best passages by the engine's own BM25, best first.

        Of equal ones that come first in reading order.
        """

    def best_and_total(self, plan: Plan, limit: int) -> tuple[Rows, int]:
        """The same, and how many match in all: an engine here counts them on its way."""

    def ordered(self, plan: Plan, order: str, limit: int) -> Rows:
        """The first `limit` passages by "page" (reading order) or "year" (newest first)."""

    def count(self, plan: Plan, fields: tuple[str, ...]) -> tuple[int, Counts]:
        """How many passages match, and how many have each value of the fields named."""

    def check(self) -> None:
        """See whether it answers. Raises KbError where it does not."""

    def close(self) -> None:
        """Let go of files."""


def choose(passages: int) -> str:
    """The engine that "auto" takes for a collection of this size."""
    return "whoosh" if passages <= WHOOSH_UP_TO else "tantivy"


def engine_class(name: str) -> type[Engine]:
    """The adapter of an engine by name. Raises SettingError for an unknown one."""
    if name not in ENGINES:
        expected = ", ".join(("auto", *ENGINES))
        raise SettingError(name="engine", value=name, expected=expected)
    module = import_module(f"kb.search.engines.{name}_engine")
    found: type[Engine] = module.ENGINE
    return found
