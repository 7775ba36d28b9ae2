"""What is asked of a database, and what is said where it does not answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kb.errors import SettingError
from kb.store import URLS, Limits, Store, sqlite_url
from kb.store.database import connect, is_sound
from kb.store.schema import _ServerText

SERVER = "postgresql+psycopg://kb@127.0.0.1:1/kb"


def _asked(monkeypatch: pytest.MonkeyPatch, building: bool) -> dict[str, Any]:
    """What is given to the maker of engines; no connection is made."""
    given: dict[str, Any] = {}
    make = sa.create_engine

    def note(url: str, **options: Any) -> sa.Engine:
        given.update(options)
        return make(url, **options)

    monkeypatch.setattr(sa, "create_engine", note)
    connect(SERVER, None, building, Limits(3, 7)).dispose()
    return given


def test_readers_hold_few_connections_and_give_up_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("psycopg")
    given = _asked(monkeypatch, building=False)
    assert given["pool_size"] == 3
    assert given["pool_pre_ping"] is True
    assert given["connect_args"] == {
        "connect_timeout": 5,
        "options": "-c statement_timeout=7s",
    }


def test_a_builder_may_ask_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    given = _asked(monkeypatch, building=True)
    assert given["connect_args"] == {"connect_timeout": 5}


@pytest.mark.parametrize("url", ["nonsense", "mysql+nodriver://host/kb"])
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises((SettingError, sa.exc.NoSuchModuleError)) as raised:
        connect(url, None, False)
    if isinstance(raised.value, SettingError):
        told = raised.value.values
        assert told == {"name": "database_url", "value": url, "expected": URLS}


def test_a_schema_stands_in_the_place_of_none() -> None:
    pytest.importorskip("psycopg")
    engine = connect(SERVER, "kb_1", False)
    assert engine.get_execution_options() == {
        "schema_translate_map": {None: "kb_1"}
    }
    assert Store(SERVER, "kb_1").engine.get_execution_options() == {
        "schema_translate_map": {None: "kb_1"}
    }


def test_a_database_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "weg" / "records.sqlite")
    with pytest.raises(SettingError) as raised:
        Store.create(url)
    told = raised.value.values
    assert told == {"name": "database_url", "value": url, "expected": URLS}


def _synchronous(store: Store) -> int:
    with store.engine.connect() as connection:
        told = connection.execute(sa.text("PRAGMA synchronous")).scalar_one()
    return int(told)


def test_what_is_being_made_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    """Publishing does that once; a reader's file is written as SQLite does by itself."""
    first = Store.create(sqlite_url(tmp_path / "one.sqlite"))
    second = Store.derive(sqlite_url(tmp_path / "two.sqlite"), None, first)
    reader = Store(sqlite_url(tmp_path / "two.sqlite"))
    assert [_synchronous(one) for one in (first, second)] == [0, 0]
    assert _synchronous(reader) > 0
    assert is_sound(reader.engine)
    for store in (first, second, reader):
        store.close()


def test_a_store_that_is_given_up_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    store = Store.create(sqlite_url(path))
    assert path.is_file()
    store.abandon()
    assert not path.exists()
    store.abandon()  # once more does no harm


def test_a_database_in_memory_is_not_copied(tmp_path: Path) -> None:
    memory = Store.create("sqlite://")
    with pytest.raises(ValueError, match="memory"):
        Store.derive(sqlite_url(tmp_path / "two.sqlite"), None, memory)
    memory.close()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("gewoon", "gewoon"),
        ("a\0b", "a\uf8f00b"),
        ("a\uf8f0b", "a\uf8f01b"),
        ("\0\uf8f00", "\uf8f00\uf8f010"),
        (None, None),
    ],
)
def test_a_server_gets_text_without_nul_and_gives_it_back(
    text: str | None, written: str | None
) -> None:
    kind = _ServerText()
    assert kind.process_bind_param(text, None) == written
    assert kind.process_result_value(written, None) == text
