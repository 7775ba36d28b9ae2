"""Numbered references: "[3]", "[2, 5-7]"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.records import Citation, Passage

_BRACKET = re.compile(
    r"\[(?P<n>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)(?:\s?,\s?p\.?\s?(?P<p>\d{1,4}(?:-\d{1,4})?))?\]"
)
_NUMBER = re.compile(r"(?P<a>\d{1,3})(?:\s?[–-]\s?(?P<b>\d{1,3}))?")
# "[1-180]" is a span of pages or years and no list of sources.
_LONGEST_RANGE = 20


def numbered_in(passage: Passage) -> list[Citation]:
    """One citation for each number, each with its own digits as surface.

    Whether the document has a list with such numbers is known only when all of it is
    read: those that point to no entry are dropped when links are made.
    """
    found = []
    for bracket in _BRACKET.finditer(passage.text):
        for number, start, end in _numbers(bracket):
            one = Citation(
                passage=passage.id,
                surface=passage.text[start:end],
                start=start,
                end=end,
                number=number,
                pages=bracket.group("p"),
            )
            found.append(one)
    return found


def _numbers(bracket: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    """The numbers of a bracket with their spans; a range counts all within it.

    >>> [number for number, _, _ in _numbers(_BRACKET.search("[2, 5-7]"))]
    [2, 5, 6, 7]
    """
    for match in _NUMBER.finditer(
        bracket.string, bracket.start("n"), bracket.end("n")
    ):
        first = int(match.group("a"))
        last = int(match.group("b") or first)
        if first <= last <= first + _LONGEST_RANGE:
            for number in range(first, last + 1):
                yield number, match.start(), match.end()
