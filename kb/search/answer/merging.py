"""Near-duplicates count once: how often is the same counted again?

An engine counts passages. What says the same as another passage that is found adds nothing
for a reader, so it is taken from the count of all and from that of each value of a facet:
a value counts what choosing it would show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.search.engines import ALIKE, Engine, Plan
from kb.search.index.candidates import Facts, Passages
from kb.search.index.forward_index import Rows
from kb.search.index.lexicon import Ints
from kb.search.index.sources import Had

# Passages with near-duplicates that are looked at, the first in reading order: some 5 ms.
# Those behind them count apart. In four collections 4 to 10 % have near-duplicates.
MOST = 5_000
Again = dict[str, int]  # how often a value is had again


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often near-duplicates were counted again, in all and by facet and value."""

    passages: int = 0
    values: Mapping[str, Again] = field(default_factory=dict)


def repeats(
    engine: Engine,
    collection: Passages,
    plan: Plan,
    facets: Sequence[str] = (),
) -> Repeats:
    """The repeats among what a plan finds.

    Args:
        engine: to find them.
        collection: what they are.
        plan: what is counted.
        facets: of these the values are told too.
    """
    none: dict[str, Again] = {name: {} for name in facets}
    if not collection.has_alike:
        return Repeats(values=none)
    alike = Plan(plan.tree, {**plan.filters, ALIKE: ("yes",)})
    rows = engine.ordered(alike, "page", MOST)
    _, groups, sizes = np.unique(
        collection.groups_of(rows), return_inverse=True, return_counts=True
    )
    again = len(rows) - len(sizes)
    if not again or not facets:
        return Repeats(again, none)
    several = sizes[groups] > 1
    facts, groups = collection.facts_of(rows[several]), groups[several]
    values = {
        name: _again(_had(collection, facts, name), groups) for name in facets
    }
    return Repeats(again, values)


def _again(had: Had, groups: Ints) -> Again:
    """By value, how often a group has it beyond the first time.

    Args:
        had: the values that passages have.
        groups: of each passage, the number of its group.

    >>> of_four = np.array([0, 1, 2, 2]), np.array([0, 0, 0, 1])
    >>> _again((["B1", "B2"], *of_four), np.array([7, 7, 8]))
    {'B1': 1}
    """
    names, owners, numbers = had
    values = len(names)
    once = np.unique(groups[owners] * values + numbers) % max(1, values)
    held = np.bincount(numbers, minlength=values)
    again = held - np.bincount(once, minlength=values)
    return {names[n]: int(again[n]) for n in np.flatnonzero(again).tolist()}


def _had(collection: Passages, facts: Facts, facet: str) -> Had:
    """The values of a facet that passages have, by their places."""
    names = collection.names
    if facet in collection.of_documents:
        return _from_documents(collection.of_documents[facet], facts.documents)
    if facet == "figures":
        places = np.flatnonzero(facts.figures)
        return ["yes"], places, np.zeros_like(places)
    if facet == "kind":
        return names.kinds, np.arange(len(facts.kinds)), facts.kinds
    if facet == "theme":
        return names.themes, facts.themes.owners, facts.themes.words
    places_named = facts.municipalities
    return names.municipalities, places_named.owners, places_named.words


def _from_documents(had: Had, documents: Ints) -> Had:
    """What passages have from their document."""
    names, owners, numbers = had
    last = documents.max(initial=-1) + 1
    starts = np.searchsorted(owners, np.arange(last + 1))
    taken = Rows(starts, numbers).take(documents)
    return names, taken.owners, taken.words
