"""The log: added to line by line, whole after any crash, read with what is wrong in it."""

from __future__ import annotations

import errno
import os
import threading
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.curation import Event, Log, new_event, read_log, write_events
from kb.curation.log import DecidedMeanwhileError, LogNoFileError

EARLIER = (
    b'{"passage":"p1","theme":"B1","evidence":%s,"curator":"Ans",'
    b'"date":"2026-11-24","note":""}\n'
)


def theme(target: str, view: str | None = "evidence", **rest: str) -> Event:
    return new_event("theme", target, view, field="B1", **rest)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpus" / "curation.jsonl"


def test_events_come_back_as_they_were(path: Path) -> None:
    first = theme("p1", by="Ans", note="heldere zaak", words="Wat er stond.")
    second = theme("p1", "none")
    write_events(path, [first])
    write_events(path, [second])
    state = read_log(path).state
    assert state.events == [first, second]
    assert state.value("theme", "p1", "B1") == "none"


def test_no_file_means_no_decisions(path: Path) -> None:
    assert read_log(path).state.events == []


def test_lines_from_before_events_are_read_and_keep_their_id(
    path: Path,
) -> None:
    path.parent.mkdir()
    path.write_bytes(
        EARLIER % b"true" + EARLIER % b"false" + EARLIER % b"true"
    )
    first, second = read_log(path).state, read_log(path).state
    assert [e.after for e in first.events] == ["evidence", "none", "evidence"]
    assert [e.id for e in first.events] == [e.id for e in second.events]
    assert len({e.id for e in first.events}) == 3
    assert first.events[0].by == "Ans"


def test_curators_at_once_do_not_mix_their_lines(path: Path) -> None:
    def decide(number: int) -> None:
        write_events(path, [theme(f"p{number}", note="x" * 500)])

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = read_log(path)
    assert {e.target for e in log.state.events} == {f"p{n}" for n in range(20)}
    assert log.problems == []


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"passage": "p1"}',
        b'{"passage": "p1", "theme": "B1", "evidence": "ja"}',
        b'{"id":"1","time":"","by":"","kind":"theme","target":"p1","after":"maybe"}',
        b'{"id":"1","time":"","by":"","kind":"colour","target":"p1"}',
        b"\xff",
        b"[]",
    ],
)
def test_spoilt_line_is_named_and_costs_itself_alone(
    path: Path, line: bytes
) -> None:
    for number in range(299):
        theme_line = msgspec.json.encode(theme(f"p{number}"))
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.write(theme_line + b"\n")
    with path.open("ab") as file:
        file.write(line + b"\n")
    write_events(path, [theme("last")])
    log = read_log(path)
    assert len(log.state.events) == 300
    (problem,) = log.problems
    assert (problem.code, problem.values["line"]) == ("curation_line", 300)
    assert problem.values["path"] == str(path)


def test_full_disk_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_events(path, [theme("p1")])
    before = path.read_bytes()
    real = os.write
    room = [20, 0]

    def nearly_full(descriptor: int, data: bytes) -> int:
        left = room.pop(0)
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data[:left])

    with monkeypatch.context() as patched:
        patched.setattr("kb.curation.log.os.write", nearly_full)
        with pytest.raises(OSError, match="No space"):
            write_events(path, [theme("p2", "none")])
    assert path.read_bytes() == before


@given(cut=st.integers(1, 400))
def test_line_cut_short_by_a_crash_costs_itself_alone(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "curation.jsonl"
    events = [theme(f"p{n}", words="Wijkteams." * 5) for n in range(3)]
    for event in events:
        write_events(path, [event])
    content = path.read_bytes()[:-cut]
    path.write_bytes(content)
    whole = [e for e in events if msgspec.json.encode(e) in content]
    log = Log(path)
    assert log.follow().events == whole
    after = theme("p9")
    log.add([after])
    assert log.follow().events == [*whole, after]
    assert read_log(path).state.events == [*whole, after]
    assert read_log(path).problems == []
    half = content.count(b"\n") < len(whole) or content.endswith(b"\n")
    torn = path.with_name("curation.jsonl.torn")
    assert torn.exists() != (half or not content)


def test_what_others_add_is_seen_and_a_file_put_in_its_place_too(
    path: Path,
) -> None:
    mine, other = Log(path), Log(path)
    mine.add([theme("p1")])
    other.add([theme("p2")])
    assert [e.target for e in mine.follow().events] == ["p1", "p2"]
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[1])
    assert [e.target for e in mine.follow().events] == ["p2"]
    path.write_bytes(lines[0] + lines[1] + lines[1])
    assert [e.target for e in mine.follow().events] == ["p1", "p2"]


def test_who_saw_an_older_version_is_told_and_writes_nothing(
    path: Path,
) -> None:
    log = Log(path)
    log.add([theme("p1")], seen="")
    seen = log.follow().version("p1")
    log.add([theme("p1", "none")], seen=seen)
    before = path.read_bytes()
    with pytest.raises(DecidedMeanwhileError):
        log.add([theme("p1", "mention")], seen=seen)
    assert path.read_bytes() == before


def test_fifty_thousand_events_are_read_within_five_seconds(
    path: Path,
) -> None:
    path.parent.mkdir()
    lines = [
        msgspec.json.encode(theme(f"p{n % 9000}", words="Wijkteams. " * 60))
        for n in range(50_000)
    ]
    path.write_bytes(b"\n".join(lines) + b"\n")
    began = time.process_time()
    state = read_log(path).state
    assert time.process_time() - began < 5
    assert len(state.events) == 50_000


def test_a_pipe_or_a_folder_is_no_log_and_keeps_nobody_waiting(
    tmp_path: Path,
) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(LogNoFileError):
            read_log(path)
        with pytest.raises(LogNoFileError):
            write_events(path, [new_event("theme", "p", "none", field="B7")])
