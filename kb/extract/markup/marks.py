"""Private characters by which a reader tells the tree what its format cannot carry.

They stand in the text handed to pandoc and are taken out where blocks are made; text
never holds them, for they are taken out of what comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

PAGE = "\ue000"  # a page begins here
NUMBER, NUMBER_END = (
    "\ue001",
    "\ue002",
)  # around the printed number of a list item
NOTE, NOTE_END = (
    "\ue003",
    "\ue004",
)  # around the place of a note among those set apart
INSERT, INSERT_END = (
    "\ue005",
    "\ue006",
)  # around the place of a file that is inserted
CONTENTS = "\ue007"  # a line of a table of contents
NOTED = "\ue008"  # the mark of a note that pandoc holds itself
_HEADING = 0xE010  # and up: a paragraph set as a heading, by how large it is
_HEADINGS = 12

ANY = re.compile("[\ue000-\ue01f]")
_NUMBERED = re.compile(f"^\\s*{NUMBER}([^{NUMBER_END}]*){NUMBER_END}\\s*")
_NOTES = re.compile(f"\\s*{NOTE}(\\d+){NOTE_END}")
_INSERTED = re.compile(f"{INSERT}(\\d+){INSERT_END}")


def numbered(label: str) -> str:
    """The mark of an item with a printed number."""
    return f"{NUMBER}{label}{NUMBER_END}"


def number_of(text: str) -> tuple[str | None, str]:
    """The printed number at the front of a text, if it has one, and the text after it."""
    match = _NUMBERED.match(text)
    return (match.group(1), text[match.end() :]) if match else (None, text)


def note(place: int) -> str:
    """The mark of a note that was set apart."""
    return f"{NOTE}{place}{NOTE_END}"


def notes_of(text: str) -> tuple[list[int], str]:
    """The places of the notes marked in a text, and the text without those marks."""
    return [int(place) for place in _NOTES.findall(text)], _NOTES.sub("", text)


def printed(text: str, own: Iterable[str], apart: Sequence[str]) -> str:
    """A text with the marks of its notes as they are printed.

    Args:
        text: with our marks.
        own: the marks of notes that pandoc holds, in order.
        apart: the marks of all notes set apart.

    >>> printed(f"Zo.{NOTED} Dus.{note(0)}", ["1"], ["*"])
    'Zo.1 Dus.*'
    """
    numbers = iter(own)
    text = re.sub(NOTED, lambda _: next(numbers, ""), text)

    def mark(match: re.Match[str]) -> str:
        place = int(match.group(1))
        return apart[place] if place < len(apart) else ""

    return _NOTES.sub(mark, text)


def inserted(place: int) -> str:
    """The mark of a file that is inserted here."""
    return f"{INSERT}{place}{INSERT_END}"


def insert_of(text: str) -> int | None:
    """The place of the inserted file that a text stands for."""
    match = _INSERTED.search(text)
    return int(match.group(1)) if match else None


def heading(rank: int) -> str:
    """The mark of a paragraph set as a heading; rank 1 is the largest type."""
    return chr(_HEADING + min(rank, _HEADINGS))


def rank_of(text: str) -> int | None:
    """The rank of a paragraph set as a heading."""
    first = ord(text[0]) - _HEADING if text else -1
    return first if 0 < first <= _HEADINGS else None


def without(text: str) -> str:
    """A text from outside, in which none of these may stand."""
    return ANY.sub("", text)
