"""Where in a volume do the parts stand that have a record? By their titles, or their pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.citations.entries.splitting import heading_of_list
from kb.citations.works.similarity import title_similarity
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block, Csl

# A record and a heading differ in a letter, or in a subtitle that one of them lacks.
_SAME_TITLE = 0.9
_LONGEST_TITLE = 250  # characters of a block that may be a title
_FEWEST_LETTERS = 4  # of a title without its subtitle
_SUBTITLE = re.compile(r"\s*[:.?!–]\s+")
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s")
_SEVERAL = re.compile(r"\s*[-–]+\s*")
_NO_TITLES = ("toc", "furniture", "reference", "footnote", "table", "caption")


@dataclass(frozen=True, slots=True)
class Located:
    """A part by record: blocks[at:last]; `last` is 0 where only the next part ends it."""

    at: int
    last: int
    record: Csl


def locate(
    blocks: Sequence[Block], records: Sequence[Csl]
) -> tuple[Located, ...]:
    """The parts that are found, in reading order, each at a place of its own.

    Args:
        blocks: of the volume.
        records: CSL of its parts; one of which nothing is found is left out.
    """
    found: dict[int, Located] = {}
    for record in records:
        at = _begin(blocks, record)
        if at is not None and at not in found:
            found[at] = Located(at, _behind(blocks, at, record), record)
    return tuple(found[at] for at in sorted(found))


def _begin(blocks: Sequence[Block], record: Csl) -> int | None:
    """The block with the title, on the first page where that is told; else that page."""
    first, _last = _pages(record)
    titled = [
        at for at, block in enumerate(blocks) if _is_title(block, record)
    ]
    page = _on_page(blocks, first)
    both = [at for at in titled if at in page]
    headings = [at for at in titled if blocks[at].kind == "heading"]
    best = both or headings or titled or page
    return best[0] if best else None


def _on_page(blocks: Sequence[Block], label: str) -> list[int]:
    """The blocks on a page; none without a label."""
    if not label:
        return []
    return [at for at, block in enumerate(blocks) if block.label == label]


def _is_title(block: Block, record: Csl) -> bool:
    if block.kind in _NO_TITLES or len(block.text) > _LONGEST_TITLE:
        return False
    title, printed = fold(str(record.get("title", ""))), fold(block.text)
    if not title:
        return False
    if title_similarity(printed, title) >= _SAME_TITLE:
        return True
    short = _SUBTITLE.split(title)[0]
    if len(short) < _FEWEST_LETTERS or short == title:
        return False
    same = title_similarity(printed, short) >= _SAME_TITLE
    return block.kind == "heading" and same


def _pages(record: Csl) -> tuple[str, str]:
    """First and last page that a record tells, as labels."""
    pages = _SEVERAL.split(str(record.get("page", "")).strip())
    return pages[0], pages[1] if len(pages) > 1 else ""


def _behind(blocks: Sequence[Block], at: int, record: Csl) -> int:
    """Behind the last block on the last page; 0 where that page is not known.

    Where the record tells no pages, the next heading of the same rank ends the part,
    unless it is one that articles have themselves: "Inleiding", "2 Methode".
    """
    _first, last = _pages(record)
    paged = any(block.label for block in blocks[at:])
    if last.isdecimal() and paged:
        later = (
            number
            for number in range(at + 1, len(blocks))
            if _is_after(blocks[number].label, int(last))
        )
        return next(later, 0)
    return next_of_rank(blocks, at)


def _is_after(label: str | None, last: int) -> bool:
    return label is not None and label.isdecimal() and int(label) > last


def next_of_rank(blocks: Sequence[Block], at: int) -> int:
    """Behind the article that opens at `at`, by its headings; 0 where they do not tell."""
    level = blocks[at].level
    if blocks[at].kind != "heading" or level is None:
        return 0
    peers = (
        number
        for number in range(at + 1, len(blocks))
        if blocks[number].kind == "heading"
        and (blocks[number].level or 0) <= level
        and not _is_section(blocks[number].text)
    )
    return next(peers, 0)


def _is_section(heading: str) -> bool:
    """Whether a heading is one within an article, whatever its level seems to be."""
    bare = fold(heading).strip(" :.")
    known = bare in words("kb.volumes", "parts.toml", "sections")
    return known or heading_of_list(heading) or bool(_NUMBERED.match(bare))
