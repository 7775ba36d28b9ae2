"""A lexicon kept as text answers as one of lists does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.index import compact
from kb.search.index.compact import CompactLexicon, Places, Strings
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
    places = Places(listed)
    for text in [*listed, other, *listed]:
        assert places.get(text) == table.get(text)
        assert (text in places) == (text in table)


def test_more_words_than_are_remembered_are_still_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compact, "REMEMBERED", 3)
    listed = [f"woord{number:03}" for number in range(40)]
    places = Places(listed)
    assert [places[text] for text in listed] == list(range(40))
    assert len(places) <= 3


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
