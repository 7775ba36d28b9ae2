"""The search engine is away: the site says so, and shows what it can from the store."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.generations import current
from kb.search.engines.opensearch_index import MAPPING, Written
from kb.search.index.compact import save
from kb.search.index.lexicon import Lexicon
from kb.settings import Settings
from web import create_app

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def client(settings: Settings, tmp_path: Path) -> FlaskClient:
    """A site whose index says that its passages are in a cluster that does not answer."""
    index = tmp_path / "index"
    shutil.copytree(settings.index_dir, index)
    away = replace(
        settings,
        index_dir=index,
        opensearch_url=NOWHERE,
        opensearch_retries=0,
    )
    engine = current(index) / "engine"
    meta = json.loads((engine / "search.json").read_text())
    meta["engine"] = "opensearch"
    (engine / "search.json").write_text(json.dumps(meta))
    save(Lexicon.load(engine), engine)
    Written("kb-nergens", MAPPING, {"wit2016breed": 3}).save(
        engine / "opensearch"
    )
    return create_app(away).test_client()


def test_searching_is_said_to_be_away_in_both_languages(
    client: FlaskClient,
) -> None:
    dutch = client.get("/zoeken?q=wijkteam")
    assert dutch.status_code == 503
    assert "Zoeken is even niet bereikbaar" in dutch.text
    assert "kb build" not in dutch.text
    assert NOWHERE not in dutch.text
    english = client.get("/zoeken?q=wijkteam&lang=en")
    assert "Search cannot be reached" in english.text


def test_what_stands_in_the_store_is_shown(client: FlaskClient) -> None:
    for address in (
        "/",
        "/documenten/",
        "/documenten/wit2016breed",
        "/passages/wit2016breed-a1",
        "/themas/",
    ):
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.text[:300])


def test_the_part_that_is_away_is_named_to_a_proxy(
    client: FlaskClient,
) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "status": "unavailable",
        "parts": {"records": "ok", "search": "engine_away"},
    }
    assert client.get("/healthz").status_code == 200
