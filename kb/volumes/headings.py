"""Which headings may be the titles of articles, and which of them are of one rank?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise, takewhile

from kb.citations.entries.splitting import heading_of_list
from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Block
from kb.volumes import near
from kb.volumes.bylines import people_of
from kb.volumes.evidence import begins_page, is_usual_section
from kb.volumes.listing import (
    Listed,
    is_heading_of_contents,
    rows_of_contents,
)
from kb.volumes.people import People, is_place
from kb.volumes.titles import is_only_genre

_FEWEST = 2  # of a rank
_SHORTEST = 6  # letters of a title
_LONGEST = 160  # characters of a line that may be a title though no heading
_SHORTEST_ROW = 10  # letters of such a line that the contents have
_LINES = ("paragraph", "list", "caption", "quote")
_PART = re.compile(r"deel (?:\d|[ivx]+\b|een\b|twee\b|drie\b)")
_WORDS = ("kb.volumes", "parts.toml")


def headings_of(blocks: Sequence[Block], contents: str) -> list[int]:
    """The blocks that may be titles, also lines that typed text does not show as such.

    Args:
        blocks: of the document.
        contents: the text of its contents.
    """
    rows = letters(fold(contents))
    of_contents = set(rows_of_contents(blocks))
    real = (at for at, block in enumerate(blocks) if block.kind == "heading")
    front = next(real, 0)
    return [
        at
        for at, block in enumerate(blocks)
        if at not in of_contents
        and (
            block.kind == "heading"
            or (at > front and _is_title(blocks, at, rows))
        )
        and opens(block)
    ]


def _is_title(blocks: Sequence[Block], at: int, rows: str) -> bool:
    """A short line at the top of a page that the contents have, or beside people."""
    block = blocks[at]
    is_line = block.kind in _LINES and len(block.text) <= _LONGEST
    if not is_line or block.text.endswith((".", ",", ":", ";")):
        return False
    if not begins_page(blocks, at):
        return False
    if _is_above_writer(blocks, at):
        return True
    if block.kind == "quote" or is_place(block.text):
        return False
    bare = letters(fold(block.text))
    in_rows = len(bare) >= _SHORTEST_ROW and bare in rows
    return in_rows or _is_first_beside_people(blocks, at)


def _is_above_writer(blocks: Sequence[Block], at: int) -> bool:
    """Whether it opens a page, and below it a line says who wrote: "Door Anna de Wit".

    A magazine may set a title as a quotation, and another line below it.
    """
    above = (b for b in blocks[:at] if b.page == blocks[at].page)
    if any(block.kind != "furniture" for block in above):
        return False
    below = near.below(blocks, at)
    is_heading = blocks[at + 1 : at + 2] and blocks[at + 1].kind == "heading"
    has_title = is_heading and people_of(blocks[at + 1]) is None
    return below is not None and below.said and not has_title


def _is_first_beside_people(blocks: Sequence[Block], at: int) -> bool:
    """Whether only lines of people, places and numbers stand above it on its page."""
    above = [b for b in blocks[:at] if b.page == blocks[at].page]
    lines = [block for block in above if block.kind != "furniture"]
    known = [
        people_of(line) or is_place(line.text) or is_only_genre(line.text)
        for line in lines
    ]
    below = [people_of(block) for block in blocks[at + 1 : at + 2]]
    return all(known) and any([*known, *below])


def opens(block: Block) -> bool:
    """Whether a heading may be the title of an article by its words."""
    if block.level == 0:  # the title of the whole
        return False
    title = fold(block.text).strip(" :.")
    if heading_of_list(block.text) or is_heading_of_contents(block.text):
        return False
    if title in words(*_WORDS, "of_volume") or _PART.match(title):
        return False
    if title.startswith(tuple(words(*_WORDS, "on_authors"))):
        return False
    return len(letters(title)) >= _SHORTEST and people_of(block) is None


def is_opening(heading: str) -> bool:
    """Whether it is a heading of what opens a volume: "Redactioneel", "Inleiding"."""
    title = fold(heading).strip(" :.")
    known = words(*_WORDS, "forewords")
    return title in known or is_usual_section(heading)


def ranks_of(
    blocks: Sequence[Block],
    heads: Sequence[int],
    contents: Mapping[int, Listed],
    told: Mapping[int, People],
) -> list[list[int]]:
    """Headings that may be the titles of all articles: as listed, of one level, or named.

    Args:
        blocks: of the document.
        heads: its headings.
        contents: what the contents say, by heading.
        told: what the pages on the authors say, by heading.
    """
    titles = _unrepeated(blocks, heads, contents)
    titles = [at for at in titles if not _goes_on(blocks, titles, at)]
    listed = _of(titles, contents)
    levels = _by_level(blocks, titles)
    in_contents = [_of(rank, contents) for rank in levels]
    described = _of(titles, told)
    named = _named(blocks, titles)
    signed = _signed(blocks, titles)
    found = [listed, *levels, *in_contents, described, named, signed]
    return [rank for rank in found if len(rank) >= _FEWEST]


def _of(heads: Sequence[int], known: Container[int]) -> list[int]:
    return [at for at in heads if at in known]


def _by_level(
    blocks: Sequence[Block], heads: Sequence[int]
) -> list[list[int]]:
    """Headings of each level, the highest first."""
    levels: dict[int, list[int]] = {}
    for at in heads:
        levels.setdefault(blocks[at].level or 0, []).append(at)
    return [levels[level] for level in sorted(levels)]


def _unrepeated(
    blocks: Sequence[Block],
    heads: Sequence[int],
    contents: Mapping[int, Listed],
) -> list[int]:
    """Headings that come once; of those that also run above pages the first."""
    seen = Counter(fold(blocks[at].text) for at in heads)
    first: dict[str, int] = {}
    for at in heads:
        first.setdefault(fold(blocks[at].text), at)
    return [
        at
        for at in heads
        if seen[fold(blocks[at].text)] == 1
        or (first[fold(blocks[at].text)] == at and at in contents)
        or (first[fold(blocks[at].text)] == at and near.below(blocks, at))
    ]


def _goes_on(blocks: Sequence[Block], heads: Sequence[int], at: int) -> bool:
    """Whether a heading is the second line of the title just above it.

    The first article of a part of a volume has others beside it.
    """
    if at - 1 not in heads or not near.below(blocks, at):
        return False
    upper, own = _level(blocks, at - 1), _level(blocks, at)
    is_line = own == upper and begins_page(blocks, at)
    if own <= upper and not is_line:
        return False
    later = (n for n in heads if n > at)
    inside = takewhile(lambda n: _level(blocks, n) > upper, later)
    peers = [n for n in inside if _level(blocks, n) == own]
    return not any(near.below(blocks, n) for n in peers)


def _level(blocks: Sequence[Block], at: int) -> int:
    return blocks[at].level or 0


def _signed(blocks: Sequence[Block], heads: Sequence[int]) -> list[int]:
    """Headings with "Door Anna de Wit" near them; of two lines of a title the first."""
    found = [at for at in heads if _is_signed(blocks, at)]
    return [at for at in found if at - 1 not in found]


def _is_signed(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line near a title says who wrote: "Door Anna de Wit"."""
    found = (near.below(blocks, at), near.below_summary(blocks, at))
    return any(people and people.said for people in found)


def _named(blocks: Sequence[Block], heads: Sequence[int]) -> list[int]:
    """Headings with people beside them, where what lies between shows whole articles.

    Levels of typed text are uncertain, and some files have one level for all.
    """
    for place in (near.below, near.above):
        named = [at for at in heads if place(blocks, at)]
        whole = sum(
            _is_whole(blocks, heads, at, last)
            for at, last in pairwise([*named, len(blocks)])
        )
        if len(named) >= _FEWEST and whole * 3 >= len(named) * 2:
            return named
    return []


def _is_whole(
    blocks: Sequence[Block], heads: Sequence[int], at: int, last: int
) -> bool:
    """Whether a text looks like one article: a list or sections of its own, or its pages."""
    inside = [
        block for block in blocks[at + 1 : last] if block.kind == "heading"
    ]
    own = any(
        heading_of_list(block.text) or is_usual_section(block.text)
        for block in inside
    )
    others = [n for n in heads if at < n < last and begins_page(blocks, n)]
    return own or (begins_page(blocks, at) and not others)
