"""Which rows, in the order asked for, as far as the page asked for?

By how well they answer, by year, in reading order, by theme; or all that pass filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kb.search.answer.browsing import browse
from kb.search.answer.paging import Shown, shown
from kb.search.engines import Engine, Plan
from kb.search.filters import engine_filters
from kb.search.index.collection import Collection
from kb.search.index.lexicon import Ints
from kb.search.index.remote import RemoteCollection
from kb.search.question.planning import Question
from kb.search.ranking.bm25f import Formula
from kb.search.ranking.ordering import Ranked, order, unscored
from kb.search.request import SearchRequest
from kb.search.retrieval import RANKED, Retrieval, Scope

DEEPEST = 5_000  # rows fetched for a page, however deep
PER_HIT = (
    4  # rows fetched for each hit: near-duplicates take no place of their own
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Lists what questions find in one collection."""

    engine: Engine
    collection: Collection | RemoteCollection
    formula: Formula

    def found(
        self, question: Question, request: SearchRequest
    ) -> tuple[Scope, Ranked, Shown]:
        """What the question finds, and rows enough for the page asked for."""
        needed = request.page * request.per_page
        wanted = min(DEEPEST, max(RANKED, PER_HIT * needed))
        while True:
            scope, ranked = self._ranked(question, request, wanted)
            left = shown(self.collection, ranked, request)
            there_is_more = len(ranked.rows) >= wanted
            enough = len(left.places) >= needed
            if enough or not there_is_more or wanted == DEEPEST:
                return scope, ranked, left
            wanted = min(DEEPEST, PER_HIT * wanted)

    def _ranked(
        self, question: Question, request: SearchRequest, wanted: int
    ) -> tuple[Scope, Ranked]:
        """What the question finds, and its first rows in the order asked for."""
        retrieval = Retrieval(self.engine, self.collection, question)
        if request.sort == "theme":
            return self._by_theme(retrieval, wanted)
        if question.asks_nothing and request.sort == "relevance":
            return retrieval.scope(1), self._browsed(question, wanted)
        if request.sort != "relevance" or not question.ranked:
            by = "year" if request.sort == "year" else "page"
            scope, direct, related = retrieval.ordered(by, wanted)
            return scope, unscored(direct, related)
        scope, found = retrieval.found(wanted)
        return scope, order(self.collection, found, question, self.formula)

    def _by_theme(
        self, retrieval: Retrieval, wanted: int
    ) -> tuple[Scope, Ranked]:
        """Rows by their score for the themes chosen, else for any theme."""
        themes = retrieval.question.filters.get("theme", ())
        scope = retrieval.settled()
        direct = self._strongest(scope.direct, themes, wanted)
        related = direct[:0]
        if len(direct) < wanted:
            related = self._strongest(scope.related, themes, wanted)
        return scope, unscored(direct, related)

    def _strongest(
        self, plan: Plan, themes: Sequence[str], wanted: int
    ) -> Ints:
        """The first rows of a plan by falling evidence for themes."""
        if isinstance(self.collection, RemoteCollection):
            return self.collection.strongest(plan, themes, wanted)
        rows = self.engine.ordered(plan, "page", len(self.collection))
        evidence = self.collection.evidence_of(rows, themes)
        return rows[np.argsort(-evidence, kind="stable")][:wanted]

    def _browsed(self, question: Question, wanted: int) -> Ranked:
        """Rows that pass filters alone."""
        chosen = engine_filters(question.filters, self.collection)
        excluded = engine_filters(question.excluded_filters, self.collection)
        rows, scores = browse(self.collection, chosen, excluded, wanted)
        return Ranked(rows, scores, np.ones(len(rows), np.bool_))
