"""How a passage shows that it is the sort of answer that was asked for."""

from __future__ import annotations

import numpy as np

from kb.search import Searcher, SearchRequest
from kb.search.index.lexicon import Ints
from kb.search.question.intents import intent_of
from kb.search.ranking.preference import sign_match


def rows_of(searcher: Searcher, *ids: str) -> Ints:
    rows = [searcher.collection.row_of(id) for id in ids]
    return np.array(rows, np.int64)


def test_signs_of_a_definition_count_only_close_to_the_word_asked(
    searcher: Searcher,
) -> None:
    collection, asked = searcher.collection, intent_of(("definitie",))
    bodies = collection.gather(rows_of(searcher, "p6")).bodies
    words = collection.lexicon.words
    sign = next(
        at
        for at, number in enumerate(bodies.words.tolist())
        if words[number].startswith(
            ("begrip", "defini", "verstaan", "beteken")
        )
    )
    close, none = (
        np.zeros(len(words), np.bool_),
        np.zeros(len(words), np.bool_),
    )
    close[bodies.words[sign - 1 if sign else sign + 1]] = True
    assert (
        sign_match(collection, bodies, asked, [close])[0]
        > 0.0
        == sign_match(collection, bodies, asked, [none])[0]
    )


def test_a_passage_with_words_of_the_sort_wanted_matches_more(
    searcher: Searcher,
) -> None:
    collection, asked = searcher.collection, intent_of(("definitie",))
    found = collection.gather(rows_of(searcher, "p6", "p5"))
    says, says_not = sign_match(collection, found.bodies, asked)
    assert says > says_not == 0.0
    none = collection.gather(rows_of(searcher)).bodies
    assert len(sign_match(collection, none, asked)) == 0


def test_a_question_for_recommendations_puts_them_first(
    searcher: Searcher,
) -> None:
    assert (
        searcher.search(SearchRequest("aanbevelingen medewerkers"))
        .hits[0]
        .passage
        == "p2"
    )
