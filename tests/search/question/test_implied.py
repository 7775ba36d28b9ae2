"""Filters that a question asks for in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kb.search import Searcher, SearchRequest
from kb.search.filters import merged
from kb.search.index.sources import Names, Source
from kb.search.question.implied import ImpliedFilters, Named


@pytest.mark.parametrize(
    ("query", "rest", "filters"),
    [
        ("hulp in Zwolle", "hulp", {"municipality": ("Zwolle",)}),
        ("hulp in de gemeente zwolle", "hulp", {"municipality": ("Zwolle",)}),
        ("werkdruk na 2015", "werkdruk", {"year": ("2016..2200",)}),
        (
            "werkdruk sinds 2016 in Utrecht",
            "werkdruk",
            {"year": ("2016..2200",), "municipality": ("Utrecht",)},
        ),
        (
            "schulden tussen 2013 en 2015",
            "schulden",
            {"year": ("2013..2015",)},
        ),
        ("preventie volgens Smit", "preventie", {"author": ("Smit",)}),
        ("hulp in Zwolle-Noord", "hulp", {"municipality": ("Zwolle",)}),
        (
            "hulp in zwolle, Utrecht",
            "hulp",
            {"municipality": ("Zwolle", "Utrecht")},
        ),
        (
            "hulp in Utrecht of Zwolle na 2015",
            "hulp",
            {"municipality": ("Utrecht", "Zwolle"), "year": ("2016..2200",)},
        ),
        (
            "hulp in Utrecht en omgeving",
            "hulp en omgeving",
            {"municipality": ("Utrecht",)},
        ),
        ("hulp in Groningen", "hulp in Groningen", {}),
        ("werkdruk na 2050", "werkdruk na 2050", {}),
        ("preventie volgens Tonkens", "preventie volgens Tonkens", {}),
        ('"hulp in Zwolle"', '"hulp in Zwolle"', {}),
        ("hulp EN team na 2015", "hulp EN team na 2015", {}),
    ],
)
def test_places_years_and_authors_are_read_from_words(
    searcher: Searcher,
    query: str,
    rest: str,
    filters: dict[str, tuple[str, ...]],
) -> None:
    text, implied = searcher.implied.read(query)
    assert text == rest
    assert merged(*({one.facet: one.values} for one in implied)) == filters


def test_they_filter_are_said_back_and_can_be_undone(
    searcher: Searcher,
) -> None:
    found = searcher.search(SearchRequest("hulp na 2015"))
    assert {hit.document for hit in found.hits} == {"smit2016"}
    assert [one.words for one in found.reading.implied] == ["na 2015"]
    assert found.reading.filters == {"year": ("2016..2200",)}
    undone = searcher.search(SearchRequest("hulp na 2015", as_words=("year",)))
    assert undone.reading.implied == ()
    assert {hit.document for hit in undone.hits} == {"smit2016", "bakker2014"}


def test_who_is_no_author_must_be_named_in_the_passages(
    searcher: Searcher,
) -> None:
    found = searcher.search(SearchRequest("werkdruk volgens Jansen"))
    assert found.reading.named == "Jansen"
    assert [hit.passage for hit in found.hits] == ["p3"]
    assert found.loosened == "werkdruk Jansen"
    wider = searcher.search(SearchRequest("werkdruk Jansen"))
    assert wider.total > found.total


def test_who_is_never_named_is_a_word_like_others(searcher: Searcher) -> None:
    found = searcher.search(SearchRequest("werkdruk volgens Pietersma"))
    assert found.reading.named == ""
    assert found.hits


def test_passages_that_name_the_place_stand_before_others_about_it(
    searcher: Searcher,
) -> None:
    found = searcher.search(SearchRequest("hulp bewoners in Zwolle"))
    assert found.reading.filters == {"municipality": ("Zwolle",)}
    assert found.hits[0].passage == "p0"


SOURCES = [
    Source("a", "Teams", ("Van der Velde, Aart", "Piet Bos-Kok"), 2014, ""),
    Source("b", "Buurt", ("Gemeente Ede",), 2016, ""),
    Source("c", "Los", ("smit, jan",), None, ""),
]
KNOWN = ("jansen", "velde", "van", "der")


@pytest.fixture
def implied() -> ImpliedFilters:
    """Of a collection of names alone."""
    places = ["Ede", "Best", "Zwolle", "Berg en Dal", "Berg"]
    names = Names(sources=SOURCES, municipalities=places)
    numbers = {word: n for n, word in enumerate(KNOWN)}
    made: Any = SimpleNamespace(
        names=names, lexicon=SimpleNamespace(number=numbers)
    )
    return ImpliedFilters(made)


def told(
    implied: ImpliedFilters, text: str, as_words: tuple[str, ...] = ()
) -> tuple[str, list[tuple[str, str, str]]]:
    """What is left of a question, and facet, value and words of each filter."""
    rest, found = implied.read(text, as_words)
    return rest, [(one.facet, one.values[0], one.words) for one in found]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("na 2014", "2015..2200"),
        ("after 2014", "2015..2200"),
        ("sinds 2014", "2014..2200"),
        ("vanaf 2014", "2014..2200"),
        ("voor 2015", "1800..2014"),
        ("tot 2015", "1800..2015"),
        ("tot en met 2015", "1800..2015"),
        ("t/m 2015", "1800..2015"),
        ("tussen 2013 en 2015", "2013..2015"),
        ("tussen 2015 en 2013", "2013..2015"),
        ("NA 2014", "2015..2200"),
    ],
)
def test_years_are_said_in_words(
    implied: ImpliedFilters, words: str, value: str
) -> None:
    assert told(implied, f"hulp {words} daar") == (
        "hulp daar",
        [("year", value, words)],
    )


@pytest.mark.parametrize(
    "text", ["hulp na 2016", "hulp voor 2014", "hulp na 20145", "hulp na 2o14"]
)
def test_years_of_no_document_are_words(
    implied: ImpliedFilters, text: str
) -> None:
    assert told(implied, text) == (text, [])


@pytest.mark.parametrize(
    ("text", "rest", "places"),
    [
        ("hulp in Ede", "hulp", ["Ede"]),
        ("hulp in ede", "hulp in ede", []),
        ("hulp in zwolle", "hulp", ["Zwolle"]),
        ("hulp in Berg en Dal", "hulp", ["Berg en Dal"]),
        ("hulp in Berg en Ede", "hulp", ["Berg", "Ede"]),
        ("hulp in Zwolle, Best of Ede", "hulp", ["Zwolle", "Best", "Ede"]),
        ("hulp in Zwolle, best of Ede", "hulp , best of Ede", ["Zwolle"]),
        ("hulp te Zwolle-Zuid", "hulp", ["Zwolle"]),
        ("de gemeente Zwolle helpt", "helpt", ["Zwolle"]),
        ("in Zwolle en in Ede", "en", ["Zwolle", "Ede"]),
        ("hulp in Zwollerkerspel", "hulp in Zwollerkerspel", []),
    ],
)
def test_places_are_names_and_the_longest_counts(
    implied: ImpliedFilters, text: str, rest: str, places: list[str]
) -> None:
    left, found = implied.read(text)
    assert left == rest
    assert [one.values[0] for one in found] == places
    assert {one.facet for one in found} <= {"municipality"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("zorg volgens Velde", ["Velde"]),
        ("zorg volgens bos", []),  # of three letters: as a name is written
        ("zorg volgens Bos", ["Bos"]),
        ("zorg volgens Kok", ["Kok"]),
        ("zorg volgens Aart", []),
        ("zorg volgens Piet", []),
        ("zorg according to velde", ["Velde"]),
        ("zorg volgens smit", []),
    ],
)
def test_authors_are_named_by_their_family_names(
    implied: ImpliedFilters, text: str, names: list[str]
) -> None:
    assert [one[1] for one in told(implied, text)[1]] == names


def test_filters_are_left_in_the_words_where_one_asks(
    implied: ImpliedFilters,
) -> None:
    text = "hulp na 2014 in Zwolle"
    assert told(implied, text, ("year",)) == (
        "hulp na 2014",
        [("municipality", "Zwolle", "in Zwolle")],
    )
    assert told(implied, text, ("year", "municipality")) == (text, [])
    assert told(implied, "-hulp na 2014") == ("-hulp na 2014", [])


def test_who_is_named_is_required_or_a_word_like_others(
    implied: ImpliedFilters,
) -> None:
    found = implied.named("zorg volgens van der Velde thuis")
    assert found == Named(
        "van der Velde", "+Velde zorg thuis", "zorg thuis van der Velde"
    )
    assert implied.named("zorg volgens van der Bilt") is None
    assert implied.named("Volgens Jansen is het zo") == Named(
        "Jansen", "+Jansen is het zo", "is het zo Jansen"
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("velde", True),
        ("aart van der velde", True),
        ("kok", True),
        ("", False),
        ("velde zorg", False),
        ("aart van der velde bos", False),
    ],
)
def test_a_question_may_be_the_name_of_an_author(
    implied: ImpliedFilters, text: str, named: bool
) -> None:
    assert implied.author_named(text) is named
