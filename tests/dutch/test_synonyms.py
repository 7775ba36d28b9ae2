"""The thesaurus of the field knows other ways to say it."""

from __future__ import annotations

import pytest

from kb.dutch.synonyms import phrase_of, thesaurus


def said_otherwise(text: str) -> dict[str, float]:
    return {
        synonym.text: synonym.weight
        for synonym in thesaurus().of(phrase_of(text))
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("swt", "sociaal wijkteam"),
        ("sociale wijkteams", "swt"),
        ("GGZ", "geestelijke gezondheidszorg"),
        ("LVB", "licht verstandelijke beperking"),
        ("privacy", "gegevensdeling"),
        ("werkdruk", "caseload"),
        ("hulp bij schulden", "schuldhulpverlening"),
        ("bewoner", "inwoner"),
        ("neighbourhood team", "wijkteam"),
        ("promises", "belofte"),
    ],
)
def test_what_means_the_same_is_found(asked: str, found: str) -> None:
    assert said_otherwise(asked)[found] > 0.5


def test_near_words_weigh_less_than_the_same() -> None:
    found = said_otherwise("werkdruk")
    assert found["caseload"] > found["tijdgebrek"] > 0


def test_unknown_words_have_no_synonyms() -> None:
    assert thesaurus().of(phrase_of("xyzzy")) == ()


def test_no_word_is_its_own_synonym_and_weights_are_shares() -> None:
    for key, synonyms in thesaurus().entries.items():
        assert all(
            synonym.stems != key and 0 < synonym.weight <= 1
            for synonym in synonyms
        )
