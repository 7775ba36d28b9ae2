"""The copy of the records that decisions are taken into: whose it is, and when it goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.curation import Event, State, new_event
from kb.curation.state import decisions_of
from kb.generations import RECORDS
from kb.pipeline.live import LiveIndex, LiveRecords
from kb.pipeline.live.records import (
    COPY,
    FACT,
    FOLDER,
    TOUCHED,
    _goes_on,
    _new,
    _sources,
    _touch,
    generation_before,
)
from kb.records import Document, Passage
from kb.search.index.building import META
from kb.settings import Settings
from kb.store import Store, sqlite_url

PASSAGE = "a-923c5b1170-2"


def decided(after: str, target: str = PASSAGE) -> Event:
    return new_event("kind", target, after, by="Ans")


@pytest.fixture
def follow(settings: Settings) -> Iterator[list[LiveRecords]]:
    """The records of generations, closed at the end."""
    made: list[LiveRecords] = []
    yield made
    for live in made:
        live.close()


def generation(
    settings: Settings, name: str, follow: list[LiveRecords]
) -> LiveRecords:
    """A generation of one passage, without a ledger of how it was made."""
    folder = settings.index_dir / "generations" / name
    folder.mkdir(parents=True)
    store = Store.create(sqlite_url(folder / RECORDS))
    store.add([Document("a", "a.txt", "Verslag")])
    store.add([Passage(PASSAGE, "a", f"Het team kent de buurt in {name}.", 0)])
    store.close()
    follow.append(LiveRecords(settings, folder))
    return follow[-1]


def test_requests_that_began_before_a_swap_still_read(
    settings: Settings, follow: list[LiveRecords]
) -> None:
    state = State([decided("policy")])
    before = generation(settings, "1", follow).follow(state)
    assert before is not None
    after = generation(settings, "2", follow).follow(state)
    assert after is not None
    before.engine.dispose()  # its next question opens a connection
    assert before.passage(PASSAGE).text.endswith("in 1.")
    assert before.passage(PASSAGE).kind == "policy"
    assert after.passage(PASSAGE).text.endswith("in 2.")


def test_copies_that_nobody_reads_go_with_all_that_is_theirs(
    settings: Settings, follow: list[LiveRecords]
) -> None:
    state = State([decided("policy")])
    for name in ("1", "2", "3"):
        generation(settings, name, follow).follow(state)
    left = {path.name for path in (settings.index_dir / FOLDER).iterdir()}
    assert {name.partition(".")[0] for name in left} == {"2", "3"}
    assert {"2.sqlite", "3.sqlite"} <= left
    newest = settings.index_dir / "generations" / "3"
    assert generation_before(settings, newest) == "2"
    assert generation_before(settings, newest.with_name("2")) == "3"


def test_no_copy_is_made_where_the_generation_knows_all(
    settings: Settings, follow: list[LiveRecords]
) -> None:
    live = generation(settings, "1", follow)
    state = State([decided("policy")])
    store = Store(sqlite_url(live.generation / RECORDS))
    store.put(FACT, decisions_of(state))
    store.close()
    assert live.follow(state) is None
    assert not (settings.index_dir / FOLDER).exists()
    state.take(decided("method"))
    brought = live.follow(state)
    assert brought is not None
    assert brought.passage(PASSAGE).kind == "method"


def test_a_copy_goes_on_with_the_log_and_begins_again_with_another(
    settings: Settings, follow: list[LiveRecords]
) -> None:
    live = generation(settings, "1", follow)
    state = State([decided("policy")])
    store = live.follow(state)
    assert store is not None
    copy, held = store.get(COPY), store.get(FACT)
    assert held == decisions_of(state)
    assert store.get(TOUCHED) == {"a": 1}
    state.take(decided("method"))
    again = live.follow(state)
    assert again is store
    assert store.get(COPY) == copy
    assert store.get(TOUCHED) == {"a": 2}
    other = live.follow(State([decided("figure")]))
    assert other is not None
    assert other.get(COPY) != copy
    assert other.passage(PASSAGE).kind == "figure"


@pytest.mark.parametrize("spoilt", [b"", b"not a database", b"x" * 9_000])
def test_a_copy_that_is_spoilt_is_made_anew(
    settings: Settings, follow: list[LiveRecords], spoilt: bytes
) -> None:
    live = generation(settings, "1", follow)
    state = State([decided("policy")])
    assert live.follow(state) is not None
    live.close()
    for path in (settings.index_dir / FOLDER).glob("1.sqlite-*"):
        path.unlink()
    (settings.index_dir / FOLDER / "1.sqlite").write_bytes(spoilt)
    again = live.follow(state)
    assert again is not None
    assert again.passage(PASSAGE).kind == "policy"


FIRST, SECOND, THIRD = (decided(kind) for kind in ("text", "policy", "figure"))


@pytest.mark.parametrize(
    ("held", "goes_on", "new"),
    [
        ({}, True, [FIRST, SECOND, THIRD]),
        ({"count": 0, "last": "x"}, True, [FIRST, SECOND, THIRD]),
        ({"count": 1, "last": FIRST.id}, True, [SECOND, THIRD]),
        ({"count": 3, "last": THIRD.id}, True, []),
        ({"count": 2, "last": FIRST.id}, False, [FIRST, SECOND, THIRD]),
        ({"count": 4, "last": THIRD.id}, False, [FIRST, SECOND, THIRD]),
    ],
    ids=range(6),
)
def test_events_are_new_after_those_that_records_hold(
    held: dict[str, object], goes_on: bool, new: list[Event]
) -> None:
    state = State([FIRST, SECOND, THIRD])
    assert _goes_on(state, held) is goes_on
    assert list(_new(state, held)) == new


def test_events_touch_the_source_that_they_are_on() -> None:
    events = [
        decided("policy", "b-923c5b1170-2"),
        new_event("out", "c-923c5b1170-2", True),
        new_event("theme", "d-923c5b1170-2", "none", field="B1"),
        new_event("label", "e", "vii", field="1"),
        new_event("withdraw", "f", True),
        new_event("record", "g", "Titel", field="title"),
        new_event("merge", "w1", "w2"),
    ]
    assert _sources(events) == {"b", "c", "d", "e", "f"}


def test_documents_are_touched_as_often_as_decided_on(tmp_path: Path) -> None:
    store = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    _touch(store, ["a", "b"], 1)
    _touch(store, ["b", "c"], 4)
    assert store.get(TOUCHED) == {"a": 1, "b": 4, "c": 4}
    store.close()


def test_records_in_a_shared_database_wait_for_the_build(
    settings: Settings, follow: list[LiveRecords]
) -> None:
    live = generation(settings, "1", follow)
    assert live.possible
    shared = Settings(database_url="postgresql+psycopg://x@h/kb")
    live = LiveRecords(shared, live.generation)
    assert not live.possible
    assert live.follow(State([decided("policy")])) is None


def test_search_waits_without_a_copy_or_an_index_of_files(
    settings: Settings, follow: list[LiveRecords]
) -> None:
    live = generation(settings, "1", follow)
    assert LiveIndex(settings, live.generation).follow() is None
    live.follow(State([decided("policy")]))
    assert LiveIndex(settings, live.generation).follow() is None
    engine = live.generation / "engine"
    engine.mkdir()
    (engine / META).write_text('{"engine": "opensearch"}')
    assert LiveIndex(settings, live.generation).follow() is None
