"""What sort of answer is wanted, and how a passage shows that it is one."""

from __future__ import annotations

import numpy as np
import pytest

from kb.search import Searcher, SearchRequest
from kb.search.intents import intent_of, sign_match


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
def test_words_and_years_of_a_question_tell_the_sort_of_answer(words: tuple[str, ...], sorts: set[str]) -> None:
    assert intent_of(words).sorts == sorts


def test_a_passage_with_words_of_the_sort_wanted_matches_more(searcher: Searcher) -> None:
    collection, asked = searcher.collection, intent_of(("definitie",))
    rows = np.array([collection.row["p6"], collection.row["p5"]])
    says, says_not = sign_match(collection, collection.bodies.take(rows), asked)
    assert says > says_not == 0.0
    assert len(sign_match(collection, collection.bodies.take(rows[:0]), asked)) == 0


def test_a_question_for_recommendations_puts_them_first(searcher: Searcher) -> None:
    assert searcher.search(SearchRequest("aanbevelingen medewerkers")).hits[0].passage == "p2"
