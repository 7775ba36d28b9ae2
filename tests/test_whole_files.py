"""A file is the old one or the new one, whatever happens while it is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.whole_files import PRIVATE, write_whole


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"oud")
    write_whole(tmp_path / "a", b"nieuw")
    assert files(tmp_path) == {"a": b"nieuw"}


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_takes_no_more_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write_whole(tmp_path / "a", b"oud")

    def full(*_given: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="full"):
        write_whole(tmp_path / "a", b"nieuw")
    assert files(tmp_path) == {"a": b"oud"}


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".a.{os.getpid()}.part").write_bytes(b"half")
    write_whole(tmp_path / "a", b"nieuw")
    assert files(tmp_path) == {"a": b"nieuw"}


def test_a_private_file_is_readable_for_its_owner_only(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"x", PRIVATE)
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
