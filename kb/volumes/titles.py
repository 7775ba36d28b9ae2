"""The title of an article: its number and second line, and who stands beside it in the contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.citations.entries.names import NameList
from kb.dutch.fold import fold, letters
from kb.records import Block
from kb.volumes.bylines import (
    byline,
    full_names,
    only_people,
    surnames_first,
)
from kb.volumes.contents import GENRES, Row, without_genre, without_number

_BETWEEN = " ,:–—-|/\t()"  # what parts a title from people beside it
# "De ladder – Door Anna de Wit", "De ladder (tekst: Anna de Wit)".
_SIGNED = re.compile(
    r"(?:\s[–—|-]\s|,\s|\s\()(?:[Dd]oor|[Tt]ekst|[Bb]y|[Aa]uteurs?):?\s(?P<who>[^()]{5,120})\)?$"
)
_ONLY_GENRE = re.compile(
    rf"(?:{GENRES})\s(?:\d{{1,2}}|[IVX]{{1,4}})[.:]?", re.I
)
_SENTENCES = re.compile(r"[^\W\d_]{2}[.?!]\s+\w+\s\w")
_NUMBER = re.compile(r"(\d{1,2})\.?\s+(?=\S)")


def title_of(blocks: Sequence[Block], at: int) -> str:
    """The title in a heading, without a word of genre and without its number.

    A number without a full stop may be of the title ("10 vragen"): it goes where the
    heading before or after it counts on.
    """
    title = without_number(without_genre(_parted(blocks[at].text)[0]))
    found = _NUMBER.match(title)
    if found and _counts_on(blocks, at, int(found[1])):
        return title[found.end() :]
    return title


def people_in_heading(heading: str) -> NameList | None:
    """Who wrote it, where the heading says so behind the title.

    >>> people_in_heading("De ladder – Door Anna de Wit").names[0]["family"]
    'Wit'
    """
    return _parted(heading)[1]


def _parted(heading: str) -> tuple[str, NameList | None]:
    """A heading without the people behind its title, and the people."""
    said = _SIGNED.search(heading)
    people = said and (only_people(said["who"]) or full_names(said["who"]))
    if not said or not people:
        return heading, None
    return heading[: said.start()], people


def _counts_on(blocks: Sequence[Block], at: int, number: int) -> bool:
    numbers = [
        int(found[1])
        for block in blocks
        if block.kind == "heading"
        and block.level == blocks[at].level
        and (found := _NUMBER.match(block.text))
    ]
    return bool({number - 1, number + 1} & set(numbers))


def subtitle(below: Sequence[Block], title: str, rows: Sequence[Row]) -> str:
    """The second line of a title, set as a heading of its own; "" where there is none.

    It is known by the contents, which print both lines, or by the people below it.
    """
    if not below or below[0].kind != "heading" or byline(below[0]):
        return ""
    if _SENTENCES.search(below[0].text):
        return ""  # a summary set in bold
    if _ONLY_GENRE.fullmatch(title.strip()):
        return below[0].text
    both = letters(fold(title + below[0].text))
    listed = any(both in letters(fold(row.text)) for row in rows)
    named = len(below) > 1 and byline(below[1]) is not None
    return below[0].text if listed or named else ""


def joined(title: str, second: str) -> str:
    """Two lines of a title as one; "Hoofdstuk 2" alone is no line of it.

    >>> joined("Wie belt?", "Over deuren"), joined("De deur", "Open of dicht")
    ('Wie belt? Over deuren', 'De deur. Open of dicht')
    """
    if _ONLY_GENRE.fullmatch(title.strip()):
        return second
    mark = "" if title.rstrip().endswith((".", "?", "!", ":")) else "."
    return f"{title.rstrip()}{mark} {second}"


def people_beside(title: str, row: str) -> NameList | None:
    """Who stands behind or before a title in a line of the contents."""
    return _beside(title, row, _people)


def _people(text: str) -> NameList | None:
    return only_people(text) or surnames_first(text)


def names_beside(title: str, row: str) -> NameList | None:
    """The same where a first name need not be known."""
    return _beside(title, row, full_names)


def _beside(
    title: str, row: str, reading: Callable[[str], NameList | None]
) -> NameList | None:
    whole, part = fold(row), fold(title)
    at = whole.find(part)
    if at < 0:
        return None
    before, behind = row[:at].strip(_BETWEEN), row[at + len(part) :]
    if before:  # a second line of the title may stand behind it
        return reading(before)
    return reading(behind.strip(_BETWEEN))
