"""The door for other servers.

An app by the settings of the environment, also where there is no index yet.
"""

from __future__ import annotations

import importlib
import sys

import pytest

from kb.settings import Settings


def _fresh_app(
    monkeypatch: pytest.MonkeyPatch, corpus: str, index: str
) -> object:
    monkeypatch.setenv("KB_CORPUS_DIR", corpus)
    monkeypatch.setenv("KB_INDEX_DIR", index)
    sys.modules.pop("web.wsgi", None)
    return importlib.import_module("web.wsgi").app


def test_app_serves_the_index_of_the_environment(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _fresh_app(
        monkeypatch, str(settings.corpus_dir), str(settings.index_dir)
    )
    assert app.test_client().get("/themas/B7").status_code == 200  # type: ignore[attr-defined]
    app.extensions["kb_generation"].close()  # type: ignore[attr-defined]


def test_app_without_an_index_says_how_to_build_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    app = _fresh_app(monkeypatch, str(settings.corpus_dir), f"{tmp_path}/none")
    answer = app.test_client().get("/")  # type: ignore[attr-defined]
    assert answer.status_code == 503
    assert "kb build" in answer.text
