"""Near-duplicates count once: how often is the same counted again?

An engine counts passages. What says the same as another passage that is found adds nothing
for a reader, so it is taken from the count of all and from that of each value of a facet:
a value counts what choosing it would show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.search.engines import ALIKE, Engine, Plan
from kb.search.index.candidates import Candidates, Passages
from kb.search.index.forward_index import Rows
from kb.search.index.sources import Names, Source

# Passages with near-duplicates that are looked at, the first in reading order: some 5 ms.
# Those behind them count apart. In four collections 4 to 10 % have near-duplicates.
MOST = 5_000
Pairs = Iterator[tuple[int, str]]  # place of a passage, a value it has


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often near-duplicates were counted again, in all and by facet and value."""

    passages: int = 0
    values: Mapping[str, Counter[str]] = field(default_factory=dict)


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
    if not collection.has_alike:
        return Repeats(values={name: Counter() for name in facets})
    alike = Plan(plan.tree, {**plan.filters, ALIKE: ("yes",)})
    rows = engine.ordered(alike, "page", MOST)
    groups = collection.groups_of(rows)
    several = _several(groups)
    if not several.any():
        return Repeats(values={name: Counter() for name in facets})
    found, groups = collection.gather(rows[several]), groups[several]
    again = len(groups) - len(np.unique(groups))
    told = groups.tolist()
    values = {
        name: _again(VALUES_OF[name](collection.names, found), told)
        for name in facets
    }
    return Repeats(again, values)


def _several(groups: np.ndarray) -> np.ndarray:
    """Which groups are there more than once."""
    _, of, many = np.unique(groups, return_inverse=True, return_counts=True)
    found: np.ndarray = many[of] > 1
    return found


def _again(pairs: Pairs, groups: Sequence[int]) -> Counter[str]:
    """By value, how often a group has it beyond the first time.

    >>> _again(iter([(0, "B1"), (1, "B1"), (2, "B1"), (2, "B2")]), [7, 7, 8])
    Counter({'B1': 1})
    """
    held = Counter((groups[place], value) for place, value in pairs)
    again: Counter[str] = Counter()
    for (_, value), many in held.items():
        if many > 1:
            again[value] += many - 1
    return again


def _named(rows: Rows, names: Sequence[str]) -> Pairs:
    """The names that some passages have several of."""
    owners, numbers = rows.owners.tolist(), rows.words.tolist()
    return ((o, names[n]) for o, n in zip(owners, numbers, strict=True))


def _kinds(names: Names, found: Candidates) -> Pairs:
    return (
        (place, names.kinds[kind])
        for place, kind in enumerate(found.kinds.tolist())
    )


def _figures(names: Names, found: Candidates) -> Pairs:
    return ((place, "yes") for place in np.flatnonzero(found.figures).tolist())


def _of_document(
    values: Callable[[Source], Sequence[str]],
) -> Callable[[Names, Candidates], Pairs]:
    """What passages have from their document."""

    def found_values(names: Names, found: Candidates) -> Pairs:
        for place, number in enumerate(found.documents.tolist()):
            for value in values(names.sources[number]):
                yield place, value

    return found_values


def _ids(source: Source) -> tuple[str, ...]:
    return (source.id, source.volume) if source.volume else (source.id,)


def _years(source: Source) -> tuple[str, ...]:
    return () if source.year is None else (str(source.year),)


VALUES_OF: Mapping[str, Callable[[Names, Candidates], Pairs]] = {
    "theme": lambda names, found: _named(found.themes, names.themes),
    "kind": _kinds,
    "municipality": lambda names, found: _named(
        found.municipalities, names.municipalities
    ),
    "figures": _figures,
    "document": _of_document(_ids),
    "author": _of_document(lambda source: source.authors),
    "year": _of_document(_years),
    "type": _of_document(lambda source: (source.type,)),
}
