"""Records move between stores without loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kb.cli.copy import command
from kb.errors import CopyDiffersError, StoreTakenError
from kb.generations import create_store, new_generation, open_store, publish
from kb.records import Citation, Document, Passage, Tag, Work
from kb.settings import Settings
from kb.store import Store, sqlite_url
from kb.store.copying import copy
from kb.store.schema import TABLES

RECORDS: list[Any] = [
    Document("bos2016", "bos.pdf", "Wijkteams \uf8f0", ("Bos",), 2016),
    Passage("b1", "bos2016", "Met een nul: \0.", 0, section=("1", "1.1")),
    Passage("b2", "bos2016", "De werkdruk is hoog.", 1),
    Tag("b2", "B3", 0.7),
    Citation("b2", "Vos, 2020", 2, 5),
    Citation("b2", "Vos, 2020", 2, 5, work="w1"),
    Work("w1", {"title": "Druk", "issued": {"date-parts": [[2020]]}}),
]


def filled(store: Store) -> Store:
    for record in RECORDS:
        store.add([record])
    store.put("built", {"name": "eerste"})
    return store


def everything(store: Store) -> list[Any]:
    found: list[Any] = []
    for record in TABLES:
        found += store.each(record)
    return found


@pytest.mark.system
@pytest.mark.slow
def test_records_go_to_a_server_and_back(
    database: str, tmp_path: Path
) -> None:
    first = filled(Store.create(sqlite_url(tmp_path / "one.sqlite")))
    second = Store.create(database, "kb_copy_1")
    third = Store.create(sqlite_url(tmp_path / "two.sqlite"))
    assert copy(first, second).total == copy(second, third).total
    assert everything(first) == everything(second) == everything(third)
    for store in (first, second, third):
        store.close()


def test_every_record_is_copied_and_counted(tmp_path: Path) -> None:
    first = filled(Store.create(sqlite_url(tmp_path / "one.sqlite")))
    second = Store.create(sqlite_url(tmp_path / "two.sqlite"))
    copied = copy(first, second)
    assert everything(second) == everything(first)
    assert copied.counts["citations"] == 2
    assert copied.total == len(RECORDS) + 1  # the fact of when it was built
    first.close()
    second.close()


def test_a_copy_that_is_not_the_same_is_refused(tmp_path: Path) -> None:
    first = filled(Store.create(sqlite_url(tmp_path / "one.sqlite")))
    second = Store.create(sqlite_url(tmp_path / "two.sqlite"))
    second.add([Document("other", "x.pdf", "Stond er al")])
    with pytest.raises(CopyDiffersError, match="documents"):
        copy(first, second)
    first.close()
    second.close()


def test_a_record_that_changed_on_the_way_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many records with the same keys are not yet the same records."""
    first = filled(Store.create(sqlite_url(tmp_path / "one.sqlite")))
    second = Store.create(sqlite_url(tmp_path / "two.sqlite"))
    add = second.add

    def spoilt(records: Any) -> None:
        listed = list(records)
        add(
            replace(one, text="Anders.") if isinstance(one, Passage) else one
            for one in listed
        )

    monkeypatch.setattr(second, "add", spoilt)
    with pytest.raises(CopyDiffersError, match="passages"):
        copy(first, second)
    first.close()
    second.close()


def _built(settings: Settings) -> None:
    folder = new_generation(settings.index_dir, "20260101")
    filled(create_store(settings, folder)).close()
    publish(settings.index_dir, folder)


def test_a_place_that_is_taken_is_left_alone(settings: Settings) -> None:
    _built(settings)
    ran = CliRunner().invoke(
        command(), ["sqlite", "--index", str(settings.index_dir)]
    )
    assert isinstance(ran.exception, StoreTakenError)


@pytest.mark.system
@pytest.mark.slow
def test_the_command_copies_the_generation_in_use(
    settings: Settings, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _built(settings)
    arguments = [database, "--index", str(settings.index_dir)]
    ran = CliRunner().invoke(command(), arguments)
    assert ran.exit_code == 0, ran.output
    assert "kb@" not in ran.output
    again = CliRunner().invoke(command(), arguments)
    assert isinstance(again.exception, StoreTakenError)
    there = open_store(replace(settings, database_url=database))
    here = open_store(settings)
    assert everything(there) == everything(here)
    there.close()
    here.close()


@pytest.mark.system
@pytest.mark.slow
def test_a_copy_that_fails_leaves_the_place_free(
    settings: Settings, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kb.store.copying

    _built(settings)
    arguments = [database, "--index", str(settings.index_dir)]
    with monkeypatch.context() as patched:
        patched.setattr(kb.store.copying, "_digest", lambda *_: object())
        failed = CliRunner().invoke(command(), arguments)
        assert isinstance(failed.exception, CopyDiffersError)
    again = CliRunner().invoke(command(), arguments)
    assert again.exit_code == 0, again.output
