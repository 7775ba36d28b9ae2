"""Tantivy behind the protocol: for large collections. Tokens come joined by spaces, so its own analysis is a whitespace split."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from kb.search.engines import TOKENS, VALUES, Engine, Entry, Plan
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
    flattened,
)

_HEAP = 512_000_000
_TOKENIZER = "kb_space"
_MOST_VALUES = 65_000
_SINGLE = "kind"  # every passage has just one, so that its counts add up to the total


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name=_TOKENIZER, index_option="position")
    for name in ("parts", "head"):
        builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
    for name in VALUES:
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=True
        )
    for name in ("row", "by_year"):
        builder.add_integer_field(name, fast=True)
    return builder.build()


def _register(index: Any) -> Any:
    """A tokenizer is not kept in the index: it must be registered after every opening."""
    index.register_tokenizer(
        _TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    return index


class TantivyEngine:
    """An open Tantivy index."""

    name = "tantivy"

    def __init__(self, index: Any) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry], count: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        index = _register(tantivy.Index(_schema(), path=str(folder)))
        writer = index.writer(_HEAP, 1)
        for entry in entries:
            document = tantivy.Document(
                row=entry.row, body=entry.body, parts=entry.parts, head=entry.head, kind=entry.kind, document=entry.document,
                theme=list(entry.theme), municipality=list(entry.municipality), by_year=entry.by_year,
            )  # fmt: skip
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    @classmethod
    def open(cls, folder: Path) -> TantivyEngine:
        return cls(_register(tantivy.Index.open(str(folder))))

    def best(self, plan: Plan, limit: int) -> npt.NDArray[np.int64]:
        hits = self._searcher.search(self._query(plan), limit=limit, count=False).hits
        return self._rows([address for _, address in hits])

    def ordered(self, plan: Plan, order: str, limit: int) -> npt.NDArray[np.int64]:
        field = {"page": "row", "year": "by_year"}[order]
        hits = self._searcher.search(
            self._query(plan),
            limit=limit,
            count=False,
            order_by_field=field,
            order=tantivy.Order.Asc,
        ).hits
        return self._rows([address for _, address in hits])

    def count(
        self, plan: Plan, fields: tuple[str, ...]
    ) -> tuple[int, dict[str, dict[str, int]]]:
        query = self._query(Plan(unweighted(plan.tree), plan.filters))
        if not fields:
            return int(self._searcher.search(query, limit=1, count=True).count), {}
        asked: dict[str, Any] = {
            f: {"terms": {"field": f, "size": _MOST_VALUES}} for f in fields
        }
        if _SINGLE not in asked:
            asked[_SINGLE] = {"terms": {"field": _SINGLE, "size": _MOST_VALUES}}
        found = self._searcher.aggregate(query, asked)
        counts = {
            f: {b["key"]: int(b["doc_count"]) for b in found[f]["buckets"]}
            for f in asked
        }
        return sum(counts[_SINGLE].values()), {f: counts[f] for f in fields}

    def close(self) -> None:
        """Tantivy closes its files with the last reference."""

    def _rows(self, addresses: list[Any]) -> npt.NDArray[np.int64]:
        values = self._searcher.fast_field_values("row", addresses) if addresses else []
        return np.array(values, np.int64)

    def _query(self, plan: Plan) -> Any:
        query = self._translate(plan.tree)
        clauses = [(tantivy.Occur.Must, query)]
        for field, values in plan.filters.items():
            wanted = (
                tantivy.Query.term_set_query(self._schema, field, list(values))
                if values
                else tantivy.Query.empty_query()
            )
            clauses.append(
                (tantivy.Occur.Must, tantivy.Query.const_score_query(wanted, 0.0))
            )
        return query if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)

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
        return [(tantivy.Occur.Should, self._translate(part)) for part in parts]

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
        return tantivy.Query.phrase_query(self._schema, field, list(words), slop)


def _option(field: str) -> str:
    """How much the index keeps of a field's tokens."""
    if field == "body":
        return "position"
    return "freq" if field in TOKENS else "basic"


def unweighted(node: Node) -> Node:
    """The tree for counting: no boosts, and alternatives within alternatives side by side, each
    once: far sooner gone through.
    """
    match node:
        case Term(field, text):
            return Term(field, text)
        case Phrase(field, words, slop):
            return Phrase(field, words, slop)
        case Not(part):
            return Not(unweighted(part))
        case And(parts):
            return And(tuple(map(unweighted, parts)))
        case AtLeast(least, parts):
            return AtLeast(least, tuple(map(unweighted, parts)))
        case Or(parts):
            plain = Or(tuple(map(unweighted, parts)))
            return Or(tuple(dict.fromkeys(flattened(plain))))
    return node


def _boosted(query: Any, boost: float) -> Any:
    return query if boost == 1.0 else tantivy.Query.boost_query(query, float(boost))


ENGINE: type[Engine] = TantivyEngine
