"""The cover of a thesis: its title and its writer stand above the line that names the degree."""

from __future__ import annotations

import re

from kb.bibliography.names import is_given, is_initials
from kb.structure.metadata.front import Front

_DEGREE = re.compile(
    r"(?:(?:academisch\s)?proefschrift|(?:bachelor|master|afstudeer)?(?:scriptie|proef|thesis)|"
    r"eindwerk|thesis|afstudeerverslag)\b.{0,40}?"
    r"\b(?:voorgedragen|ingediend|ter verkrijging|tot het (?:bekomen|verkrijgen|behalen))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_][\w’'.-]*\s){1,5}[A-Z][\w’'-]+")
_LONGEST_NAME = 50  # characters


def on_thesis_cover(front: Front) -> tuple[str, str]:
    """The title and the writer of a thesis, ("", "") where the cover is of something else.

    >>> lines = ["Faculteit Zorg", "Pleinen", "Anna Prins", "Scriptie ingediend tot het bekomen"]
    >>> on_thesis_cover(Front((), lines))
    ('Pleinen', 'Anna Prins')
    """
    for at, line in enumerate(front.lines):
        if not _DEGREE.match(line) or at < 2:
            continue
        title, writer = front.lines[at - 2], front.lines[at - 1]
        return (title, writer) if _is_person(writer) else ("", "")
    return "", ""


def _is_person(line: str) -> bool:
    """Whether a line is a name in full, and nothing else."""
    first = line.split(" ")[0]
    named = is_given(first) or is_initials(first)
    short = len(line) <= _LONGEST_NAME
    return short and named and _NAME.fullmatch(line) is not None
