"""The thesaurus of the field knows other ways to say it."""

from __future__ import annotations

import pytest

from kb.dutch.synonyms import phrase_of, shipped_groups, thesaurus
from kb.dutch.thesaurus_check import flaws


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
        ("gegevensdeling", "gegevensuitwisseling"),
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


def test_what_comes_along_was_reviewed_entry_by_entry() -> None:
    assert flaws(shipped_groups(), reasoned=True) == []


def test_relations_hold_both_ways() -> None:
    assert "jeugdteam" in said_otherwise("wijkteam")
    assert "wijkteam" in said_otherwise("jeugdteam")


def test_an_older_file_with_near_words_is_still_read() -> None:
    group = {"same": ["spreekuur"], "near": ["inloop"]}
    assert flaws([group]) == []


def test_a_user_is_told_of_a_circle_and_an_unknown_relation() -> None:
    found = flaws(
        [
            {"same": ["tuin"], "narrower": ["moestuin"], "wider": ["groen"]},
            {"same": ["tuin"], "broader": ["moestuin"]},
        ]
    )
    assert {flaw.code for flaw in found} == {
        "thesaurus_relation",
        "thesaurus_circle",
    }
