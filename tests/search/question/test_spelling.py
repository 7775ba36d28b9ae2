"""A misspelled word stands for the nearest words of the collection, and for no far one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from kb.search.index.lexicon import Lexicon
from kb.search.query_tree import Nothing, Or, Phrase, Term
from kb.search.question.concepts import (
    COMPOUND,
    EXACT,
    PREFIX,
    TRANSLATION,
    Concept,
    Group,
    Run,
)
from kb.search.question.intents import theme_reader
from kb.search.question.relaxation import loosened, nearest_themes
from kb.search.question.spelling import Speller
from kb.search.question.summary import MOST, best_expansions, did_you_mean
from kb.themes import load_frameworks

COUNTS = {
    "begeleiding": 9,
    "begeleiders": 4,
    "mantelzorg": 7,
    "mantelzorgers": 2,
    "preventie": 5,
    "presentie": 8,
    "schuld": 3,
    "team": 6,
}
WORDS = sorted(COUNTS)


@pytest.fixture
def lexicon() -> Lexicon:
    count = np.array([COUNTS[word] for word in WORDS])
    numbers = np.arange(len(WORDS))
    none = np.zeros(len(WORDS) + 1, np.int64)
    return Lexicon(WORDS, WORDS, numbers, count, count, none, none[:0])


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("begeleidign", ["begeleiding"]),  # two letters changed places
        ("mantelzrog", ["mantelzorg"]),
        ("prevetie", ["preventie"]),
        ("preentie", ["presentie", "preventie"]),  # as near: the usual first
        ("schould", ["schuld"]),
        ("schoulds", ["schuld"]),  # of seven letters and more two may differ
        ("schoul", []),  # of six one
        ("teem", []),  # too short to be corrected
        ("schu1d", []),
        ("onderwijzer", []),
    ],
)
def test_the_nearest_words_are_meant(
    lexicon: Lexicon, asked: str, meant: list[str]
) -> None:
    speller = Speller(lexicon)  # held: its memory of answers does not hold it
    found = speller.corrections(asked)
    assert [WORDS[number] for number, _ in found] == meant


def test_a_correction_is_the_surer_the_nearer_it_is(lexicon: Lexicon) -> None:
    speller = Speller(lexicon)
    ((_, one),) = speller.corrections("begeleidin")
    ((_, two),) = speller.corrections("begleidin")
    assert one == pytest.approx(1 - 1 / 11)
    assert two == pytest.approx(1 - 2 / 10)


def _concept(*groups: Group, runs: tuple[Run, ...] = ()) -> Concept:
    return Concept("hulp", list(groups), list(runs))


def _numbers(*words: str) -> npt.NDArray[np.int64]:
    return np.array([WORDS.index(word) for word in words])


def test_other_words_are_said_heaviest_and_then_usual_first(
    lexicon: Lexicon,
) -> None:
    concept = _concept(
        Group(_numbers("team"), 1.0, EXACT),
        Group(_numbers("schuld", "preventie", "presentie"), 0.4, "synonym"),
        Group(_numbers("mantelzorg"), 0.6, "synonym"),
        runs=(
            Run((1, 2), 0.5, "hulp bij schuld", "synonym"),
            Run((1, 2), 0.9, "hulp schuld", COMPOUND),
        ),
    )
    assert best_expansions(concept, lexicon) == (
        "mantelzorg",
        "hulp bij schuld",
        "presentie",
        "preventie",
        "schuld",
    )


def test_no_more_words_are_said_than_one_reads(lexicon: Lexicon) -> None:
    runs = tuple(Run((n,), n / 20, f"woord {n}", "synonym") for n in range(15))
    said = best_expansions(_concept(runs=runs), lexicon)
    assert said == tuple(f"woord {n}" for n in range(14, 14 - MOST, -1))


def test_a_misspelled_question_is_said_with_its_words_replaced() -> None:
    wrong = Concept("mantelzrog", corrected="mantelzorg")
    right = Concept("team")
    said = did_you_mean("Mantelzrog in het team", [wrong, right])
    assert said == "mantelzorg in het team"
    assert did_you_mean("het team", [right]) is None
    spelled = did_you_mean("mantelzrog", [wrong], str.upper)
    assert spelled == "MANTELZORG"


def test_the_heavier_way_to_a_look_up_stays() -> None:
    concept = Concept("hulp")
    for weight in (0.3, 0.7, 0.5):
        concept.look_up("body", ["hulp"], weight, PREFIX)
    concept.look_up("body", ["hulp", "bij"], 0.12345, TRANSLATION)
    assert concept.node() == Or(
        (
            Term("body", "hulp", 0.7),
            Phrase("body", ("hulp", "bij"), boost=0.123),
        )
    )
    assert concept.direct().node() == Or((Term("body", "hulp", 0.7),))
    assert concept.translated
    assert not concept.absent
    assert Concept("hulp").node() == Nothing()
    assert Concept("hulp").absent


def test_only_what_stands_in_a_row_is_known() -> None:
    concept = Concept("stemlokaal")
    found = [concept.only_in_a_row]
    concept.look_up("body", ["stem", "lokaal"], 0.5, COMPOUND)
    found.append(concept.only_in_a_row)
    concept.look_up("body", ["stemlokaal"], 1.0, EXACT)
    found.append(concept.only_in_a_row)
    assert found == [False, True, False]


def test_a_question_is_loosened_until_it_finds_more() -> None:
    found = {"hoge werkdruk jaar:2014": 0, "hoge werkdruk": 2, "werkdruk": 9}
    asked = '"hoge werkdruk" jaar:2014'
    assert loosened(asked, lambda text: found.get(text, 0)) == "hoge werkdruk"
    assert (
        loosened(asked, lambda text: found.get(text, 0), total=2) == "werkdruk"
    )
    assert loosened(asked, lambda text: 0) is None
    tried: list[str] = []
    words = "hoge werkdruk drukte teams wijken dorpen jaar:2014"

    def counted(text: str) -> int:
        tried.append(text)
        return 0

    assert loosened(words, counted) is None
    assert len(tried) == 4


def test_the_nearest_themes_are_those_whose_cues_were_typed() -> None:
    reader = theme_reader(load_frameworks())
    themes = nearest_themes("te weinig mandaat en regelruimte", reader)
    assert themes
    strength = reader.read("te weinig mandaat en regelruimte").strength
    by_strength = [strength(theme) for theme in themes]
    assert by_strength == sorted(by_strength, reverse=True)
    assert len(nearest_themes("mandaat tijd regie kosten", reader, 1)) == 1
    assert nearest_themes("   ", reader) == ()
    assert nearest_themes("mandaat", None) == ()
