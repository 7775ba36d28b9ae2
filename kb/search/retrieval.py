"""Which passages are candidates? What holds the words asked is direct; what holds only other words
is related.

A question of one or two telling words is met directly by passages that hold all of them, or one
where none holds both; a longer one by those that hold as many as the best passages do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kb.search.engines import Engine, Plan
from kb.search.filters import engine_filters, without
from kb.search.index.candidates import Passages
from kb.search.index.lexicon import Ints
from kb.search.query_tree import And, Node, Not, Nothing
from kb.search.question.planning import Question
from kb.search.ranking.coverage import coverage

SAMPLE = 100  # best passages of which it is seen how many words they hold
BEST = 10  # of them that hold the most tell how many a direct hit must hold


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question finds: plans for an engine."""

    direct: Plan
    related: Plan
    all: Plan


def scope_of(
    engine: Engine, collection: Passages, question: Question
) -> Scope:
    """The plans of a question.

    With how many of its words a direct hit must hold settled.
    """
    filters = engine_filters(question.filters, collection)

    def plan(tree: Node) -> Plan:
        return Plan(
            without(tree, question.excluded_filters, collection), filters
        )

    every = plan(question.wide)
    if question.wide == question.narrow:
        return Scope(every, Plan(Nothing()), every)
    least = _least_held(
        engine, collection, question, every, plan(question.direct(2))
    )
    direct = question.direct(least)
    related = And((question.wide, Not(direct)))
    return Scope(plan(direct), plan(related), every)


def _least_held(
    engine: Engine,
    collection: Passages,
    question: Question,
    every: Plan,
    both: Plan,
) -> int:
    """How many of the words beside each other a direct hit must hold."""
    if question.parts == 1 or question.any_of:
        return 1
    if question.parts == 2:
        return 2 if len(engine.best(both, 1)) else 1
    best = engine.best(every, SAMPLE)
    if not len(best):
        return 1
    held = coverage(collection, collection.gather(best), question.telling)
    level = np.sort(held)[::-1][:BEST]
    return max(1, min(int(level[-1]), question.parts))


def best_rows(engine: Engine, scope: Scope, wanted: int) -> tuple[Ints, Ints]:
    """Rows as the engine finds them: direct ones, and where those end related ones."""
    direct = engine.best(scope.direct, wanted)
    if len(direct) >= wanted:
        return direct, direct[:0]
    return direct, engine.best(scope.related, wanted - len(direct))


def ordered_rows(
    engine: Engine, scope: Scope, order: str, wanted: int
) -> tuple[Ints, Ints]:
    """Rows by year or in reading order.

    Direct ones, and where those end related ones.
    """
    direct = engine.ordered(scope.direct, order, wanted)
    if len(direct) >= wanted:
        return direct, direct[:0]
    return direct, engine.ordered(scope.related, order, wanted - len(direct))
