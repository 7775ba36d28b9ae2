"""Data steps before formatting."""

from __future__ import annotations

import pytest

from kb.citing.preparation import (
    _date_of,
    _leading_name,
    capital_after_colon,
    edition_number,
    initials,
    language_of,
    prepared,
    sentence_case,
    small_particle,
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Wijk: een verkenning", "Wijk: Een verkenning"),
        ("Wijk: 't kan ook anders", "Wijk: 't Kan ook anders"),
        ("Wijk: ‘samen’ werken", "Wijk: ‘Samen’ werken"),
        ("Wat nu? een verkenning", "Wat nu? Een verkenning"),
        ("Wat nu?: een verkenning", "Wat nu? Een verkenning"),
        ("Zorg: iPad in de wijk", "Zorg: iPad in de wijk"),
        ("10:30 uur", "10:30 uur"),
    ],
)
def test_subtitle_begins_with_a_capital(title: str, expected: str) -> None:
    assert capital_after_colon(title) == expected


def test_title_begins_with_a_capital() -> None:
    assert sentence_case("sociale wijkteams") == "Sociale wijkteams"
    assert sentence_case("eHealth in de wijk") == "eHealth in de wijk"


INITIALS = [
    ("Pieter-Jan", "P.-J."),
    ("Jan Willem", "J. W."),
    ("J.W.", "J. W."),
    ("J.-W. P.", "J.-W. P."),
    ("", ""),
]


@pytest.mark.parametrize(("given", "expected"), INITIALS)
def test_initials(given: str, expected: str) -> None:
    assert initials(given) == expected


def test_publisher_that_is_the_author_is_dropped() -> None:
    made = prepared(
        {
            "type": "report",
            "author": [{"literal": "Movisie"}],
            "publisher": "MOVISIE",
        },
        "a",
    )
    assert "publisher" not in made


def test_editors_of_a_chapter_keep_small_particles() -> None:
    waal = {"family": "Waal", "given": "V.", "non-dropping-particle": "de"}
    made = prepared(
        {"type": "chapter", "author": [waal], "editor": [waal]}, "a"
    )
    assert made["author"] == [{"family": "De Waal", "given": "V."}]
    assert made["editor"] == [waal]


def test_law_is_a_document_in_dutch_conventions_only() -> None:
    assert (
        prepared({"type": "legislation", "title": "Wmo"}, "a")["type"]
        == "document"
    )
    assert (
        prepared({"type": "legislation", "title": "Wmo"}, "a", "en")["type"]
        == "legislation"
    )


def test_the_record_itself_is_not_changed() -> None:
    record = {
        "type": "book",
        "title": "wijk: een",
        "author": [{"family": "de Waal"}],
        "id": "x",
    }
    before = repr(record)
    prepared(record, "a")
    assert repr(record) == before


def test_particle_after_initials_is_small() -> None:
    assert (
        small_particle("(A. De Boer, 2015; J.-P. Van der Lans, 2010)")
        == "(A. de Boer, 2015; J.-P. van der Lans, 2010)"
    )
    assert (
        small_particle("Jansen, E., De Waal, V. (2017)")
        == "Jansen, E., De Waal, V. (2017)"
    )


def test_language_of_a_title() -> None:
    assert language_of("The future of the welfare state") == "en-US"
    assert language_of("De toekomst van de verzorgingsstaat") == "nl-NL"


EDITIONS = [
    ("2", "2"),
    ("2e druk", "2"),
    ("2nd ed.", "2"),
    ("Tweede", "2"),
    ("third edition", "3"),
    ("8ste", "8"),
    ("herz. dr.", "herz. dr."),
    ("2e, herziene druk", "2e, herziene druk"),
]


@pytest.mark.parametrize(("written", "expected"), EDITIONS)
def test_edition_is_a_number_where_it_says_no_more(
    written: str, expected: str
) -> None:
    assert edition_number(written) == expected


def test_a_page_of_which_only_the_address_is_known_is_described() -> None:
    page = {"type": "webpage", "URL": "https://www.kantelpers.nl/straat/12"}
    assert prepared(page, "a")["title"] == "[Webpagina op www.kantelpers.nl]"
    assert prepared({**page, "title": "Straat"}, "a")["title"] == "Straat"
    assert "title" not in prepared({"type": "webpage"}, "a")


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2014", {"date-parts": [[2014]]}),
        (" 2014 ", {"date-parts": [[2014]]}),
        ({"date-parts": [["2014", 5]]}, {"date-parts": [[2014, 5]]}),
        (
            {"date-parts": [[2014]], "circa": 1},
            {"circa": 1, "date-parts": [[2014]]},
        ),
        (
            {"date-parts": [[2014]], "season": "2", "other": "x"},
            {"season": "2", "date-parts": [[2014]]},
        ),
        ({"literal": "voorjaar 2014"}, {"literal": "voorjaar 2014"}),
        ({"circa": 1}, {}),
        ("ooit", {}),
        (None, {}),
    ],
)
def test_a_date_has_numbers_or_words_or_is_none(
    given: object, date: dict[str, object]
) -> None:
    assert _date_of(given) == date


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3e DRUK", "3"),
        (" 4de ed. ", "4"),
        ("2nd edition", "2"),
        ("5", "5"),
        ("6e dr", "6"),
        ("druk 7", "druk 7"),
        ("3e herz. druk", "3e herz. druk"),
    ],
)
def test_an_edition_is_read_in_both_languages(text: str, number: str) -> None:
    assert edition_number(text) == number


def test_an_office_with_an_article_gets_a_capital_at_the_head() -> None:
    assert _leading_name({"literal": "het Loket"})["literal"] == "Het Loket"
    assert _leading_name({"literal": "iBureau"})["literal"] == "iBureau"
    led = _leading_name({"literal": "de Raad", "role": "x"})
    assert led == {"literal": "De Raad", "role": "x"}
