"""The query tree in the words of Tantivy. Tokens are ours: nothing is analysed again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from kb.search.engines import TOKENS
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

# Tokens of one field from which they are looked up as a set where nothing is scored: the
# 400 that a star may stand for are then counted in a third of the time.
SET_FROM = 8


@dataclass(frozen=True)
class Translator:
    """Translates for an index; without scores where passages are only counted."""

    schema: Any
    scored: bool = True

    def query(self, node: Node) -> Any:
        """A node and all below it."""
        q = tantivy.Query
        match node:
            case Nothing():
                return q.empty_query()
            case Every():
                return q.const_score_query(q.all_query(), 1.0)
            case Term(field, text, boost):
                found = q.term_query(self.schema, field, text, _option(field))
                return _boosted(found, boost)
            case Phrase(field, words, slop, boost):
                return _boosted(self._phrase(field, words, slop), boost)
            case Not(part):
                return q.boolean_query(
                    [
                        (tantivy.Occur.Must, q.all_query()),
                        (tantivy.Occur.MustNot, self.query(part)),
                    ]
                )
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return q.boolean_query(self._alternatives(parts))
            case AtLeast(least, parts):
                return q.boolean_query(
                    self._may(parts), minimum_number_should_match=least
                )
        raise TypeError(f"no translation for {type(node).__name__}")

    def one_of(self, field: str, values: Sequence[str]) -> Any:
        """What has one of some values of a field, unscored."""
        if not values:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self.schema, field, list(values))

    def _alternatives(self, parts: tuple[Node, ...]) -> list[Any]:
        if self.scored:
            return self._may(parts)
        sets, others = _by_field(parts)
        found = [
            (tantivy.Occur.Should, self.one_of(field, tokens))
            for field, tokens in sets
        ]
        return found + self._may(others)

    def _may(self, parts: Sequence[Node]) -> list[Any]:
        return [(tantivy.Occur.Should, self.query(part)) for part in parts]

    def _all_of(self, parts: tuple[Node, ...]) -> Any:
        q = tantivy.Query
        clauses = [
            (tantivy.Occur.MustNot, self.query(part.part))
            if isinstance(part, Not)
            else (tantivy.Occur.Must, self.query(part))
            for part in parts
        ]
        if all(isinstance(part, Not) for part in parts):
            every = q.const_score_query(q.all_query(), 1.0)
            clauses.append((tantivy.Occur.Must, every))
        return q.boolean_query(clauses)

    def _phrase(self, field: str, words: tuple[str, ...], slop: int) -> Any:
        if len(words) == 1:
            return tantivy.Query.term_query(self.schema, field, words[0])
        return tantivy.Query.phrase_query(
            self.schema, field, list(words), slop
        )


def _by_field(
    parts: tuple[Node, ...],
) -> tuple[list[tuple[str, list[str]]], list[Node]]:
    """Tokens of fields that have many of them, and all other parts."""
    tokens: dict[str, list[str]] = {}
    for field, text in _terms(parts):
        tokens.setdefault(field, []).append(text)
    many = {field for field, held in tokens.items() if len(held) >= SET_FROM}
    others = [
        part
        for part in parts
        if not (isinstance(part, Term) and part.field in many)
    ]
    return [(field, tokens[field]) for field in sorted(many)], others


def _terms(parts: tuple[Node, ...]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if isinstance(part, Term):
            yield part.field, part.text


def _option(field: str) -> str:
    """How much the index keeps of a field's tokens."""
    if field == "body":
        return "position"
    return "freq" if field in TOKENS else "basic"


def _boosted(query: Any, boost: float) -> Any:
    return (
        query
        if boost == 1.0
        else tantivy.Query.boost_query(query, float(boost))
    )
