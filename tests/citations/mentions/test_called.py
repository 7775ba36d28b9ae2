"""Short names that a document gives to acts and works."""

from __future__ import annotations

import pytest

from kb.citations import called_in, citations_of
from kb.records import Passage


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        (
            "In de Wet maatschappelijke ondersteuning 2015 (hierna: de wet) staat het.",
            "wet",
            "Wet maatschappelijke ondersteuning 2015",
        ),
        (
            "de Verordening jeugdhulp Rijnoord 2019 (Stb. 2019, 1), verder: verordening",
            "verordening",
            "Verordening jeugdhulp Rijnoord 2019",
        ),
        ("b. wet: Jeugdwet;", "wet", "Jeugdwet"),
        (
            "– WWP: Wet op de wijkpleinen 2016.",
            "WWP",
            "Wet op de wijkpleinen 2016",
        ),
        (
            "de Wet op de wijkpleinen (WWP) is nieuw",
            "WWP",
            "Wet op de wijkpleinen",
        ),
    ],
)
def test_a_short_name_is_given(text: str, short: str, name: str) -> None:
    assert called_in([text]).acts == {short: name}


def test_an_article_of_the_act_is_found_by_its_short_name() -> None:
    given = "a. wet: Wet maatschappelijke ondersteuning 2015;"
    text = (
        "Het college handelt volgens artikel 2.3.2, eerste lid, van de wet, en niet"
        " volgens artikel 4 van de wet op de maan of artikel 3 van deze verordening."
    )
    found = citations_of(Passage("p", "d", text, 0), called_in([given]))
    assert [(c.surface, c.title) for c in found] == [
        (
            "artikel 2.3.2, eerste lid, van de wet",
            "Wet maatschappelijke ondersteuning 2015",
        )
    ]


def test_the_wet_that_nobody_named_is_no_citation() -> None:
    text = "Dat staat in artikel 2.3.2 van de wet."
    assert citations_of(Passage("p", "d", text, 0)) == ()


def test_a_short_title_stands_for_the_whole() -> None:
    called = called_in(
        ["Zie de Handreiking samen aan tafel (hierna: Handreiking)."]
    )
    note = Passage("n", "d", "Handreiking, p. 10.", 0, block="footnote")
    (found,) = citations_of(note, called)
    assert (found.title, found.pages) == (
        "Handreiking samen aan tafel",
        "10",
    )
