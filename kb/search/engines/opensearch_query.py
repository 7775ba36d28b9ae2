"""The query tree in the words of OpenSearch. Tokens are ours: nothing is analysed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from kb.search.engines import VALUES, Plan
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
)

Json = dict[str, Any]
MOST_TERMS = 60_000  # values of one `terms`; the server takes 65,536
MOST_LEAVES = 900  # single conditions of a query; the server takes 1,024
EVERY: Json = {"match_all": {}}
NONE: Json = {"match_none": {}}


def query_of(plan: Plan) -> Json:
    """What finds a plan.

    >>> query_of(Plan(Term("body", "zorg"), {"kind": ("text",)}))["bool"]["filter"]
    [{'terms': {'kind': ['text']}}]
    """
    tree = translated(plan.tree)
    if _leaves(tree) > MOST_LEAVES:
        tree = _packed(tree)
    if not plan.filters:
        return tree
    wanted = [one_of(name, values) for name, values in plan.filters.items()]
    return {"bool": {"must": [tree], "filter": wanted}}


def _leaves(query: Any) -> int:
    """How many single conditions a query has, at least."""
    if isinstance(query, list):
        return sum(map(_leaves, query))
    if not isinstance(query, dict):
        return 0
    inner = query.get("bool")
    return sum(map(_leaves, inner.values())) if inner else 1


def _packed(query: Any) -> Any:
    """The query with what is said twice said once, and tokens of one field as one condition.

    They then weigh the same, which a question of a thousand words can bear.
    """
    if isinstance(query, list):
        return [_packed(part) for part in query]
    if not isinstance(query, dict) or "bool" not in query:
        return query
    inner = {name: _packed(part) for name, part in query["bool"].items()}
    if "should" in inner:
        inner["should"] = _different(inner["should"])
        least = inner.get("minimum_should_match", 1)
        inner["minimum_should_match"] = min(least, len(inner["should"]))
    if inner.get("minimum_should_match") == 1:
        inner["should"] = _side_by_side(inner["should"])
    return {"bool": inner}


def _different(parts: list[Json]) -> list[Json]:
    return list({msgspec.json.encode(part): part for part in parts}.values())


def _side_by_side(parts: list[Json]) -> list[Json]:
    tokens: dict[str, list[str]] = {}
    weights: dict[str, float] = {}
    others = []
    for part in parts:
        if "term" not in part:
            others.append(part)
            continue
        ((field, asked),) = part["term"].items()
        tokens.setdefault(field, []).append(asked["value"])
        weights[field] = max(weights.get(field, 0.0), asked["boost"])
    return others + [
        {"terms": {field: held, "boost": weights[field]}}
        for field, held in tokens.items()
    ]


def one_of(field: str, values: Iterable[str]) -> Json:
    """What has one of some values of a field."""
    asked = list(values)
    if not asked:
        return NONE
    parts = [
        {"terms": {field: asked[first : first + MOST_TERMS]}}
        for first in range(0, len(asked), MOST_TERMS)
    ]
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts}}


def translated(node: Node) -> Json:
    """A node and all below it."""
    match node:
        case Nothing():
            return NONE
        case Every():
            return EVERY
        case Term(field, text, boost):
            return {"term": {field: {"value": text, "boost": boost}}}
        case Phrase():
            return _phrase(node)
        case Not(part):
            return {"bool": {"must": [EVERY], "must_not": [translated(part)]}}
        case And(parts):
            return _all_of(parts)
        case Or(parts):
            return _least(1, parts)
        case AtLeast(least, parts):
            return _least(least, parts)
    raise TypeError(f"no translation for {type(node).__name__}")


def _least(least: int, parts: tuple[Node, ...]) -> Json:
    if not parts:
        return NONE
    should = [translated(part) for part in parts]
    return {"bool": {"should": should, "minimum_should_match": least}}


def _all_of(parts: tuple[Node, ...]) -> Json:
    excluded = [part.part for part in parts if isinstance(part, Not)]
    must = [translated(part) for part in parts if not isinstance(part, Not)]
    return {"bool": {"must": must or [EVERY], "must_not": _excluded(excluded)}}


def _excluded(parts: list[Node]) -> list[Json]:
    """What may not be there; values of one field in one clause, for there may be thousands."""
    values: dict[str, list[str]] = {}
    others = []
    for part in parts:
        if isinstance(part, Term) and part.field in VALUES:
            values.setdefault(part.field, []).append(part.text)
        else:
            others.append(translated(part))
    return others + [one_of(name, held) for name, held in values.items()]


def _phrase(phrase: Phrase) -> Json:
    if len(phrase.words) == 1 or not phrase.slop:
        asked = {"query": " ".join(phrase.words), "boost": phrase.boost}
        return {"match_phrase": {phrase.field: asked}}
    return _with_gaps(phrase)


def _with_gaps(phrase: Phrase) -> Json:
    """Words in this order with at most so many others between two of them.

    The slop of a phrase query would let words change places, and counts all gaps together.
    """
    first, *others = phrase.words
    found: Mapping[str, Any] = {"match": {"query": first}}
    for word in others:
        found = {
            "all_of": {
                "ordered": True,
                "max_gaps": phrase.slop,
                "intervals": [found, {"match": {"query": word}}],
            }
        }
    asked = {**found, "boost": phrase.boost}
    return {"intervals": {phrase.field: asked}}
