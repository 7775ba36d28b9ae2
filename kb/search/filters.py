"""Filters: which documents pass them, and how an engine is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kb.dutch.fold import fold
from kb.search.index.candidates import Passages
from kb.search.index.sources import Source
from kb.search.query_tree import And, Node, Not, Term
from kb.search.question.fields import year_in
from kb.search.request import FACETS

Filters = Mapping[str, tuple[str, ...]]
_OF_PASSAGE = ("theme", "kind", "figures")  # as an engine has them


def merged(*many: Filters) -> dict[str, tuple[str, ...]]:
    """Filters of the request and of the query together; values of one facet add up."""
    found: dict[str, tuple[str, ...]] = {}
    for filters in many:
        for name, values in filters.items():
            if name in FACETS and values:
                found[name] = tuple(
                    dict.fromkeys((*found.get(name, ()), *values))
                )
    return found


def _same(asked: str, known: str) -> bool:
    """Whether a name asked is (a whole part of) a name known, however it is spelled."""
    asked_words = words_of_name(asked)
    return bool(asked_words) and asked_words <= words_of_name(known)


def words_of_name(name: str) -> set[str]:
    """The words of a name, folded; a double name is known by each of its halves.

    >>> sorted(words_of_name("Öztürk-de Wit, S."))
    ['de', 'ozturk', 's.', 'wit']
    """
    return {fold(word) for word in re.split(r"[\s,-]+", name) if word}


def _documents(
    sources: Iterable[Source], filters: Filters
) -> tuple[str, ...] | None:
    """Ids of the documents that pass the filters on documents.

    None when there are none.
    """
    asked = [name for name in PASSES if filters.get(name)]
    if not asked:
        return None
    return tuple(
        source.id
        for source in sources
        if all(PASSES[name](source, filters[name]) for name in asked)
    )


def _is_named(source: Source, values: tuple[str, ...]) -> bool:
    """Whether a document, or the collection that it is a part of, is named."""
    if source.id in values or source.volume in values:
        return True
    return any(_same(value, source.title) for value in values)


def _has_author(source: Source, values: tuple[str, ...]) -> bool:
    return any(
        _same(value, name) for value in values for name in source.authors
    )


# Filter on documents -> whether a document passes its values.
PASSES: Mapping[str, Callable[[Source, tuple[str, ...]], bool]] = {
    "document": _is_named,
    "author": _has_author,
    "year": lambda source, values: year_in(source.year, values),
    "type": lambda source, values: source.type in values,
}


def engine_filters(
    filters: Filters, collection: Passages
) -> dict[str, tuple[str, ...]]:
    """The same filters in the value fields an engine has."""
    found = {name: filters[name] for name in _OF_PASSAGE if filters.get(name)}
    if filters.get("municipality"):
        known = collection.names.municipalities
        found["municipality"] = tuple(
            m
            for m in known
            if any(fold(v) == fold(m) for v in filters["municipality"])
        )
    documents = _documents(collection.names.sources, filters)
    return found if documents is None else {**found, "document": documents}


def without(tree: Node, excluded: Filters, collection: Passages) -> Node:
    """The tree with filters that were negated (NIET thema:B3)."""
    terms = [
        Term(name, value)
        for name, values in engine_filters(excluded, collection).items()
        for value in values
    ]
    return And((tree, *map(Not, terms))) if terms else tree
