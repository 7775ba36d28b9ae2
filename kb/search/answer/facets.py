"""Filters and counts.

Which facet values engines know, and how many passages have each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kb.search.engines import VALUES, Engine, Plan
from kb.search.filters import Filters, engine_filters
from kb.search.index.candidates import Passages
from kb.search.request import FACETS, FacetValue, SearchRequest
from kb.search.retrieval import Scope

OF_DOCUMENT = (
    "author",
    "year",
    "type",
)  # facets that a passage has from its document
MOST = 50  # values shown of a facet


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages a question finds, and how many of them have each value."""

    direct: int
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]


def counts(
    engine: Engine,
    collection: Passages,
    scope: Scope,
    filters: Filters,
    request: SearchRequest,
) -> Counts:
    """Direct hits and all, and the facets of the direct ones.

    Of all where none is direct, or where the request says so.
    """
    direct, facets = _counted(
        engine, collection, scope.direct, filters, request
    )
    if scope.all == scope.direct:
        return Counts(direct, direct, facets)
    if direct and not request.count_related:
        return Counts(direct, engine.count(scope.all, ())[0], facets)
    total, facets = _counted(engine, collection, scope.all, filters, request)
    return Counts(direct, total, facets)


def _counted(
    engine: Engine,
    collection: Passages,
    plan: Plan,
    filters: Filters,
    request: SearchRequest,
) -> tuple[int, dict[str, tuple[FacetValue, ...]]]:
    """Total and facet counts.

    A facet that is filtered on shows what its other values would give.
    """
    if not request.facets:
        return engine.count(plan, ())[0], {}
    total, found = engine.count(plan, VALUES)
    by_name: dict[str, Mapping[str, int]] = dict(found)
    by_name |= _of_documents(found["document"], collection)
    by_name["document"] = _with_volumes(found["document"], collection)
    for name in filters:
        others = {
            facet: values for facet, values in filters.items() if facet != name
        }
        loose = Plan(plan.tree, engine_filters(others, collection))
        field = "document" if name in OF_DOCUMENT else name
        values = engine.count(loose, (field,))[1][field]
        if name in OF_DOCUMENT:
            values = _of_documents(values, collection)[name]
        elif name == "document":
            values = _with_volumes(values, collection)
        by_name[name] = values
    return total, {name: _values(by_name[name], name) for name in FACETS}


def _of_documents(
    documents: Mapping[str, int], collection: Passages
) -> dict[str, dict[str, int]]:
    """Counts by author, year and type from counts by document."""
    per_document = np.zeros(len(collection.names.sources), np.int64)
    for id, number in documents.items():
        per_document[collection.document_number[id]] = number
    counted = {}
    for name, (values, owners, numbers) in collection.of_documents.items():
        weights = per_document[owners]
        found = np.bincount(numbers, weights=weights, minlength=len(values))
        held = np.flatnonzero(found).tolist()
        counted[name] = {values[place]: int(found[place]) for place in held}
    return counted


def _with_volumes(
    documents: Mapping[str, int], collection: Passages
) -> dict[str, int]:
    """Counts by document, and by collection the sum of its parts and its own."""
    whole: Counter[str] = Counter(documents)
    for id, number in documents.items():
        source = collection.names.sources[collection.document_number[id]]
        if source.volume:
            whole[source.volume] += number
    return dict(whole)


def _values(counted: Mapping[str, int], name: str) -> tuple[FacetValue, ...]:
    """The most frequent values, the newest years."""
    found = list(counted.items())
    if name == "year":
        found.sort(key=lambda pair: -int(pair[0]))
    elif (
        len(found) > 2 * MOST
    ):  # sorting all by name too would take longer than counting
        least = sorted(counted.values(), reverse=True)[MOST - 1]
        found = [pair for pair in found if pair[1] >= least]
    if name != "year":
        found.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        FacetValue(value, number) for value, number in found[:MOST] if number
    )
