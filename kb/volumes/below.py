"""Who wrote an article, by a line below its summary, or by the pages on the authors?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kb.bibliography.names import person_in_order
from kb.citations.entries.names import NameList
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block
from kb.volumes.bylines import FULL_NAME, byline

_FEWEST = 2  # lines that make a habit of the document
_SUMMARIES = ("paragraph", "heading")  # a bold one looks like a heading
_LONGEST_SUMMARY = 900  # characters between a title and its authors
_NUMBER = re.compile(r"(?:\w+\s)?(\d{1,2})[.:]?\s")
_WHO = re.compile(rf"(?P<name>{FULL_NAME})\s(?!en\b|schrijft\b)[a-z]{{2,}}")
_TOGETHER = re.compile(rf"\b[Ss]amen met (?P<name>{FULL_NAME})")
_WROTE = re.compile(
    r"hoofdstuk(?:ken)?\s(?P<first>\d{1,2})(?:\sen\s(?P<second>\d{1,2}))?"
)


def people_below_summaries(
    blocks: Sequence[Block], headings: Sequence[int]
) -> dict[int, NameList]:
    """The people of a line between a summary and the text, where two articles have one."""
    found = {
        at: names for at in headings if (names := _below_summary(blocks, at))
    }
    return found if len(found) >= _FEWEST else {}


def _below_summary(blocks: Sequence[Block], at: int) -> NameList | None:
    """The people in the second line below a heading, text before and behind it."""
    if at + 3 >= len(blocks):
        return None
    summary, line, text = blocks[at + 1 : at + 4]
    if summary.kind not in _SUMMARIES or text.kind != "paragraph":
        return None
    if byline(summary) or len(summary.text) > _LONGEST_SUMMARY:
        return None
    return byline(line) if line.kind == "paragraph" else None


def people_of_pages_on_authors(
    blocks: Sequence[Block], headings: Sequence[int]
) -> dict[int, NameList]:
    """Who wrote which chapter by "Over de auteurs": by its number or its title."""
    numbers = {
        int(found[1]): at
        for at in headings
        if (found := _NUMBER.match(blocks[at].text))
    }
    titles = {fold(blocks[at].text): at for at in headings}
    told: dict[int, list[dict[str, str]]] = {}
    for text in _on_authors(blocks):
        people = _named(text)
        for at in _chapters(text, numbers, titles):
            told.setdefault(at, []).extend(people)
    return {
        at: NameList(tuple(people), score=1.0)
        for at, people in told.items()
        if people
    }


def _on_authors(blocks: Sequence[Block]) -> Iterator[str]:
    """The texts below a heading such as "Over de auteurs"."""
    known = words("kb.volumes", "parts.toml", "on_authors")
    inside = False
    for block in blocks:
        if block.kind == "heading":
            inside = fold(block.text).strip(" :.") in known
        elif inside:
            yield block.text


def _named(text: str) -> list[dict[str, str]]:
    """Whom a text is about, and with whom they wrote."""
    about = _WHO.match(text)
    found = [about] if about else []
    found += list(_TOGETHER.finditer(text))
    return [person_in_order(m["name"].split()) for m in found]


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
