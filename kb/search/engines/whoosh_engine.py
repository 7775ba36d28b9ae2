"""Whoosh behind the protocol: pure Python, for small collections. Tokens come joined by spaces, so its tokenizer is set to split there."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import fields, index
from whoosh import query as wq
from whoosh.analysis import RegexTokenizer
from whoosh.scoring import BM25F

from kb.search.engines import VALUES, Engine, Entry, Plan

_VALUE_SEPARATOR = "\x1f"


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

    def __init__(self, names: list[str], owners: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]) -> None:
        self.names, self.owners, self.numbers = names, owners, numbers

    def count(self, matched: npt.NDArray[np.bool_]) -> dict[str, int]:
        """How many matched rows have each value."""
        found = np.bincount(self.numbers[matched[self.owners]], minlength=len(self.names))
        return {self.names[i]: int(found[i]) for i in np.flatnonzero(found)}


class WhooshEngine:
    """An open Whoosh index. Its document numbers are our rows: one segment, written in order."""

    name = "whoosh"

    def __init__(self, opened: Any, by_year: npt.NDArray[np.int64], values: dict[str, _Values]) -> None:
        self._index = opened
        self._searcher = opened.searcher(weighting=BM25F())
        self._by_year = by_year
        self._values = values
        self._lock = threading.Lock()  # a searcher reads postings through one file position

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry], count: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
        by_year: list[int] = []
        found: dict[str, list[tuple[int, str]]] = {name: [] for name in VALUES}
        for entry in entries:
            exact = {name: (value,) if isinstance(value := getattr(entry, name), str) else value for name in VALUES}
            for name, values in exact.items():
                found[name] += [(entry.row, value) for value in values]
            joined = {name: _VALUE_SEPARATOR.join(values) for name, values in exact.items()}
            writer.add_document(body=entry.body, parts=entry.parts, head=entry.head, **joined)
            by_year.append(entry.by_year)
        writer.commit(optimize=True)
        np.save(folder / "by_year.npy", np.array(by_year, np.int64))
        (folder / "values.json").write_text(json.dumps(found), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        found = json.loads((folder / "values.json").read_text(encoding="utf-8"))
        values = {}
        for name, pairs in found.items():
            number: dict[str, int] = {}
            numbers = [number.setdefault(value, len(number)) for _, value in pairs]
            values[name] = _Values(list(number), np.array([row for row, _ in pairs], np.int64), np.array(numbers, np.int64))
        return cls(index.open_dir(str(folder)), np.load(folder / "by_year.npy"), values)

    def best(self, plan: Plan, limit: int) -> npt.NDArray[np.int64]:
        with self._lock:
            found = self._searcher.search(plan.tree, limit=limit, filter=_filter(plan), scored=True)
            return np.array([number for _, number in found.top_n], np.int64)

    def ordered(self, plan: Plan, order: str, limit: int) -> npt.NDArray[np.int64]:
        rows = np.flatnonzero(self._matched(plan))
        if order == "year":
            rows = rows[np.argsort(self._by_year[rows], kind="stable")]
        return rows[:limit]

    def count(self, plan: Plan, fields: tuple[str, ...]) -> tuple[int, dict[str, dict[str, int]]]:
        matched = self._matched(plan)
        return int(matched.sum()), {name: self._values[name].count(matched) for name in fields}

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def _matched(self, plan: Plan) -> npt.NDArray[np.bool_]:
        """Which rows match, as a mask."""
        tree, wanted = plan.tree, _filter(plan)
        mask = np.zeros(len(self._by_year), np.bool_)
        with self._lock:
            found = self._searcher.docs_for_query(tree if wanted is None else wq.And([tree, wanted]))
            mask[np.fromiter(found, np.int64)] = True
        return mask


def _filter(plan: Plan) -> Any:
    """The filters of a plan as a query, None when it has none."""
    groups = [wq.Or([wq.Term(field, value) for value in values]) if values else wq.NullQuery for field, values in plan.filters.items()]
    return wq.And(groups) if groups else None


ENGINE: type[Engine] = WhooshEngine
