"""The query tree: what is asked, apart from who parses it and from which engine finds it.

A question as read uses `Term` (the field is "text"), `Prefix`, `Phrase`, `Filter` and `Must`
beside the groups. A plan for an engine uses `Term` and `Phrase` over the engine's own fields,
`And`, `Or`, `AtLeast`, `Not`, `Every`, `Nothing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Term:
    """One token in a field."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with a text; an expansion replaces it by terms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens in a row, with at most `slop` others between two of them."""

    field: str
    words: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet of which one of the values must hold, as `SearchRequest.filters` has them."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part holds at least; the more, the better."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the parts hold."""

    least: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Must:
    """The first holds; the second may, and counts when it does (`+must may`)."""

    first: Node
    second: Node


@dataclass(frozen=True, slots=True)
class Every:
    """All passages."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No passage."""


Node: TypeAlias = (
    Term
    | Prefix
    | Phrase
    | Filter
    | And
    | Or
    | AtLeast
    | Not
    | Must
    | Every
    | Nothing
)
Group: TypeAlias = type[And] | type[Or]


def joined(group: Group, parts: Iterable[Node | None]) -> Node | None:
    """The parts as one node; what is nothing by itself is left out.

    >>> joined(Or, [None, Term("text", "zorg")])
    Term(field='text', text='zorg', boost=1.0)
    >>> joined(And, [None]) is None
    True
    """
    kept = tuple(part for part in parts if part is not None)
    if not kept:
        return None
    # An exclusion alone stays in its group: it excludes from everything.
    alone = len(kept) == 1 and not isinstance(kept[0], Not)
    return kept[0] if alone else group(kept)


def flattened(node: And | Or) -> list[Node]:
    """The parts of a group, with those of like groups inside it taken up."""
    out: list[Node] = []
    for part in node.parts:
        out += flattened(part) if type(part) is type(node) else [part]
    return out


def unweighted(node: Node) -> Node:
    """The tree for counting: no boosts, and alternatives within alternatives side by side, each
    once: far sooner gone through.
    """
    match node:
        case Term(field, text):
            return Term(field, text)
        case Phrase(field, words, slop):
            return Phrase(field, words, slop)
        case Not(part):
            return Not(unweighted(part))
        case And(parts):
            return And(tuple(map(unweighted, parts)))
        case AtLeast(least, parts):
            return AtLeast(least, tuple(map(unweighted, parts)))
        case Or(parts):
            plain = Or(tuple(map(unweighted, parts)))
            return Or(tuple(dict.fromkeys(flattened(plain))))
    return node
