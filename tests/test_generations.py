"""A generation is published whole; readers keep the old one until then."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from kb.errors import (
    NoIndexError,
    NoOlderIndexError,
    OldIndexError,
    SettingError,
    sentence,
)
from kb.generations import (
    current,
    drop_old_records,
    in_use,
    leave,
    new_generation,
    open_store,
    publish,
    roll_back,
    schema_prefix,
)
from kb.settings import Settings
from kb.store import Store


def test_unpublished_generation_is_not_in_use(tmp_path: Path) -> None:
    publish(tmp_path, new_generation(tmp_path, "1"))
    new_generation(tmp_path, "2")
    assert current(tmp_path).name == "1"


def test_only_the_newest_generations_are_kept(tmp_path: Path) -> None:
    for name in "1234":
        publish(tmp_path, new_generation(tmp_path, name), keep=2)
    assert sorted(p.name for p in (tmp_path / "generations").iterdir()) == [
        "3",
        "4",
    ]
    assert current(tmp_path).name == "4"


def test_missing_index_gives_advice(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="kb build"):
        current(tmp_path)


def test_index_of_another_format_gives_advice(tmp_path: Path) -> None:
    folder = publish(tmp_path, new_generation(tmp_path, "1"))
    (folder / "meta.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(OldIndexError, match="format 0"):
        current(tmp_path)


@pytest.mark.parametrize("damage", ["", "nonsense", "{}", '{"format": "x"'])
def test_damaged_index_gives_advice_and_no_traceback(
    tmp_path: Path, damage: str
) -> None:
    folder = publish(tmp_path, new_generation(tmp_path, "1"))
    (folder / "meta.json").write_text(damage, encoding="utf-8")
    with pytest.raises(NoIndexError):
        current(tmp_path)


def test_leftovers_of_a_killed_build_are_cleared_by_the_next(
    tmp_path: Path,
) -> None:
    killed = new_generation(tmp_path, "1")
    following = new_generation(tmp_path, "2")
    assert (killed.exists(), following.exists()) == (False, True)


def _published(index: Path, name: str, text: str = "x") -> Path:
    folder = new_generation(index, name)
    (folder / "engine").mkdir()
    (folder / "engine" / "a").write_text(text, encoding="utf-8")
    return publish(index, folder, keep=2)


def test_going_back_uses_the_generation_before_and_keeps_it(
    tmp_path: Path,
) -> None:
    for name in "12":
        _published(tmp_path, name)
    assert roll_back(tmp_path).name == "1" == current(tmp_path).name
    with pytest.raises(NoOlderIndexError, match="--force"):
        roll_back(tmp_path)
    _published(tmp_path, "3")
    left = sorted(path.name for path in (tmp_path / "generations").iterdir())
    assert (current(tmp_path).name, left) == ("3", ["1", "3"])


def test_going_back_from_nothing_gives_advice(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="kb build"):
        roll_back(tmp_path)


def test_older_clock_does_not_cost_what_is_current(tmp_path: Path) -> None:
    for name in ("8", "9", "3"):
        _published(tmp_path, name)
    assert current(tmp_path).name == "3"
    assert new_generation(tmp_path).name.removeprefix(".") > "9"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """An index folder with two generations."""
    for name in "12":
        _published(tmp_path, name)
    return tmp_path


def test_generation_that_is_cut_short_is_left_for_the_one_before_it(
    two: Path,
) -> None:
    (current(two) / "engine" / "a").write_text("", encoding="utf-8")
    found = in_use(two)
    assert (found.folder.name, found.files) == ("1", ("engine/a",))
    assert found.left is not None
    assert found.left.name == "2"
    told = found.problem()
    assert told is not None
    assert "'2'" in sentence(told.code, told.values)


@pytest.mark.parametrize("gone", ["meta.json", "checksums.json", ""])
def test_generation_that_lost_its_files_is_left(two: Path, gone: str) -> None:
    path = current(two) / gone
    if gone:
        path.unlink()
    else:
        shutil.rmtree(path)
    assert in_use(two).folder.name == "1"


@pytest.mark.parametrize(
    "name",
    [b"", b" \n", b"../generations/2", b"/etc", b".2", b"\xff\xfe", None],
)
def test_newest_whole_index_answers_where_its_name_is_lost(
    two: Path, name: bytes | None
) -> None:
    (two / "current").unlink()
    if name is not None:
        (two / "current").write_bytes(name)
    found = in_use(two)
    assert (found.folder.name, found.files) == ("2", ("current",))
    assert found.problem() is not None
    (found.folder / "engine" / "a").unlink()
    assert in_use(two).folder.name == "1"
    _published(two, "3")
    assert (current(two).name, in_use(two).problem()) == ("3", None)


def test_flipped_bit_is_found_by_reading_all_and_remembered(two: Path) -> None:
    newest = current(two)
    assert not leave(newest)
    (newest / "engine" / "a").write_text("y", encoding="utf-8")
    assert current(two) == newest
    assert leave(newest)
    found = in_use(two)
    assert (found.folder.name, found.files) == ("1", ("engine/a",))


def test_damaged_generation_without_a_whole_one_before_it_serves_on(
    two: Path,
) -> None:
    for folder in (two / "generations").iterdir():
        (folder / "engine" / "a").unlink()
    assert (current(two).name, in_use(two).problem()) == ("2", None)


def test_whole_generation_is_kept_when_a_damaged_one_is_replaced(
    two: Path,
) -> None:
    (current(two) / "engine" / "a").unlink()
    _published(two, "3")
    left = sorted(path.name for path in (two / "generations").iterdir())
    assert (current(two).name, left) == ("3", ["1", "3"])


def test_going_back_passes_a_damaged_generation(two: Path) -> None:
    folder = new_generation(two, "3")
    publish(two, folder, keep=3)
    (two / "generations" / "2" / "engine" / "a").unlink()
    assert roll_back(two).name == "1"


def test_damage_is_told_as_an_error(two: Path) -> None:
    (current(two) / "engine" / "a").unlink()
    told = in_use(two).problem()
    assert told is not None
    assert (told.document, told.severity) == ("index", "error")


def test_illegible_facts_are_named_though_their_size_is_right(
    two: Path,
) -> None:
    meta = current(two) / "meta.json"
    meta.write_text("x" * meta.stat().st_size, encoding="utf-8")
    found = in_use(two)
    assert (found.folder.name, found.files) == ("1", ("meta.json",))


def test_errors_name_the_folder_they_speak_of(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError) as none:
        current(tmp_path)
    (tmp_path / "current").write_text("weg\n", encoding="utf-8")
    with pytest.raises(NoIndexError) as gone:
        current(tmp_path)
    publish(tmp_path, new_generation(tmp_path, "1"))
    with pytest.raises(NoOlderIndexError) as alone:
        roll_back(tmp_path)
    for raised in (none, gone, alone):
        assert raised.value.values["path"] == tmp_path


def test_generation_just_left_stays_though_it_cannot_be_read(
    tmp_path: Path,
) -> None:
    """Files of a server may still be open, and `kb rollback` may want it."""
    for name in ("9", "3"):
        folder = _published(tmp_path, name)
        (folder / "meta.json").unlink()
    _published(tmp_path, "5")
    left = sorted(path.name for path in (tmp_path / "generations").iterdir())
    assert left == ["3", "5"]


def test_leftovers_that_are_no_folder_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "generations").mkdir()
    (tmp_path / "generations" / ".half").write_text("x", encoding="utf-8")
    assert new_generation(tmp_path, "1").is_dir()


def test_all_is_on_the_disk_before_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut leaves: nothing may be named that was not written before."""
    written: list[Path] = []
    sync = os.fsync

    def note(descriptor: int) -> None:
        named = (tmp_path / "current").exists()
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        written.append(path if not named else Path("later"))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    folder = new_generation(tmp_path, "1")
    (folder / "engine").mkdir()
    (folder / "engine" / "a").write_text("x", encoding="utf-8")
    publish(tmp_path, folder)
    whole = {folder, folder / "engine", folder / "engine" / "a"}
    whole |= {folder / "meta.json", folder / "checksums.json"}
    assert {*whole, folder.parent} <= set(written)
    assert written.index(folder / "engine" / "a") < written.index(folder)
    assert "later" in map(str, written)


SERVER = Settings(
    database_url="postgresql+psycopg://kb@127.0.0.1:1/kb",
    database_pool=3,
    database_seconds=7,
)


def test_records_on_a_server_are_asked_within_the_limits_of_the_settings(
    tmp_path: Path,
) -> None:
    """No connection is made before the first question."""
    pytest.importorskip("psycopg")
    there = replace(SERVER, index_dir=tmp_path)
    folder = publish(tmp_path, new_generation(tmp_path, "20261130T1015"))
    store = open_store(there)
    assert store.engine.pool.size() == 3  # type: ignore[attr-defined]
    assert store.schema == schema_prefix(there) + "20261130t1015"
    draft = open_store(there, folder.with_name(".20261130T1016"))
    assert draft.schema == schema_prefix(there) + "20261130t1016"


def test_schemas_of_a_folder_have_a_name_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one = schema_prefix(replace(SERVER, index_dir=Path("een")))
    assert re.fullmatch("kb_[0-9a-f]{8}_", one)
    assert one == schema_prefix(replace(SERVER, index_dir=tmp_path / "een"))
    assert one != schema_prefix(replace(SERVER, index_dir=Path("twee")))


def test_database_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    other = Settings(index_dir=tmp_path, database_url="mysql://kb@host/kb")
    with pytest.raises(SettingError) as raised:
        open_store(other, tmp_path / "1")
    told = raised.value.values
    assert (told["name"], told["value"]) == (
        "database_url",
        "mysql://kb@host/kb",
    )


class _Dropping:
    """A store that tells what it is asked to keep."""

    asked: tuple[str, set[str]] | None = None

    def drop_schemas(self, prefix: str, keep: set[str]) -> None:
        self.asked = (prefix, keep)


def test_records_of_folders_that_are_there_are_kept_on_a_server(
    two: Path,
) -> None:
    there = replace(SERVER, index_dir=two)
    new_generation(two, "3T")
    store = _Dropping()
    drop_old_records(there, cast(Store, store))
    prefix = schema_prefix(there)
    assert store.asked == (
        prefix,
        {f"{prefix}{name}" for name in ("1", "2", "3t")},
    )
    own = _Dropping()
    drop_old_records(Settings(index_dir=two), cast(Store, own))
    assert own.asked is None
