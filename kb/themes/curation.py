"""What curators decided: a passage is, or is not, evidence on a theme.

One JSON object a line, only ever added to. A decision holds for the id of its passage.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from filelock import FileLock

from kb.errors import InputFileError, sentence
from kb.records import Problem


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One decision. `date` is ISO; the last decision on a passage and theme holds."""

    passage: str
    theme: str
    evidence: bool
    curator: str = ""
    date: str = ""
    note: str = ""


def read_curation(path: Path) -> tuple[Decision, ...]:
    """All decisions in the file, oldest first; none when there is no file.

    A last line that was cut short by a crash is left out; `torn_line` tells of it.

    Raises:
        InputFileError: another line is no decision; it names the line.
    """
    found = []
    lines = _lines(path)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=Decision))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if number == len(lines):
                break  # a whole decision ends in a newline, after which a line is empty
            reason = sentence("curation_line", {"detail": str(error)})
            raise InputFileError(
                path=str(path), line=number, reason=reason
            ) from None
    return tuple(found)


def torn_line(path: Path) -> Problem | None:
    """The problem that the file ends in half a decision, or None."""
    last = _lines(path)[-1]
    try:
        msgspec.json.decode(last or b"{}")
    except msgspec.DecodeError:
        values = {"path": str(path), "line": len(_lines(path))}
        return Problem("curation", "curation_torn", values=values)
    return None


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n") if path.is_file() else [b""]


def add_decision(path: Path, decision: Decision) -> None:
    """Append one decision, whole and on the disk, or leave the file as it was.

    Half a line that a crash left at the end is put aside in a file `.torn` beside it.

    Raises:
        OSError: the disk is full, or the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    line = msgspec.json.encode(decision) + b"\n"
    # Two curators at once wait for one another: their lines do not mix.
    with FileLock(path.with_name(f".{path.name}.lock")):
        if torn_line(path):
            _put_aside(path)
        elif _lines(path)[-1]:
            line = b"\n" + line  # a whole decision, typed without its newline
        _append(path, line)


def _put_aside(path: Path) -> None:
    """Move what stands behind the last newline to a file beside."""
    last = _lines(path)[-1]
    _append(path.with_name(f"{path.name}.torn"), last + b"\n")
    os.truncate(path, path.stat().st_size - len(last))


def _append(path: Path, line: bytes) -> None:
    """Write all of a line and have it on the disk, or none of it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    end = os.fstat(descriptor).st_size
    try:
        while line:  # a disk that fills up takes part of a line
            line = line[os.write(descriptor, line) :]
        os.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.truncate(path, end)
        raise
    finally:
        os.close(descriptor)


def decided(decisions: Iterable[Decision]) -> Mapping[tuple[str, str], bool]:
    """(passage, theme) → evidence; the last word holds."""
    return {(d.passage, d.theme): d.evidence for d in decisions}
