"""Ask a built index.

One question walks forward: understood, listed, arranged on a page, told as hits, counted.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from kb.dutch.analysis import tokens
from kb.dutch.stem import stem
from kb.dutch.synonyms import thesaurus
from kb.errors import NoIndexError, OldIndexError, UnknownPassageError
from kb.search.answer.facets import Counts, counts
from kb.search.answer.hits import hits
from kb.search.answer.paging import arrange
from kb.search.answer.similar import similar
from kb.search.answer.suggestions import Completer
from kb.search.engines import Engine, Plan
from kb.search.filters import engine_filters
from kb.search.index.building import FORMAT, META
from kb.search.index.collection import Collection
from kb.search.index.remote import RemoteCollection
from kb.search.listing import Listing
from kb.search.opening import opened, share_words
from kb.search.query_tree import Node, Term
from kb.search.question.expansion import Expander
from kb.search.question.implied import ImpliedFilters
from kb.search.question.intents import theme_reader
from kb.search.question.parsing import read
from kb.search.question.planning import Question, plan
from kb.search.question.relaxation import loosened, nearest_themes
from kb.search.question.spelling import Speller
from kb.search.question.summary import did_you_mean
from kb.search.question.understanding import Understanding
from kb.search.ranking.bm25f import Formula
from kb.search.ranking.preference import defines
from kb.search.remembering import remembered
from kb.search.request import (
    NO_DEFINITION,
    Hit,
    Results,
    SearchRequest,
    Suggestion,
)
from kb.settings import Settings
from kb.store import Store

FEW = 5  # hits below which a strict question is offered in a looser form
SPELLED_IN = 25  # passages looked at for how a word is spelled


class Searcher:
    """An open index. Safe for several threads.

    Nothing changes after opening but caches.
    """

    def __init__(
        self,
        engine: Engine,
        collection: Collection | RemoteCollection,
        store: Store,
        frameworks: Any,
        completer: Completer,
        own_words: Path | None = None,
        like: Searcher | None = None,
    ) -> None:
        self.engine, self.collection, self.store = engine, collection, store
        self.frameworks, self.completer = frameworks, completer
        self.formula = Formula()
        self.themes: Any = None
        self.speller = Speller(collection.lexicon)
        if like is not None and like.frameworks is frameworks:
            self.themes = like.themes
        else:
            self.themes = theme_reader(frameworks)
        if like is not None and like.collection.lexicon is collection.lexicon:
            self.speller = like.speller
        places = collection.names.municipalities
        self.expander = Expander(
            collection.lexicon,
            thesaurus(own_words),
            self.speller,
            places,
            len(collection),
        )
        self.implied = ImpliedFilters(collection)
        self._spelled_as = remembered(self._read_spelling, 2_000)

    @classmethod
    def open(
        cls,
        folder: Path,
        store: Store,
        frameworks: Any = None,
        own_words: Path | None = None,
        settings: Settings | None = None,
        like: Searcher | None = None,
    ) -> Searcher:
        """Open the index in `folder`. Raises NoIndexError, OldIndexError.

        Args:
            folder: where `build_index` wrote it.
            store: the records of the same generation.
            frameworks: the themes, for what a question is about.
            own_words: a thesaurus of the corpus that adds to the one that comes along.
            settings: where an engine on other machines is; by default as this process
                would read them.
            like: an open one of nearly the same passages: what both say of words, themes
                and completions is not made again.
        """
        try:
            meta = json.loads((folder / META).read_text(encoding="utf-8"))
            found, name = meta["format"], meta["engine"]
        except (OSError, ValueError, KeyError):
            raise NoIndexError(path=folder) from None
        if found != FORMAT:
            raise OldIndexError(path=folder, found=found, wanted=FORMAT)
        engine, collection = opened(folder, name, settings)
        if like is not None:
            share_words(collection, like.collection)
        completer = Completer.open(
            folder, collection, frameworks, like.completer if like else None
        )
        return cls(
            engine,
            collection,
            store,
            frameworks,
            completer,
            own_words,
            like,
        )

    def warm(self) -> None:
        """Load what the first question would otherwise wait for."""
        self.search(SearchRequest("samenwerking in de wijk xqzv", per_page=1))

    def check(self) -> None:
        """See whether the engine answers. Raises KbError where it does not."""
        self.engine.check()

    def close(self) -> None:
        """Let go of the index; the store stays open."""
        self.engine.close()

    def search(self, request: SearchRequest) -> Results:
        """Answer a request."""
        began = time.perf_counter()
        asked = self._understanding
        results = self._answer(request, asked.of(request))
        if not results.total and asked.asks_author(request):
            results = self._answer(request, asked.of_author(request))
        return replace(
            results, milliseconds=(time.perf_counter() - began) * 1000
        )

    @property
    def _understanding(self) -> Understanding:
        return Understanding(
            self.implied, self.expander, self.themes, self._held
        )

    def _held(self, tree: Node) -> bool:
        """Whether any passage meets a tree."""
        return bool(self.engine.count(Plan(tree), ())[0])

    def _answer(self, request: SearchRequest, question: Question) -> Results:
        listing = Listing(self.engine, self.collection, self.formula)
        scope, ranked, left = listing.found(question, request)
        page = arrange(self.collection, ranked, request, left)
        found = hits(
            self.store, self.collection, page, question, request.snippets
        )
        n = counts(
            self.engine, self.collection, scope, question.filters, request
        )
        results = self._results(question, request, found, n)
        if "definition" in question.intent.sorts and found:
            results = self._with_note_on_definitions(results, question)
        if results.total < FEW:
            results = self._with_ways_out(results, question)
        named = self.implied.named(request.query, request.as_words)
        if question.reading.named and named:
            results = replace(results, loosened=named.loose)
        return results

    def _results(
        self,
        question: Question,
        request: SearchRequest,
        found: tuple[Hit, ...],
        n: Counts,
    ) -> Results:
        """The hits with how many there are in all, and how the question was read."""
        meant = did_you_mean(
            request.query, question.concepts, self._spelled_as
        )
        return Results(
            request=request,
            reading=question.reading,
            total=n.total,
            direct=n.direct,
            related=n.total - n.direct,
            related_from=_related_from(found),
            hits=found,
            facets=n.facets,
            did_you_mean=meant,
            searched_documents=len(self.collection.names.sources),
            searched_passages=len(self.collection),
            engine=self.engine.name,
        )

    def _with_note_on_definitions(
        self, results: Results, question: Question
    ) -> Results:
        """Says so where a definition was asked and the first passages give none."""
        found = [self.collection.row_of(hit.passage) for hit in results.hits]
        rows = np.array([row for row in found if row is not None], np.int64)
        concepts, intent = question.concepts, question.intent
        if defines(self.collection, rows, intent, concepts).any():
            return results
        notes = (*results.reading.notes, NO_DEFINITION)
        return replace(results, reading=replace(results.reading, notes=notes))

    def _with_ways_out(self, results: Results, question: Question) -> Results:
        """What to do where little or nothing was found."""
        request = results.request
        if question.ranked and (question.strict or not results.total):
            looser = loosened(request.query, self._count, results.total)
            results = replace(results, loosened=looser)
        if results.total:
            return results
        themes = nearest_themes(request.query, self.themes)
        return replace(results, nearest_themes=themes)

    def _count(self, text: str) -> int:
        """How many passages a question finds, without filters of the request."""
        question = plan(read(text), self.expander)
        if question.asks_nothing:
            return 0
        filters = engine_filters(question.filters, self.collection)
        return self.engine.count(Plan(question.wide, filters), ())[0]

    def _read_spelling(self, word: str) -> str:
        """How the texts mostly spell a folded word, in lower case with its accents."""
        rows = self.engine.best(Plan(Term("body", stem(word))), SPELLED_IN)
        ids = self.collection.ids_of(rows)
        found: Counter[str] = Counter()
        for passage in self.store.passages(ids=ids):
            for token in tokens(passage.text):
                if token.folded == word:
                    found[passage.text[token.start : token.end].lower()] += 1
        return found.most_common(1)[0][0] if found else word

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Completions of what is being typed.

        Themes, titles, authors, places, expressions.
        """
        return list(self.completer.complete(prefix, limit))

    def similar(
        self, passage_id: str, limit: int = 5
    ) -> list[tuple[str, float]]:
        """Passages that say the like, with likeness (0..1), likest first.

        Raises UnknownPassageError.
        """
        row = self.collection.row_of(passage_id)
        if row is None:
            raise UnknownPassageError(id=passage_id)
        found = similar(self.engine, self.collection, row, limit)
        rows = np.array([other for other, _ in found], np.int64)
        likenesses = [likeness for _, likeness in found]
        return list(zip(self.collection.ids_of(rows), likenesses, strict=True))


def _related_from(found: Sequence[Hit]) -> int | None:
    """The place behind which all hits are related; None where the last is direct."""
    direct = [place for place, hit in enumerate(found) if hit.direct]
    first = direct[-1] + 1 if direct else 0
    return first if first < len(found) else None


def search_many(
    searcher: Searcher, queries: Sequence[str], limit: int = 20
) -> list[list[str]]:
    """Passage ids of the best hits of each query, as `kb search --queries` gives them."""
    request = SearchRequest(
        per_page=limit, per_document=0, facets=False, snippets=False
    )
    return [
        [
            hit.passage
            for hit in searcher.search(replace(request, query=query)).hits
        ]
        for query in queries
    ]
