"""OpenSearch behind the protocol: for collections beyond one machine.

It finds and counts; the ranking is kb's own, over what the index keeps of each candidate.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from kb.errors import EngineAwayError
from kb.search.engines import (
    Counts,
    Engine,
    EntriesOf,
    Plan,
    ReadingOrder,
    Rows,
)
from kb.search.engines.opensearch_client import Client
from kb.search.engines.opensearch_index import (
    DEEPEST,
    Written,
    address,
    field_of_theme,
    opened,
    tidy,
    write,
)
from kb.search.engines.opensearch_query import Json, one_of, query_of
from kb.search.query_tree import unweighted
from kb.settings import Settings, load

MOST_VALUES = 10_000  # of a facet other than documents
BUCKETS = 20_000  # documents counted in one answer
_NEARLY_TIED = 16  # more than asked, of which some may be as good
_DIGITS = 5  # of a score that count
_READING = [{"document": "asc"}, {"place": "asc"}]
_WHOLE = {
    "search_type": "dfs_query_then_fetch",  # words count alike on all shards
    "allow_partial_search_results": "false",
}


def _nearly(hit: Sequence[Any]) -> tuple[Any, ...]:
    """Best first; scores that differ by how they were added up are alike.

    Segments add the words of a question in other orders, so that equal passages differ in
    the last digit, and an index that went on would answer otherwise than one made anew.

    >>> _nearly([2.1875002, "b", 1]) > _nearly([2.1875, "a", 4])
    True
    """
    score, *place = hit
    return -float(f"{score:.{_DIGITS}g}"), *place


def _copies_for(body: Json) -> str:
    """Which copies of the shards answer: for the same question the same ones.

    Copies count deleted passages differently, so that what is nearly tied would change
    places from one request to the next; other questions go to other copies.
    """
    asked = json.dumps(body["query"], sort_keys=True, default=str)
    return f"kb{crc32(asked.encode())}"


class OpenSearchEngine:
    """An index of a cluster, open for reading."""

    name = "opensearch"
    keeps = True

    def __init__(
        self, client: Client, written: Written, order: ReadingOrder
    ) -> None:
        self._client, self._order = client, order
        self._index = written.index

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
        client = Client(settings or load())
        try:
            write(client, folder, documents, entries_of, previous, changed)
        finally:
            client.close()

    @classmethod
    def open(
        cls,
        folder: Path,
        order: ReadingOrder,
        settings: Settings | None = None,
    ) -> OpenSearchEngine:
        client = Client(settings or load())
        return cls(client, opened(client, folder), order)

    @classmethod
    def published(
        cls, folder: Path, kept: Iterable[Path], settings: Settings
    ) -> None:
        """The index in `folder` is in use now, those in `kept` are still needed."""
        client = Client(settings)
        try:
            tidy(client, folder, kept)
        finally:
            client.close()

    def best(self, plan: Plan, limit: int) -> Rows:
        sort = [{"_score": "desc"}, *_READING]
        asked = min(limit + _NEARLY_TIED, DEEPEST)
        hits = self._hits(query_of(plan), sort, asked)
        ranked = sorted((hit["sort"] for hit in hits), key=_nearly)
        return self._rows([place for _score, *place in ranked[:limit]])

    def best_and_total(self, plan: Plan, limit: int) -> tuple[Rows, int]:
        return self.best(plan, limit), self.count(plan, ())[0]

    def ordered(self, plan: Plan, order: str, limit: int) -> Rows:
        plain = Plan(unweighted(plan.tree), plan.filters)
        if order != "year":
            hits = self._hits(_unscored(query_of(plain)), _READING, limit)
            return self._rows([hit["sort"] for hit in hits])
        counts = self.count(plain, ("document",))[1]["document"]
        total, chosen = 0, []
        for number in self._order.sequence(order):
            document = self._order.documents[number]
            if document in counts and total < limit:
                chosen.append(document)
                total += counts[document]
        if not chosen:
            return np.zeros(0, np.int64)
        first = Plan(plain.tree, {**plan.filters, "document": tuple(chosen)})
        rows = self.ordered(first, "page", total)
        return self._order.sorted(rows, order)[:limit]

    def count(self, plan: Plan, fields: tuple[str, ...]) -> tuple[int, Counts]:
        query = _unscored(query_of(Plan(unweighted(plan.tree), plan.filters)))
        few = len(self._order.documents) <= BUCKETS
        asked = [name for name in fields if few or name != "document"]
        body = {
            "query": query,
            "size": 0,
            "track_total_hits": True,
            "aggs": {name: _values_of(name) for name in asked},
        }
        found = self._search(body, "hits.total.value,aggregations")
        counts = {
            name: {
                bucket["key"]: bucket["doc_count"]
                for bucket in found["aggregations"][name]["buckets"]
            }
            for name in asked
        }
        if "document" in fields and not few:
            counts["document"] = self._by_document(query)
        total = int(found["hits"]["total"]["value"])
        return total, {name: counts[name] for name in fields}

    def evident(
        self,
        filters: Mapping[str, tuple[str, ...]],
        excluded: Mapping[str, tuple[str, ...]],
        prior: Mapping[str, float],
        limit: int,
    ) -> tuple[Rows, np.ndarray]:
        """Passages that pass filters, those with most evidence for the themes chosen first.

        Args:
            filters: for each value field the values of which one must hold.
            excluded: values that may not hold.
            prior: what evidence counts for in some kinds.
            limit: how many.

        Returns:
            their rows and evidence.
        """
        themes = filters.get("theme", ())
        passing = _passing(filters, excluded)
        query = _weighed_by_kind(_evidence(passing, themes), prior)
        hits = self._hits(query, [{"_score": "desc"}, *_READING], limit)
        scores = np.array([hit["sort"][0] for hit in hits], np.float64)
        return self._rows([hit["sort"][1:] for hit in hits]), scores

    def strongest(self, plan: Plan, themes: Sequence[str], limit: int) -> Rows:
        """The first passages of a plan by falling evidence for themes."""
        plain = Plan(unweighted(plan.tree), plan.filters)
        query = _evidence(_unscored(query_of(plain)), themes)
        hits = self._hits(query, [{"_score": "desc"}, *_READING], limit)
        return self._rows([hit["sort"][1:] for hit in hits])

    def passing(
        self,
        filters: Mapping[str, tuple[str, ...]],
        excluded: Mapping[str, tuple[str, ...]],
        limit: int,
    ) -> Rows:
        """Passages that pass filters, in reading order."""
        query = _unscored(_passing(filters, excluded))
        hits = self._hits(query, _READING, limit)
        return self._rows([hit["sort"] for hit in hits])

    def stored(self, rows: Rows) -> list[Json]:
        """What the index keeps of passages, in the order of their rows."""
        owners = np.searchsorted(self._order.starts, rows, side="right") - 1
        places = rows - np.asarray(self._order.starts)[owners]
        documents = self._order.documents
        ids = [
            address(documents[owner], place)
            for owner, place in zip(
                owners.tolist(), places.tolist(), strict=True
            )
        ]
        answer = self._client.ask(
            "POST",
            f"/{self._index}/_mget",
            {"ids": ids},
            {"realtime": "false", "filter_path": "docs._source.kept"},
        )
        found = [one["_source"]["kept"] for one in answer.get("docs", ())]
        if len(found) != len(ids):
            raise EngineAwayError(where=self._client.where)
        return found

    def find(self, passage: str) -> int | None:
        """The row of a passage by its id; None where there is none."""
        query = _unscored({"term": {"passage": passage}})
        hits = self._hits(query, _READING, 1)
        rows = self._rows([hit["sort"] for hit in hits])
        return int(rows[0]) if len(rows) else None

    def check(self) -> None:
        self._client.ask("GET", f"/{self._index}/_count")

    def close(self) -> None:
        self._client.close()

    def _hits(self, query: Json, sort: list[Json], limit: int) -> list[Json]:
        body = {
            "query": query,
            "sort": sort,
            "size": limit,
            "_source": False,
            "stored_fields": "_none_",
            "track_total_hits": False,
        }
        found = self._search(body, "hits.hits.sort")
        hits: list[Json] = found.get("hits", {}).get("hits", [])
        return hits

    def _search(self, body: Json, wanted: str) -> Json:
        params = {
            **_WHOLE,
            "filter_path": f"{wanted},timed_out",
            "preference": _copies_for(body),
        }
        found: Json = self._client.ask(
            "POST", f"/{self._index}/_search", body, params
        )
        return found

    def _rows(self, places: list[list[Any]]) -> Rows:
        """The rows of passages told by document and place."""
        starts, number = self._order.starts, self._order.number
        firsts = [starts[number[document]] for document, _ in places]
        within = [place for _, place in places]
        rows: Rows = np.array(firsts, np.int64) + np.array(within, np.int64)
        return rows

    def _by_document(self, query: Json) -> dict[str, int]:
        """How many passages each document has, where there are many documents."""
        counts: dict[str, int] = {}
        asked: Json = {
            "size": BUCKETS,
            "sources": [{"id": {"terms": {"field": "document"}}}],
        }
        while True:
            body = {
                "query": query,
                "size": 0,
                "aggs": {"of": {"composite": asked}},
            }
            part = self._search(body, "aggregations")["aggregations"]["of"]
            for one in part["buckets"]:
                counts[one["key"]["id"]] = one["doc_count"]
            if "after_key" not in part:
                return counts
            asked = {**asked, "after": part["after_key"]}


def _values_of(field: str) -> Json:
    """What is asked to count the values of a field."""
    size = BUCKETS if field == "document" else MOST_VALUES
    return {"terms": {"field": field, "size": size}}


def _unscored(query: Json) -> Json:
    return {"constant_score": {"filter": query}}


def _passing(
    filters: Mapping[str, tuple[str, ...]],
    excluded: Mapping[str, tuple[str, ...]],
) -> Json:
    return {
        "bool": {
            "filter": [one_of(*pair) for pair in filters.items()],
            "must_not": [one_of(*pair) for pair in excluded.items()],
        }
    }


def _evidence(passing: Json, themes: Sequence[str]) -> Json:
    """The highest score for some themes, for any where none is named; nought without."""
    names = [field_of_theme(theme) for theme in themes] or ["any"]
    functions = [
        {"field_value_factor": {"field": f"evidence.{name}", "missing": 0}}
        for name in names
    ]
    return {
        "function_score": {
            "query": passing,
            "functions": functions,
            "score_mode": "max",
            "boost_mode": "replace",
        }
    }


def _weighed_by_kind(query: Json, prior: Mapping[str, float]) -> Json:
    functions = [
        {"filter": {"term": {"kind": kind}}, "weight": weight}
        for kind, weight in prior.items()
    ]
    return {
        "function_score": {
            "query": query,
            "functions": functions,
            "score_mode": "first",
            "boost_mode": "multiply",
        }
    }


ENGINE: type[Engine] = OpenSearchEngine
