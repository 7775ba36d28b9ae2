"""What stores postings and finds candidates: one small protocol, an adapter an engine, one conformance suite for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from kb.search.query_tree import Node

# Fields of an engine. `body`, `parts` and `head` hold tokens of ours; the others exact values.
TOKENS = ("body", "parts", "head")
VALUES = ("theme", "kind", "document", "municipality")
WHOOSH_UP_TO = (
    5_000  # passages; docs/performance/search.md tells where Whoosh passes 100 ms
)


class Entry(NamedTuple):
    """A passage as an engine gets it. Token fields are joined by single spaces."""

    row: int
    body: str
    parts: str
    head: str
    theme: tuple[str, ...]
    kind: str
    document: str
    municipality: tuple[str, ...]
    by_year: int


@dataclass(frozen=True)
class Plan:
    """What to find: a query tree over the fields above, and for each value field the values of
    which one must hold.

    The tree is made of Term, Phrase, And, Or, AtLeast, Not, Every and Nothing.
    """

    tree: Node
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Engine(Protocol):
    """An index open for reading; safe to use from several threads."""

    name: str

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry], count: int) -> None:
        """Write a new index of `count` entries into `folder`."""

    @classmethod
    def open(cls, folder: Path) -> Engine:
        """Open an index for reading."""

    def best(self, plan: Plan, limit: int) -> npt.NDArray[np.int64]:
        """Rows of the `limit` best passages by the engine's own BM25, best first."""

    def ordered(self, plan: Plan, order: str, limit: int) -> npt.NDArray[np.int64]:
        """Rows of the first `limit` passages by `order`: "page" (reading order) or "year" (newest first)."""

    def count(
        self, plan: Plan, fields: tuple[str, ...]
    ) -> tuple[int, dict[str, dict[str, int]]]:
        """How many passages match, and for each of the value fields named how many have each value."""

    def close(self) -> None:
        """Let go of files."""


def choose(passages: int) -> str:
    """The engine that "auto" takes for a collection of this size."""
    return "whoosh" if passages <= WHOOSH_UP_TO else "tantivy"


def engine_class(name: str) -> type[Engine]:
    """The adapter of an engine by name. Raises SettingError for an unknown one."""
    from kb.errors import SettingError

    if name not in ("whoosh", "tantivy"):
        raise SettingError(name="engine", value=name, expected="auto, whoosh, tantivy")
    module = import_module(f"kb.search.engines.{name}_engine")
    found: type[Engine] = module.ENGINE
    return found
