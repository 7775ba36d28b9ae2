"""Which passages are candidates? What holds the words asked is direct; what holds only other words
is related.

A question of one or two telling words is met directly by passages that hold all of them, or one
where none holds both; a longer one by those that hold as many as the best passages do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kb.search.engines import Engine, Plan
from kb.search.filters import Filters, engine_filters, without
from kb.search.index.candidates import Candidates, Passages
from kb.search.index.lexicon import Ints
from kb.search.query_tree import And, Node, Not, Nothing
from kb.search.question.planning import Question
from kb.search.ranking.coverage import coverage, holds_phrase

Mask = npt.NDArray[np.bool_]
SHORT = 2  # telling words up to which what is direct comes first whatever the score
RANKED = 500  # candidates that are ranked; those behind follow as the engine found them
SAMPLE = 100  # best passages of which it is seen how many words they hold
BEST = 5  # of them that hold the most tell how many a direct hit must hold


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question finds: plans for an engine."""

    direct: Plan
    related: Plan
    all: Plan
    total: int | None = None  # of all, where they were counted on the way


@dataclass(frozen=True, slots=True)
class Found:
    """Passages as an engine finds them, the best first.

    Attributes:
        first: those that are ranked.
        rest: rows that follow them.
        direct: which of all of these are direct.
        held: of those that are ranked for a long question, how many of its words each
            holds. Their direct and related ones stand in one order.
    """

    first: Candidates
    rest: Ints
    direct: Mask
    held: Ints | None = None


@dataclass(frozen=True)
class Retrieval:
    """Finds the candidates of one question."""

    engine: Engine
    collection: Passages
    question: Question

    def found(self, wanted: int) -> tuple[Scope, Found]:
        """The best passages and the plans they were found by.

        A long question asks the engine once: what it gives tells how many of the words a
        direct hit must hold.
        """
        if self._mixed:
            every = self._plan(self.question.wide)
            rows: Ints
            rows, total = self.engine.best_and_total(every, wanted)
            first = self.collection.gather(rows[:RANKED])
            held = self._held(first)
            least, rest = self._least(held), rows[RANKED:]
            is_direct = np.concatenate([held, self._held_by(rest)]) >= least
            scope = replace(self.scope(least), total=total)
            return scope, Found(first, rest, is_direct, held)
        scope, direct = self._found_directly(wanted)
        related = direct[:0]
        if len(direct) < wanted:
            missing = wanted - len(direct)
            related, more = self.engine.best_and_total(scope.related, missing)
            scope = replace(scope, total=len(direct) + more)
        rows = np.concatenate([direct, related])
        first = self.collection.gather(rows[:RANKED])
        is_direct = np.arange(len(rows)) < len(direct)
        return scope, Found(first, rows[RANKED:], is_direct)

    def ordered(self, order: str, wanted: int) -> tuple[Scope, Ints, Ints]:
        """Rows by year or in reading order.

        The plans they were found by; direct ones, and where those end related ones.
        """
        scope = self.settled()
        direct: Ints = self.engine.ordered(scope.direct, order, wanted)
        related = direct[:0]
        if len(direct) < wanted:
            missing = wanted - len(direct)
            related = self.engine.ordered(scope.related, order, missing)
        return scope, direct, related

    def settled(self) -> Scope:
        """The plans, where the passages are not needed by how well they answer."""
        if self._mixed:
            best = self.engine.best(self._plan(self.question.wide), SAMPLE)
            held = self._held(self.collection.gather(best))
            return self.scope(self._least(held))
        return self._found_directly(1)[0]

    @property
    def _mixed(self) -> bool:
        """Whether the question is long, so that its hits are ordered by score alone."""
        return self.question.parts > SHORT and not self.question.any_of

    def _found_directly(self, wanted: int) -> tuple[Scope, Ints]:
        """The best direct hits of a short question.

        Those with both words, or where none has both with one.
        """
        question = self.question
        if question.parts == SHORT and not question.any_of:
            scope = self.scope(SHORT)
            both = self.engine.best(scope.direct, wanted)
            if len(both):
                return scope, both
        scope = self.scope(1)
        return scope, self.engine.best(scope.direct, wanted)

    def _held(self, found: Candidates) -> Ints:
        """How many of the telling words and phrases each candidate holds."""
        held = coverage(self.collection, found, self.question.telling)
        for words, slop in self.question.phrases:
            held += holds_phrase(self.collection, found, words, slop)
        return held

    def _held_by(self, rows: Ints) -> Ints:
        """The same of rows, of which there mostly are none."""
        return self._held(self.collection.gather(rows)) if len(rows) else rows

    def _least(self, held: Ints) -> int:
        """How many of the words a direct hit must hold, by what the best passages hold."""
        most = np.sort(held[:SAMPLE])[::-1][:BEST]
        level = int(most[-1]) if len(most) else 1
        return max(1, min(level, self.question.parts))

    def scope(self, least: int) -> Scope:
        """The plans of the question; a direct hit holds `least` of its words."""
        question = self.question
        every = self._plan(question.wide)
        if question.wide == question.narrow:
            return Scope(every, Plan(Nothing()), every)
        direct = question.direct(least)
        related = And((question.wide, Not(direct)))
        return Scope(self._plan(direct), self._plan(related), every)

    def _plan(self, tree: Node) -> Plan:
        excluded = self.question.excluded_filters
        return Plan(without(tree, excluded, self.collection), self._filters)

    @cached_property
    def _filters(self) -> Filters:
        return engine_filters(self.question.filters, self.collection)
