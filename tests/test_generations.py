"""A generation is published whole; readers keep the old one until then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.errors import (
    NoIndexError,
    NoOlderIndexError,
    OldIndexError,
    sentence,
)
from kb.generations import (
    current,
    in_use,
    leave,
    new_generation,
    publish,
    roll_back,
)


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


def test_flipped_bit_is_found_by_reading_all_and_remembered(two: Path) -> None:
    newest = current(two)
    assert not leave(newest)
    (newest / "engine" / "a").write_text("y", encoding="utf-8")
    assert current(two) == newest
    assert leave(newest)
    assert in_use(two).folder.name == "1"


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
