"""A generation whose files were changed is found out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.checksums import SEAL, damaged, seal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "generation"
    (made / "engine").mkdir(parents=True)
    (made / "records.sqlite").write_bytes(b"records")
    (made / "engine" / "words.txt").write_bytes(b"zorg\nwijk")
    seal(made)
    return made


def test_files_as_they_were_left_are_sound(folder: Path) -> None:
    assert damaged(folder) == []


def test_what_was_changed_cut_short_or_removed_is_named(folder: Path) -> None:
    (folder / "records.sqlite").write_bytes(b"rexords")
    (folder / "engine" / "words.txt").write_bytes(b"zorg")
    assert damaged(folder) == ["engine/words.txt", "records.sqlite"]
    assert damaged(folder, deep=False) == ["engine/words.txt"]
    (folder / "records.sqlite").unlink()
    assert "records.sqlite" in damaged(folder, deep=False)


@pytest.mark.parametrize("seal_", [b"", b"{", b"[]", b'{"a": 1}'])
def test_a_broken_seal_is_named_itself(folder: Path, seal_: bytes) -> None:
    (folder / SEAL).write_bytes(seal_)
    assert damaged(folder) == [SEAL]


def test_a_file_shared_with_the_last_generation_keeps_its_checksum(
    folder: Path,
) -> None:
    newer = folder.with_name("newer")
    newer.mkdir()
    os.link(folder / "records.sqlite", newer / "records.sqlite")
    seal(newer, folder)
    assert damaged(newer) == []
    # Damage to the one file is damage to both generations.
    (folder / "records.sqlite").write_bytes(b"rexords")
    assert damaged(newer) == damaged(folder) == ["records.sqlite"]
