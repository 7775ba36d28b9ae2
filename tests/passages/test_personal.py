"""Names and addresses of persons stay in the document they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.passages.personal import (
    away_from_home,
    has_private_address,
    is_personal,
)
from kb.records import Passage

NAMES = "Joke Terpstra (gemeente), H. van der Molen en Ibrahim El Amrani"


@pytest.mark.parametrize(
    "heading",
    [
        "Bijlage 2 Lijst van geïnterviewden",
        "Respondenten",
        "Dankwoord",
        "Overzicht gesprekspartners",
        "Samenstelling klankbordgroep",
        "List of interviewees",
    ],
)
def test_a_list_of_who_took_part_is_personal(heading: str) -> None:
    assert is_personal(NAMES, ("Bijlagen", heading))


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (NAMES, "Literatuur"),
        ("De respondenten werken in acht wijkteams.", "Respondenten"),
        ("Wij danken alle teams die meededen.", "Dankwoord"),
    ],
)
def test_what_only_looks_like_it_is_not(text: str, heading: str) -> None:
    assert not is_personal(text, (heading,))


@pytest.mark.parametrize(
    "text",
    [
        "Vragen? k.smeets@hogeschool-oost.example",
        "Bereikbaar op +31 6 12 34 56 78 op werkdagen",
        "mobiel 06-12345678",
        "anna.wit (at) rekenhuis.example",
    ],
)
def test_an_address_of_a_person_is_private(text: str) -> None:
    assert has_private_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf naar info@rekenhuis.example of griffie@voorbeeldstad.example.",
        "Bel 14 030 of 0800-0432.",
        "Zaaknummer 0612345678901 en bedrag 1.061.234.567,80 euro",
        "In 2016 deden 06 van de 12 teams mee.",
    ],
)
def test_an_office_and_a_number_are_not(text: str) -> None:
    assert not has_private_address(text)


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_is_judged_without_a_fault(
    text: str, section: list[str]
) -> None:
    passage = Passage("a-1", "a", text, 0, section=tuple(section))
    shown = away_from_home(passage)
    assert (shown == passage) is not is_personal(text, section)


def test_none_of_the_words_leave_the_document() -> None:
    table = Passage(
        "a-1",
        "a",
        NAMES,
        0,
        block="table",
        section=("Respondenten",),
        raw=NAMES,
        rows=(("Joke Terpstra",),),
    )
    shown = away_from_home(table)
    assert "Terpstra" not in repr(shown)
    assert shown.id == table.id
