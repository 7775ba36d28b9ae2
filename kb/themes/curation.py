"""What curators decided: a passage is, or is not, evidence on a theme. One JSON object a line, only ever added to.

A decision keeps the first words of its passage, so that a reader of the file sees what it was about; it holds for the passage's id.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from kb.errors import InputFileError, sentence


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One decision. `date` is ISO; the last decision on a passage and theme holds."""

    passage: str
    theme: str
    evidence: bool
    curator: str = ""
    date: str = ""
    note: str = ""


def read_curation(path: Path) -> tuple[Decision, ...]:
    """All decisions in the file, oldest first; none when there is no file. Raises InputFileError with the line."""
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=Decision))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputFileError(
                path=str(path),
                line=number,
                reason=sentence("curation_line", {"detail": str(error)}),
            ) from None
    return tuple(found)


def add_decision(path: Path, decision: Decision) -> None:
    """Append one decision in a single write, so that two curators at once do not mix their lines."""
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
