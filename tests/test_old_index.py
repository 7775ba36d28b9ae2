"""An index that an earlier version built is used, or refused with a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kb.errors import OldIndexError
from kb.generations import current, open_store
from kb.pipeline import build
from kb.settings import Settings
from web import create_app

KEPT = sorted((Path(__file__).parent / "kept").glob("index-*.zip"))
NOTE = "# Nota\n\nHet wijkteam werkt samen met de huisarts en het onderwijs.\n"


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def upgraded(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings whose index was left by an earlier version."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(settings.index_dir)
    (settings.corpus_dir / "sources" / "nota.md").write_text(NOTE)
    return settings


def _is_refused(settings: Settings) -> bool:
    try:
        current(settings.index_dir)
    except OldIndexError:
        return True
    return False


def test_an_older_index_is_read_rightly_or_not_at_all(
    upgraded: Settings,
) -> None:
    site = create_app(upgraded)
    answer = site.test_client().get("/documenten/nota")
    if _is_refused(upgraded):
        assert answer.status_code == 503
        assert "kb build" in answer.text
    else:
        assert answer.status_code == 200
        store = open_store(upgraded)
        assert [document.id for document in store.documents()] == ["nota"]
        store.close()
    site.extensions["kb_generation"].close()


def test_a_build_over_an_older_index_makes_a_new_one(
    upgraded: Settings,
) -> None:
    before = {path.name for path in upgraded.index_dir.glob("generations/*")}
    build(upgraded)
    assert current(upgraded.index_dir).name not in before
    store = open_store(upgraded)
    (passage,) = store.passages()
    assert "huisarts en het onderwijs" in passage.text
    store.close()
