"""What passes a filter, and how what passes is put in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.search import Searcher, SearchRequest
from kb.search.filters import PASSES
from kb.search.index.sources import Source

VOLUME = "bundel2017"
PART = Source("bundel2017-een", "Een", ("Smit, Jan",), 2017, "chapter", VOLUME)


def test_a_collection_stands_for_its_parts() -> None:
    assert PASSES["document"](PART, (VOLUME,))
    assert not PASSES["document"](replace(PART, volume=None), (VOLUME,))


@pytest.mark.parametrize("query", ["", "medewerker"])
def test_only_passages_with_figures(searcher: Searcher, query: str) -> None:
    wanted = {"figures": ("yes",)}
    found = searcher.search(SearchRequest(query, wanted))
    texts = [hit.text for hit in found.hits]
    assert all(any(c.isdigit() for c in text) for text in texts)
    assert found.total == sum(v.count for v in found.facets["figures"])


def test_figures_may_be_asked_in_the_query(searcher: Searcher) -> None:
    typed = searcher.search(SearchRequest("metcijfers:ja"))
    chosen = searcher.search(SearchRequest("", {"figures": ("yes",)}))
    assert typed.total == chosen.total


def test_what_a_reader_chose_replaces_what_the_question_says(
    searcher: Searcher,
) -> None:
    chosen = {"municipality": ("Utrecht",)}
    found = searcher.search(SearchRequest("hulp in Zwolle", chosen))
    assert found.reading.filters == chosen
    assert found.reading.implied == ()
    assert "zwolle" not in found.reading.words


@pytest.mark.parametrize("query", ["", "het team"])
def test_order_by_theme_is_by_the_score_of_the_theme_chosen(
    searcher: Searcher, query: str
) -> None:
    theme = searcher.collection.names.themes[0]
    wanted = {"theme": (theme,)}
    request = SearchRequest(query, wanted, sort="theme", collapse=False)
    hits = searcher.search(request).hits
    scores = {
        tag.passage: tag.score
        for tag in searcher.store.tags(theme=theme)
        if tag.evidence
    }
    found = [scores[hit.passage] for hit in hits]
    assert found
    assert found == sorted(found, reverse=True)
