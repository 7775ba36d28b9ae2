"""Trigrams of all words at once are those of each word."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.search.index.trigrams import SHORTEST, grams_of, trigrams_of

words = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=7),
    unique=True,
    max_size=12,
)


def plainly(word: str) -> list[int]:
    """A stable 16-bit number of every three letters, one by one."""
    edged, found = f"^{word}$", []
    for at in range(len(edged) - 2):
        value = 0
        for sign in edged[at : at + 3]:
            value = (value * 40 + ord(sign) - 90) % 0x10000
        found.append(value)
    return found


@given(words)
def test_every_word_is_held_by_its_trigrams(listed: list[str]) -> None:
    listed.sort()
    held = defaultdict(list)
    for number, word in enumerate(listed):
        if len(word) >= SHORTEST and word.isalpha():
            for gram in plainly(word):
                held[gram].append(number)
            assert grams_of(word) == plainly(word)
    found = trigrams_of(listed, np.ones(len(listed), np.int32))
    for gram, numbers in held.items():
        assert found.holders([gram]).tolist() == numbers
    assert len(found.words) == sum(map(len, held.values()))
