"""Ask a built index: read the query, let an engine find candidates, rank them, and answer with snippets, facets and reasons."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kb.dutch.analysis import tokens
from kb.dutch.stem import stem
from kb.dutch.synonyms import thesaurus
from kb.errors import NoIndexError, OldIndexError, UnknownPassageError
from kb.records import Passage
from kb.search.answer import facets as facet_counts
from kb.search.answer.browsing import browse
from kb.search.answer.paging import arrange
from kb.search.answer.similar import similar
from kb.search.answer.snippets import Found, marks, snippet, why
from kb.search.answer.suggestions import Completer
from kb.search.engines import Engine, Plan, engine_class
from kb.search.index.building import FORMAT, META
from kb.search.index.collection import Collection
from kb.search.index.lexicon import Ints
from kb.search.query_tree import Every, Nothing, Term
from kb.search.question.expansion import Expander, Weights
from kb.search.question.intents import intent_of
from kb.search.question.parsing import read
from kb.search.question.planning import Planned, plan
from kb.search.question.relaxation import did_you_mean, loosened, nearest_themes
from kb.search.question.spelling import Speller
from kb.search.ranking.bm25f import Formula
from kb.search.ranking.ordering import order
from kb.search.request import Hit, Results, SearchRequest, Suggestion
from kb.store import Store

CANDIDATES = 500
DEEPEST = 5_000
FEW = 5  # hits below which a strict question (a phrase, all words) is offered in a looser form
SPELLED_IN = 25  # passages looked at for how a word is spelled


class Searcher:
    """An open index. Safe for several threads: nothing changes after opening but caches."""

    def __init__(
        self,
        engine: Engine,
        collection: Collection,
        store: Store,
        frameworks: Any,
        completer: Completer,
    ) -> None:
        self.engine, self.collection, self.store, self.frameworks = (
            engine,
            collection,
            store,
            frameworks,
        )
        self.completer = completer
        self._intent = lru_cache(maxsize=2_000)(
            lambda words, text: intent_of(words, text, self.themes)
        )
        self._surface = lru_cache(maxsize=2_000)(self._read_surface)
        self.formula = Formula()
        self.themes = _theme_reader(frameworks)
        self.expander = Expander(
            collection.lexicon, thesaurus(), Speller(collection.lexicon), Weights()
        )

    @classmethod
    def open(cls, folder: Path, store: Store, frameworks: Any = None) -> Searcher:
        """Open the index in `folder`. Raises NoIndexError, OldIndexError."""
        try:
            meta = json.loads((folder / META).read_text(encoding="utf-8"))
            found, name = meta["format"], meta["engine"]
        except (OSError, ValueError, KeyError):
            raise NoIndexError(path=folder) from None
        if found != FORMAT:
            raise OldIndexError(path=folder, found=found, wanted=FORMAT)
        collection = Collection.load(folder)
        return cls(
            engine_class(name).open(folder / name, collection.reading_order),
            collection,
            store,
            frameworks,
            Completer.open(folder, collection, frameworks),
        )

    def warm(self) -> None:
        """Load what the first question would otherwise wait for: look-up tables, word lists, the cues of themes."""
        self.search(SearchRequest("samenwerking in de wijk xqzv", per_page=1))

    def close(self) -> None:
        """Let go of the index; the store stays open."""
        self.engine.close()

    def search(self, request: SearchRequest) -> Results:
        """Answer a request."""
        began = time.perf_counter()
        query = read(request.query)
        filters = facet_counts.merged(request.filters, query.filters)
        planned = plan(query, self.expander, filters)
        tree = planned.tree if planned.tree is not None else Every()
        tree = facet_counts.without(tree, query.excluded_filters, self.collection)
        engine_plan = Plan(tree, facet_counts.engine_filters(filters, self.collection))
        total, counts = facet_counts.count(
            self.engine, self.collection, engine_plan, filters, request.facets
        )
        if planned.tree is None and request.sort == "relevance":
            rows, scores = self._browsed(filters, query.excluded_filters, request)
        else:
            rows, scores = (
                self._ranked(planned, engine_plan, request)
                if total
                else (np.zeros(0, np.int64), np.zeros(0))
            )
        page, also = arrange(self.collection, rows, request, CANDIDATES)
        results = Results(
            request=request,
            reading=planned.reading,
            total=total,
            hits=self._hits(rows[page], scores[page], also, planned, request),
            facets=counts,
            did_you_mean=did_you_mean(request.query, planned.concepts, self._surface),
            searched_documents=len(self.collection.names.sources),
            searched_passages=len(self.collection),
            engine=self.engine.name,
        )
        strict = bool(planned.phrases) or (
            planned.reading.operator == "and" and len(planned.concepts) > 1
        )
        if not total or (strict and total < FEW):
            loose = (
                None
                if planned.tree == Nothing() and not planned.concepts
                else loosened(request, self._count, total)
            )
            results = replace(results, loosened=loose)
        if not total:
            results = replace(
                results, nearest_themes=nearest_themes(request.query, self.themes)
            )
        return replace(results, milliseconds=(time.perf_counter() - began) * 1000)

    def _count(self, text: str) -> int:
        """How many passages a question finds, without filters of the request."""
        query = read(text)
        planned = plan(query, self.expander, query.filters)
        tree = planned.tree if planned.tree is not None else Nothing()
        return self.engine.count(
            Plan(tree, facet_counts.engine_filters(query.filters, self.collection)), ()
        )[0]

    def _browsed(
        self,
        filters: facet_counts.Filters,
        excluded: facet_counts.Filters,
        request: SearchRequest,
    ) -> tuple[Ints, Any]:
        """Rows that pass filters alone, with their scores."""
        chosen, not_these = (
            facet_counts.engine_filters(f, self.collection) for f in (filters, excluded)
        )
        return browse(self.collection, chosen, not_these, _wanted(request))

    def _ranked(
        self, planned: Planned, engine_plan: Plan, request: SearchRequest
    ) -> tuple[Ints, Any]:
        """Rows in the order asked for, with their scores.

        However deep the page, the same candidates are ranked; those behind them follow as the engine found them.
        """
        wanted = _wanted(request)
        if request.sort != "relevance" or not (planned.concepts or planned.phrases):
            rows = self.engine.ordered(
                engine_plan, "year" if request.sort == "year" else "page", wanted
            )
            return rows, np.zeros(len(rows))
        rows = self.engine.best(engine_plan, wanted)
        intent = self._intent(planned.reading.words, request.query)
        best, scores = order(
            self.collection,
            rows[:CANDIDATES],
            planned.concepts,
            planned.phrases,
            intent,
            self.formula,
        )
        return np.concatenate([best, rows[CANDIDATES:]]), np.concatenate(
            [scores, np.zeros(len(rows) - len(best))]
        )

    def _read_surface(self, word: str) -> str:
        """How the texts mostly spell a folded word, in lower case with its accents."""
        number = self.collection.lexicon.number.get(word)
        rows = self.engine.best(Plan(Term("body", stem(word))), SPELLED_IN)
        having = [
            row
            for row in rows.tolist()
            if number is not None and number in self.collection.bodies[row]
        ]
        texts = [
            p.text
            for p in self.store.passages(
                ids=[self.collection.ids[row] for row in having]
            )
        ]
        found = Counter(
            t[token.start : token.end].lower()
            for t in texts
            for token in tokens(t)
            if token.folded == word
        )
        return found.most_common(1)[0][0] if found else word

    def _hits(
        self,
        rows: Ints,
        scores: Any,
        also: Mapping[int, tuple[str, ...]],
        planned: Planned,
        request: SearchRequest,
    ) -> tuple[Hit, ...]:
        passages = self.store.passages(ids=[self.collection.ids[row] for row in rows])
        known = self._known(planned, rows)
        scored = {
            self.collection.ids[row]: (float(value), also.get(int(row), ()))
            for row, value in zip(rows, scores, strict=True)
        }
        return tuple(self._hit(p, *scored[p.id], known, request) for p in passages)

    def _known(self, planned: Planned, rows: Ints) -> Found:
        """Words of these rows that matched: folded word to weight, how and asked, heaviest first."""
        lexicon = self.collection.lexicon
        sections = np.unique(self.collection.columns["section"][rows])
        numbers = np.unique(
            np.concatenate(
                [
                    self.collection.bodies.take(rows).words,
                    self.collection.sections.take(sections).words,
                ]
            )
        )
        known: dict[str, tuple[float, str, str]] = {}
        for concept in planned.concepts:
            for place, weight, how in concept.reasons(numbers):
                word = lexicon.words[int(numbers[place])]
                if weight > known.get(word, (0.0, "", ""))[0]:
                    known[word] = (weight, how, concept.asked)
        for phrase, _ in planned.phrases:
            known |= {word: (1.0, "phrase", " ".join(phrase)) for word in phrase}
        return known

    def _hit(
        self,
        p: Passage,
        value: float,
        also: tuple[str, ...],
        known: Found,
        request: SearchRequest,
    ) -> Hit:
        if not request.snippets:
            return Hit(
                p.id, p.document, round(value, 4), p.page, p.label, p.text, also_in=also
            )
        found = marks(p.text, known)
        above = " › ".join(p.section)
        reasons = why(found, p.text, known) + why(
            marks(above, known), above, known, "section"
        )
        return Hit(
            p.id,
            p.document,
            round(value, 4),
            p.page,
            p.label,
            p.text,
            snippet(p.text, found),
            reasons,
            also,
        )

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Completions of what is being typed: themes, titles, authors of documents, municipalities, frequent expressions."""
        return list(self.completer.complete(prefix, limit))

    def similar(self, passage_id: str, limit: int = 5) -> list[tuple[str, float]]:
        """Passages that say the like, with likeness (0..1), likest first. Raises UnknownPassageError."""
        row = self.collection.row.get(passage_id)
        if row is None:
            raise UnknownPassageError(id=passage_id)
        return [
            (self.collection.ids[other], likeness)
            for other, likeness in similar(self.engine, self.collection, row, limit)
        ]


def _wanted(request: SearchRequest) -> int:
    """How many rows a page needs: more than its hits, for near-duplicates take no place of their own."""
    return min(DEEPEST, max(CANDIDATES, 4 * request.page * request.per_page))


def _theme_reader(frameworks: Any) -> Any:
    """Reads themes in questions; None without frameworks."""
    if frameworks is None:
        return None
    from kb.themes.cues.reader import CueReader, CuesFound
    from kb.themes.cues.words import bare

    class Bare(CueReader):
        """Reads a question as mere words, for which spaCy is not needed."""

        def read(self, text: str) -> CuesFound:
            return super().read(bare(text))

    return Bare(frameworks)


def search_many(
    searcher: Searcher, queries: Sequence[str], limit: int = 20
) -> list[list[str]]:
    """Passage ids of the best hits of each query, as `kb search --queries` gives them."""
    request = SearchRequest(
        per_page=limit, per_document=0, facets=False, snippets=False
    )
    return [
        [hit.passage for hit in searcher.search(replace(request, query=query)).hits]
        for query in queries
    ]
