"""Filters and counts: which facet values engines know, and how many passages have each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from kb.dutch.fold import fold
from kb.search.engines import VALUES, Engine, Plan
from kb.search.index.collection import Collection, Source
from kb.search.query_tree import And, Node, Not, Term
from kb.search.question.fields import year_in
from kb.search.request import FACETS, FacetValue

Filters = Mapping[str, tuple[str, ...]]
OF_DOCUMENT = ("author", "year", "type")  # facets that a passage has from its document
MOST = 50


def merged(*many: Filters) -> dict[str, tuple[str, ...]]:
    """Filters of the request and of the query together; values of one facet add up."""
    found: dict[str, tuple[str, ...]] = {}
    for filters in many:
        for name, values in filters.items():
            if name in FACETS and values:
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *values)))
    return found


def _same(asked: str, known: str) -> bool:
    """Whether a name asked is (a whole part of) a name known, however it is spelled."""
    asked_words, known_words = (
        {fold(w) for w in name.replace(",", " ").split()} for name in (asked, known)
    )
    return bool(asked_words) and asked_words <= known_words


def _documents(sources: Iterable[Source], filters: Filters) -> tuple[str, ...] | None:
    """Ids of the documents that pass the filters on documents; None when there are none."""
    if not any(filters.get(name) for name in ("document", *OF_DOCUMENT)):
        return None
    kept = list(sources)
    if filters.get("document"):
        kept = [
            s
            for s in kept
            if s.id in filters["document"]
            or any(_same(v, s.title) for v in filters["document"])
        ]
    if filters.get("author"):
        kept = [
            s
            for s in kept
            if any(_same(v, a) for v in filters["author"] for a in s.authors)
        ]
    if filters.get("year"):
        kept = [s for s in kept if year_in(s.year, filters["year"])]
    if filters.get("type"):
        kept = [s for s in kept if s.type in filters["type"]]
    return tuple(s.id for s in kept)


def engine_filters(
    filters: Filters, collection: Collection
) -> dict[str, tuple[str, ...]]:
    """The same filters in the value fields an engine has."""
    found = {name: filters[name] for name in ("theme", "kind") if filters.get(name)}
    if filters.get("municipality"):
        known = collection.names.municipalities
        found["municipality"] = tuple(
            m for m in known if any(fold(v) == fold(m) for v in filters["municipality"])
        )
    documents = _documents(collection.names.sources, filters)
    return found if documents is None else {**found, "document": documents}


def without(tree: Node, excluded: Filters, collection: Collection) -> Node:
    """The tree with filters that were negated (NIET thema:B3)."""
    terms = [
        Term(name, value)
        for name, values in engine_filters(excluded, collection).items()
        for value in values
    ]
    return And((tree, *map(Not, terms))) if terms else tree


def count(
    engine: Engine, collection: Collection, plan: Plan, filters: Filters, wanted: bool
) -> tuple[int, dict[str, tuple[FacetValue, ...]]]:
    """Total and facet counts. A facet that is filtered on shows what its other values would give."""
    if not wanted:
        return engine.count(plan, ())[0], {}
    total, found = engine.count(plan, VALUES)
    counts: dict[str, Mapping[str, int]] = {
        **found,
        **_of_documents(found["document"], collection),
    }
    for name in filters:
        other = engine_filters(
            {k: v for k, v in filters.items() if k != name}, collection
        )
        field = "document" if name in OF_DOCUMENT else name
        loose = engine.count(Plan(plan.tree, other), (field,))[1][field]
        counts[name] = (
            _of_documents(loose, collection)[name] if name in OF_DOCUMENT else loose
        )
    return total, {name: _values(counts[name], name) for name in FACETS}


def _of_documents(
    documents: Mapping[str, int], collection: Collection
) -> dict[str, dict[str, int]]:
    """Counts by author, year and type from counts by document."""
    per_document = np.zeros(len(collection.names.sources), np.int64)
    for id, number in documents.items():
        per_document[collection.document_number[id]] = number
    counts = {}
    for name, (values, owners, numbers) in collection.of_documents.items():
        found = np.bincount(
            numbers, weights=per_document[owners], minlength=len(values)
        )
        counts[name] = {
            values[i]: int(found[i]) for i in np.flatnonzero(found).tolist()
        }
    return counts


def _values(counts: Mapping[str, int], name: str) -> tuple[FacetValue, ...]:
    """The most frequent values, the newest years."""
    found = list(counts.items())
    if name == "year":
        found.sort(key=lambda kv: -int(kv[0]))
    else:
        if len(found) > 2 * MOST:
            least = sorted(counts.values(), reverse=True)[MOST - 1]
            found = [kv for kv in found if kv[1] >= least]
        found.sort(key=lambda kv: (-kv[1], kv[0]))
    return tuple(FacetValue(value, number) for value, number in found[:MOST] if number)
