"""Sentences end where a Dutch reader would end them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.sentences import spans, split


@pytest.mark.parametrize(
    "text",
    [
        "Volgens drs. A. de Boer is dit zo.",
        "De teams werken samen met o.a. Buurtzorg en bijv. MEE.",
        "Dat geldt, d.w.z. Zwolle en Elburg, voor alle teams.",
        "Zie p. 12 en vgl. Vermeer e.a. (2015) voor meer.",
        "Het is te vinden (zie nr. 4. Daar staat het ook. Echt waar.) in de bijlage.",
        "Prof. dr. J.W. Jansen sprak de raad toe.",
        "1. Samenwerken in de wijk",
        "De heer Th. Brouwer is teamleider.",
        "In art. 2.1 lid 3 van de wet staat het.",
        "De teams kregen 3.5 miljoen euro.",
        "Uit onderzoek van Vermeer et al. (2014) blijkt dit.",
    ],
)
def test_abbreviations_initials_and_numbers_do_not_end_a_sentence(
    text: str,
) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het werkt. Dat is mooi.", ["Het werkt.", "Dat is mooi."]),
        ("Werkt het? Ja! Zeker.", ["Werkt het?", "Ja!", "Zeker."]),
        (
            "Dit begon in 2015. Daarna kwam de rest.",
            ["Dit begon in 2015.", "Daarna kwam de rest."],
        ),
        (
            "Hij zei: “Het werkt.” Daarna ging hij.",
            ["Hij zei: “Het werkt.”", "Daarna ging hij."],
        ),
        (
            "Dat zegt Vermeer (2015). De teams ook.",
            ["Dat zegt Vermeer (2015).", "De teams ook."],
        ),
        (
            "Zij doen zorg, welzijn enz. De rest volgt.",
            ["Zij doen zorg, welzijn enz.", "De rest volgt."],
        ),
        (
            "Zij noemt de Wmo. ’s Avonds is er niemand.",
            ["Zij noemt de Wmo. ’s Avonds is er niemand."],
        ),
        (
            "Het is klaar.¹ Daarna verder.",
            ["Het is klaar.¹", "Daarna verder."],
        ),
        (
            "Zij spreekt over de ‘eigen kracht’. ‘Dat helpt.’",
            ["Zij spreekt over de ‘eigen kracht’.", "‘Dat helpt.’"],
        ),
    ],
)
def test_sentences_end_at_stops_before_an_opening(
    text: str, expected: list[str]
) -> None:
    assert split(text) == expected


@given(st.text(alphabet="abcAB.!?()[]“”‘’ \n12", max_size=200))
def test_spans_are_in_order_and_lose_only_white_space(text: str) -> None:
    found = spans(text)
    assert all(a < b for a, b in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(
        text.split()
    )


def test_a_very_long_text_without_any_stop_is_one_sentence_and_quick() -> None:
    assert len(split("woord " * 200_000)) == 1
