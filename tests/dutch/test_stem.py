"""Inflections share a stem."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.dutch.stem import stem


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("wijkteam", "wijkteams"),
        ("bewoner", "bewoners"),
        ("belofte", "beloften"),
        ("grens", "grenzen"),
        ("brief", "brieven"),
        ("schuld", "schulden"),
    ],
)
def test_singular_and_plural_share_a_stem(one: str, many: str) -> None:
    assert stem(one) == stem(many)


def test_old_people_are_no_parents() -> None:
    assert stem("oudere") == stem("ouderen")
    assert stem("ouder") == stem("ouders") != stem("ouderen")


def test_numbers_and_short_words_stay() -> None:
    assert [stem(word) for word in ("2015", "ggz", "wmo", "0")] == [
        "2015",
        "ggz",
        "wmo",
        "0",
    ]


def test_gemeente_keeps_its_first_syllable() -> None:
    assert stem("gemeente").startswith("gemeent")


def test_threads_get_the_same_stems() -> None:
    words = [
        f"{word}{ending}"
        for word in ("team", "buurt", "hulpvrag")
        for ending in ("", "en", "s", "er")
    ] * 50
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(stem, words)) == [stem(word) for word in words]
