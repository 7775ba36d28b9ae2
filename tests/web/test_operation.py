"""What an operator sees: health, figures, the log, and a limit on requests."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from kb.errors import StoreAwayError
from kb.settings import Settings
from kb.store import Store
from web import create_app
from web.logs import REQUEST_ID, JsonLines, TextLines


@pytest.fixture
def watched(settings: Settings) -> Iterator[Flask]:
    made = create_app(replace(settings, metrics=True, log_requests=True))
    yield made
    made.extensions["kb_generation"].close()


def test_a_site_with_an_index_is_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json == {
        "status": "ok",
        "parts": {"records": "ok", "search": "ok"},
    }


def test_a_site_without_an_index_lives_but_is_not_ready(
    tmp_path: Path,
) -> None:
    empty = create_app(Settings(index_dir=tmp_path)).test_client()
    assert empty.get("/healthz").status_code == 200
    ready = empty.get("/readyz")
    assert ready.status_code == 503
    assert ready.json is not None
    assert set(ready.json["parts"].values()) == {"no_index"}


def test_records_that_are_away_are_named_and_searching_is_not(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Store) -> None:
        raise StoreAwayError(where="db.example")

    monkeypatch.setattr(Store, "check", away)
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json is not None
    assert ready.json["parts"] == {"records": "store_away", "search": "ok"}


def test_figures_are_told_only_where_they_are_asked_for(
    client: FlaskClient, watched: Flask
) -> None:
    assert client.get("/metrics").status_code == 404
    reader = watched.test_client()
    reader.get("/zoeken?q=vakkennis")
    reader.get("/nergens")
    told = reader.get("/metrics").text
    search = 'kb_requests_total{method="GET",route="search.page",status="200"}'
    assert f"{search} 1.0" in told
    assert 'route="none",status="404"} 1.0' in told
    assert "kb_index_built_timestamp_seconds 1.7" in told


def test_a_request_is_told_without_question_and_without_address(
    watched: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "web.logs")
    watched.test_client().get("/zoeken?q=geheimpje")
    (record,) = caplog.records
    for form in (JsonLines(), TextLines()):
        line = form.format(record)
        assert "search.page" in line
        assert "200" in line
        assert "geheimpje" not in line
        assert "127.0.0.1" not in line


def test_a_site_tells_no_requests_by_default(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "web.logs")
    client.get("/zoeken?q=vakkennis")
    assert caplog.records == []


def test_a_fault_is_found_back_by_its_number(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings)
    app.add_url_rule("/stuk", "stuk", lambda: abort(500))
    answer = app.test_client().get("/stuk")
    number = answer.headers[REQUEST_ID]
    assert number in answer.text
    with app.test_request_context("/stuk"):
        app.preprocess_request()
        line = json.loads(JsonLines().format(caplog.records[-1]))
    assert line["level"] == "error"
    assert line["request"]


def test_a_given_number_is_believed_of_a_trusted_proxy_only(
    settings: Settings, client: FlaskClient
) -> None:
    given = {REQUEST_ID: "van-de-proxy-7"}
    assert client.get("/healthz", headers=given).headers[REQUEST_ID] != (
        "van-de-proxy-7"
    )
    behind = create_app(replace(settings, trusted_proxies=1)).test_client()
    answer = behind.get("/healthz", headers=given)
    assert answer.headers[REQUEST_ID] == "van-de-proxy-7"
    odd = behind.get("/healthz", headers={REQUEST_ID: 'x" onload='})
    assert odd.headers[REQUEST_ID].isalnum()


def test_who_asks_too_often_waits_and_others_do_not(
    settings: Settings,
) -> None:
    site = create_app(
        replace(settings, requests_per_minute=3, trusted_proxies=1)
    ).test_client()
    busy = {"X-Forwarded-For": "192.0.2.7"}
    answers = [site.get("/over", headers=busy) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert "minuut" in answers[-1].text
    calm = {"X-Forwarded-For": "192.0.2.8"}
    assert site.get("/over", headers=calm).status_code == 200
    assert site.get("/healthz", headers=busy).status_code == 200


def test_a_reader_cannot_take_another_address(settings: Settings) -> None:
    site = create_app(replace(settings, requests_per_minute=1)).test_client()
    forged = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(3)]
    statuses = [site.get("/over", headers=h).status_code for h in forged]
    assert statuses == [200, 429, 429]
