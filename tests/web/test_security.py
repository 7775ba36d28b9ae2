"""What a hostile reader, site or file can try."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.security import HEADERS

HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nergens",
        "/zoeken.atom",
        "/api/v1/themes",
        "/static/site.css",
        "/passages/nee",
    ],
)
def test_every_answer_carries_the_protecting_headers(
    client: FlaskClient, path: str
) -> None:
    with client.get(path) as response:
        assert {name: response.headers[name] for name in HEADERS} == HEADERS


def test_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert re.findall(r"https?:", policy) == []


def test_pages_hold_no_inline_style_and_no_inline_script(
    client: FlaskClient,
) -> None:
    for path in (
        "/",
        "/zoeken?q=vakkennis",
        "/documenten/wit2016breed",
        "/passages/wit2016breed-a1",
        "/themas/kaart",
        "/werken/netwerk",
    ):
        page = client.get(path).text
        assert re.findall(r"<style|\sstyle=|\son\w+=", page) == []
        assert {
            tag
            for tag in re.findall(r"<script[^>]*>", page)
            if "src=" not in tag
        } <= {'<script type="application/ld+json">'}


@pytest.mark.parametrize(
    "path",
    [
        "/zoeken?q={}",
        "/zoeken?q=vakkennis&thema={}",
        "/zoeken?gemeente={}&auteur={}&jaar={}",
        "/documenten/{}",
        "/passages/{}",
        "/themas/{}",
        "/themas/B7?soort={}&gemeente={}&met={}",
        "/werken/?q={}",
        "/werken/{}",
        "/documenten/?q={}",
        "/leeslijst/?i=p:wit2016breed-a1&n={}",
        "/leeslijst/?i=p:{}",
        "/zoeken.atom?q={}",
        "/unapi?id={}&format=ris",
        "/?lang={}",
        "/documenten/wit2016breed/blad/1?passage={}",
    ],
)
def test_what_is_asked_is_escaped_when_said_back(
    client: FlaskClient, path: str
) -> None:
    response = client.get(
        path.replace("{}", "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    )
    assert response.status_code in (200, 404)
    assert HOSTILE not in response.text
    assert "<script>alert" not in response.text


def test_what_documents_hold_is_escaped(client: FlaskClient) -> None:
    assert (
        "knelpunt &lt;script&gt;."
        in client.get("/passages/beek2018geld-b1").text
    )
    assert (
        "&lt;Een&gt; rekensom &amp; meer"
        in client.get("/documenten/beek2018geld").text
    )
    assert "<Een>" not in client.get("/documenten/beek2018geld").text


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/settings",
        "wit2016breed/../../x",
    ],
)
def test_no_path_leads_out_of_the_house(
    client: FlaskClient, name: str
) -> None:
    for path in (
        f"/documenten/{name}/bestand",
        f"/static/{name}",
        f"/documenten/{name}/blad/1.png",
    ):
        assert client.get(path).status_code in (404, 308)


def test_file_is_given_only_where_the_record_allows_it(
    client: FlaskClient,
) -> None:
    with client.get("/documenten/wit2016breed/bestand") as allowed:
        assert allowed.status_code == 200
        assert allowed.data.startswith(b"%PDF")
        assert "attachment" in allowed.headers["Content-Disposition"]
    assert client.get("/documenten/beek2018geld/bestand").status_code == 404


def test_another_site_cannot_change_the_reading_list(
    client: FlaskClient,
) -> None:
    form = {"doe": "voegtoe", "i": "p:wit2016breed-a1"}
    assert (
        client.post(
            "/leeslijst/", data=form, headers={"Sec-Fetch-Site": "cross-site"}
        ).status_code
        == 403
    )
    assert (
        client.post(
            "/leeslijst/",
            data=form,
            headers={"Origin": "https://elders.example"},
        ).status_code
        == 403
    )
    assert (
        client.post(
            "/leeslijst/", data=form, headers={"Sec-Fetch-Site": "same-origin"}
        ).status_code
        == 303
    )


@pytest.mark.parametrize(
    "back",
    [
        "//elders.example",
        "https://elders.example",
        "/\\elders.example",
        "/\t/elders.example",
        "/\x00/elders.example",
        "/ /elders.example\t",
        "/zoeken\r\nSet-Cookie: x=1",
        "",
    ],
)
def test_saving_never_sends_the_reader_to_another_site(
    client: FlaskClient, back: str
) -> None:
    response = client.post(
        "/leeslijst/",
        data={"doe": "voegtoe", "i": "p:wit2016breed-a1", "terug": back},
    )
    assert response.headers["Location"] == "/leeslijst/"


def test_cookies_are_kept_to_this_site(client: FlaskClient) -> None:
    response = client.post(
        "/leeslijst/", data={"doe": "voegtoe", "i": "p:wit2016breed-a1"}
    )
    assert "SameSite=Lax" in response.headers["Set-Cookie"]
    assert "HttpOnly" in response.headers["Set-Cookie"]


def test_respondents_are_no_facet(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=keukentafel").text
    assert "Soort passage" in page
    assert "espondentnaam" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/zoeken?q=" + "a" * 20_000,
        "/zoeken?pagina=999999999999",
        "/zoeken?pagina=-1",
        "/zoeken?pagina=%00",
        "/zoeken?q=%00%01%FF",
        "/zoeken?q=((((",
        '/zoeken?q="',
        "/zoeken?q=*",
        "/zoeken?jaar=abc",
        "/themas/B7?jaar=99999&pagina=500",
        "/documenten/wit2016breed/blad/99999",
        "/leeslijst/?" + "i=p:x&" * 500,
        "/werken/?pagina=0",
        "/zoeken?" + "thema=B7&" * 200,
        "/zoeken?q=😀%20עברית",
        "/zoeken?volgorde=zzz",
    ],
)
def test_odd_addresses_get_a_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_form_that_is_too_large_is_refused_with_a_sentence(
    client: FlaskClient,
) -> None:
    response = client.post("/leeslijst/", data={"n:p:x": "x" * 2_000_000})
    assert response.status_code == 413
    assert "stuur minder" in response.text


def test_writing_methods_are_refused(app: Flask) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = app.test_client().open("/themas/", method=method)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]
