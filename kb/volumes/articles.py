"""Which articles does a text show by its headings?

An article is a heading with a line of people under it, above it or at the end of its
text, or with people beside its title in the contents. An annex names its makers so too.
A document is a collection when it has several of them, by different people, and most
have a reference list of their own, their people in the contents, or a line that says
who wrote them. A thesis by article has chapters that say where they were published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kb.citations.entries.names import NameList
from kb.citations.entries.splitting import heading_of_list
from kb.datafiles import words
from kb.dutch.fold import fold, letters
from kb.records import Block
from kb.volumes.annexes import makers_of_annex
from kb.volumes.below import (
    people_below_summaries,
    people_of_pages_on_authors,
)
from kb.volumes.bylines import (
    byline,
    credited,
    credited_byline,
    described,
    published_as,
)
from kb.volumes.contents import Row
from kb.volumes.found import Found
from kb.volumes.recorded import next_of_rank
from kb.volumes.signed import people_above, signers_of_texts
from kb.volumes.titles import (
    joined,
    names_beside,
    people_beside,
    people_in_heading,
    subtitle,
    title_of,
)

# A collection of one article is a report with its author under the title.
FEWEST = 2  # articles of a collection
SHORTEST_TITLE = 6  # letters
_SHORTEST_PART = 3  # blocks of text
_NEAR = (
    4  # blocks below a heading in which a chapter says where it was published
)
_BELOW_SUMMARY = 2  # blocks from a title to the people below its summary
_MANY = 3  # articles from which all chapters with people are a collection
_WORDS = ("kb.volumes", "parts.toml")


def articles_of(blocks: Sequence[Block], rows: Sequence[Row]) -> list[Found]:
    """Headings of one level with people, when they make a collection."""
    headings = [at for at, block in enumerate(blocks) if _may_open(block)]
    people = _in_contents(blocks, headings, rows)
    people |= signers_of_texts(blocks, headings)
    people |= _in_headings(blocks, headings)
    people |= people_of_pages_on_authors(blocks, headings)
    near = people_below_summaries(blocks, headings)
    near |= people_above(blocks, headings)
    people |= {at: n for at, n in near.items() if _says_so(blocks, at)}
    found = [
        each
        for at in headings
        if (each := _article(blocks, at, rows, people.get(at)))
        or (each := _named_near(blocks, at, rows, near.get(at)))
    ]
    found = _of_one_level(blocks, found)
    ends = [*(each.at for each in found[1:]), len(blocks)]
    spans = zip(found, ends, strict=False)
    found = [
        e for e, end in spans if _texts(blocks[e.at : end]) >= _SHORTEST_PART
    ]
    return found if _is_collection(blocks, found) else []


def _says_so(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line near a title says itself that these wrote: "Tekst: Anna de Wit"."""
    near = (at - 1, at + _BELOW_SUMMARY)
    return any(
        0 <= place < len(blocks) and credited_byline(blocks[place])
        for place in near
    )


def _of_one_level(
    blocks: Sequence[Block], found: Sequence[Found]
) -> list[Found]:
    """Those of the level that most have; of equals the highest."""
    levels = [blocks[each.at].level for each in found]
    level = max(
        set(levels),
        key=lambda one: (levels.count(one), -(one or 0)),
        default=None,
    )
    return [each for each in found if blocks[each.at].level == level]


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
    blocks: Sequence[Block],
    at: int,
    rows: Sequence[Row],
    told: NameList | None,
) -> Found | None:
    """The article that opens at a heading; `told` is who the contents or a signature name."""
    title, below = _titled(blocks, at, rows)
    under = (byline(below[0]) or described(below[0])) if below else None
    outright = _told_outright(below) or makers_of_annex(blocks[at], below)
    names = under or outright or told
    if names is None:
        return None
    # Beside chapters that say who wrote them others stand that say nothing.
    last = next_of_rank(blocks, at) if outright else 0
    proven = bool(told or outright)
    return Found(at, title, names.names, proven=proven, last=last)


def _named_near(
    blocks: Sequence[Block],
    at: int,
    rows: Sequence[Row],
    near: NameList | None,
) -> Found | None:
    """The article whose authors stand above its title or below its summary.

    By itself that proves nothing.
    """
    if near is None:
        return None
    title, _below = _titled(blocks, at, rows)
    return Found(at, title, near.names)


def _titled(
    blocks: Sequence[Block], at: int, rows: Sequence[Row]
) -> tuple[str, Sequence[Block]]:
    """The whole title at a heading, and the blocks below it."""
    title, below = title_of(blocks, at), blocks[at + 1 : at + 1 + _NEAR]
    second = subtitle(below, title, rows)
    return (joined(title, second), below[1:]) if second else (title, below)


def _in_contents(
    blocks: Sequence[Block], headings: Sequence[int], rows: Sequence[Row]
) -> dict[int, NameList]:
    """The people beside the titles in the contents, by heading.

    Where one title has people, what looks like a name beside another is one too.
    """
    titles = {at: title_of(blocks, at) for at in headings}
    sure = _beside(titles, rows, people_beside)
    return _beside(titles, rows, names_beside) | sure if sure else {}


def _in_headings(
    blocks: Sequence[Block], headings: Sequence[int]
) -> dict[int, NameList]:
    """The people that headings name behind their titles."""
    read = {at: people_in_heading(blocks[at].text) for at in headings}
    return {at: names for at, names in read.items() if names}


def _beside(
    titles: Mapping[int, str],
    rows: Sequence[Row],
    reading: Callable[[str, str], NameList | None],
) -> dict[int, NameList]:
    named = {}
    for at, title in titles.items():
        found = (reading(title, row.text) for row in rows)
        if names := next(filter(None, found), None):
            named[at] = names
    return named


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
    return proven * 2 > len(found) or _is_all(blocks, found)


def _is_all(blocks: Sequence[Block], found: Sequence[Found]) -> bool:
    """Whether every chapter of the document has its own people."""
    opened = {each.at for each in found}
    level = blocks[found[0].at].level
    heads = [
        at
        for at, block in enumerate(blocks)
        if block.level == level and _may_open(block)
    ]
    is_title = _texts(blocks[: heads[1]]) < _SHORTEST_PART
    chapters = set(heads[1:] if is_title else heads)
    return len(found) >= _MANY and chapters == opened


def _opens_list(block: Block) -> bool:
    return block.kind == "heading" and heading_of_list(block.text)


def _texts(blocks: Sequence[Block]) -> int:
    return sum(
        block.kind in ("paragraph", "list", "quote") for block in blocks
    )
