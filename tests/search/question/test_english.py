"""A question in English finds what Dutch passages say."""

from __future__ import annotations

import pytest

from kb.search import Searcher, SearchRequest


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("prevention of problems", "p5"),
        ("why is the workload high", "p1"),
        ("people with debts", "p4"),
        ("what is self-reliance", "p6"),
    ],
)
def test_translations_are_what_was_asked(
    searcher: Searcher, question: str, passage: str
) -> None:
    results = searcher.search(SearchRequest(question))
    direct = {hit.passage for hit in results.hits if hit.direct}
    direct |= {id for hit in results.hits for id in hit.also_in if hit.direct}
    assert passage in direct
    assert results.did_you_mean is None


def test_an_english_word_is_no_misspelled_dutch_one(
    searcher: Searcher,
) -> None:
    results = searcher.search(SearchRequest("team decision"))
    assert results.reading.absent == ("decision",)
    assert results.did_you_mean is None


def test_a_usual_dutch_word_that_no_passage_has_is_not_corrected(
    searcher: Searcher,
) -> None:
    results = searcher.search(SearchRequest("wie betaalt het team"))
    assert results.reading.absent == ("betaalt",)
    assert results.did_you_mean is None


def test_among_dutch_words_a_translation_stays_related(
    searcher: Searcher,
) -> None:
    results = searcher.search(SearchRequest("prevention mantelzorgers"))
    direct = [hit.passage for hit in results.hits if hit.direct]
    assert "p5" not in direct
