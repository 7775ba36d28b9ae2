"""One spelling for what scans and keyboards spell in many ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.fold import folded_word, spelled


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Cliënt", "client"),
        ("cliént", "client"),
        ("financiéle", "financiele"),
        ("coérdinatie", "coordinatie"),
        ("coördinatie", "coordinatie"),
        ("ﬁnancieel", "financieel"),
        ("thema’s", "thema"),
        ("thema's", "thema"),
        ("ĳs", "ijs"),
        ("lk", "ik"),
        ("elkaar", "elkaar"),
        ("hulp\u00advraag", "hulpvraag"),
    ],
)
def test_misreadings_and_accents_fold_to_one_form(
    written: str, folded: str
) -> None:
    assert folded_word(written) == folded


@given(st.text(max_size=30))
def test_folding_case_makes_no_difference_for_ascii(text: str) -> None:
    if text.isascii():
        assert folded_word(text.upper()) == folded_word(text.lower())


def test_text_without_accents_is_left_alone() -> None:
    assert spelled("gewone tekst") == "gewone tekst"
    assert spelled("wo\u00adord\u200b") == "woord"
