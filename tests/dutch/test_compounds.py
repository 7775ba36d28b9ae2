"""Long words come apart where a word list says so.

And stay whole where they only look like compounds.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.compounds import LINKS, Splitter

KNOWN = """schuld hulp verlening hulpverlening wijk team teams werk druk ervaring deskundigen
zorg aanbieder keuken tafel gesprek woon zone"""
WORDS = dict.fromkeys(KNOWN.split(), 1e-4)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("schuldhulpverlening", ("schuld", "hulpverlening")),
        ("wijkteams", ("wijk", "teams")),
        ("werkdruk", ("werk", "druk")),
        ("ervaringsdeskundigen", ("ervaring", "deskundigen")),
        ("keukentafelgesprek", ("keuken", "tafel", "gesprek")),
        ("zorg", ()),
        ("gemeente", ()),
        ("onbekendwoord", ()),
        ("2015", ()),
    ],
)
def test_compounds_are_split_at_known_words_with_linking_letters(
    word: str, parts: tuple[str, ...]
) -> None:
    assert Splitter(WORDS).split(word) == parts


def test_a_part_that_has_a_stem_of_its_own_keeps_its_ending() -> None:
    listed = {"ouder": 1e-4, "ouderen": 1e-5, "avond": 1e-4, "zorg": 1e-4}
    splitter = Splitter(listed)
    assert splitter.split("ouderenzorg") == ("ouderen", "zorg")
    assert splitter.split("ouderavond") == ("ouder", "avond")


@given(
    st.lists(st.sampled_from(sorted(WORDS)), min_size=2, max_size=2),
    st.sampled_from(["", *LINKS]),
)
def test_parts_are_known_words_that_stand_in_order(
    pair: list[str], link: str
) -> None:
    word = pair[0] + link + pair[1]
    at = 0
    for part in Splitter(WORDS).split(word):
        assert part in WORDS
        at = word.index(part, at) + len(part)


def test_rare_short_words_are_no_parts() -> None:
    assert (
        Splitter({"wij": 1e-9, "kteam": 1e-9, "wijk": 1e-9}).split("wijkteam")
        == ()
    )
