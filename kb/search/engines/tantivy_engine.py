"""Tantivy behind the protocol: for large collections.

Tokens come joined by spaces, so its own analysis is a split at white space.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from kb.search.engines import (
    Counts,
    Engine,
    EntriesOf,
    Plan,
    ReadingOrder,
    Rows,
)
from kb.search.engines.tantivy_files import document_keys, write
from kb.search.engines.tantivy_query import Translator
from kb.search.engines.tantivy_segments import KEY, PLACE_BITS, opened
from kb.search.query_tree import unweighted
from kb.settings import Settings

_MOST_VALUES = 65_000
_SINGLE = "kind"  # every passage has just one, so that its counts add up to the total

# Hits asked beyond the limit: equal ones at the border are told apart by reading order,
# for which all of them must be there.
_BEYOND = 100

# Hits of which all are taken, for each that is asked in order: for more of them it is quicker to
# count first in which documents the first ones are (10,000 taken: 4 ms; counted: 6 ms).
AT_ONCE = 4


class TantivyEngine:
    """An open Tantivy index."""

    name = "tantivy"
    keeps = False

    def __init__(self, index: Any, order: ReadingOrder) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._order = order
        keys = document_keys(order.documents)
        found = np.array([keys[id] for id in order.documents], np.int64)
        self._by_key = np.argsort(found)
        self._keys = found[self._by_key]

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
        write(folder, documents, entries_of, previous, changed, patch)

    @classmethod
    def open(
        cls,
        folder: Path,
        order: ReadingOrder,
        settings: Settings | None = None,
    ) -> TantivyEngine:
        return cls(opened(folder), order)

    @classmethod
    def published(
        cls, folder: Path, kept: Iterable[Path], settings: Settings
    ) -> None:
        """Its files go with their folder."""

    def best(self, plan: Plan, limit: int) -> Rows:
        return self._best(plan, limit, count=False)[0]

    def best_and_total(self, plan: Plan, limit: int) -> tuple[Rows, int]:
        return self._best(plan, limit, count=True)

    def _best(self, plan: Plan, limit: int, count: bool) -> tuple[Rows, int]:
        """The best passages and, where they are counted too, how many match."""
        query = self._query(plan)
        asked = limit + _BEYOND
        while True:
            found = self._searcher.search(query, limit=asked, count=count)
            hits = found.hits
            all_told = len(hits) < asked or hits[-1][0] < hits[limit - 1][0]
            if all_told:
                break
            asked *= 2
        scores = np.array([score for score, _ in hits])
        rows = self._rows([address for _, address in hits])
        best: Rows = rows[np.lexsort((rows, -scores))[:limit]]
        return best, int(found.count or 0)

    def ordered(self, plan: Plan, order: str, limit: int) -> Rows:
        plain = Plan(unweighted(plan.tree), plan.filters)
        most = AT_ONCE * limit
        few = self._any(plain, most + 1)
        if len(few) <= most:
            return self._order.sorted(few, order)[:limit]
        _, counts = self.count(plan, ("document",))
        total, chosen = 0, []
        for number in self._order.sequence(order):
            document = self._order.documents[number]
            if document in counts["document"] and total < limit:
                chosen.append(document)
                total += counts["document"][document]
        first = Plan(plain.tree, {**plan.filters, "document": tuple(chosen)})
        return self._order.sorted(self._any(first, total), order)[:limit]

    def _any(self, plan: Plan, limit: int) -> Rows:
        """Rows of a plan, in no order of ours; one by a field costs no scoring."""
        hits = self._searcher.search(
            self._query(plan, scored=False),
            limit=limit,
            count=False,
            order_by_field=KEY,
        ).hits
        return self._rows_of_keys(np.array([key for key, _ in hits], np.int64))

    def count(self, plan: Plan, fields: tuple[str, ...]) -> tuple[int, Counts]:
        plain = Plan(unweighted(plan.tree), plan.filters)
        query = self._query(plain, scored=False)
        if not fields:
            return int(
                self._searcher.search(query, limit=1, count=True).count
            ), {}
        asked = {name: _values_of(name) for name in (*fields, _SINGLE)}
        found = self._searcher.aggregate(query, asked)
        counts = {
            name: {
                b["key"]: int(b["doc_count"]) for b in found[name]["buckets"]
            }
            for name in asked
        }
        total = sum(counts[_SINGLE].values())
        return total, {name: counts[name] for name in fields}

    def check(self) -> None:
        """Its files are open."""

    def close(self) -> None:
        """Tantivy closes its files with the last reference."""

    def _rows(self, addresses: list[Any]) -> Rows:
        """The rows of passages that were found."""
        if not addresses:
            return np.zeros(0, np.int64)
        keys = self._searcher.fast_field_values(KEY, addresses)
        return self._rows_of_keys(np.array(keys, np.int64))

    def _rows_of_keys(self, keys: Rows) -> Rows:
        """The rows of passages by their keys."""
        documents = self._by_key[
            np.searchsorted(self._keys, keys >> PLACE_BITS)
        ]
        places = keys & ((1 << PLACE_BITS) - 1)
        rows: Rows = self._order.starts[documents] + places
        return rows

    def _query(self, plan: Plan, scored: bool = True) -> Any:
        translator = Translator(self._schema, scored)
        query = translator.query(plan.tree)
        clauses = [(tantivy.Occur.Must, query)]
        for field, values in plan.filters.items():
            wanted = translator.one_of(field, values)
            unscored = tantivy.Query.const_score_query(wanted, 0.0)
            clauses.append((tantivy.Occur.Must, unscored))
        return (
            query
            if len(clauses) == 1
            else tantivy.Query.boolean_query(clauses)
        )


def _values_of(field: str) -> dict[str, Any]:
    """What is asked to count the values of a field."""
    return {"terms": {"field": field, "size": _MOST_VALUES}}


ENGINE: type[Engine] = TantivyEngine
