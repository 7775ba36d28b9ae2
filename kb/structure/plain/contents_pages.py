"""The page that the table of contents of a plain text gives for each heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.dutch.fold import letters
from kb.structure.plain.rows import Chunk

_LINE = re.compile(
    r"(?P<title>.*?[^\W\d]{3}.*?)\s*(?:[.…·_]{3,}|(?:\s[.…]){3,}|\t)(?:.*\D)?"
    r"(?P<page>[1-9]\d{0,2})$"
)
_FIRST_NUMBER = re.compile(r"\d*")
_DENSE = 6  # chunks between two lines of one table of contents
_LEAST_TITLE = 6  # letters
_LEAST_ENTRIES = 4
_SPARE = 0.3  # of the length of a title by which a heading may differ
_ALIKE = 84  # per cent of likeness that makes them one


def contents_numbers(chunks: Sequence[Chunk]) -> dict[int, int]:
    """The promised page of a heading, by the chunk in which the heading stands."""
    entries, place = _entries(chunks)
    if len(entries) < _LEAST_ENTRIES:
        return {}
    found: dict[int, int] = {}
    for title, page in entries:
        at = _heading_after(chunks, place, title)
        if at is not None:
            found[at] = page
            place = at
    return found


def _entries(chunks: Sequence[Chunk]) -> tuple[list[tuple[str, int]], int]:
    """Titles (letters only) with their pages, and the chunk in which the last stands."""
    lines = [
        (at, match)
        for at, chunk in enumerate(chunks)
        for row in chunk
        if row.text[-1].isdigit() and (match := _LINE.match(row.text))
    ]
    dense = [
        line
        for i, line in enumerate(lines)
        if not i or line[0] - lines[i - 1][0] <= _DENSE
    ]
    titles = [
        (letters(m.group("title")), int(m.group("page"))) for _, m in dense
    ]
    entries = [
        (title, page) for title, page in titles if len(title) >= _LEAST_TITLE
    ]
    return entries, dense[-1][0] if dense else 0


def _heading_after(
    chunks: Sequence[Chunk], place: int, title: str
) -> int | None:
    """The first chunk after a place that is the heading of this title."""
    from rapidfuzz.fuzz import ratio

    number = _number_of(title)
    for at in range(place + 1, len(chunks)):
        text = _heading_text(chunks[at])
        near = abs(len(text) - len(title)) <= _SPARE * len(title)
        if (
            near
            and _number_of(text) == number
            and ratio(text, title) >= _ALIKE
        ):
            return at
    return None


def _heading_text(chunk: Chunk) -> str:
    """The letters of a chunk of a line or two, or of the first line of a longer one."""
    lines = chunk[:2] if len(chunk) <= 2 else chunk[:1]
    return letters(" ".join(row.text for row in lines))


def _number_of(text: str) -> str:
    match = _FIRST_NUMBER.match(text)
    return match.group() if match else ""
