"""Who wrote it can be asked by name, by the half of a double name too."""

from __future__ import annotations

import pytest

from kb.search.filters import _same, words_of_name


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Yıldız", "Sevda Yıldız-de Haan"),
        ("haan", "Sevda Yıldız-de Haan"),
        ("De Haan", "Haan, Sevda de"),
        ("sevda yıldız", "Sevda Yıldız-de Haan"),
    ],
)
def test_a_part_of_a_name_names_the_author(asked: str, known: str) -> None:
    assert _same(asked, known)


@pytest.mark.parametrize("asked", ["", " ", "-", "Haa", "Sevda Bos"])
def test_what_is_no_whole_word_of_the_name_does_not(asked: str) -> None:
    assert not _same(asked, "Sevda Yıldız-de Haan")


def test_words_of_a_name_are_folded() -> None:
    assert words_of_name("Müller, É.") == {"muller", "e."}
