"""A lexicon kept as text answers as one of lists does."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.index.compact import (
    CompactLexicon,
    Places,
    Strings,
    save,
)
from kb.search.index.lexicon import Lexicon, make
from kb.search.question.spelling import Speller

WORDS = ["één", "hulp", "hulpvraag", "schuldhulp", "werkdruk", "zorg", "çava"]
lines = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1),
    unique=True,
)


@pytest.fixture
def both(tmp_path: Path) -> tuple[Lexicon, CompactLexicon]:
    """The same lexicon, held in two ways."""
    counts = np.array([3, 9, 2, 5, 4, 8, 1], np.int32)
    parts = [[], [], ["hulp", "vrag"], ["schuld", "hulp"], [], [], []]
    made = make(sorted(WORDS), counts, counts, parts)
    made.save(tmp_path)
    save(made, tmp_path)
    return Lexicon.load(tmp_path), CompactLexicon.load(tmp_path)


@given(lines)
def test_lines_come_back_in_any_alphabet(listed: list[str]) -> None:
    found = Strings("\n".join(listed).encode())
    assert list(found) == listed
    assert found[:2] == listed[:2]
    assert [found[-1 - n] for n in range(len(found))] == listed[::-1]


@given(lines, st.text())
def test_places_are_those_of_a_table(listed: list[str], other: str) -> None:
    listed.sort()
    table = {text: place for place, text in enumerate(listed)}
    places = Places.of(listed)
    for text in [*listed, other, *listed]:
        assert places.get(text) == table.get(text)
        assert (text in places) == (text in table)


@given(st.lists(st.lists(st.sampled_from(WORDS)), min_size=1))
def test_words_of_many_texts_are_numbered_at_once(
    told: list[list[str]],
) -> None:
    places = Places.of(WORDS)
    words = [word for text in told for word in text] or WORDS
    found = places.all_in(" ".join(words).encode(), b" ")
    assert found.tolist() == [WORDS.index(word) for word in words]


def test_questions_to_both_have_the_same_answer(
    both: tuple[Lexicon, CompactLexicon],
) -> None:
    lists, text = both
    assert list(text.words) == list(lists.words)
    assert list(text.stems) == list(lists.stems)
    spellers = [Speller(one) for one in both]
    for word in (*WORDS, "schuldenhulp", "werkdruck", "afwezig"):
        assert text.number.get(word) == lists.number.get(word)
        assert text.parts(word) == lists.parts(word)
        said = [speller.corrections(word) for speller in spellers]
        assert said[0] == said[1]
    assert text.with_prefix("hulp", 5) == lists.with_prefix("hulp", 5)
    assert text.is_number.tolist() == lists.is_number.tolist()
    for token in lists.stems:
        number = lists.stem_number[token]
        assert text.stem_number[token] == number
        same = text.words_of_stem(number), lists.words_of_stem(number)
        assert same[0].tolist() == same[1].tolist()
        same = text.words_with_part(number), lists.words_with_part(number)
        assert same[0].tolist() == same[1].tolist()
    assert text.stem_df.tolist() == lists.stem_df.tolist()


def test_what_is_asked_of_many_words_takes_no_memory_for_all(
    tmp_path: Path,
) -> None:
    words = [f"woord{number:05}" for number in range(20_000)]
    counts = np.ones(len(words), np.int32)
    made = make(words, counts, counts, [[] for _ in words])
    made.save(tmp_path)
    save(made, tmp_path)
    tracemalloc.start()
    opened = CompactLexicon.load(tmp_path)
    asked = opened.number["woord12345"]
    assert opened.words_of_stem(int(opened.word_stem[asked])).tolist() == [
        asked
    ]
    assert opened.with_prefix("woord0001", 3) == [10, 11, 12]
    assert opened.parts("afwezigheid") == ()
    assert opened.stem_df[opened.word_stem[asked]] == 1
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    a_byte_a_word = len(words)
    assert most < 10 * a_byte_a_word


def test_a_lexicon_without_words_is_opened(tmp_path: Path) -> None:
    none = np.zeros(0, np.int32)
    made = make([], none, none, [])
    made.save(tmp_path)
    save(made, tmp_path)
    opened = CompactLexicon.load(tmp_path)
    assert not len(opened.words)
    assert opened.number.get("hulp") is None
    assert Speller(opened).corrections("werkdruck") == ()
