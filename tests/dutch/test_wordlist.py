"""The word list knows Dutch and keeps quiet about what is not."""

import pytest

from kb.dutch.wordlist import frequency, is_word


@pytest.mark.parametrize(
    "word",
    [
        "wijkteam",
        "Cliënten",
        "FINANCIËLE",
        "zo’n",
        "zo'n",
        "coör\u00addinatie",
    ],
)
def test_dutch_words_are_known_whatever_their_case_and_apostrophe(
    word: str,
) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["", "cliént", "beinvioed", "conti-nuiteit"])
def test_misread_and_cut_words_are_unknown(word: str) -> None:
    assert not is_word(word)


def test_frequency_orders_common_before_rare() -> None:
    assert (
        1
        > frequency("de")
        > frequency("gemeente")
        > frequency("schuldhulpverlening")
        > 0
    )
