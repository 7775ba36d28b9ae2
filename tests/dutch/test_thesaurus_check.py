"""A thesaurus is checked, and what is contrary never means the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.dutch.synonyms import groups_of, phrase_of, shipped_groups, thesaurus
from kb.dutch.thesaurus_check import flaws
from kb.errors import InputFileError


def test_the_thesaurus_that_comes_along_has_no_flaws() -> None:
    assert flaws(shipped_groups()) == []


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ({"same": ["fiets", "fietsen"]}, "thesaurus_itself"),
        ({"same": ["fiets"], "near": ["met wie"]}, "thesaurus_weightless"),
        (
            {"same": ["licht"], "near": ["donker"], "opposite": ["donker"]},
            "thesaurus_contrary",
        ),
        ({"same": ["fiets"], "wider": ["voertuig"]}, "thesaurus_relation"),
        ({"near": ["fiets"]}, "thesaurus_no_same"),
    ],
)
def test_flaws_are_told_by_kind(
    group: dict[str, list[str]], code: str
) -> None:
    assert [flaw.code for flaw in flaws([group])] == [code]


def test_no_word_stands_for_its_contrary() -> None:
    shipped = thesaurus()
    for phrase, contraries in shipped.opposites.items():
        texts = {synonym.stems for synonym in shipped.of(phrase)}
        assert not texts & {phrase_of(word) for word in contraries}
    assert "specialist" in shipped.opposite_of(phrase_of("generalist"))
    assert "generalist" in shipped.opposite_of(phrase_of("specialist"))


def test_a_corpus_adds_words_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "thesaurus.yaml"
    own.write_text(
        "- same: [brombakfiets, laadbrommer]\n  opposite: [ligfiets]\n",
        encoding="utf-8",
    )
    found = thesaurus(own)
    assert [s.text for s in found.of(phrase_of("brombakfiets"))] == [
        "laadbrommer"
    ]
    assert found.opposite_of(phrase_of("ligfiets")) == (
        "brombakfiets",
        "laadbrommer",
    )
    assert found.of(phrase_of("wijkteam")) == thesaurus().of(
        phrase_of("wijkteam")
    )


@pytest.mark.parametrize(
    "content", ["same: [a", "just words", "- [a, b]", "- same: brug"]
)
def test_a_file_that_is_no_thesaurus_is_refused_with_a_sentence(
    tmp_path: Path, content: str
) -> None:
    own = tmp_path / "thesaurus.yaml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(InputFileError):
        groups_of(own)


def test_a_file_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert groups_of(tmp_path / "none.yaml") == ()
