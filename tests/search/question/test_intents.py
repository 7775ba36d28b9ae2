"""What sort of answer is wanted, and how a passage shows that it is one."""

from __future__ import annotations

import numpy as np
import pytest

from kb.search import Searcher, SearchRequest
from kb.search.question.intents import intent_of, sign_match


@pytest.mark.parametrize(
    ("words", "sorts"),
    [
        (("aanbevelingen", "werkdruk"), {"recommendation"}),
        (("definitie", "zelfredzaamheid"), {"definition"}),
        (("wijkteam", "2014", "2018"), {"comparison"}),
        (("wijkteam", "2014"), set()),
        (("wijkteam", "2014", "2014"), set()),
        (("knelpunten", "privacy"), {"bottleneck"}),
        (("percentage", "stijging"), {"figure", "comparison"}),
        (("wijkteam",), set()),
    ],
)
def test_words_and_years_of_a_question_tell_the_sort_of_answer(
    words: tuple[str, ...], sorts: set[str]
) -> None:
    assert intent_of(words).sorts == sorts


@pytest.mark.parametrize(
    ("question", "defines"),
    [
        ("wat is een generalist?", True),
        ("Wat wordt verstaan onder normatieve professionalisering", True),
        ("what is a generalist?", True),
        ("wat is het verschil tussen een generalist en een specialist?", False),
        ("wat levert vroegsignalering op?", False),
        ("hoe werkt een generalist", False),
    ],
)
def test_a_question_what_something_is_asks_a_definition(
    question: str, defines: bool
) -> None:
    assert ("definition" in intent_of(("generalist",), question).sorts) is defines


def test_signs_of_a_definition_count_only_close_to_the_word_asked(
    searcher: Searcher,
) -> None:
    collection, asked = searcher.collection, intent_of(("definitie",))
    bodies = collection.bodies.take(np.array([collection.row["p6"]]))
    words = collection.lexicon.words
    sign = next(
        at
        for at, number in enumerate(bodies.words.tolist())
        if words[number].startswith(("begrip", "defini", "verstaan", "beteken"))
    )
    close, none = np.zeros(len(words), np.bool_), np.zeros(len(words), np.bool_)
    close[bodies.words[sign - 1 if sign else sign + 1]] = True
    assert (
        sign_match(collection, bodies, asked, close)[0]
        > 0.0
        == sign_match(collection, bodies, asked, none)[0]
    )


def test_cues_with_signs_are_told_from_those_without() -> None:
    found = intent_of(("definitie", "steekproef"))
    assert found.cues == {"definitie", "steekproef"}
    assert found.signed == {"definitie"}


def test_a_passage_with_words_of_the_sort_wanted_matches_more(
    searcher: Searcher,
) -> None:
    collection, asked = searcher.collection, intent_of(("definitie",))
    rows = np.array([collection.row["p6"], collection.row["p5"]])
    says, says_not = sign_match(collection, collection.bodies.take(rows), asked)
    assert says > says_not == 0.0
    assert len(sign_match(collection, collection.bodies.take(rows[:0]), asked)) == 0


def test_a_question_for_recommendations_puts_them_first(searcher: Searcher) -> None:
    assert (
        searcher.search(SearchRequest("aanbevelingen medewerkers")).hits[0].passage
        == "p2"
    )
