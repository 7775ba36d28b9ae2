"""A part of a passage is quoted in whole sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.citing.excerpt import OMISSION, excerpt, sentences_of
from kb.records import Passage

TEXT = (
    "Het team kent de wijk. Bewoners bellen steeds vaker zelf. "
    "Dat scheelt een gesprek. Niet iedereen durft dat."
)


def passage(text: str = TEXT, **changes: object) -> Passage:
    return Passage("p1", "d1", text, 0, **changes)  # type: ignore[arg-type]


def test_one_sentence_is_quoted_alone() -> None:
    assert excerpt(passage(), {2}).text == "Bewoners bellen steeds vaker zelf."


def test_sentences_left_out_between_are_marked() -> None:
    found = excerpt(passage(), {1, 2, 4}).text
    assert found == (
        "Het team kent de wijk. Bewoners bellen steeds vaker zelf. […] "
        "Niet iedereen durft dat."
    )


def test_nothing_or_all_chosen_is_the_whole_passage() -> None:
    whole = passage()
    assert excerpt(whole, set()) is whole
    assert excerpt(whole, {1, 2, 3, 4}) is whole
    assert excerpt(whole, {99}) is whole


def test_only_repairs_in_the_quoted_sentences_remain() -> None:
    whole = passage(repairs=(("wljk", "wijk"), ("durtt", "durft")))
    assert excerpt(whole, {1}).repairs == (("wljk", "wijk"),)


@given(st.text(alphabet="ab.?! \n", max_size=80), st.sets(st.integers(0, 12)))
def test_an_excerpt_holds_only_sentences_of_the_passage(
    text: str, chosen: set[int]
) -> None:
    whole = passage(text)
    found = excerpt(whole, chosen)
    if found is whole:
        return
    every = sentences_of(whole)
    kept = [
        every[number - 1]
        for number in sorted(chosen)
        if 1 <= number <= len(every)
    ]
    for part in kept:
        assert part in found.text
    left = found.text.replace(OMISSION, " ")
    assert left == " ".join(kept)
