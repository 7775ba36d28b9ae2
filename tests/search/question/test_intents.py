"""What sort of answer is wanted, and how a passage shows that it is one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kb.dutch.analysis import tokens
from kb.search import Searcher, SearchRequest
from kb.search.question.intents import Intent, intent_of


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
        (
            "wat is het verschil tussen een generalist en een specialist?",
            False,
        ),
        ("wat levert vroegsignalering op?", False),
        ("hoe werkt een generalist", False),
    ],
)
def test_a_question_what_something_is_asks_a_definition(
    question: str, defines: bool
) -> None:
    assert (
        "definition" in intent_of(("generalist",), question).sorts
    ) is defines


def test_cues_with_signs_are_told_from_those_without() -> None:
    found = intent_of(("definitie", "steekproef"))
    assert found.cues == {"definitie", "steekproef"}
    assert found.signed == {"definitie"}


@pytest.mark.parametrize(
    "question",
    [
        "waarom werkt het wijkteam niet?",
        "waarom komen huisartsen nauwelijks naar het overleg",
        "kritiek op keukentafelgesprekken",
        "nadelen van zelfsturing",
        "gebrek aan tijd",
        "wat gaat er mis in de overdracht",
        "what goes wrong in referral",
        "why does reporting not work",
    ],
)
def test_a_question_for_what_fails_asks_for_problems(question: str) -> None:
    words = [token.folded for token in tokens(question)]
    assert "bottleneck" in intent_of(words, question).sorts


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("hoeveel teams werken samen met scholen", "figure"),
        ("hoe vaak komt de wijkverpleegkundige", "figure"),
        ("voorbeelden van bewonersinitiatieven", "example"),
        ("verschil tussen toezicht en begeleiding", "comparison"),
        ("zelfsturing versus aansturing", "comparison"),
        ("difference between control and trust", "comparison"),
        ("wat betekent zelfsturing", "definition"),
    ],
)
def test_other_sorts_are_asked_in_words(question: str, sort: str) -> None:
    words = [token.folded for token in tokens(question)]
    assert sort in intent_of(words, question).sorts


def test_a_verb_of_the_wording_says_nothing_more() -> None:
    words, question = ["lukt", "overdracht"], "waarom lukt de overdracht niet"
    assert intent_of(words, question).carried == {"lukt"}
    assert intent_of(words, "lukt overdracht").carried == frozenset()


def test_quotes_do_not_hide_what_is_asked_for(searcher: Searcher) -> None:
    asked = SearchRequest('wat is "individuele hulp"?')
    assert "definition" in searcher.search(asked).reading.sorts


def test_an_objection_is_made_to_a_decision_and_objections_are_criticism() -> (
    None
):
    assert not intent_of(["bezwaar", "maken", "besluit"]).sorts
    assert intent_of(["bezwaren", "wijkteam"]).sorts == {"bottleneck"}


def test_small_words_of_a_question_that_asks_as_a_whole_are_not_said_to_be_left_out(
    searcher: Searcher,
) -> None:
    asked = searcher.search(SearchRequest("waarom werkt het team niet"))
    assert asked.reading.sorts == ("bottleneck",)
    assert asked.reading.ignored == ()
    named = searcher.search(SearchRequest("de nadelen van het team"))
    assert named.reading.sorts == ("bottleneck",)
    assert {"de", "het", "van"} <= set(named.reading.ignored)


def strengths(**found: float) -> Any:
    """A reader that finds these themes in any text."""
    reading = SimpleNamespace(counted=list(found), strength=found.__getitem__)
    return SimpleNamespace(read=lambda text: reading)


def test_themes_weigh_by_the_strength_of_their_cues() -> None:
    reader = strengths(B1=0.9, B2=1.0, B3=1.5, B4=3.0, B5=9.0)
    found = intent_of(["zorg"], "zorg", reader).themes
    assert found == {
        "B2": pytest.approx(1 / 3),
        "B3": 0.5,
        "B4": 1.0,
        "B5": 1.0,
    }
    assert intent_of(["zorg"], "", reader).themes == {}
    assert intent_of(["zorg"], "zorg").themes == {}


@pytest.mark.parametrize(
    ("sorts", "kinds", "numbers", "precise"),
    [
        ({"recommendation"}, {"recommendation"}, False, False),
        ({"definition"}, {"definition"}, False, True),
        ({"figure"}, {"figure", "table", "finding"}, True, True),
        (
            {"recommendation", "definition"},
            {"recommendation", "definition"},
            False,
            True,
        ),
        (set(), set(), False, False),
    ],
)
def test_a_sort_of_answer_prefers_kinds_of_passages(
    sorts: set[str], kinds: set[str], numbers: bool, precise: bool
) -> None:
    intent = Intent(frozenset(sorts))
    assert intent.kinds == kinds
    assert (intent.numbers, intent.precise) == (numbers, precise)


def test_a_question_that_asks_as_a_whole_is_known_from_one_that_does_not() -> (
    None
):
    asked = intent_of(["zelfsturing"], "wat is zelfsturing?")
    assert asked.worded
    assert not intent_of(["definitie", "zelfsturing"], "definitie").worded
    plain = intent_of(["verstaan"], "verstaan")
    assert plain.cues == frozenset()
    whole = intent_of(["verstaan"], "wat wordt verstaan onder zorg")
    assert whole.cues == whole.signed == {"verstaan"}
