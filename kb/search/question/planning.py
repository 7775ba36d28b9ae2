"""From a query as read to what engines and the ranking need: a tree of weighted stems, and concepts in the order asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.dutch.analysis import is_weightless
from kb.dutch.stem import stem
from kb.search.query_tree import (
    And,
    Group,
    Must,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    flattened,
    joined,
)
from kb.search.question.expansion import Concept, Expander
from kb.search.question.parsing import Query
from kb.search.request import Reading


@dataclass(slots=True)
class Planned:
    """A tree over engine fields (None: everything), the concepts and phrases to rank by, and the reading."""

    tree: Node | None
    concepts: list[Concept] = field(default_factory=list)
    phrases: list[tuple[tuple[str, ...], int]] = field(
        default_factory=list
    )  # folded words, slop
    reading: Reading = field(default_factory=Reading)


class _Planner:
    def __init__(self, expander: Expander, keep_all: bool) -> None:
        self.expander, self.keep_all = expander, keep_all
        self.concepts: list[Concept] = []
        self.phrases: list[tuple[tuple[str, ...], int]] = []
        self.words: list[str] = []
        self.ignored: list[str] = []
        self.excluded: list[str] = []

    def tree(self, node: Node, excluded: bool = False) -> Node | None:
        """The node in engine terms; None where it carries nothing."""
        if isinstance(node, Not):
            inner = self.tree(node.part, excluded=True)
            return None if inner is None else Not(inner)
        if isinstance(node, Must):
            first = self.tree(node.first, excluded)
            second = self.tree(node.second, excluded)
            return first or second
        if isinstance(node, And | Or):
            group = type(node)
            return joined(group, self._siblings(flattened(node), group, excluded))
        return joined(Or, self._siblings([node], Or, excluded))

    def _siblings(
        self, nodes: Sequence[Node], group: Group, excluded: bool
    ) -> list[Node]:
        """Words beside each other are seen together, for expressions of several words."""
        words = [n.text if isinstance(n, Term) else "" for n in nodes]
        concepts: list[Concept | None] = [
            self._concept(w, excluded) if w else None for w in words
        ]
        out: list[Node] = []
        if not excluded and group is Or:
            self.expander.expressions(words, concepts)
        for node, concept in zip(nodes, concepts, strict=True):
            sub = (
                concept.query()
                if concept is not None
                else None
                if isinstance(node, Term)
                else self._other(node, excluded)
            )
            if sub is not None:
                out.append(sub)
        return out

    def _concept(self, word: str, excluded: bool) -> Concept | None:
        if is_weightless(word) and not self.keep_all:
            self.ignored.append(word)
            return None
        if excluded:
            self.excluded.append(word)
            plain = Concept(word)
            for name in ("body", "section", "title"):
                plain.term(name, stem(word), 1.0)
            return plain
        concept = self.expander.concept(word)
        self.concepts.append(concept)
        self.words.append(word)
        return concept

    def _other(self, node: Node, excluded: bool) -> Node | None:
        if isinstance(node, Prefix):
            concept = self.expander.prefix(node.text)
            if not excluded:
                self.concepts.append(concept)
                self.words.append(concept.asked)
            return concept.query()
        if isinstance(node, Phrase):
            words = node.words
            if excluded:
                self.excluded.append(" ".join(words))
            else:
                self.phrases.append((words, node.slop))
            return Phrase("body", tuple(map(stem, words)), node.slop, boost=2.0)
        return self.tree(node, excluded)


def plan(
    query: Query, expander: Expander, filters: Mapping[str, tuple[str, ...]]
) -> Planned:
    """Plan a query; a question of nothing but weightless words is searched by those words after all."""
    notes = (*query.notes, *(("query_literal",) if query.literal else ()))
    if query.tree is None:
        nothing = query.typed and not filters and not query.excluded_filters
        notes = (*notes, "query_no_words") if nothing else notes
        return Planned(
            Nothing() if nothing else None,
            reading=Reading(filters=filters, literal=query.literal, notes=notes),
        )
    planner = _Planner(expander, keep_all=False)
    tree = planner.tree(query.tree)
    if not planner.concepts and not planner.phrases and not planner.excluded:
        planner = _Planner(expander, keep_all=True)
        tree = planner.tree(query.tree)
    concepts = planner.concepts
    if any(concept.corrected for concept in concepts):
        notes = (*notes, "query_corrected")
    expansions = {c.asked: tuple(_best_expansions(c, expander)) for c in concepts}
    reading = Reading(
        words=tuple(planner.words), phrases=tuple(" ".join(words) for words, _ in planner.phrases), excluded=tuple(planner.excluded),
        ignored=tuple(dict.fromkeys(planner.ignored)), filters=filters, expansions={k: v for k, v in expansions.items() if v},
        operator="and" if isinstance(tree, And) else "or", literal=query.literal, notes=notes,
    )  # fmt: skip
    return Planned(
        tree if tree is not None else Nothing(), concepts, planner.phrases, reading
    )


def _best_expansions(concept: Concept, expander: Expander, limit: int = 8) -> list[str]:
    """Words other than inflections that stand for a concept, heaviest first."""
    lexicon = expander.lexicon
    found: list[tuple[float, int, str]] = [
        (-weight, 0, text) for _, weight, text, how in concept.phrases if how != "part"
    ]
    for words, weight, how in concept.groups:
        if how not in ("exact", "stem"):
            counts = lexicon.word_count[words]
            best = np.argsort(-counts, kind="stable")[:limit] if len(words) > 1 else [0]
            found += [
                (-weight, -int(counts[i]), lexicon.words[int(words[i])]) for i in best
            ]
    return list(dict.fromkeys(word for _, _, word in sorted(found)))[:limit]
