"""Every way to say a word counts once, the heaviest one."""

from __future__ import annotations

import numpy as np

from kb.search.index.lexicon import Ints
from kb.search.query_tree import Nothing, Or, Phrase, Term
from kb.search.question.concepts import (
    COMPOUND,
    EXACT,
    INFLECTION,
    TRANSLATION,
    Concept,
    Run,
)


def numbers(*words: int) -> Ints:
    return np.array(words, np.int64)


def hulp() -> Concept:
    """A word with a form, two compounds, another word for it and an English one."""
    concept = Concept("hulp")
    concept.add(numbers(4, 7), 0.6, COMPOUND)
    concept.add(numbers(2), 1.0, EXACT)
    concept.add(numbers(2, 3), 0.95, INFLECTION)
    concept.add(numbers(3, 9), 0.4, "synonym")
    concept.add(numbers(11), 0.4, TRANSLATION)
    return concept


def test_of_two_ways_to_a_word_the_heavier_counts() -> None:
    words, weights = hulp().weighted()
    assert words.tolist() == [2, 3, 4, 7, 9, 11]
    assert weights.dtype == np.float32
    expected = np.array([1.0, 0.95, 0.6, 0.6, 0.4, 0.4], np.float32)
    assert weights.tolist() == expected.tolist()
    table = hulp().table(13)
    assert np.flatnonzero(table).tolist() == words.tolist()
    assert len(table) == 13
    assert table[words].tolist() == weights.tolist()


def test_a_concept_without_words_weighs_nothing() -> None:
    words, weights = Concept("x").weighted()
    assert (len(words), len(weights)) == (0, 0)
    assert Concept("x").table(3).tolist() == [0.0, 0.0, 0.0]
    assert Concept("x").reasons(numbers(1)) == []


def test_groups_stand_heaviest_first_and_equal_ones_as_they_came() -> None:
    order = [group.how for group in hulp().heaviest_first()]
    assert order == [EXACT, INFLECTION, COMPOUND, "synonym", TRANSLATION]


def test_a_reason_is_the_heaviest_way_to_each_word() -> None:
    found = hulp().reasons(numbers(2, 3, 5, 9, 12))
    assert sorted(found) == [
        (0, 1.0, EXACT),
        (1, 0.95, INFLECTION),
        (3, 0.4, "synonym"),
    ]
    assert hulp().reasons(numbers()) == []


def test_what_is_direct_leaves_other_words_out() -> None:
    concept = hulp()
    concept.runs = [
        Run((1, 2), 0.9, "hulp lijn", COMPOUND),
        Run((5, 6), 0.4, "een hand", "synonym"),
    ]
    for field, how in (("body", EXACT), ("section", "synonym")):
        concept.look_up(field, ["hulp"], 0.5, how)
    concept.look_up("body", ["aid"], 0.4, TRANSLATION)
    direct = concept.direct()
    hows = [group.how for group in direct.groups]
    assert hows == [COMPOUND, EXACT, INFLECTION]
    assert [run.text for run in direct.runs] == ["hulp lijn"]
    assert direct.node() == Or((Term("body", "hulp", 0.5),))
    assert len(concept.groups) == 5
    concept.english = True
    english = concept.direct()
    assert english.groups[-1].how == TRANSLATION
    assert english.node() == Or(
        (Term("body", "hulp", 0.5), Term("body", "aid", 0.4))
    )
    assert not concept.absent


def test_a_word_found_in_other_words_alone_is_absent() -> None:
    concept = Concept("hulp")
    concept.look_up("body", ["steun"], 0.4, "synonym")
    assert concept.absent
    assert not concept.translated
    assert not concept.only_in_a_row
    assert concept.direct().node() == Nothing()


def test_a_look_up_of_equal_weight_stays_as_it_came() -> None:
    concept = Concept("hulp")
    concept.look_up("body", ("a", "b"), 0.5, COMPOUND)
    concept.look_up("body", ("a", "b"), 0.5, "synonym")
    (found,) = concept.lookups.values()
    assert found.how == COMPOUND
    assert found.node() == Phrase("body", ("a", "b"), 0, 0.5)


def test_nothing_is_added_where_no_word_is_known() -> None:
    concept = Concept("hulp")
    concept.add(numbers(), 0.5, EXACT)
    assert concept.groups == []
