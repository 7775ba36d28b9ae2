"""Filters and counts.

Which facet values engines know, and how many passages have each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kb.search.answer.merging import repeats
from kb.search.engines import COUNTED, Engine, Plan
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
    """Direct hits and all, and the facets of the direct ones, of all where none is direct, or
    where the request says so. Near-duplicates count once, unless the request wants them apart.
    """
    counting = _Counting(engine, collection, filters, request)
    direct, facets = counting.of(scope.direct)
    if scope.all == scope.direct:
        return Counts(direct, direct, facets)
    if direct and not request.count_related:
        total = counting.total(scope.all, scope.total)
        return Counts(direct, total, facets)
    total, facets = counting.of(scope.all)
    return Counts(direct, total, facets)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts what plans find for one request."""

    engine: Engine
    collection: Passages
    filters: Filters
    request: SearchRequest

    def of(self, plan: Plan) -> tuple[int, dict[str, tuple[FacetValue, ...]]]:
        """How many passages a plan finds, and its facets.

        A facet that is filtered on shows what its other values would give.
        """
        if not self.request.facets:
            return self.total(plan), {}
        total, found = self.engine.count(plan, COUNTED)
        by_name = self._by_name(found)
        if total and self.request.collapse:
            again = repeats(self.engine, self.collection, plan, FACETS)
            total -= again.passages
            by_name = {
                name: _once(by_name[name], again.values[name])
                for name in FACETS
            }
        for name in self.filters:
            by_name[name] = self._unfiltered(plan, name)
        return total, {name: _values(by_name[name], name) for name in FACETS}

    def total(self, plan: Plan, counted: int | None = None) -> int:
        """How many hits a plan finds.

        Args:
            plan: what is counted.
            counted: how many passages it finds, where that is known.
        """
        found = counted
        if found is None:
            found = self.engine.count(plan, ())[0]
        if not found or not self.request.collapse:
            return found
        return found - repeats(self.engine, self.collection, plan).passages

    def _unfiltered(self, plan: Plan, name: str) -> Mapping[str, int]:
        """What each value of a facet would find in the place of those chosen."""
        filters = dict(self.filters)
        del filters[name]
        loose = Plan(plan.tree, engine_filters(filters, self.collection))
        field = "document" if name in OF_DOCUMENT else name
        counted = self._by_name(self.engine.count(loose, (field,))[1])[name]
        if not self.request.collapse:
            return counted
        again = repeats(self.engine, self.collection, loose, (name,))
        return _once(counted, again.values[name])

    def _by_name(
        self, found: Mapping[str, Mapping[str, int]]
    ) -> dict[str, Mapping[str, int]]:
        """Counts by facet from those that an engine gives by field."""
        by_name = dict(found)
        if "document" in found:
            by_name |= _of_documents(found["document"], self.collection)
        return by_name


def _once(
    counted: Mapping[str, int], again: Mapping[str, int]
) -> dict[str, int]:
    """Counts without the repeats among them."""
    return {
        value: number - again.get(value, 0)
        for value, number in counted.items()
    }


def _of_documents(
    documents: Mapping[str, int], collection: Passages
) -> dict[str, dict[str, int]]:
    """Counts by author, year and type from counts by document; those by document with the
    parts of a collection counted as the collection too.
    """
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
