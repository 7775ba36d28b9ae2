"""Which articles does a text show by its headings?

An article is a heading with a line of people under it, or with people behind its
title in the contents. A document is a collection when it has several of them, by
different people, and most have a reference list of their own, their people in the
contents, or a line that says who wrote them. A thesis by article has chapters that say
where they were published.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.citations.entries.names import NameList
from kb.citations.entries.splitting import heading_of_list
from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Block
from kb.volumes.bylines import byline, credited, people_behind, published_as
from kb.volumes.contents import Row, without_genre
from kb.volumes.found import Found
from kb.volumes.recorded import next_of_rank

# A collection of one article is a report with its author under the title.
FEWEST = 2  # articles of a collection
SHORTEST_TITLE = 6  # letters
_SHORTEST_PART = 3  # blocks of text
_NEAR = (
    4  # blocks below a heading in which a chapter says where it was published
)
_WORDS = ("kb.volumes", "parts.toml")


def articles_of(blocks: Sequence[Block], rows: Sequence[Row]) -> list[Found]:
    """Headings of one level with people, when they make a collection."""
    headings = [at for at, block in enumerate(blocks) if _may_open(block)]
    found = [each for at in headings if (each := _article(blocks, at, rows))]
    levels = [blocks[each.at].level for each in found]
    level = max(
        set(levels),
        key=lambda one: (levels.count(one), -(one or 0)),
        default=None,
    )
    found = [each for each in found if blocks[each.at].level == level]
    ends = [*(each.at for each in found[1:]), len(blocks)]
    spans = zip(found, ends, strict=False)
    found = [
        e for e, end in spans if _texts(blocks[e.at : end]) >= _SHORTEST_PART
    ]
    return found if _is_collection(blocks, found) else []


def _may_open(block: Block) -> bool:
    title = fold(block.text).strip(" :.")
    own = title not in words(*_WORDS, "of_volume") and not heading_of_list(
        block.text
    )
    return (
        block.kind == "heading"
        and own
        and len(letters(title)) >= SHORTEST_TITLE
    )


def _article(
    blocks: Sequence[Block], at: int, rows: Sequence[Row]
) -> Found | None:
    """The article that opens at a heading, by the line under it or by the contents."""
    title = without_genre(blocks[at].text)
    listed = _in_contents(title, rows)
    below = blocks[at + 1 : at + 1 + _NEAR]
    under = byline(below[0]) if below else None
    outright = _told_outright(below)
    names = under or outright or listed
    if names is None:
        return None
    # Beside chapters that say who wrote them others stand that say nothing.
    last = next_of_rank(blocks, at) if outright else 0
    proven = bool(listed or outright)
    return Found(at, title, names.names, proven=proven, last=last)


def _in_contents(title: str, rows: Sequence[Row]) -> NameList | None:
    """The people behind a title in the contents."""
    named = (people_behind(title, row.text) for row in rows)
    return next((names for names in named if names), None)


def _told_outright(below: Sequence[Block]) -> NameList | None:
    """Who wrote it by a line that says so: "auteur:", or where it was published."""
    said = credited(below[0]) if below else None
    before = (names for block in below if (names := published_as(block)))
    return said or next(before, None)


def _is_collection(blocks: Sequence[Block], found: Sequence[Found]) -> bool:
    """Several articles by different people, most with a list or a place of their own.

    Names alone prove nothing: portraits and cases have them under their heading too.
    """
    different = len({repr(each.names) for each in found})
    if len(found) < FEWEST or different < FEWEST:
        return False
    ends = [*(each.at for each in found[1:]), len(blocks)]
    proven = sum(
        each.proven
        or any(_opens_list(block) for block in blocks[each.at : end])
        for each, end in zip(found, ends, strict=True)
    )
    return proven * 2 > len(found)


def _opens_list(block: Block) -> bool:
    return block.kind == "heading" and heading_of_list(block.text)


def _texts(blocks: Sequence[Block]) -> int:
    return sum(
        block.kind in ("paragraph", "list", "quote") for block in blocks
    )
