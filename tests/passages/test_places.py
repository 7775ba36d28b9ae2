"""Municipalities and years: named ones count, words, surnames, schools and citations do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.passages.places import (
    municipalities_in,
    municipalities_of,
    municipalities_titled,
    with_places,
    years_in,
)
from kb.records import Passage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Zwolle en Elburg zijn teams gestart.", ("Zwolle", "Elburg")),
        ("De gemeente Zeist koos anders dan Utrecht.", ("Zeist", "Utrecht")),
        (
            "De gemeente Best en de gemeente Buren werken samen.",
            ("Best", "Buren"),
        ),
        ("Best veel buren helpen elkaar.", ()),
        ("Buren helpen elkaar in Ede.", ("Ede",)),
        ("Leiden de maatregelen tot minder zorg?", ()),
        ("Bewoners in Leiden en Delft.", ("Leiden", "Delft")),
        ("Volgens Van Zeist (2014) en Van Buren is dat zo.", ()),
        ("Jansen van Elburg, P. (2015) schreef erover.", ()),
        (
            "Een onderzoek van Hogeschool Utrecht en de Universiteit van Amsterdam.",
            (),
        ),
        ("Hij werkt aan de Hogeschool van Arnhem en Nijmegen.", ()),
        ("Movisie (2014). Het team. Utrecht: Movisie.", ()),
        ("In de provincie Groningen liggen dorpen.", ()),
        ("De Zwolse teams en het Haagse model.", ("Zwolle", "Den Haag")),
        ("In 's-Hertogenbosch, ook Den Bosch genoemd.", ("'s-Hertogenbosch",)),
        ("Alle zijn goed, dus best in orde.", ()),
        (
            "In Wijk bij Duurstede is het loket verhuisd.",
            ("Wijk bij Duurstede",),
        ),
        ("Kampen en Duyvendak, 2016", ()),
        ("Dat schreven zij eerder (Vis, 2014, Kampen en De Boer, 2016).", ()),
        (
            "Inwoners van Zwolle en de wethouder van Zeist spraken elkaar.",
            ("Zwolle", "Zeist"),
        ),
        ("Jan van Utrecht en mevrouw Van Bergen wonen naast elkaar.", ()),
        (
            "Het sociaal team Elburg begon als model Zwolle, 2014.",
            ("Elburg", "Zwolle"),
        ),
        (
            "Rondgang langs teams in Zwolle en Elburg (2015)",
            ("Zwolle", "Elburg"),
        ),
        (
            "De Wmo-werkplaats Utrecht en de Amsterdamse Wmo-werkplaats deden mee.",
            (),
        ),
        ("Zij werkt aan de TU Eindhoven, hij bij de GGD Amsterdam.", ()),
        ("Bureau Zeven, Leeuwarden, mei 2017", ()),
        ("Utrecht/Den Haag: Movisie.", ()),
        (
            "De gemeenteraad van De Bilt en die in Hof van Twente stemden in.",
            ("De Bilt", "Hof van Twente"),
        ),
    ],
)
def test_municipalities(text: str, expected: tuple[str, ...]) -> None:
    assert municipalities_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het onderzoek liep van 2014 tot en met 2016.", (2014, 2016)),
        ("Dat stelt Jansen (2013) ook (De Boer, 2011; Vis, 2012).", ()),
        ("Sinds de Wmo 2015 en per 1 januari 2015 veranderde veel.", (2015,)),
        ("Er waren 2015 euro over, € 2016 zelfs, en 2014%.", (2015,)),
        ("In het najaar van 2013 (mei 2014) begon het.", (2013, 2014)),
    ],
)
def test_years(text: str, expected: tuple[int, ...]) -> None:
    assert years_in(text) == expected


def test_doubtful_name_counts_where_another_passage_makes_it_sure() -> None:
    sure = Passage("a", "d", "In de gemeente Elburg is een team gestart.", 0)
    doubtful = Passage("b", "d", "Het loket van Elburg telt acht mensen.", 1)
    assert with_places([doubtful])[0].municipalities == ()
    assert with_places([sure, doubtful])[1].municipalities == ("Elburg",)


def test_known_place_opens_a_sentence_unless_it_is_an_ordinary_word() -> None:
    known = Passage(
        "a",
        "d",
        "In de gemeente Zeist en de gemeente Buren is een team gestart.",
        0,
    )
    place, word = (
        Passage("b", "d", "Zeist kiest een eigen weg.", 1),
        Passage("c", "d", "Buren kiezen een eigen weg.", 2),
    )
    assert [
        p.municipalities for p in with_places([known, place, word])[1:]
    ] == [
        ("Zeist",),
        (),
    ]


def test_reference_list_has_no_places() -> None:
    entry = Passage(
        "a", "d", "Movisie (2014). In Zwolle en Elburg.", 0, block="reference"
    )
    assert with_places([entry]) == (entry,)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    (found,) = with_places([Passage("a", "d", text, 0)])
    assert list(found.years) == sorted(set(found.years))


def _naming(*places: str) -> list[Passage]:
    return [
        Passage(str(at), "d", f"Over {place}.", at, municipalities=(place,))
        for at, place in enumerate(places)
    ]


def test_a_document_is_about_the_places_it_keeps_coming_back_to() -> None:
    named = (
        ["Zwolle"] * 20 + ["Kampen"] * 9 + ["Delft"] * 2 + ["Breda", "Assen"]
    )
    assert municipalities_of(_naming(*named)) == ("Zwolle", "Kampen")


def _about(*opening: str, passages: int, times: int = 0) -> list[Passage]:
    """So many passages, of which the last ones name Breda so often."""
    named = [*map(lambda place: (place,) if place else (), opening)]
    rest = passages - len(named) - times
    every = [*named, *[()] * rest, *[("Breda",)] * times]
    return [
        Passage(str(at), "d", "Tekst.", at, municipalities=places)
        for at, places in enumerate(every)
    ]


def test_a_long_document_that_names_a_place_now_and_then_is_not_about_it() -> (
    None
):
    """A national programme of 300 passages with seven about Breda."""
    assert municipalities_of(_about("", passages=300, times=7)) == ()
    assert municipalities_of(_about("", passages=100, times=7)) == ("Breda",)


def test_a_place_named_twice_counts_where_it_opens_the_document() -> None:
    later = _about("", "", "", "", passages=40, times=2)
    assert municipalities_of(later) == ()
    opening = _about("Breda", passages=40, times=1)
    assert municipalities_of(opening) == ("Breda",)


def test_a_place_named_once_counts_in_a_short_text_that_opens_with_it() -> (
    None
):
    assert municipalities_of(_about("Ede", passages=5)) == ("Ede",)
    assert municipalities_of(_about("Ede", passages=25)) == ()
    assert municipalities_of([]) == ()


def test_a_title_says_which_place_a_document_is_about() -> None:
    named = _about("", passages=90, times=1)
    title = "Wijkteams in Breda en de gemeente Goes"
    assert municipalities_of(named, title) == ("Breda", "Goes")


def test_a_year_in_a_title_makes_no_author_of_a_place() -> None:
    for years in ("2015", "2015-2018", "(2015)", "2015/16", "in 2015"):
        assert municipalities_titled(f"Nota zorg Zwolle {years}") == (
            "Zwolle",
        )


def test_a_body_of_a_municipality_that_made_it_says_where_it_is_about() -> (
    None
):
    makers = ["Rekenkamer Gouda", "Universiteit Utrecht", "A. van Delft"]
    assert municipalities_titled("Zicht op zorg", makers) == ("Gouda",)


def test_beside_a_title_with_a_place_an_example_does_not_count() -> None:
    """Teams are said to work in Delft and Goes too, once, on the first page."""
    opening = _naming("Delft", "Goes", "Breda")
    assert municipalities_of(opening, "Buurtwerk in Breda") == ("Breda",)


def test_a_municipality_that_merged_keeps_its_name() -> None:
    text = (
        "De raad van Wieringermeer en de gemeente Lemsterland namen het over."
    )
    assert municipalities_in(text) == ("Wieringermeer", "Lemsterland")
