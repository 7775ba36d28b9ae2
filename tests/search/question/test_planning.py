"""From a tree as read to what engines look for and how the question is said back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from kb.dutch.stem import stem
from kb.dutch.synonyms import Phrase as Stems
from kb.dutch.synonyms import Synonym, Thesaurus
from kb.search.index.lexicon import Lexicon, make
from kb.search.query_tree import (
    And,
    AtLeast,
    Every,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Term,
)
from kb.search.question.expansion import Expander
from kb.search.question.long_text import LONG, most_telling
from kb.search.question.parsing import read
from kb.search.question.planning import Question, plan, words_of
from kb.search.question.spelling import Speller
from kb.search.question.tree_walk import CUE_IMPORTANCE, LOOSE, PHRASE_BOOST
from kb.search.request import Reading

WORDS = sorted(
    {
        "aanbevelingen",
        "buurt",
        "de",
        "druk",
        "hulp",
        "nadelen",
        "preventie",
        "raad",
        "schuld",
        "voordelen",
        "wijk",
        "wijken",
        "zorg",
    }
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    count = np.arange(len(WORDS), 0, -1)
    return make(WORDS, count, count, [()] * len(WORDS))


@pytest.fixture(scope="module")
def expander(lexicon: Lexicon) -> Expander:
    entries: Mapping[Stems, tuple[Synonym, ...]] = {
        ("buurt",): (Synonym("wijk", ("wijk",), 0.8, "synonym"),)
    }
    opposites: Mapping[Stems, tuple[str, ...]] = {
        (stem("druk"),): ("rust", "stilte", "kalmte", "vrede"),
        (stem("hulp"),): ("schuld",),
        (stem("schuld"),): ("hulp",),
    }
    words = Thesaurus(entries, 1, opposites)
    return Expander(lexicon, words, Speller(lexicon), passages=30)


def planned(expander: Expander, typed: str) -> Question:
    return plan(read(typed), expander)


def own(word: str) -> Node:
    """What finds a word itself in these texts."""
    token = stem(word)
    return Or((Term("body", token, 0.95), Term("section", token, 0.95)))


def body(*words: str, slop: int = 0) -> Phrase:
    return Phrase("body", tuple(map(stem, words)), slop, PHRASE_BOOST)


def test_words_beside_each_other_are_told_by_how_many_are_there(
    expander: Expander,
) -> None:
    question = planned(expander, "druk zorg")
    both = (own("druk"), own("zorg"))
    assert question.wide == Or(both)
    assert question.narrow == AtLeast(2, both)
    assert question.parts == 2
    assert question.direct(1) == AtLeast(1, both)
    assert question.reading.operator == "or"
    assert (question.strict, question.any_of) == (False, False)
    assert (question.ranked, question.asks_nothing) == (True, False)


def test_a_synonym_is_related_and_not_direct(expander: Expander) -> None:
    question = planned(expander, "buurt")
    assert question.narrow == own("buurt")
    in_wijk = (Term("body", "wijk", 0.4), Term("section", "wijk", 0.4))
    assert question.wide == Or((*own("buurt").parts, *in_wijk))  # type: ignore[union-attr]
    assert question.parts == 1
    assert question.direct(1) == question.narrow
    assert question.reading.expansions == {"buurt": ("wijk", "wijken")}
    assert planned(expander, "wijk").reading.expansions == {}


def test_all_of_the_words_are_wanted_with_an_operator(
    expander: Expander,
) -> None:
    question = planned(expander, "druk EN zorg")
    assert question.narrow == And((own("druk"), own("zorg")))
    assert question.wide == question.narrow
    assert question.reading.operator == "and"
    assert question.strict
    assert not question.any_of
    assert question.parts == 1
    assert not planned(expander, "druk EN NIET zorg").strict


def test_one_of_a_group_is_enough_where_all_groups_are_wanted(
    expander: Expander,
) -> None:
    question = planned(expander, "druk EN (raad OF hulp)")
    assert question.reading.operator == "and"
    assert question.any_of
    either = (own("raad"), own("hulp"))
    assert question.wide == And((own("druk"), Or(either)))
    assert question.direct(1) == And((own("druk"), AtLeast(1, either)))
    beside = planned(expander, "druk EN (raad hulp)")
    assert not beside.any_of
    assert beside.direct(2) == And((own("druk"), AtLeast(2, either)))
    assert beside.parts == 2


def test_one_of_the_words_is_said_to_be_enough(expander: Expander) -> None:
    question = planned(expander, "druk OF zorg")
    assert question.reading.operator == "any"
    assert question.any_of


def test_what_must_be_there_finds_and_what_may_ranks(
    expander: Expander,
) -> None:
    question = planned(expander, "+druk zorg")
    assert question.wide == own("druk")
    assert question.reading.words == ("druk", "zorg")
    assert planned(expander, "+de zorg").wide == own("zorg")


def test_a_word_that_is_typed_again_asks_nothing_more(
    expander: Expander,
) -> None:
    question = planned(expander, "druk zorg druk")
    assert question.reading.words == ("druk", "zorg")
    assert question.parts == 2


def test_words_of_a_phrase_apart_are_related(expander: Expander) -> None:
    question = planned(expander, '"hulp in de wijk"')
    exact = body("hulp", "in", "de", "wijk")
    assert question.narrow == exact
    assert question.wide == Or((exact, AtLeast(2, (own("hulp"), own("wijk")))))
    assert question.phrases == ((("hulp", "in", "de", "wijk"), 0),)
    assert [one.asked for one in question.loose] == ["hulp", "wijk"]
    assert {one.importance for one in question.loose} == {LOOSE}
    assert (question.concepts, question.ranked) == ((), True)
    assert question.scored == question.loose
    assert question.strict
    assert question.reading.phrases == ("hulp in de wijk",)


@pytest.mark.parametrize(
    ("phrase", "least"),
    [("hulp wijk zorg", 2), ("hulp wijk zorg raad", 3), ("de hulp", 1)],
)
def test_of_a_longer_phrase_one_word_may_be_missing(
    expander: Expander, phrase: str, least: int
) -> None:
    wide = planned(expander, f'"{phrase}"').wide
    assert isinstance(wide, Or)
    apart = wide.parts[1]
    assert isinstance(apart, AtLeast)
    assert apart.least == least


def test_a_name_with_figures_may_stand_in_a_heading(
    expander: Expander,
) -> None:
    question = planned(expander, '"wijk 2 wijk"')
    heading = And((Term("section", "wijk"), Term("section", "2")))
    assert question.wide == Or((body("wijk", "2", "wijk"), heading))
    assert question.narrow == question.wide
    assert question.loose == ()
    small = planned(expander, '"wijk b"').wide
    assert isinstance(small, Or)
    assert And((Term("section", "wijk"), Term("section", "b"))) in small.parts


def test_words_of_nothing_but_a_phrase_without_weight_are_in_a_row(
    expander: Expander,
) -> None:
    assert planned(expander, '"van het"').wide == body("van", "het")


def out(word: str) -> Node:
    token = stem(word)
    return Or((Term("body", token), Term("section", token)))


@pytest.mark.parametrize(
    ("typed", "excluded", "told"),
    [
        ("druk -zorg", Not(out("zorg")), ("zorg",)),
        (
            'druk -"de raad"',
            Not(Phrase("body", ("de", "raad"))),
            ("de raad",),
        ),
        (
            "druk NIET (zorg OF raad)",
            Not(Or((out("zorg"), out("raad")))),
            ("zorg", "raad"),
        ),
    ],
)
def test_what_is_excluded_is_meant_as_typed(
    expander: Expander, typed: str, excluded: Node, told: tuple[str, ...]
) -> None:
    question = planned(expander, typed)
    assert isinstance(question.wide, And)
    assert question.wide.parts == (own("druk"), excluded)
    assert question.reading.excluded == told
    assert question.reading.words == ("druk",)


def test_words_without_weight_are_not_excluded(expander: Expander) -> None:
    question = planned(expander, "druk -de")
    assert question.wide == own("druk")
    assert question.reading.excluded == ()
    assert question.reading.ignored == ("de",)


def test_a_question_without_weight_is_asked_by_its_words_after_all(
    expander: Expander,
) -> None:
    question = planned(expander, "de van")
    assert question.reading.words == ("de", "van")
    assert question.reading.ignored == ()
    assert question.wide == Or((own("de"), Nothing()))
    assert question.reading.absent == ("van",)
    nowhere = planned(expander, "van")
    assert nowhere.wide == Nothing()


def test_words_that_ask_for_a_sort_of_answer_count_less(
    expander: Expander,
) -> None:
    question = planned(expander, "aanbevelingen druk")
    weights = {c.asked: (c.importance, c.telling) for c in question.concepts}
    assert weights == {
        "aanbevelingen": (CUE_IMPORTANCE, False),
        "druk": (1.0, True),
    }
    assert question.narrow == own("druk")
    assert [c.asked for c in question.telling] == ["druk"]
    assert question.reading.sorts == ("recommendation",)


def test_contraries_are_told_but_where_one_is_asked(
    expander: Expander,
) -> None:
    told = planned(expander, "druk hulp").reading.opposites
    assert told == {"druk": ("rust", "stilte", "kalmte"), "hulp": ("schuld",)}
    assert planned(expander, "hulp schuld").reading.opposites == {}


def test_how_a_question_was_read_is_noted(expander: Expander) -> None:
    literal = planned(expander, "druk EN (zorg").reading
    assert literal.literal
    assert literal.notes == ("query_literal",)
    wrong = planned(expander, "preventtie").reading
    assert wrong.notes == ("query_corrected",)
    assert planned(expander, "preventie").reading.notes == ()
    assert planned(expander, "druk qxqz").reading.absent == ("qxqz",)
    twice = planned(expander, "de druk van de zorg").reading
    assert twice.ignored == ("de", "van")


def test_nothing_but_filters_asks_for_all_and_nothing_at_all_for_none(
    expander: Expander,
) -> None:
    filtered = planned(expander, "jaar:2016")
    assert (filtered.wide, filtered.narrow) == (Every(), Every())
    assert filtered.asks_nothing
    assert filtered.filters == {"year": ("2016",)}
    assert filtered.reading == Reading(filters={"year": ("2016",)})
    without = planned(expander, "-jaar:2016")
    assert without.excluded_filters == {"year": ("2016",)}
    assert without.asks_nothing
    signs = planned(expander, "?!")
    assert (signs.wide, signs.narrow) == (Nothing(), Nothing())
    assert signs.reading.notes == ("query_no_words",)
    assert not signs.ranked
    empty = planned(expander, "")
    assert empty.asks_nothing
    assert empty.reading.notes == ()
    chosen = plan(read("?!"), expander, {"kind": ("finding",)})
    assert chosen.filters == {"kind": ("finding",)}
    assert chosen.asks_nothing


def test_filters_of_a_request_take_the_place_of_those_of_the_question(
    expander: Expander,
) -> None:
    chosen = {"year": ("2014",)}
    question = plan(read("druk jaar:2016"), expander, chosen)
    assert question.filters == question.reading.filters == chosen


def test_words_are_told_left_to_right_without_exclusions() -> None:
    typed = "+druk (zorg EN raad) -hulp"
    tree = read(typed).tree
    assert tree is not None
    assert list(words_of(tree)) == ["druk", "zorg", "raad"]


def numbered(count: int) -> list[str]:
    """So many different words that no list knows."""
    return [f"qx{chr(97 + n)}z" for n in range(count)]


@pytest.mark.parametrize(("more", "left"), [(0, 0), (1, 1), (3, 3)])
def test_of_more_words_than_twelve_the_most_telling_are_kept(
    more: int, left: int
) -> None:
    words = numbered(LONG + more)
    seldom = np.arange(len(words), 0, -1)
    lexicon = make(words, seldom, seldom, [()] * len(words))
    tree = Or(tuple(Term("text", word) for word in ["de", *words]))
    kept, out = most_telling(tree, lexicon, 100)
    assert len(out) == left
    if not left:
        assert kept is tree
        return
    assert isinstance(kept, Or)
    texts = [part.text for part in kept.parts if isinstance(part, Term)]
    assert texts == words[more:]  # the rarest, in their order
    assert out == tuple(words[:more])


def test_a_word_asked_often_tells_more_and_an_unknown_one_nothing() -> None:
    words = numbered(LONG)
    alike = np.full(len(words), 5)
    lexicon = make(words, alike, alike, [()] * len(words))
    asked = ["onbekend", *words, words[-1]]
    tree = Or(tuple(Term("text", word) for word in asked))
    kept, out = most_telling(tree, lexicon, 100)
    assert out == ("onbekend",)
    assert words_in(kept) == words
    more = [*words, "qxzz", "qxzz"]
    lexicon = make([*words, "qxzz"], np.full(13, 5), np.full(13, 5), [()] * 13)
    tree = Or(tuple(Term("text", word) for word in more))
    kept, out = most_telling(tree, lexicon, 100)
    assert out == (words[-1],)
    assert words_in(kept) == [*words[:-1], "qxzz"]


def words_in(node: Node) -> list[str]:
    return list(words_of(node))


def test_what_was_typed_with_operators_stays_whole() -> None:
    words = numbered(LONG + 2)
    some = np.full(len(words), 5)
    lexicon = make(words, some, some, [()] * len(words))
    terms = tuple(Term("text", word) for word in words)
    for tree in (And(terms), Or((*terms, Not(Term("text", "qq"))))):
        assert most_telling(tree, lexicon, 100) == (tree, ())
