"""The program that looks passages up again by their own words."""

from __future__ import annotations

import numpy as np

from kb.dutch.analysis import tokens
from kb.dutch.stem import stem
from kb.search import Searcher
from scripts.ablation import shipped
from scripts.known_items import (
    WORDS,
    drawn,
    interval,
    items,
    misquoted,
    reciprocal_ranks,
)


def test_questions_are_forms_of_the_words_of_their_passage(
    searcher: Searcher,
) -> None:
    asked = list(drawn(searcher, 8, 2))
    assert asked
    texts = {p.id: p.text for p in searcher.store.passages()}
    for query, id in asked:
        words = query.split()
        held = {stem(word.strip(".,;:").lower()) for word in texts[id].split()}
        assert len(words) == WORDS
        assert {stem(word) for word in words} <= held


def test_what_is_sought_is_found_near_the_top(searcher: Searcher) -> None:
    asked = list(drawn(searcher, 8, 2))
    ranks = reciprocal_ranks(searcher.collection, shipped(searcher), asked)
    assert ranks.mean() > 0.7
    nothing = reciprocal_ranks(searcher.collection, lambda _query: [], asked)
    assert nothing.sum() == 0


def test_a_misquotation_has_one_word_that_its_passage_lacks_there(
    searcher: Searcher,
) -> None:
    asked = list(misquoted(searcher, 12, 2))
    assert asked
    texts = {p.id: p.text for p in searcher.store.passages()}
    for query, id in asked:
        held = [token.folded for token in tokens(texts[id])]
        words = [token.folded for token in tokens(query)]
        starts = range(len(held) - len(words) + 1)
        wrong = [
            sum(a != b for a, b in zip(words, held[at:], strict=False))
            for at in starts
        ]
        assert query[0] == query[-1] == '"'
        assert min(wrong) <= 1


def test_near_duplicates_are_one_item(searcher: Searcher) -> None:
    said, said_again, other = items(searcher.collection, ["p1", "p7", "p0"])
    assert said == said_again != other


def test_an_interval_holds_the_mean_and_is_none_for_equal_gains() -> None:
    low, high = interval(np.array([0.0, 0.1, 0.2, 0.3] * 10))
    assert low < 0.15 < high
    assert interval(np.zeros(5)) == (0.0, 0.0)
