"""Works cited through another, with and without a year of their own."""

from __future__ import annotations

import pytest

from kb.citations.mentions.passages import citations_of
from kb.records import Citation, Passage


def _cited(text: str) -> tuple[Citation, ...]:
    return citations_of(Passage("p", "d", text, 0))


@pytest.mark.parametrize(
    "text",
    [
        "Wie helpt, leert zelf het meest (Addams in Vermeer 2011: 87).",
        "Wie helpt, leert zelf het meest (Addams, in Vermeer, 2011).",
        "Wie helpt, leert zelf het meest (Addams, geciteerd in Vermeer, 2011).",
        "Wie helpt, leert zelf het meest (J. Addams in Vermeer 2011).",
    ],
)
def test_who_has_no_year_is_known_through_who_has(text: str) -> None:
    first, behind = _cited(text)
    assert (first.authors, first.year) == (("Addams",), None)
    assert (behind.authors, behind.year) == (("Vermeer",), 2011)
    assert first.through == behind.start


@pytest.mark.parametrize(
    "text",
    [
        "Er kwam meer bij (Buren in Beweging, 2018).",
        "Er kwam meer bij (Wandelen in Holendrecht 2011).",
        "Er kwam meer bij (vrijwilligers in Utrecht, 2015).",
    ],
)
def test_a_title_with_a_place_cites_nobody_through_another(text: str) -> None:
    assert not any(cited.through for cited in _cited(text))


def test_a_paper_is_no_work_to_know_another_through() -> None:
    (cited,) = _cited("Dat stond in de krant (Kuipers in Trouw, 2012).")
    assert (cited.authors, cited.year) == (("Kuipers",), 2012)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (
            "In haar boek Dichtbij huis (2014) beschrijft Vermeer dat.",
            "Vermeer",
        ),
        (
            "In hun studie Meer dan buren (2014) laten Bos en Mol dat zien.",
            "Bos Mol",
        ),
        (
            "Vermeer noemt in zijn boek ‘Dichtbij huis’ (2014) wat telt.",
            "Vermeer",
        ),
        ("In zijn rapport Kleine stappen (2014) staat meer.", ""),
    ],
)
def test_whose_book_it_is_the_sentence_says(text: str, authors: str) -> None:
    (cited,) = _cited(text)
    assert cited.year == 2014
    assert cited.title is not None
    assert " ".join(cited.authors) == authors
