"""The results page: the answer of the search engine with what a reader can do next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from flask_babel import gettext as _
from markupsafe import Markup

from kb.errors import sentence
from kb.records import Passage
from kb.search.request import (
    NO_DEFINITION,
    Hit,
    Match,
    Reading,
    Results,
    SearchRequest,
    Snippet,
)
from web import language, parameters
from web.citation_strings import short_name
from web.formats import FOUND_FORMATS
from web.generation import Generation
from web.highlighting import highlighted
from web.pages.addresses import address_of
from web.pages.cards import (
    PassageCard,
    ThemeChip,
    cards,
    chip,
    documents,
    named_themes,
)
from web.pages.facets import ChosenFilter, Facet, Narrowing, address
from web.pages.found_list import MOST
from web.pages.pager import Pager, pager
from web.pages.query_summary import said_back

NAMED = 3  # themes of the question that are offered
ALSO_IN = 3  # places named where the same is said; its own page names all
_LOOSE = re.compile(
    r"\s+(?:\d{1,2}[.)]|[•–-])$"
)  # the number of a list item that did not come along


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What the results template shows."""

    request: SearchRequest
    results: Results
    said: str
    cards: tuple[PassageCard, ...]
    facets: tuple[Facet, ...]
    chosen: tuple[ChosenFilter, ...]
    sorts: tuple[tuple[str, str, bool], ...]
    pager: Pager
    named: tuple[ThemeChip, ...]  # themes that the question names
    themes: tuple[ThemeChip, ...]  # where nothing was found, the nearest
    feed: str
    exports: tuple[tuple[str, str], ...]  # address, name of the format
    most_taken: int
    everything: str
    counting: (
        str  # address that counts related hits in the facets too, or no longer
    )
    cut: bool
    did_you_mean: str | None
    loosened: str | None
    opposites: Mapping[str, tuple[tuple[str, str], ...]]  # word, its address
    scores: Mapping[str, float]  # of passages
    more: Mapping[str, tuple[int, str]]  # passage to more of its document
    related: frozenset[str]  # passages among direct ones that are related
    why: Mapping[str, tuple[Match, ...]]
    notes: tuple[str, ...]

    @property
    def counted(self) -> int:
        """How many passages can be taken along: direct ones, unless related ones count."""
        found = self.results
        every = self.request.count_related or not found.direct
        return found.total if every else found.direct


def hit_cards(
    generation: Generation, hits: tuple[Hit, ...]
) -> tuple[PassageCard, ...]:
    """Cards of hits with their snippets, why they match, and where else the same is said."""
    wanted = [
        id for hit in hits for id in (hit.passage, *hit.also_in[:ALSO_IN])
    ]
    known = {p.id: p for p in generation.store.passages(ids=wanted)}
    there = [hit for hit in hits if hit.passage in known]
    html = {
        hit.passage: _piece(known[hit.passage].text, hit.snippet)
        for hit in there
        if hit.snippet.text
    }
    made = cards(generation, [known[hit.passage] for hit in there], html)

    def also_in(hit: Hit) -> tuple[tuple[Passage, str], ...]:
        others = [known[id] for id in hit.also_in[:ALSO_IN] if id in known]
        return tuple(
            (other, _also_name(generation, other, hit)) for other in others
        )

    also = {hit.passage: also_in(hit) for hit in there}
    more = {hit.passage: len(hit.also_in[ALSO_IN:]) for hit in there}
    return tuple(
        replace(
            card,
            also_in=also.get(card.passage.id, ()),
            also_more=more.get(card.passage.id, 0),
        )
        for card in made
    )


def _also_name(generation: Generation, passage: Passage, hit: Hit) -> str:
    """Where else the same is said.

    A section of the same document, or another document.
    """
    if passage.document == hit.document and passage.section:
        return passage.section[-1]
    return short_name(generation, documents(generation)[passage.document])


def _again(request: SearchRequest, query: str | None) -> str | None:
    return address(replace(request, query=query, page=1)) if query else None


def _searched(
    generation: Generation, request: SearchRequest
) -> tuple[SearchRequest, Results]:
    """The answer to `request`.

    A page beyond the last is the last, or else the first.
    """
    results: Results = generation.searcher.search(request)
    last = min(ceil(results.total / request.per_page), parameters.MAX_PAGE)
    for page in (last, 1):
        if results.hits or request.page in (1, page):
            break
        request = replace(request, page=page)
        results = generation.searcher.search(request)
    return request, results


def _said(
    generation: Generation, request: SearchRequest, reading: Reading
) -> str:
    """The question in words, as it was read."""
    read = (reading.words, reading.phrases, reading.excluded, reading.filters)
    if request.query and not any(read):
        return str(_("Geen woorden om op te zoeken"))
    return said_back(generation, reading)


def more_of_documents(
    request: SearchRequest, results: Results
) -> dict[str, tuple[int, str]]:
    """Under the last passage of a document, how many more it has and where they are.

    Only where a document may have so many on a page and no more.
    """
    if not request.per_document or request.sort != "relevance":
        return {}
    counted = {v.value: v.count for v in results.facets.get("document", ())}
    shown = Counter(hit.document for hit in results.hits)
    last = {hit.document: hit.passage for hit in results.hits}
    found = {}
    for document, passage in last.items():
        left = counted.get(document, 0) - shown[document]
        if shown[document] >= request.per_document and left > 0:
            filters = {**request.filters, "document": (document,)}
            there = replace(request, filters=filters, page=1, per_document=0)
            found[passage] = (left, address(there))
    return found


def _sorts(request: SearchRequest) -> tuple[tuple[str, str, bool], ...]:
    """Orders with their addresses; by theme only where one is chosen."""
    by_theme = request.filters.get("theme") or request.sort == "theme"
    return tuple(
        (
            sort,
            address(replace(request, sort=sort, page=1)),
            sort == request.sort,
        )
        for sort in parameters.SORT_PARAMETERS
        if sort != "theme" or by_theme
    )


def _notes(reading: Reading) -> tuple[str, ...]:
    """What to say of how the question was read; where no word was left, only that."""
    codes = [
        code
        for code in reading.notes
        if code != "query_literal" or reading.words
    ]
    if reading.words:
        unmet = NO_DEFINITION in reading.notes
        codes += [
            f"query_asks_{sort}"
            for sort in reading.sorts
            if not (unmet and sort == "definition")
        ]
    return tuple(sentence(code, {}, language.chosen()) for code in codes)


def _piece(text: str, snippet: Snippet) -> Markup:
    """The snippet as HTML, with dots where the passage goes on before or after it."""
    whole = len(text.rstrip())
    shown = snippet.text
    if snippet.start + len(shown) < whole:
        shown = _LOOSE.sub("", shown)
    piece = highlighted(shown, snippet.marks)
    if snippet.start > 0:
        piece = Markup("…\u00a0") + piece
    if snippet.start + len(shown) < whole:
        piece = piece + Markup("\u00a0…")
    return piece


def results_page(
    generation: Generation, request: SearchRequest, cut: bool = False
) -> ResultsPage:
    """Search, and lay out the answer."""
    request, results = _searched(generation, request)
    narrowing = Narrowing(generation, request, results)
    first_page = replace(request, page=1)
    return ResultsPage(
        request=request,
        results=results,
        said=_said(generation, request, results.reading),
        cards=hit_cards(generation, results.hits),
        facets=narrowing.facets(),
        chosen=narrowing.chosen(),
        sorts=_sorts(request),
        pager=pager(
            request.page,
            results.total,
            request.per_page,
            lambda n: address(replace(request, page=n)),
        ),
        named=named_themes(generation, request.query)[:NAMED],
        themes=tuple(
            chip(generation, code) for code in results.nearest_themes
        ),
        feed=address_of(
            "feeds.search", parameters.address_parameters(first_page)
        ),
        exports=tuple(
            (
                address_of(
                    "search.take",
                    {
                        **parameters.address_parameters(first_page),
                        "format": format,
                    },
                ),
                name,
            )
            for format, name in FOUND_FORMATS
        ),
        most_taken=MOST,
        everything=address(
            first_page, alle=None if request.per_document == 0 else "1"
        ),
        counting=address(
            first_page, tel=None if request.count_related else "alles"
        ),
        cut=cut,
        did_you_mean=_again(request, results.did_you_mean),
        loosened=_again(request, results.loosened),
        opposites={
            word: tuple(
                (other, address(SearchRequest(other))) for other in others
            )
            for word, others in results.reading.opposites.items()
        },
        scores={hit.passage: hit.score for hit in results.hits},
        more=more_of_documents(request, results),
        related=frozenset(
            hit.passage
            for hit in results.hits[: results.related_from]
            if not hit.direct
        ),
        why={hit.passage: hit.explain for hit in results.hits if hit.explain},
        notes=_notes(results.reading),
    )
