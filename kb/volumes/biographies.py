"""Who wrote which chapter by the pages on the authors?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block
from kb.volumes.bylines import FULL_NAME
from kb.volumes.people import People, introduced, people_in

_NUMBER = re.compile(r"(?:\w+\s)?(\d{1,2})[.:]?(?:\s|$)")
_TOGETHER = re.compile(rf"\b[Ss]amen met (?P<name>{FULL_NAME})")
_WROTE = re.compile(
    r"hoofdstuk(?:ken)?\s(?P<first>\d{1,2})(?:\sen\s(?P<second>\d{1,2}))?"
)


def people_of_biographies(
    blocks: Sequence[Block], heads: Sequence[int]
) -> dict[int, People]:
    """The people of chapters that are named there by number or by title."""
    numbers = {
        int(found[1]): at
        for at in heads
        if (found := _NUMBER.match(_numbered(blocks, at)))
    }
    titles = {fold(blocks[at].text): at for at in heads}
    told: dict[int, list[Mapping[str, str]]] = {}
    for text in _biographies(blocks):
        people = _named(text)
        for at in _chapters(text, numbers, titles):
            told.setdefault(at, []).extend(people)
    return {at: People(tuple(people)) for at, people in told.items() if people}


def _numbered(blocks: Sequence[Block], at: int) -> str:
    """A heading with its number, which may stand in the line above."""
    above = blocks[at - 1].text if at else ""
    own = blocks[at].text
    return own if _NUMBER.match(own) or len(above) > 20 else above


def _biographies(blocks: Sequence[Block]) -> Iterator[str]:
    """The texts below a heading such as "Over de auteurs"."""
    known = words("kb.volumes", "parts.toml", "on_authors")
    inside = False
    for block in blocks:
        if block.kind == "heading":
            inside = fold(block.text).strip(" :.").startswith(tuple(known))
        elif inside:
            yield block.text


def _named(text: str) -> list[Mapping[str, str]]:
    """Whom a text is about, and with whom they wrote."""
    found = list(introduced(text))
    for match in _TOGETHER.finditer(text):
        if people := people_in(match["name"]):
            found += people.names
    return found


def _chapters(
    text: str, numbers: Mapping[int, int], titles: Mapping[str, int]
) -> set[int]:
    """The headings of the chapters that a text names."""
    found = {
        numbers[int(number)]
        for match in _WROTE.finditer(text)
        for number in match.groups()
        if number and int(number) in numbers
    }
    whole = fold(text)
    return found | {at for title, at in titles.items() if title in whole}
