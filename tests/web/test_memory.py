"""A site that follows builds and decisions holds what it shows, and nothing of before."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kb.curation import FILE, new_event, write_events
from kb.pipeline import build
from kb.settings import Settings
from tests.pipeline.conftest import Here
from tests.web.curation_site import built, passages
from web import create_app, warm
from web.generation import Generation, Shelf

PAGES = ("/", "/zoeken?q=wijkteam", "/documenten/a", "/themas/B7", "/werken/")
SWAPS = 3


@pytest.fixture
def only_counted_references(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing that holds itself in a circle is found."""
    monkeypatch.setattr("web.generation.tidy", lambda: None)
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _ask(app: Flask) -> None:
    for page in PAGES:
        assert app.test_client().get(page).status_code == 200


def _decide(settings: Settings, round_: int) -> None:
    one = passages(settings)[0].id
    after = ("evidence", "none")[round_ % 2]
    event = new_event("theme", one, after, by="ans", field="B7")
    write_events(settings.corpus_dir / FILE, [event])


def _rebuild(settings: Settings, round_: int) -> None:
    with (settings.corpus_dir / "sources" / "a.txt").open("a") as report:
        report.write(f"\n\nIn ronde {round_} sprak het wijkteam verder.\n")
    build(settings, executor=Here())


def _parts(held: Generation) -> list[weakref.ref[Any]]:
    parts = (held, held.searcher, held.searcher.collection, held.store)
    return [weakref.ref(part) for part in parts]


@pytest.mark.usefixtures("only_counted_references")
def test_generations_that_were_left_are_gone(tmp_path: Path) -> None:
    settings = built(tmp_path)
    app = create_app(settings)
    shelf: Shelf = app.extensions["kb_generation"]
    warm(app)
    _ask(app)
    shelf.settle()
    left = _parts(shelf.now())
    for round_ in range(SWAPS):
        _decide(settings, round_)
        _ask(app)
        shelf.settle()
        left += _parts(shelf.now())
        _rebuild(settings, round_)
        _ask(app)
        shelf.settle()
    _ask(app)
    assert [ref() for ref in left if ref() is not None] == []
    shelf.close()


def test_a_request_under_way_reads_on_where_it_began(tmp_path: Path) -> None:
    settings = built(tmp_path)
    app = create_app(settings)
    shelf: Shelf = app.extensions["kb_generation"]
    with app.test_request_context("/"):
        begun = shelf.now()
        assert begun.store.document("a").id == "a"
        for round_ in range(SWAPS):
            _rebuild(settings, round_)
            _ask(app)
        assert shelf.now().folder != begun.folder
        assert begun.store.document("a").id == "a"
    shelf.close()
