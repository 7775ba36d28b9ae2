"""Whoosh behind the protocol: pure Python, for small collections.

Whoosh keeps the postings and finds phrases. Its own matchers walk postings one by one, which
takes half a second for a question with forty expansions; here the postings of a term are read
once, kept as arrays, and combined and scored in numpy by the BM25 that Tantivy has too.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import query as wq

from kb.search.engines import (
    TOKENS,
    VALUES,
    Counts,
    Engine,
    EntriesOf,
    Plan,
    ReadingOrder,
    Rows,
)
from kb.search.engines.whoosh_files import DELETED, Passages, opened, write
from kb.search.query_tree import (
    And,
    AtLeast,
    Every,
    Node,
    Not,
    Or,
    Phrase,
    Term,
)
from kb.settings import Settings

_K1, _B = 1.2, 0.75  # of BM25, as Tantivy has them
_KEPT = 4_000  # terms whose postings stay in memory
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


class _Values:
    """The exact values of one field by row.

    Counting them here spares asking Whoosh, whose grouping is slow.
    """

    def __init__(self, pairs: Sequence[tuple[int, str]], row: Rows) -> None:
        """Takes pairs of a passage's number and a value, and the row of each number."""
        kept = [
            (int(row[at]), value) for at, value in pairs if row[at] != DELETED
        ]
        self._names = sorted({value for _, value in kept})
        number = {value: i for i, value in enumerate(self._names)}
        self._rows = np.array([at for at, _ in kept], np.int64)
        self._numbers = np.array(
            [number[value] for _, value in kept], np.int64
        )

    def count(self, matched: Mask) -> dict[str, int]:
        """How many matched rows have each value."""
        held = self._numbers[matched[self._rows]]
        found = np.bincount(held, minlength=len(self._names))
        return {self._names[i]: int(found[i]) for i in np.flatnonzero(found)}


def _rows_of(passages: Passages, order: ReadingOrder) -> Rows:
    """The row of each of Whoosh's numbers, DELETED where the passage is gone."""
    owner = np.array(passages.owner, np.int64)
    first = [
        int(order.starts[order.number[document]])
        if document in order.number
        else 0
        for document in passages.documents
    ]
    row = np.array([*first, 0], np.int64)[owner] + np.array(
        passages.place, np.int64
    )
    return np.where(owner == DELETED, DELETED, row)


class WhooshEngine:
    """An open Whoosh index."""

    name = "whoosh"
    keeps = False

    def __init__(
        self, index: Any, passages: Passages, order: ReadingOrder
    ) -> None:
        self._index = index
        self._searcher = index.searcher()
        self._order = order
        self._size = order.passages
        self._row = _rows_of(passages, order)
        self._values = {
            name: _Values(passages.values[name], self._row) for name in VALUES
        }
        self._norms = {
            name: self._norm(passages.lengths[name]) for name in TOKENS
        }
        self._postings: OrderedDict[tuple[str, str], tuple[Rows, Scores]] = (
            OrderedDict()
        )
        # A searcher reads postings through one file position.
        self._lock = threading.Lock()

    def _norm(self, lengths: Sequence[int]) -> Scores:
        """What the length of a field does to the score of each row."""
        there = self._row != DELETED
        found = np.zeros(self._size)
        found[self._row[there]] = np.array(lengths, np.float64)[there]
        mean = float(found.mean()) if self._size else 0.0
        norm: Scores = _K1 * (1 - _B + _B * found / max(1.0, mean))
        return norm

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
        write(folder, documents, entries_of, previous, changed)

    @classmethod
    def open(
        cls,
        folder: Path,
        order: ReadingOrder,
        settings: Settings | None = None,
    ) -> WhooshEngine:
        return cls(opened(folder), Passages.load(folder), order)

    @classmethod
    def published(
        cls, folder: Path, kept: Iterable[Path], settings: Settings
    ) -> None:
        """Its files go with their folder."""

    def best(self, plan: Plan, limit: int) -> Rows:
        return self.best_and_total(plan, limit)[0]

    def best_and_total(self, plan: Plan, limit: int) -> tuple[Rows, int]:
        mask, scores = self._evaluate(plan)
        rows = np.flatnonzero(mask)
        # Sums of the same scores may differ in their last digits.
        found: Rows = rows[
            np.lexsort((rows, -np.round(scores[rows], 9)))[:limit]
        ]
        return found, len(rows)

    def ordered(self, plan: Plan, order: str, limit: int) -> Rows:
        rows = np.flatnonzero(self._evaluate(plan)[0])
        return self._order.sorted(rows, order)[:limit]

    def count(self, plan: Plan, fields: tuple[str, ...]) -> tuple[int, Counts]:
        mask, _ = self._evaluate(plan)
        counts = {name: self._values[name].count(mask) for name in fields}
        return int(mask.sum()), counts

    def check(self) -> None:
        """Its files are open."""

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def _evaluate(self, plan: Plan) -> tuple[Mask, Scores]:
        """Which rows match a plan, and their scores."""
        mask, scores = self._tree(plan.tree)
        for field, values in plan.filters.items():
            wanted = np.zeros(len(mask), np.bool_)
            for value in values:
                wanted[self._read(field, value)[0]] = True
            mask = mask & wanted
        return mask, scores

    def _tree(self, node: Node) -> tuple[Mask, Scores]:
        mask, scores = np.zeros(self._size, np.bool_), np.zeros(self._size)
        match node:
            case Every():
                return ~mask, scores
            case Term(field, text, boost):
                found, values = self._read(field, text)
                mask[found], scores[found] = True, values * boost
            case Phrase():
                found = self._phrase(node)
                mask[found], scores[found] = True, node.boost
            case Not(part):
                return ~self._tree(part)[0], scores
            case And(parts) | Or(parts) | AtLeast(_, parts):
                return self._group(node, [self._tree(part) for part in parts])
        return mask, scores

    def _group(
        self, node: And | Or | AtLeast, parts: list[tuple[Mask, Scores]]
    ) -> tuple[Mask, Scores]:
        """Rows of which enough parts hold, with the sum of their scores."""
        if isinstance(node, AtLeast):
            least = node.least
        else:
            least = len(parts) if isinstance(node, And) else 1
        held = np.sum([found for found, _ in parts], axis=0)
        return held >= least, np.sum([values for _, values in parts], axis=0)

    def _phrase(self, node: Phrase) -> Rows:
        asked = wq.Phrase(node.field, list(node.words), slop=node.slop + 1)
        with self._lock:
            found = np.fromiter(self._searcher.docs_for_query(asked), np.int64)
        return self._row[found]

    def _read(self, field: str, text: str) -> tuple[Rows, Scores]:
        """Rows that have a term, and its BM25 in each; kept for the next time."""
        key = (field, text)
        with self._lock:
            if key in self._postings:
                self._postings.move_to_end(key)
                return self._postings[key]
            rows, weights = self._walk(field, text)
            self._postings[key] = rows, self._bm25(field, rows, weights)
            if len(self._postings) > _KEPT:
                self._postings.popitem(last=False)
            return self._postings[key]

    def _bm25(self, field: str, rows: Rows, weights: Scores) -> Scores:
        """Scores of a term that occurs in `rows` so often; none for exact values."""
        if field not in TOKENS:
            return np.zeros(len(rows))
        rarity = np.log(1 + (self._size - len(rows) + 0.5) / (len(rows) + 0.5))
        norms = self._norms[field][rows]
        scores: Scores = rarity * weights * (_K1 + 1) / (weights + norms)
        return scores

    def _walk(self, field: str, text: str) -> tuple[Rows, Scores]:
        """Rows that have a term, and how often."""
        reader = self._searcher.reader()
        if (field, text) not in reader:
            return np.zeros(0, np.int64), np.zeros(0)
        matcher = reader.postings(field, text)
        numbers, weights = [], []
        while matcher.is_active():
            numbers.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return self._row[np.array(numbers, np.int64)], np.array(
            weights, np.float64
        )


ENGINE: type[Engine] = WhooshEngine
