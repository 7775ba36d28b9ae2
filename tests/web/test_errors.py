"""Whatever goes wrong, a reader gets one sentence and a way on, never a traceback."""

from __future__ import annotations

import logging
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.errors import KbError, NoIndexError, OldIndexError
from kb.settings import Settings
from web import create_app
from web.errors import page_of


def test_unknown_document_names_the_nearest(client: FlaskClient) -> None:
    response = client.get("/documenten/wit2016bred")
    assert response.status_code == 404
    assert 'href="/documenten/wit2016breed"' in response.text
    assert "wit2016bred" in response.text


def test_unknown_theme_names_the_nearest(client: FlaskClient) -> None:
    response = client.get("/themas/preventie")
    assert response.status_code == 404
    assert 'href="/themas/B8"' in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/passages/beek2018geld-zz",
        "/werken/lipsky-1981",
        "/nergens",
        "/documenten/wit2016breed/verwijzing/pdf",
        "/themas/kaart/x",
    ],
)
def test_wrong_address_gets_a_page_with_ways_on(
    client: FlaskClient, path: str
) -> None:
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert 'id="inhoud"' in response.text
    assert 'href="/themas/"' in response.text


def test_failure_inside_is_logged_and_not_shown(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings)

    def fail() -> NoReturn:
        raise RuntimeError("geheim detail")

    app.add_url_rule("/stuk", "stuk", fail)
    app.add_url_rule("/api/v1/stuk", "apistuk", fail)
    with caplog.at_level(logging.ERROR):
        page, answer = (
            app.test_client().get("/stuk"),
            app.test_client().get("/api/v1/stuk"),
        )
    app.extensions["kb_generation"].close()
    assert (page.status_code, answer.status_code) == (500, 500)
    assert "geheim detail" not in page.text + answer.text
    assert "Traceback" not in page.text
    assert answer.json is not None
    assert answer.json["error"]["status"] == 500
    assert "geheim detail" in caplog.text


@pytest.mark.parametrize(
    ("error", "heading"),
    [
        (NoIndexError(path="index"), "Er zijn nog geen documenten"),
        (
            OldIndexError(path="index", found=3, wanted=4),
            "De documenten kunnen nu niet worden getoond",
        ),
    ],
)
def test_an_index_of_another_version_is_not_said_to_be_empty(
    app: Flask, error: KbError, heading: str
) -> None:
    with app.test_request_context("/"):
        assert page_of(error).heading == heading
