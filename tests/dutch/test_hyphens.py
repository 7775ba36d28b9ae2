"""Line-end hyphens: the printer's go, the word's own stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.hyphens import join, vocabulary_of


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        (
            "de nieuwe samen-",
            "werking in de buurt",
            "de nieuwe samenwerking in de buurt",
        ),
        (
            "alle wijkteam-",
            "medewerkers, ook",
            "alle wijkteammedewerkers, ook",
        ),
        ("stuur een e-", "mail naar", "stuur een e-mail naar"),
        (
            "mensen met een niet-",
            "westerse achtergrond",
            "mensen met een niet-westerse achtergrond",
        ),
        ("een niet-", "Westers land", "een niet-Westers land"),
        ("een meta-", "analyse van", "een meta-analyse van"),
        ("bij de radio-", "omroep was", "bij de radio-omroep was"),
        ("bij werk-", "en inkomen", "bij werk- en inkomen"),
        ("de zorg-", "of hulpvraag", "de zorg- of hulpvraag"),
        ("in 2016-", "2018 is", "in 2016-2018 is"),
        ("de GGZ-", "instelling", "de GGZ-instelling"),
        ("een Wmo-", "consulent", "een Wmo-consulent"),
        ("achter-de-", "voordeur", "achter-de-voordeur"),
        ("sociaal-", "emotionele steun", "sociaal-emotionele steun"),
        ("Noord-", "Holland", "Noord-Holland"),
        ("SAMEN-", "WERKING", "SAMENWERKING"),
        ("dat kan be-", "invloeden wat", "dat kan beïnvloeden wat"),
        ("de 80-", "plussers", "de 80-plussers"),
        (
            "zie www.voorbeeld.nl/kennis-",
            "bank/wijk",
            "zie www.voorbeeld.nl/kennis-bank/wijk",
        ),
        ("een streepje -", "zoals dit", "een streepje - zoals dit"),
        ("gewoon", "twee regels", "gewoon twee regels"),
        ("zachte hulp\u00ad", "verlening", "zachte hulpverlening"),
        ("een (her-", "indicatie)", "een (herindicatie)"),
    ],
)
def test_each_hyphen_is_judged_by_the_word_it_breaks(
    left: str, right: str, whole: str
) -> None:
    assert join(left, right, {}) == whole


def test_the_documents_own_spelling_decides() -> None:
    words = vocabulary_of(
        [
            "Het keuken-tafelgesprek is",
            "een keuken-tafelgesprek. Een kwartier-",
        ]
    )
    assert words["keuken-tafelgesprek"] == 2
    assert "kwartier" not in words
    assert (
        join("aan de keuken-", "tafelgesprek", words)
        == "aan de keuken-tafelgesprek"
    )


@given(st.text(), st.text())
def test_joining_never_fails_and_loses_no_letters(
    left: str, right: str
) -> None:
    joined = join(left, right, {})

    def letters(text: str) -> int:
        return sum(c.isalnum() for c in text)

    assert letters(joined) >= letters(left) + letters(right)
