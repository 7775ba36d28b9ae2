"""Dutch and English are told apart by their small words."""

import pytest

from kb.dutch.language import language_of, main_language

ENGLISH = (
    "This study shows that the teams have to work together with the residents of the "
    "neighbourhood."
)
DUTCH = "Dit onderzoek laat zien dat de teams met de bewoners van de buurt moeten samenwerken."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DUTCH, "nl"),
        (ENGLISH, "en"),
        (
            "Street-level bureaucracy en evidence-based practice in de wijk",
            "nl",
        ),
        ("Teams", "nl"),
        ("", "nl"),
    ],
)
def test_language_of_a_passage(text: str, expected: str) -> None:
    assert language_of(text) == expected


def test_the_language_of_a_document_is_that_of_most_of_its_text() -> None:
    assert main_language([ENGLISH, DUTCH, DUTCH]) == "nl"
    assert main_language([]) == "nl"
