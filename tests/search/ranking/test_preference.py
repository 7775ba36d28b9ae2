"""How a passage shows that it is the sort of answer that was asked for."""

from __future__ import annotations

import numpy as np

from kb.search import Searcher, SearchRequest
from kb.search.index.lexicon import Ints
from kb.search.question.intents import intent_of
from kb.search.ranking.bm25f import Formula, specificity
from kb.search.ranking.preference import preference, sign_match


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


def test_a_word_that_all_passages_have_tells_none_apart(
    searcher: Searcher,
) -> None:
    lexicon, expander = searcher.collection.lexicon, searcher.expander
    counts = lexicon.word_df.tolist()
    often, seldom = (
        lexicon.words[counts.index(pick(counts))] for pick in (max, min)
    )

    def told(*words: str) -> float:
        concepts = [expander.concept(word).direct() for word in words]
        return specificity(searcher.collection, concepts, Formula())

    assert told() == 0.0
    assert 0.0 < told(often) < told(seldom) <= 1.0
    assert told(often, seldom) >= told(seldom)


def test_signs_count_more_where_nothing_else_tells_passages_apart(
    searcher: Searcher,
) -> None:
    collection, asked = searcher.collection, intent_of(("definitie",))
    found = collection.gather(rows_of(searcher, "p6", "p5"))
    lexicon, expander = collection.lexicon, searcher.expander
    seldom = lexicon.words[int(np.argmin(lexicon.word_df))]
    telling = [expander.concept(seldom).direct()]
    formula = Formula(theme=0.0, kind=0.0, numbers=0.0)
    alone = preference(collection, found, asked, formula)
    beside = preference(collection, found, asked, formula, telling)
    assert alone[0] > beside[0] >= 1.0
    assert alone[1] == beside[1] == 1.0
