"""A collection whose passages stand in an engine on other machines.

A process has the words of the collection and its documents; of passages only those that a
question brings, as the engine keeps them.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np

from kb.search.engines import Plan, ReadingOrder
from kb.search.index.candidates import Candidates, Facts, shared
from kb.search.index.collection import STARTS, Collection
from kb.search.index.compact import CompactLexicon, left_on_disk
from kb.search.index.forward_index import Rows, rows_of, starts_of
from kb.search.index.lexicon import Floats, Ints
from kb.search.index.sources import (
    Names,
    OfDocuments,
    Source,
    of_documents,
    reading_order,
)

REMEMBERED = 8_000  # passages, some 1.5 kB each; a question brings 500 to 600
AT_ONCE = 1_000  # passages asked in one request
ALONE = -1  # group of a passage that has no near-duplicates
_GROUP_BYTES = 7  # of a group's number, made from its name
_NO_WORDS: Ints = np.zeros(0, np.int32)


class Keeper(Protocol):
    """An engine that keeps what ranking needs of each passage."""

    def stored(self, rows: Ints) -> list[dict[str, Any]]:
        """What it keeps of passages, in the order of their rows."""

    def find(self, passage: str) -> int | None:
        """The row of a passage by its id."""

    def strongest(self, plan: Plan, themes: Sequence[str], limit: int) -> Ints:
        """The first passages of a plan by falling evidence for themes."""

    def passing(
        self,
        filters: Mapping[str, tuple[str, ...]],
        excluded: Mapping[str, tuple[str, ...]],
        limit: int,
    ) -> Ints:
        """Passages that pass filters, in reading order."""

    def evident(
        self,
        filters: Mapping[str, tuple[str, ...]],
        excluded: Mapping[str, tuple[str, ...]],
        prior: Mapping[str, float],
        limit: int,
    ) -> tuple[Ints, Floats]:
        """Passages that pass filters by their evidence."""


def kept_of(collection: Collection, row: int) -> dict[str, Any]:
    """What an engine keeps of a passage: names and words, for numbers change with others."""
    names, columns = collection.names, collection.columns
    words = collection.lexicon.words
    section = collection.sections[int(columns["section"][row])]
    first, last = collection.themes.starts[row : row + 2].tolist()
    kept: dict[str, Any] = {
        "id": collection.ids[row],
        "words": " ".join([words[n] for n in collection.bodies[row].tolist()]),
        "kind": names.kinds[columns["kind"][row]],
    }
    if len(section):
        kept["section"] = " ".join([words[n] for n in section.tolist()])
    if last > first:
        kept["themes"] = [names.themes[n] for n in collection.themes[row]]
        kept["scores"] = collection.theme_scores[first:last].tolist()
    places = [names.municipalities[n] for n in collection.municipalities[row]]
    if places:
        kept["places"] = places
    if columns["figures"][row]:
        kept["figures"] = True
    if columns["group"][row] >= 0:
        kept["group"] = group_number(names.groups[columns["group"][row]])
    return kept


def group_number(name: str) -> int:
    """A number for a group of near-duplicates, by its name alone."""
    digest = hashlib.blake2b(name.encode(), digest_size=_GROUP_BYTES)
    return int.from_bytes(digest.digest())


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage as the engine keeps it, in numbers of this collection."""

    id: str
    words: Ints
    section: str
    kind: int
    themes: list[int]
    scores: list[float]
    places: list[int]
    group: int
    figures: bool


class _NamesInUse(msgspec.Struct):
    """The names that a process needs; those of sections and groups are as many as passages."""

    sources: list[Source]
    kinds: list[str]
    themes: list[str]
    municipalities: list[str]


@dataclass
class RemoteCollection:
    """A collection as `Passages` has it, with its rows in an engine."""

    names: Names
    lexicon: CompactLexicon
    starts: (
        Ints  # the first row of every document, and at last the number of rows
    )
    mean_lengths: tuple[float, float, float]
    has_alike: bool = True
    engine: Keeper | None = None
    _remembered: OrderedDict[int, _Passage] = field(
        default_factory=OrderedDict
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __len__(self) -> int:
        return int(self.starts[-1])

    @classmethod
    def load(cls, folder: Path, meta: str) -> RemoteCollection:
        """Read what is not of single passages; `engine` is set by who opens it."""
        written = left_on_disk(folder / "names.json")
        names = msgspec.json.decode(written, type=_NamesInUse)
        told = json.loads((folder / meta).read_text(encoding="utf-8"))
        body, section, title = told["mean_lengths"]
        return cls(
            Names(
                names.sources, names.kinds, names.themes, names.municipalities
            ),
            CompactLexicon.load(folder),
            np.load(folder / STARTS),
            (body, section, title),
            told["alike"],
        )

    @cached_property
    def document_number(self) -> dict[str, int]:
        """Document id to its number."""
        return {source.id: i for i, source in enumerate(self.names.sources)}

    @cached_property
    def reading_order(self) -> ReadingOrder:
        """The order of documents, by id and from the newest to the oldest."""
        return reading_order(self.names.sources, self.starts)

    @cached_property
    def of_documents(self) -> OfDocuments:
        """What passages have from their document, by facet."""
        return of_documents(self.names.sources)

    def gather(self, rows: Ints) -> Candidates:
        """The passages of some rows."""
        found = self._passages(rows)
        bodies = _rows([one.words for one in found])
        themes = rows_of([one.themes for one in found])
        scores = [score for one in found for score in one.scores]
        texts: dict[str, int] = {}
        sections = [texts.setdefault(p.section, len(texts)) for p in found]
        return Candidates(
            rows,
            bodies,
            bodies.owners,
            shared(
                _rows(self._numbers(list(texts))),
                np.array(sections, np.int64),
            ),
            self.documents_of(rows),
            np.array([one.kind for one in found], np.int64),
            np.array([one.group for one in found], np.int64),
            themes,
            np.array(scores, np.float32),
            rows_of([one.places for one in found]),
            np.array([one.figures for one in found], np.bool_),
        )

    def facts_of(self, rows: Ints) -> Facts:
        """What can be chosen of the passages of some rows."""
        found = self._passages(rows)
        return Facts(
            self.documents_of(rows),
            np.array([one.kind for one in found], np.int64),
            rows_of([one.themes for one in found]),
            rows_of([one.places for one in found]),
            np.array([one.figures for one in found], np.bool_),
        )

    def ids_of(self, rows: Ints) -> list[str]:
        """The ids of some rows."""
        return [one.id for one in self._passages(rows)]

    def row_of(self, id: str) -> int | None:
        """The row of a passage; None where there is no such passage."""
        return self._keeper.find(id)

    def documents_of(self, rows: Ints) -> Ints:
        """The number of the document of each row."""
        return np.searchsorted(self.starts, rows, side="right") - 1

    def groups_of(self, rows: Ints) -> Ints:
        """The group of near-duplicates of each row, below nought without."""
        found = self._passages(rows)
        return np.array([one.group for one in found], np.int64)

    def evidence_of(self, rows: Ints, themes: Sequence[str]) -> Floats:
        """The highest score of each row for one of these themes; see `Passages`."""
        number = self._number_of["themes"]
        wanted = {number[theme] for theme in themes if theme in number}
        best = [
            max(
                (
                    score
                    for theme, score in zip(
                        one.themes, one.scores, strict=True
                    )
                    if theme in wanted or not themes
                ),
                default=0.0,
            )
            for one in self._passages(rows)
        ]
        return np.array(best, np.float64)

    def strongest(self, plan: Plan, themes: Sequence[str], limit: int) -> Ints:
        """The first rows of a plan by falling evidence for themes."""
        return self._keeper.strongest(plan, themes, limit)

    def browsed(
        self,
        filters: Mapping[str, tuple[str, ...]],
        excluded: Mapping[str, tuple[str, ...]],
        prior: Mapping[str, float],
        limit: int,
    ) -> tuple[Ints, Floats]:
        """The first rows that pass filters, with their evidence; see `browse`."""
        if set(filters) <= {"document"}:
            rows = self._keeper.passing(filters, excluded, limit)
            return rows, np.zeros(len(rows))
        return self._keeper.evident(filters, excluded, prior, limit)

    @property
    def _keeper(self) -> Keeper:
        if self.engine is None:
            raise ValueError("a collection without its engine has no rows")
        return self.engine

    def _passages(self, rows: Ints) -> list[_Passage]:
        """Passages by row: those remembered, and others as the engine keeps them."""
        wanted = rows.tolist()
        with self._lock:
            found = {
                row: self._remembered[row]
                for row in wanted
                if row in self._remembered
            }
        missing = [row for row in dict.fromkeys(wanted) if row not in found]
        for first in range(0, len(missing), AT_ONCE):
            asked = missing[first : first + AT_ONCE]
            stored = self._keeper.stored(np.array(asked, np.int64))
            found |= zip(asked, self._read(stored), strict=True)
        self._remember({row: found[row] for row in missing})
        return [found[row] for row in wanted]

    def _remember(self, fresh: Mapping[int, _Passage]) -> None:
        with self._lock:
            self._remembered.update(fresh)
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)

    def _read(self, stored: Sequence[Mapping[str, Any]]) -> list[_Passage]:
        """Passages as an engine keeps them, in numbers of this collection."""
        words = self._numbers([kept["words"] for kept in stored])
        return list(map(self._passage, stored, words))

    def _passage(self, kept: Mapping[str, Any], words: Ints) -> _Passage:
        numbers = self._number_of
        return _Passage(
            kept["id"],
            words,
            kept.get("section", ""),
            numbers["kinds"][kept["kind"]],
            [numbers["themes"][name] for name in kept.get("themes", ())],
            kept.get("scores", []),
            [
                numbers["municipalities"][name]
                for name in kept.get("places", ())
            ],
            kept.get("group", ALONE),
            kept.get("figures", False),
        )

    def _numbers(self, texts: Sequence[str]) -> list[Ints]:
        """The numbers of the words of each text, which are joined by spaces."""
        held = [text for text in texts if text]
        if not held:
            return [_NO_WORDS for _ in texts]
        joined = " ".join(held).encode()
        numbers = self.lexicon.number.all_in(joined, b" ")
        ends = np.cumsum(
            [text.count(" ") + 1 if text else 0 for text in texts]
        )
        # Each a copy: a part of an array would hold the whole of it.
        return [part.copy() for part in np.split(numbers, ends[:-1])]

    @cached_property
    def _number_of(self) -> dict[str, dict[str, int]]:
        return {
            what: {
                name: number
                for number, name in enumerate(getattr(self.names, what))
            }
            for what in ("kinds", "themes", "municipalities")
        }


def _rows(texts: Sequence[Ints]) -> Rows:
    lengths = np.array([len(text) for text in texts], np.int64)
    words = np.concatenate([np.zeros(0, np.int32), *texts])
    return Rows(starts_of(lengths), words)
