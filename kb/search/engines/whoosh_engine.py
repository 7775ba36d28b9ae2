"""Whoosh behind the protocol: pure Python, for small collections. Tokens come joined by spaces, so its tokenizer is set to split there.

Whoosh keeps the postings and finds phrases. Its own matchers walk postings one by one, which takes half a second for a question
with forty expansions; here the postings of a term are read once, kept as arrays, and combined and scored in numpy by the BM25 that
Tantivy has too (k1 1.2, b 0.75).
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import fields, index
from whoosh import query as wq
from whoosh.analysis import RegexTokenizer

from kb.search.engines import TOKENS, VALUES, Engine, Entry, Plan
from kb.search.query_tree import And, AtLeast, Every, Node, Not, Or, Phrase, Term

_VALUE_SEPARATOR = "\x1f"
_K1, _B = 1.2, 0.75
_KEPT = 4_000  # terms whose postings stay in memory
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


def _schema() -> Any:
    spaces = RegexTokenizer(r"[^ ]+")
    values = RegexTokenizer(rf"[^{_VALUE_SEPARATOR}]+")
    tokens = {
        "body": fields.TEXT(analyzer=spaces, phrase=True),
        "parts": fields.TEXT(analyzer=spaces, phrase=False),
        "head": fields.TEXT(analyzer=spaces, phrase=False),
    }
    exact = {name: fields.TEXT(analyzer=values, phrase=False) for name in VALUES}
    return fields.Schema(**tokens, **exact)


class _Values:
    """The exact values of one field by row, for counting without asking Whoosh's slow grouping."""

    def __init__(
        self,
        names: list[str],
        owners: npt.NDArray[np.int64],
        numbers: npt.NDArray[np.int64],
    ) -> None:
        self.names, self.owners, self.numbers = names, owners, numbers

    def count(self, matched: npt.NDArray[np.bool_]) -> dict[str, int]:
        """How many matched rows have each value."""
        found = np.bincount(
            self.numbers[matched[self.owners]], minlength=len(self.names)
        )
        return {self.names[i]: int(found[i]) for i in np.flatnonzero(found)}


class WhooshEngine:
    """An open Whoosh index. Its document numbers are our rows: one segment, written in order."""

    name = "whoosh"

    def __init__(
        self,
        opened: Any,
        by_year: npt.NDArray[np.int64],
        values: dict[str, _Values],
        lengths: dict[str, Scores],
    ) -> None:
        self._index = opened
        self._searcher = opened.searcher()
        self._by_year = by_year
        self._values = values
        self._norms = {
            name: _K1 * (1 - _B + _B * found / max(1.0, float(found.mean() or 1.0)))
            for name, found in lengths.items()
        }
        self._postings: OrderedDict[
            tuple[str, str], tuple[npt.NDArray[np.int64], Scores]
        ] = OrderedDict()
        self._lock = (
            threading.Lock()
        )  # a searcher reads postings through one file position

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry], count: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
        columns: dict[str, list[int]] = {name: [] for name in ("by_year", *TOKENS)}
        found: dict[str, list[tuple[int, str]]] = {name: [] for name in VALUES}
        for entry in entries:
            exact = {
                name: (value,)
                if isinstance(value := getattr(entry, name), str)
                else value
                for name in VALUES
            }
            for name, values in exact.items():
                found[name] += [(entry.row, value) for value in values]
            joined = {
                name: _VALUE_SEPARATOR.join(values) for name, values in exact.items()
            }
            writer.add_document(
                body=entry.body, parts=entry.parts, head=entry.head, **joined
            )
            columns["by_year"].append(entry.by_year)
            for name in TOKENS:
                columns[name].append(len(getattr(entry, name).split()))
        writer.commit(optimize=True)
        for name, numbers in columns.items():
            np.save(folder / f"{name}.npy", np.array(numbers, np.int64))
        (folder / "values.json").write_text(json.dumps(found), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        found = json.loads((folder / "values.json").read_text(encoding="utf-8"))
        values = {}
        for name, pairs in found.items():
            number: dict[str, int] = {}
            numbers = [number.setdefault(value, len(number)) for _, value in pairs]
            values[name] = _Values(
                list(number),
                np.array([row for row, _ in pairs], np.int64),
                np.array(numbers, np.int64),
            )
        columns = {
            name: np.load(folder / f"{name}.npy") for name in ("by_year", *TOKENS)
        }
        lengths = {
            name: columns[name].astype(np.float64) if len(columns[name]) else np.ones(1)
            for name in TOKENS
        }
        return cls(index.open_dir(str(folder)), columns["by_year"], values, lengths)

    def best(self, plan: Plan, limit: int) -> npt.NDArray[np.int64]:
        mask, scores = self._evaluate(plan)
        rows = np.flatnonzero(mask)
        return rows[np.lexsort((rows, -scores[rows]))[:limit]]

    def ordered(self, plan: Plan, order: str, limit: int) -> npt.NDArray[np.int64]:
        rows = np.flatnonzero(self._evaluate(plan)[0])
        if order == "year":
            rows = rows[np.argsort(self._by_year[rows], kind="stable")]
        return rows[:limit]

    def count(
        self, plan: Plan, fields: tuple[str, ...]
    ) -> tuple[int, dict[str, dict[str, int]]]:
        mask, _ = self._evaluate(plan)
        return int(mask.sum()), {
            name: self._values[name].count(mask) for name in fields
        }

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
        rows = len(self._by_year)
        mask, scores = np.zeros(rows, np.bool_), np.zeros(rows)
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

    def _phrase(self, node: Phrase) -> npt.NDArray[np.int64]:
        asked = wq.Phrase(node.field, list(node.words), slop=node.slop + 1)
        with self._lock:
            return np.fromiter(self._searcher.docs_for_query(asked), np.int64)

    def _read(self, field: str, text: str) -> tuple[npt.NDArray[np.int64], Scores]:
        """Rows that have a term, and its BM25 in each; kept for the next time."""
        key = (field, text)
        with self._lock:
            if key in self._postings:
                self._postings.move_to_end(key)
                return self._postings[key]
            rows, weights = self._walk(field, text)
            rarity = np.log(
                1 + (len(self._by_year) - len(rows) + 0.5) / (len(rows) + 0.5)
            )
            scores = (
                rarity * weights * (_K1 + 1) / (weights + self._norms[field][rows])
                if field in TOKENS
                else np.zeros(len(rows))
            )
            self._postings[key] = rows, scores
            if len(self._postings) > _KEPT:
                self._postings.popitem(last=False)
            return rows, scores

    def _walk(self, field: str, text: str) -> tuple[npt.NDArray[np.int64], Scores]:
        reader = self._searcher.reader()
        if (field, text) not in reader:
            return np.zeros(0, np.int64), np.zeros(0)
        matcher = reader.postings(field, text)
        rows, weights = [], []
        while matcher.is_active():
            rows.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return np.array(rows, np.int64), np.array(weights, np.float64)


ENGINE: type[Engine] = WhooshEngine
