"""What is read of a generation before readers ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask

from kb.records import Passage
from web import ahead
from web.generation import Generation, shelf
from web.opened import Generation as Opened
from web.pages.judged import figures, judged
from web.pages.themes import rows_on


@pytest.fixture
def fresh(app: Flask) -> Iterable[Generation]:
    """The generation in use, of which nothing was counted yet."""
    with app.app_context():
        now = shelf().now()
        yield now.decided(now.store, 0)


def _noted(
    generation: Opened, monkeypatch: pytest.MonkeyPatch
) -> Counter[str]:
    """How often each passage is read from now on."""
    asked, passages = Counter[str](), generation.store.passages

    def noting(**given: Any) -> list[Passage]:
        asked.update(given["ids"])
        return passages(**given)

    monkeypatch.setattr(generation.store, "passages", noting)
    return asked


def test_a_passage_on_several_themes_is_looked_at_once(
    fresh: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _noted(fresh, monkeypatch)
    ahead.read(fresh, lambda: None)
    # Whether it can be quoted, and which figures it gives.
    assert set(asked.values()) == {2}


def test_pages_find_all_evidence_read(
    fresh: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead.read(fresh, lambda: None)
    asked = _noted(fresh, monkeypatch)
    evidence = [
        row.passage
        for code in fresh.frameworks.themes
        for row in rows_on(fresh, code)
    ]
    assert evidence
    assert set(evidence) <= set(judged(fresh, evidence))
    assert set(evidence) <= set(figures(fresh, evidence))
    assert not asked


def test_readers_go_first_before_each_portion(fresh: Generation) -> None:
    waits: list[int] = []
    ahead.read(fresh, lambda: waits.append(1))
    evidence = {
        row.passage
        for code in fresh.frameworks.themes
        for row in rows_on(fresh, code)
    }
    assert len(waits) == 2 * -(-len(evidence) // ahead.PORTION)
