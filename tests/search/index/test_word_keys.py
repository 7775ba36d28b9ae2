"""Keys follow from the letters of a word alone, wherever it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.search.index.word_keys import keys_in

words = st.text(
    st.characters(codec="utf-8", exclude_characters=" "), max_size=12
)


@given(st.lists(words, min_size=1), st.lists(words, min_size=1))
def test_one_word_has_one_key_and_another_word_another(
    one: list[str], other: list[str]
) -> None:
    key: dict[str, int] = {}
    for text in (one, other):
        found = keys_in(" ".join(text).encode(), b" ").tolist()
        assert len(found) == len(text)
        for word, number in zip(text, found, strict=True):
            assert key.setdefault(word, number) == number
    assert len(set(key.values())) == len(key)
