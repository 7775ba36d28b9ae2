"""Who is named near a heading: below it, above it, in it, at the end of its text?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.citations.entries.splitting import heading_of_list
from kb.records import Block
from kb.volumes.annexes import makers_of_annex
from kb.volumes.bylines import (
    credited,
    described,
    people_of,
    published_as,
)
from kb.volumes.people import Names, People, introduced, is_place
from kb.volumes.titles import (
    is_only_genre,
    is_second_line,
    lines_of_title,
)

_TEXTS = ("paragraph", "list", "quote")
_LONGEST_SUMMARY = 900  # characters between a title and its authors
_RUNNING = 80  # characters from which a block is running text
_NEAR = 4  # blocks below a heading in which a chapter says where it appeared
_LAST = 3  # blocks at the end of a text in which it is signed


def below(blocks: Sequence[Block], at: int) -> People | None:
    """In the lines under a title, behind a second line of it."""
    start = at + 1 + _more_lines(blocks, at)
    return _joined(blocks[start : start + _NEAR])


def _more_lines(blocks: Sequence[Block], at: int) -> int:
    """How many lines go on with a title: a heading, or lines before "Door …"."""
    under = blocks[at + 1 : at + 1 + _NEAR]
    if not under:
        return 0
    is_second = is_second_line(under[0], blocks[at].text)
    return lines_of_title(under) or int(is_second)


def below_summary(blocks: Sequence[Block], at: int) -> People | None:
    """In the line between a summary and the text."""
    if at + 3 >= len(blocks):
        return None
    start = at + 1 + is_second_line(blocks[at + 1], blocks[at].text)
    summary, *rest = blocks[start : start + 4]
    if len(summary.text) > _LONGEST_SUMMARY or people_of(summary):
        return None
    if summary.kind not in ("paragraph", "quote", "heading"):
        return None
    found = _joined(rest[:2])
    behind = [block for block in rest[1:] if not people_of(block)][:1]
    is_text = bool(behind) and behind[0].kind != "reference"
    return found if is_text else None


def _joined(lines: Sequence[Block]) -> People | None:
    """People one below the other, where they work between them."""
    found: list[People] = []
    for line in lines:
        one = people_of(line)
        if one is None and found and is_place(line.text):
            continue
        if one is None:
            break
        found.append(one)
    if not found:
        return None
    names = tuple(name for one in found for name in one.names)
    return People(
        names,
        sure=all(one.sure for one in found),
        said=any(one.said for one in found),
    )


def above(blocks: Sequence[Block], at: int) -> People | None:
    """In the line above a title."""
    for place in range(at - 1, max(at - 4, -1), -1):
        block = blocks[place]
        if found := people_of(block):
            return found
        if not (is_only_genre(block.text) or is_place(block.text)):
            return None
    return None


def at_end(blocks: Sequence[Block], at: int, last: int) -> People | None:
    """In the last lines of a text, before its list of references."""
    body = list(blocks[at + 1 : last])
    for place, block in enumerate(body):
        if block.kind == "heading" and heading_of_list(block.text):
            body = body[:place]
            break
    running = [n for n, block in enumerate(body) if _is_running(block)]
    if not running:
        return None
    lines = body[max(running) + 1 :]
    names = [n for block in lines or body[-1:] for n in _introduced(block)]
    if (
        names
    ):  # who is portrayed is introduced under a heading, who wrote at the end
        return People(tuple(names), said=True)
    return _joined(lines[: _LAST + 1])


def _is_running(block: Block) -> bool:
    return block.kind in _TEXTS and len(block.text) >= _RUNNING


def _introduced(block: Block) -> Names:
    """All whom the sentences of a text introduce; nobody where one is no such sentence."""
    if block.kind not in _TEXTS:
        return ()
    told = described(Block("paragraph", block.text))
    return tuple(told.names) if told else introduced(block.text)


def in_note(blocks: Sequence[Block], at: int, last: int) -> People | None:
    """In the first note of a text: "Anna de Wit is werkzaam bij …"."""
    notes = (b for b in blocks[at:last] if b.kind == "footnote")
    first = next(notes, None)
    if first is None:
        return None
    names = introduced(re.sub(r"^[\W\d]+", "", first.text))
    return People(names) if names else None


def outright(blocks: Sequence[Block], at: int) -> People | None:
    """In a line that says who wrote it, or where it was published, or of an annex."""
    under = blocks[at + 1 : at + 1 + _NEAR]
    if not under:
        return None
    said = credited(under[0]) or makers_of_annex(blocks[at], under)
    before = (names for block in under if (names := published_as(block)))
    told = said or next(before, None)
    return People(tuple(told.names), said=True) if told else None
