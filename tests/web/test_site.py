"""Every page answers, escapes what it shows, and helps when it cannot."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from kb.settings import Settings
from web.readinglist import corpus_id

PAGES = (
    "/",
    "/zoeken?q=vakkennis",
    "/zoeken",
    "/zoeken?q=zzzqqq",
    "/documenten/",
    "/documenten/wit2016breed",
    "/documenten/beek2018geld",
    "/documenten/raad2014brief",
    "/documenten/wit2016breed/blad/1?passage=wit2016breed-a1",
    "/documenten/beek2018geld/blad/1",
    "/passages/wit2016breed-a1",
    "/passages/wit2016breed-a2",
    "/passages/beek2018geld-b1",
    "/passages/beek2018geld-b2",
    "/themas/",
    "/themas/B7",
    "/themas/B7/paragraaf",
    "/themas/B7/cijfers",
    "/themas/B7/tijdlijn",
    "/themas/B7/vergelijk?op=jaar",
    "/themas/gemeenten",
    "/themas/soorten?als=aandeel",
    "/themas/b7?met=K3",
    "/themas/B9?tegenspraak=1&jaar=2018&gemeente=Hengelo&soort=finding",
    "/themas/kaart",
    "/themas/documenten",
    "/themas/jaren",
    "/werken/",
    "/werken/?q=beek",
    "/werken/beek-2018-wat",
    "/werken/lipsky-1980",
    "/werken/netwerk",
    "/leeslijst/",
    "/leeslijst/?i=p:wit2016breed-a1&n=mooi&i=w:lipsky-1980&groep=thema",
    "/over",
    "/verslag",
    "/api/",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_page_answers_in_both_languages(
    client: FlaskClient, path: str, lang: str
) -> None:
    response = client.get(
        path + ("&" if "?" in path else "?") + f"lang={lang}"
    )
    assert response.status_code == 200
    assert f'<html lang="{lang}">' in response.text
    assert "<script>" not in response.text


def test_results_page_with_all_it_loads_stays_under_120_kilobytes(
    client: FlaskClient,
) -> None:
    page = client.get("/zoeken?q=vakkennis")
    loaded = len(page.data)
    for path in ("/static/site.css", "/static/site.js", "/static/icon.svg"):
        with client.get(path) as response:
            loaded += len(response.data)
    assert (
        loaded <= 120_000 - 45_000
    )  # a full page of ten hits with all facets is 45 kB larger than this one


def test_page_asked_again_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/themas/B7")
    again = client.get(
        "/themas/B7", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_page_of_one_reader_is_not_shown_to_another(
    client: FlaskClient,
    settings: Settings,
) -> None:
    client.get("/passages/wit2016breed-a1")
    client.post(
        "/leeslijst/", data={"doe": "voegtoe", "i": "p:wit2016breed-a1"}
    )
    cookie = f"leeslijst-{corpus_id(settings)}"
    assert ">Bewaard</button>" in client.get("/passages/wit2016breed-a1").text
    client.delete_cookie(cookie)
    assert (
        ">Bewaard</button>" not in client.get("/passages/wit2016breed-a1").text
    )


def test_setbacks_are_found_under_their_theme(client: FlaskClient) -> None:
    page = client.get("/themas/B9?tegenspraak=1").text
    assert "De besparing bleef uit" in page
    assert "elkaar tegenspreken, wijst deze site niet aan" in page
    assert 'href="/themas/B9/vergelijk"' in page
    assert (
        "Geen passage voldoet hieraan"
        in client.get("/themas/B7?tegenspraak=1").text
    )


def test_cell_of_the_map_leads_to_as_many_passages_as_it_says(
    client: FlaskClient,
) -> None:
    assert (
        '<a href="/themas/B7?met=K3" aria-label="B7 × K3: 1">1</a>'
        in client.get("/themas/kaart").text
    )
    assert (
        "1 passage over dit thema en over"
        in client.get("/themas/B7?met=K3").text
    )


def test_question_is_said_back(client: FlaskClient) -> None:
    page = client.get(
        "/zoeken?q=vakkennis&thema=B7&soort=finding&gemeente=Zwolle"
    ).text
    assert (
        "<h1>Passages met ‘vakkennis’, over B7 Generalistische werkwijze, van de soort "
        "bevinding, over de gemeente Zwolle</h1>"
    ) in page


def test_every_filter_can_be_undone_alone(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=vakkennis&thema=B7&soort=finding").text
    chosen = page.split('class="chosen"')[1].split("</ul>")[0]
    without_theme, without_kind = chosen.split("<li")[1:3]
    assert 'href="/zoeken?q=vakkennis&amp;soort=finding"' in without_theme
    assert "B7" in without_theme
    assert 'href="/zoeken?q=vakkennis&amp;thema=B7"' in without_kind
    assert "Bevinding" in without_kind


def test_citation_leads_to_the_document_that_is_cited(
    client: FlaskClient,
) -> None:
    assert (
        '<a href="#verwijzing-1" class="cite">Beek, 2018</a>'
        in client.get("/passages/wit2016breed-a1").text
    )
    assert (
        'href="/werken/beek-2018-wat"'
        in client.get("/passages/wit2016breed-a1").text
    )
    assert (
        'href="/documenten/beek2018geld">Lees dit werk hier'
        in client.get("/werken/beek-2018-wat").text
    )


def test_tag_shows_what_earned_it(client: FlaskClient) -> None:
    page = client.get("/passages/wit2016breed-a1").text
    assert '<mark class="cue">Generalisten</mark>' in page
    assert "model +0,95" in page
    assert (
        "beoordeling door de redactie"
        in client.get("/passages/wit2016breed-a2").text
    )


def test_repairs_are_shown_with_what_was_printed(client: FlaskClient) -> None:
    assert (
        "<ins>intervisie</ins>" in client.get("/passages/wit2016breed-a2").text
    )


@pytest.mark.parametrize(
    ("path", "endpoint", "given"),
    [
        (
            "/documenten/10.1000/xyz",
            "documents.document",
            {"id": "10.1000/xyz"},
        ),
        (
            "/documenten/DBLP:conf/zorg/x/blad/3",
            "documents.sheet",
            {"number": 3},
        ),
        ("/documenten/a//b/bestand", "documents.file", {"id": "a//b"}),
        (
            "/passages/10.1000/xyz-p1",
            "passages.passage",
            {"id": "10.1000/xyz-p1"},
        ),
        ("/werken/netwerk", "works.network", {}),
        ("/documenten/a/b/verwijzing/ris", "export.document", {"id": "a/b"}),
        (
            "/api/v1/documents/a/b/passages",
            "api.documentPassages",
            {"id": "a/b"},
        ),
    ],
)
def test_a_key_may_hold_slashes(
    app: Flask, path: str, endpoint: str, given: dict[str, object]
) -> None:
    found, values = app.url_map.bind("localhost").match(path)
    assert found == endpoint
    assert given.items() <= values.items()


@given(key=st.text("a./~\\%?# é", min_size=1, max_size=12))
@example(key="../x")
@example(key="a/./b")
@example(key="~..")
@example(key="/")
def test_any_key_has_an_address_that_a_browser_keeps(
    app: Flask, key: str
) -> None:
    with app.test_request_context():
        made = url_for("works.work", id=key)
    kept = urlsplit(urljoin("http://localhost/x/y", made)).path
    assert kept == made
    found, values = app.url_map.bind("localhost").match(unquote(kept))
    assert (found, values) == ("works.work", {"id": key})


def test_possible_passages_of_a_theme_are_one_click_away(
    client: FlaskClient,
) -> None:
    page = client.get("/themas/B9").text
    assert "ook=mogelijk" in page
    assert "wit2016breed-a1" not in page
    assert "wit2016breed-a1" in client.get("/themas/B9?ook=mogelijk").text


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("B7", "B7"),
        ("wat zegt men over b7?", "B7"),
        ("De GENERALISTISCHE werkwijze", "B7"),
        ("generalistische", ""),
        ("B77 werkwijze", ""),
    ],
)
def test_a_theme_that_is_asked_by_name_is_offered(
    client: FlaskClient, query: str, named: str
) -> None:
    page = client.get("/zoeken", query_string={"q": query}).text
    head = page[
        page.index('class="said"') : page.index(
            "</header>", page.index('class="said"')
        )
    ]
    assert ("Thema: " in head) == bool(named)
    assert f'href="/themas/{named}"' in head or not named
