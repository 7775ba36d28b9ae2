"""Curators' decisions: added one a line, the last one holds, a broken line is named."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from kb.errors import InputFileError
from kb.themes import Decision, add_decision, read_curation
from kb.themes.curation import decided, torn_line


def test_decisions_come_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "corpus" / "curation.jsonl"
    first = Decision("p1", "B1", True, "Ans", "2026-11-24", "heldere zaak")
    second = Decision("p1", "B1", False)
    add_decision(path, first)
    add_decision(path, second)
    assert read_curation(path) == (first, second)
    assert decided(read_curation(path)) == {("p1", "B1"): False}


def test_no_file_means_no_decisions(tmp_path: Path) -> None:
    assert read_curation(tmp_path / "curation.jsonl") == ()


def test_curators_at_once_do_not_mix_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "curation.jsonl"
    threads = [
        threading.Thread(
            target=add_decision,
            args=(path, Decision(f"p{n}", "B1", True, note="x" * 500)),
        )
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {d.passage for d in read_curation(path)} == {
        f"p{n}" for n in range(20)
    }


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"passage": "p1"}',
        b'{"passage": "p1", "theme": "B1", "evidence": "ja"}',
        b"\xff",
    ],
)
def test_broken_line_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "curation.jsonl"
    add_decision(path, Decision("p1", "B1", True))
    with path.open("ab") as file:
        file.write(line + b"\n")
    with pytest.raises(InputFileError) as error:
        read_curation(path)
    assert error.value.values["line"] == 2


def test_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "curation.jsonl"
    add_decision(path, Decision("p1", "B1", True))
    before = path.read_bytes()
    real = os.write
    room = [20, 0]

    def nearly_full(descriptor: int, data: bytes) -> int:
        left = room.pop(0)
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data[:left])

    with monkeypatch.context() as patched:
        patched.setattr("kb.themes.curation.os.write", nearly_full)
        with pytest.raises(OSError, match="No space"):
            add_decision(path, Decision("p2", "B2", False))
    assert path.read_bytes() == before


@pytest.mark.parametrize("cut", [1, 12, 40])
def test_line_cut_short_by_a_crash_costs_itself_alone(
    tmp_path: Path, cut: int
) -> None:
    path = tmp_path / "curation.jsonl"
    for name in ("p1", "p2"):
        add_decision(path, Decision(name, "B1", True))
    path.write_bytes(path.read_bytes()[:-cut])
    whole = cut == 1  # only the newline is gone
    kept = ["p1", "p2"] if whole else ["p1"]
    assert [d.passage for d in read_curation(path)] == kept
    assert (torn_line(path) is None) == whole
    add_decision(path, Decision("p3", "B1", True))
    assert [d.passage for d in read_curation(path)] == [*kept, "p3"]
    assert torn_line(path) is None
    assert (tmp_path / "curation.jsonl.torn").exists() != whole
