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
    TOKENS,
    Counts,
    Engine,
    EntriesOf,
    Plan,
    ReadingOrder,
    Rows,
)
from kb.search.engines.tantivy_files import (
    KEY,
    PLACE_BITS,
    document_keys,
    opened,
    write,
)
from kb.search.query_tree import (
    And,
    AtLeast,
    Every,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Term,
    unweighted,
)
from kb.settings import Settings

_MOST_VALUES = 65_000
_SINGLE = "kind"  # every passage has just one, so that its counts add up to the total

# Hits asked beyond the limit: equal ones at the border are told apart by reading order,
# for which all of them must be there.
_BEYOND = 100


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
    ) -> None:
        write(folder, documents, entries_of, previous, changed)

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
        query = self._query(plan)
        asked = limit + _BEYOND
        while True:
            hits = self._searcher.search(query, limit=asked, count=False).hits
            all_told = len(hits) < asked or hits[-1][0] < hits[limit - 1][0]
            if all_told:
                break
            asked *= 2
        scores = np.array([score for score, _ in hits])
        rows = self._rows([address for _, address in hits])
        best: Rows = rows[np.lexsort((rows, -scores))[:limit]]
        return best

    def ordered(self, plan: Plan, order: str, limit: int) -> Rows:
        _, counts = self.count(plan, ("document",))
        total, chosen = 0, []
        for number in self._order.sequence(order):
            document = self._order.documents[number]
            if document in counts["document"] and total < limit:
                chosen.append(document)
                total += counts["document"][document]
        if not chosen:
            return np.zeros(0, np.int64)
        first = Plan(plan.tree, {**plan.filters, "document": tuple(chosen)})
        # Any order will do, and one by a field costs no scoring.
        hits = self._searcher.search(
            self._query(first), limit=total, count=False, order_by_field=KEY
        ).hits
        rows = self._rows([address for _, address in hits])
        return self._order.sorted(rows, order)[:limit]

    def count(self, plan: Plan, fields: tuple[str, ...]) -> tuple[int, Counts]:
        query = self._query(Plan(unweighted(plan.tree), plan.filters))
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
        keys = np.array(
            self._searcher.fast_field_values(KEY, addresses), np.int64
        )
        documents = self._by_key[
            np.searchsorted(self._keys, keys >> PLACE_BITS)
        ]
        places = keys & ((1 << PLACE_BITS) - 1)
        rows: Rows = self._order.starts[documents] + places
        return rows

    def _query(self, plan: Plan) -> Any:
        query = self._translate(plan.tree)
        clauses = [(tantivy.Occur.Must, query)]
        for field, values in plan.filters.items():
            wanted = self._one_of(field, values)
            unscored = tantivy.Query.const_score_query(wanted, 0.0)
            clauses.append((tantivy.Occur.Must, unscored))
        return (
            query
            if len(clauses) == 1
            else tantivy.Query.boolean_query(clauses)
        )

    def _one_of(self, field: str, values: tuple[str, ...]) -> Any:
        if not values:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self._schema, field, list(values))

    def _translate(self, node: Node) -> Any:
        q = tantivy.Query
        match node:
            case Nothing():
                return q.empty_query()
            case Every():
                return q.const_score_query(q.all_query(), 1.0)
            case Term(field, text, boost):
                found = q.term_query(self._schema, field, text, _option(field))
                return _boosted(found, boost)
            case Phrase(field, words, slop, boost):
                return _boosted(self._phrase(field, words, slop), boost)
            case Not(part):
                return q.boolean_query(
                    [
                        (tantivy.Occur.Must, q.all_query()),
                        (tantivy.Occur.MustNot, self._translate(part)),
                    ]
                )
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return q.boolean_query(self._may(parts))
            case AtLeast(least, parts):
                return q.boolean_query(
                    self._may(parts), minimum_number_should_match=least
                )
        raise TypeError(f"no translation for {type(node).__name__}")

    def _may(self, parts: tuple[Node, ...]) -> list[Any]:
        return [
            (tantivy.Occur.Should, self._translate(part)) for part in parts
        ]

    def _all_of(self, parts: tuple[Node, ...]) -> Any:
        q = tantivy.Query
        clauses = [
            (tantivy.Occur.MustNot, self._translate(part.part))
            if isinstance(part, Not)
            else (tantivy.Occur.Must, self._translate(part))
            for part in parts
        ]
        if all(isinstance(part, Not) for part in parts):
            every = q.const_score_query(q.all_query(), 1.0)
            clauses.append((tantivy.Occur.Must, every))
        return q.boolean_query(clauses)

    def _phrase(self, field: str, words: tuple[str, ...], slop: int) -> Any:
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, field, words[0])
        return tantivy.Query.phrase_query(
            self._schema, field, list(words), slop
        )


def _values_of(field: str) -> dict[str, Any]:
    """What is asked to count the values of a field."""
    return {"terms": {"field": field, "size": _MOST_VALUES}}


def _option(field: str) -> str:
    """How much the index keeps of a field's tokens."""
    if field == "body":
        return "position"
    return "freq" if field in TOKENS else "basic"


def _boosted(query: Any, boost: float) -> Any:
    return (
        query
        if boost == 1.0
        else tantivy.Query.boost_query(query, float(boost))
    )


ENGINE: type[Engine] = TantivyEngine
