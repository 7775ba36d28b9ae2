"""Behind a proxy every link, cookie and redirect stays under the path the reader sees."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.settings import Settings
from web import create_app

PAGES = ("/", "/zoeken?q=vakkennis", "/documenten/wit2016breed", "/themas/B7")


def links(page: str) -> set[str]:
    """Addresses of a page that are not elsewhere and not a place on the page."""
    found = re.findall(r'(?:href|src|action)="([^"]+)"', page)
    return {a for a in found if not a.startswith(("http", "#", "?", "data:"))}


@pytest.fixture
def under_path(settings: Settings) -> FlaskClient:
    return create_app(replace(settings, site_path="/kb")).test_client()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("stripped", [True, False])
def test_links_stay_under_the_path(
    under_path: FlaskClient, path: str, stripped: bool
) -> None:
    response = under_path.get(path if stripped else f"/kb{path}")
    assert response.status_code == 200
    assert [a for a in links(response.text) if not a.startswith("/kb/")] == []


def test_saving_keeps_cookie_and_reader_under_the_path(
    under_path: FlaskClient,
) -> None:
    form = {"doe": "voegtoe", "i": "p:wit2016breed-a1", "terug": "/kb/over"}
    response = under_path.post("/kb/leeslijst/", data=form)
    assert response.headers["Location"] == "/kb/over"
    assert "Path=/kb" in response.headers["Set-Cookie"]


def test_headers_are_believed_only_when_a_proxy_is_trusted(
    settings: Settings,
) -> None:
    headers = {
        "X-Forwarded-Host": "elders.example",
        "X-Forwarded-Prefix": "/elders",
    }
    own = create_app(settings).test_client()
    trusting = create_app(replace(settings, trusted_proxies=1)).test_client()
    assert "elders" not in own.get("/sitemap.xml", headers=headers).text
    told = trusting.get("/sitemap.xml", headers=headers).text
    assert "http://elders.example/elders/documenten" in told


def test_a_site_of_another_corpus_has_none_of_our_words(
    settings: Settings,
) -> None:
    page = create_app(settings).test_client().get("/").text
    assert "wijkteam" not in re.sub(
        r"<ul class=.plain docs.*?</ul>", "", page, flags=re.S
    )
    assert "Wat wilt u weten?" in page


@pytest.mark.parametrize("stripped", [True, False])
def test_the_api_tells_where_it_is_reached(
    under_path: FlaskClient, stripped: bool
) -> None:
    before = "" if stripped else "/kb"
    told = under_path.get(f"{before}/api/v1/openapi.json").get_json()
    (server,) = told["servers"]
    assert server["url"] == "/kb/api/v1"
    found = under_path.get(f"{before}/api/v1/documents").get_json()
    urls = [document["url"] for document in found["items"]]
    assert urls
    assert [u for u in urls if "/kb/documenten/" not in u] == []
    assert "/kb/api/v1/search" in under_path.get(f"{before}/api/").text


def test_the_api_has_the_name_of_the_site(app: Flask) -> None:
    page = app.test_client().get("/").text
    told = app.test_client().get("/api/v1/openapi.json").get_json()
    assert f"<span>{told['info']['title']}</span>" in page
