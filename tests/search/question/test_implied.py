"""Filters that a question asks for in words."""

from __future__ import annotations

import pytest

from kb.search import Searcher, SearchRequest
from kb.search.filters import merged


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
