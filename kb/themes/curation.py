"""What curators decided: a passage is, or is not, evidence on a theme.

One JSON object a line, only ever added to. A decision holds for the id of its passage, and
its note may tell a reader of the file what the passage was about.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from kb.errors import InputFileError, sentence


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One decision; `date` is ISO. The last one on a passage and theme holds."""

    passage: str
    theme: str
    evidence: bool
    curator: str = ""
    date: str = ""
    note: str = ""


def read_curation(path: Path) -> tuple[Decision, ...]:
    """All decisions in the file, oldest first; none when there is no file.

    Raises:
        InputFileError: a line that is no decision, with its number.
    """
    if not path.is_file():
        return ()
    lines = enumerate(path.read_bytes().split(b"\n"), start=1)
    return tuple(_decision(path, at, line) for at, line in lines if line.strip())


def _decision(path: Path, number: int, line: bytes) -> Decision:
    try:
        return msgspec.json.decode(line, type=Decision)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = sentence("curation_line", {"detail": str(error)})
        raise InputFileError(path=str(path), line=number, reason=reason) from None


def add_decision(path: Path, decision: Decision) -> None:
    """Append one decision.

    It is a single write, so that two curators at once do not mix their lines.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    line = msgspec.json.encode(decision) + b"\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def decided(decisions: Iterable[Decision]) -> Mapping[tuple[str, str], bool]:
    """(passage, theme) → evidence; the last word holds."""
    return {(d.passage, d.theme): d.evidence for d in decisions}
