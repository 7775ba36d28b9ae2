"""Where are the decisions kept? One JSON object a line in `curation.jsonl`, only added to.

An event is one write, then one fsync, under a lock: a kill costs at most the event that was
being written. A line that a crash cut short is put aside in a file `.torn`; one that was
spoilt by hand is left out and named with its number.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from filelock import FileLock

from kb.curation.events import Event, checked, event_of
from kb.curation.state import State
from kb.errors import KbError
from kb.records import Problem

FILE = "curation.jsonl"
_TAIL = 256  # bytes before the end by which a file is known again
_PIECE = 65_536  # a whole line fits many times: events have at most some 50 kB


class DecidedMeanwhileError(KbError):
    """Somebody else decided on the same thing since the page was made."""

    code, status = "decided_meanwhile", 409


class LogNoFileError(KbError):
    """What should be the log is a pipe, a device or a folder: reading it may never end."""

    code, status = "log_no_file", 503


class Log:
    """The decisions of one corpus, followed as the file grows.

    Reading costs what was added since the last time. Safe for threads and processes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.state = State()
        self.problems: list[Problem] = []
        self._lock = threading.RLock()
        self._forget()

    def _forget(self) -> None:
        self.state = State()
        self.problems = []
        self._read = 0  # bytes
        self._lines = 0
        self._tail = b""
        self._stamp: tuple[int, ...] = ()
        self._met: Counter[bytes] = Counter()

    def follow(self) -> State:
        """What holds now, with what others have added. Raises LogNoFileError."""
        with self._lock:
            stamp = self._stat()
            if stamp != self._stamp:
                self._take_in()
                self._stamp = stamp
            return self.state

    def _stat(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError:
            return ()
        if not stat.S_ISREG(found.st_mode):
            raise LogNoFileError(path=self.path)
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _take_in(self) -> None:
        content = self._added()
        if content is None:
            self._forget()
            content = self._added() or b""
        whole = content.rfind(b"\n") + 1
        self.problems = [p for p in self.problems if p.code != "curation_torn"]
        for line in content[:whole].splitlines():
            self._take(line)
        self._read += whole
        self._tail = (self._tail + content[:whole])[-_TAIL:]
        if content[whole:].strip():
            self._take_last(content[whole:])

    def _added(self) -> bytes | None:
        """What stands behind what was read; None where the file is another one."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._read - len(self._tail))
                if file.read(len(self._tail)) != self._tail:
                    return None
                return file.read()
        except OSError:
            return b"" if not self._read else None

    def _take(self, line: bytes) -> None:
        self._lines += 1
        if not line.strip():
            return
        self._met[line] += 1
        try:
            self.state.take(event_of(line, self._met[line]))
        except (ValueError, msgspec.DecodeError) as error:
            self._told("curation_line", self._lines, str(error))

    def _take_last(self, line: bytes) -> None:
        """A line without its end: whole but for that, or cut short by a crash."""
        try:
            self.state.take(event_of(line, self._met[line] + 1))
        except (ValueError, msgspec.DecodeError):
            self._told("curation_torn", self._lines + 1)

    def _told(self, code: str, line: int, detail: str = "") -> None:
        values = {"path": str(self.path), "line": line, "detail": detail}
        self.problems.append(Problem("curation", code, values=values))

    def add(self, events: Sequence[Event], seen: str | None = None) -> State:
        """Write events, whole and on the disk, or leave the file as it was.

        Args:
            events: decisions on one target, written in one go.
            seen: the version of the target that the curator saw; None does not ask.

        Returns:
            what holds then.

        Raises:
            DecidedMeanwhileError: the target has another version by now.
            OSError: the disk is full, or the file cannot be written.
        """
        lines = b"".join(
            msgspec.json.encode(checked(e)) + b"\n" for e in events
        )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Two curators at once wait for one another: their lines do not mix.
        with self._lock, FileLock(lock_of(self.path)):
            state = self.follow()
            for event in events:
                if seen is not None and state.version(event.target) != seen:
                    raise DecidedMeanwhileError(id=event.target)
            _append(self.path, lines)
            return self.follow()


def lock_of(path: Path) -> Path:
    """The lock that whoever writes to a log holds."""
    return path.with_name(f".{path.name}.lock")


def read_log(path: Path) -> Log:
    """All decisions in a file, with what is wrong in it; none when there is no file."""
    log = Log(path)
    log.follow()
    return log


def write_events(path: Path, events: Iterable[Event]) -> None:
    """Add events to a log. Raises OSError."""
    Log(path).add(list(events))


def _append(path: Path, lines: bytes) -> None:
    """Write all of some lines and have them on the disk, or none of them.

    What a crash left behind the last end of a line is put aside first, or, where only
    that end is missing, ended.
    """
    last = _behind_last_end(path)
    if last:
        lines = b"\n" + lines
        if not _is_whole(last):
            _put_aside(path, last)
            lines = lines[1:]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    end = os.fstat(descriptor).st_size
    try:
        while lines:  # a disk that fills up takes part of a line
            lines = lines[os.write(descriptor, lines) :]
        os.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.truncate(path, end)
        raise
    finally:
        os.close(descriptor)


def _is_whole(line: bytes) -> bool:
    try:
        event_of(line)
    except (ValueError, msgspec.DecodeError):
        return False
    return True


def _behind_last_end(path: Path) -> bytes:
    """What stands behind the last newline of a file, read from its end."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        size = at = file.seek(0, os.SEEK_END)
        found = b""
        while at and b"\n" not in found:
            at = max(0, at - _PIECE)
            file.seek(at)
            found = file.read(size - at)
    return found[found.rfind(b"\n") + 1 :]


def _put_aside(path: Path, last: bytes) -> None:
    """Move half a line to a file beside, safe there before it goes here."""
    aside = path.with_name(f"{path.name}.torn")
    with aside.open("ab") as file:
        file.write(last + b"\n")
        file.flush()
        os.fsync(file.fileno())
    os.truncate(path, path.stat().st_size - len(last))
