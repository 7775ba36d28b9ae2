"""A real OpenSearch that goes away in the middle of a build, of a request, of the swap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import EngineAwayError
from kb.generations import current, open_store
from kb.pipeline import build
from kb.search import Searcher, SearchRequest
from kb.search.engines.opensearch_client import Client
from kb.search.engines.opensearch_index import prefix_of
from kb.settings import Settings
from tests.gate import Gate
from tests.pipeline.conftest import Here, everything, text_of

pytestmark = [pytest.mark.system, pytest.mark.slow]
PARTS = (0.1, 0.4, 0.7)  # of what a build sends, after which it is cut


@pytest.fixture
def gate(opensearch: str) -> Iterator[Gate]:
    with Gate(opensearch.split(",")[0]) as made:
        yield made


@pytest.fixture
def built(corpus: Settings, gate: Gate) -> Settings:
    """Two reports, built through the gate."""
    there = replace(
        corpus,
        engine="opensearch",
        opensearch_url=gate.url,
        opensearch_retries=1,
        opensearch_bulk=2,
        opensearch_replicas=0,
    )
    build(there, executor=Here())
    return there


def _change(settings: Settings, sentences: list[int]) -> None:
    path = settings.corpus_dir / "sources" / "a.txt"
    path.write_text(text_of(sentences, [0, 1]), encoding="utf-8")


def _indexes(settings: Settings, gate: Gate) -> dict[str, list[str]]:
    """The indexes in the cluster with the names that they go by."""
    client = Client(replace(settings, opensearch_url=gate.url))
    found = client.ask("GET", f"/{prefix_of(settings)}-*/_alias")
    client.close()
    return {name: list(told["aliases"]) for name, told in found.items()}


def _found(settings: Settings, query: str) -> int:
    store = open_store(settings)
    searcher = Searcher.open(
        current(settings.index_dir) / "engine", store, settings=settings
    )
    total = searcher.search(SearchRequest(query)).total
    searcher.close()
    store.close()
    return total


def test_build_that_is_cut_anywhere_leaves_the_index_before(
    built: Settings, gate: Gate, tmp_path: Path
) -> None:
    sent = gate.passed
    _change(built, [0, 2])
    build(built, executor=Here())
    sent = gate.passed - sent
    before, known = current(built.index_dir), everything(built)
    _change(built, [5, 7])
    for part in PARTS:
        gate.limit = gate.passed + int(sent * part)
        with pytest.raises(EngineAwayError) as told:
            build(built, executor=Here())
        assert "niet bereikbaar" in told.value.sentence("nl")
        assert current(built.index_dir) == before
        gate.reopen()
        assert everything(built) == known
        assert _found(built, "hulpverlener") > 0
    build(built, executor=Here())
    assert _found(built, "hulpverlener") == 0
    afresh = replace(built, engine="tantivy", index_dir=tmp_path / "afresh")
    build(afresh, executor=Here())
    assert everything(built) == everything(afresh)
    assert len(_indexes(built, gate)) == 2  # halves are gone: in use, before


def test_request_that_is_cut_is_told_and_the_next_is_answered(
    built: Settings, gate: Gate
) -> None:
    store = open_store(built)
    searcher = Searcher.open(
        current(built.index_dir) / "engine", store, settings=built
    )
    asked = SearchRequest("hulpverlener gezin")
    whole = searcher.search(asked)
    assert whole.total
    gate.limit = gate.passed + 10
    with pytest.raises(EngineAwayError):
        searcher.search(SearchRequest("verwijzingen"))
    gate.reopen()
    again = searcher.search(asked)
    assert [hit.passage for hit in again.hits] == [
        hit.passage for hit in whole.hits
    ]
    searcher.close()
    store.close()


def test_swap_of_the_alias_that_is_cut_harms_no_reader_and_is_made_up_for(
    built: Settings, gate: Gate
) -> None:
    def cut(stage: str, done: int, total: int, what: str = "") -> None:
        if (stage, done) == ("index", total):
            gate.shut()

    _change(built, [5, 7])
    before = current(built.index_dir)
    build(built, cut, executor=Here())
    assert current(built.index_dir) != before
    gate.reopen()
    assert _found(built, "hulpverlener") == 0
    _change(built, [6])
    build(built, executor=Here())
    named = [name for name in _indexes(built, gate).values() if name]
    assert named == [[prefix_of(built)]]
