"""What narrows a search: chosen by a link, said back, undone by one click."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kb.search import FacetValue, Hit, Results, SearchRequest
from web import parameters
from web.generation import generation
from web.pages.facets import Narrowing, address
from web.pages.search import ALSO_IN, hit_cards, more_of_documents


def links(page: str, name: str) -> list[str]:
    """Addresses of the links whose text holds `name`."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(address) for address, text in found if name in text]


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_kinds_that_readers_look_for_together_are_one_link(
    client: FlaskClient,
) -> None:
    (address,) = links(client.get("/zoeken").text, "Bevindingen")
    chosen = asked(address)["soort"]
    assert {"finding", "table"} <= set(chosen)
    page = client.get(address).text
    (undone,) = [
        link
        for link in links(page, "Bevindingen")
        if "soort" not in asked(link)
    ]
    assert undone == "/zoeken"


def test_a_range_of_years_comes_from_two_fields(client: FlaskClient) -> None:
    page = client.get("/zoeken?vanaf=2017&tot=2019").text
    assert "uit 2017–2019" in page
    assert "/passages/beek2018geld-b1" in page
    assert "/passages/wit2016breed-a1" not in page
    assert 'name="vanaf" value="2017"' in page


def test_a_year_takes_the_place_of_a_range(client: FlaskClient) -> None:
    page = client.get("/zoeken?vanaf=2017").text
    (address,) = links(page, ">2018<")
    assert asked(address) == {"jaar": ["2018"]}


@given(st.integers(1800, 2200), st.integers(1800, 2200))
def test_the_fields_may_be_filled_in_either_way(one: int, other: int) -> None:
    args = MultiDict({"vanaf": str(one), "tot": str(other)})
    low, high = sorted((one, other))
    assert parameters.filters(args) == {"year": (f"{low}..{high}",)}


@pytest.mark.parametrize("typed", ["vorig jaar", "20155", "..", "1'"])
def test_what_is_no_year_narrows_nothing(typed: str) -> None:
    args = MultiDict({"jaar": typed, "vanaf": typed})
    assert parameters.filters(args) == {}


def test_a_filter_read_in_the_question_is_undone_by_one_click(
    client: FlaskClient,
) -> None:
    page = client.get("/zoeken?q=wijkteam+na+2017").text
    assert "gelezen in ‘na 2017’" in page
    assert "vanaf 2018" in page
    (address,) = links(page, "vanaf 2018")
    undone = client.get(address).text
    assert "gelezen in" not in undone
    assert "wit2016breed" in undone


def test_a_second_municipality_is_added_to_the_one_in_the_question(
    client: FlaskClient,
) -> None:
    page = client.get("/zoeken?q=in+Zwolle").text
    (address,) = links(page, ">Hengelo<")
    assert asked(address)["gemeente"] == ["Zwolle", "Hengelo"]


def test_order_by_theme_is_offered_where_a_theme_is_chosen(
    client: FlaskClient,
) -> None:
    assert not links(client.get("/zoeken").text, "Sterkste op het thema")
    page = client.get("/zoeken?thema=K3").text
    (address,) = links(page, "Sterkste op het thema")
    assert client.get(address).status_code == 200


def test_only_passages_with_figures(client: FlaskClient) -> None:
    (address,) = links(client.get("/zoeken").text, "met cijfers")
    page = client.get(address).text
    assert "Passages met cijfers" in page
    assert "/passages/wit2016breed-a1" not in page


def test_more_of_a_document_is_told_under_its_last_passage(
    app: Flask,
) -> None:
    request = SearchRequest("team", {"year": ("2016",)}, per_document=2)
    hits = tuple(
        Hit(f"{document}-{n}", document, 1.0)
        for document, n in (("een", 1), ("twee", 1), ("een", 2))
    )
    counted = (FacetValue("een", 7), FacetValue("twee", 4))
    results = Results(request, hits=hits, facets={"document": counted})
    with app.test_request_context("/zoeken"):
        more = more_of_documents(request, results)
        wide = replace(request, per_document=0)
        assert more_of_documents(wide, results) == {}
    assert list(more) == ["een-2"]
    left, address = more["een-2"]
    assert left == 5
    assert asked(address) == {
        "q": ["team"],
        "jaar": ["2016"],
        "document": ["een"],
        "alle": ["1"],
    }


def test_numbers_stand_behind_a_disclosure(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=vakkennis").text
    assert page.count("<summary>In getallen</summary>") >= 1


values = st.text("ab&=?-_ é/", min_size=1, max_size=6)


@given(
    query=values,
    chosen=st.dictionaries(
        st.sampled_from(("author", "document", "year")), st.tuples(values)
    ),
    found=st.lists(values, min_size=1, max_size=3, unique=True),
)
def test_an_address_that_is_filled_in_is_that_of_the_choice(
    app: Flask,
    query: str,
    chosen: dict[str, tuple[str, ...]],
    found: list[str],
) -> None:
    request = SearchRequest(query, chosen, sort="year", page=3)
    counted = tuple(FacetValue(value, 1) for value in found)
    results = Results(request, facets={"municipality": counted})
    with app.test_request_context("/zoeken?lang=en"):
        (facet,) = Narrowing(generation(), request, results).facets()
        made = {link.name: link.address for link in facet.first}
        for value in found:
            filters = {**chosen, "municipality": (value,)}
            whole = replace(request, filters=filters, page=1)
            assert made[value] == address(whole)


def test_of_many_places_that_say_the_same_some_are_named_and_all_counted(
    app: Flask,
) -> None:
    others = ("raad2014brief-c1",) * 7
    hit = Hit("wit2016breed-a1", "wit2016breed", 1.0, also_in=others)
    with app.test_request_context("/zoeken"):
        (card,) = hit_cards(generation(), (hit,))
        assert (len(card.also_in), card.also_more) == (ALSO_IN, 7 - ALSO_IN)
        page = render_template_string(
            '{% import "_macros.html" as m with context %}{{ m.card(card) }}',
            card=card,
            saved=(),
        )
    assert f"nog {7 - ALSO_IN} plaatsen" in page
