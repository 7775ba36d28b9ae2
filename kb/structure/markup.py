"""Blocks of a format that knows its own structure: what it leaves unsaid is told from words.

Headings that were only typed as such, captions, reference lists, contents, quotations.
A paragraph that a reader ranks (`level`) was set as a heading is, in bold or large type.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.records import Block
from kb.structure.plain import kinds

_TEXT = ("paragraph", "list", "quote")
_FIRST = 3  # blocks among which the title of the document stands
_LONGEST_HEADING = 14  # words
_LEAST_BELOW = 12  # words of the paragraph below a heading that was only typed
_DEEPEST = 4
_LIST_NUMBER = re.compile(r"^\d+\.\s+(?=[A-Z])")


def marked_blocks(
    blocks: Sequence[Block], metadata: Mapping[str, Any] | None = None
) -> tuple[Block, ...]:
    """`blocks` with what is unsaid named.

    Args:
        blocks: as a reader of markup gives them.
        metadata: what the file says of itself; its title may open the text.
    """
    title = str((metadata or {}).get("title", ""))
    return tuple(_with_sections(_with_headings(_with_title(blocks, title))))


def _with_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """The document's title as heading of level 0, where the text opens with it."""
    found = list(blocks)
    wanted = kinds.bare(title)
    for at, block in enumerate(found[:_FIRST] if wanted else ()):
        if (
            block.kind in ("paragraph", "heading")
            and kinds.bare(block.text) == wanted
        ):
            found[at] = replace(block, kind="heading", level=0)
    return found


# -- headings


def _with_headings(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs that were typed or set as headings as headings."""
    headed = any(block.kind == "heading" and block.level for block in blocks)
    levels = _levels_of_ranks(blocks)
    found: list[Block] = []
    depth = 0  # of the last heading that the format itself marked
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            depth = block.level or 0
        elif block.kind == "paragraph":
            level = _typed_level(blocks, at, headed, levels)
            if level is not None:
                below = min(_DEEPEST + 1, depth + level) if headed else level
                block = replace(block, kind="heading", level=below)
            else:
                block = replace(block, level=None)
        found.append(block)
    return found


def _levels_of_ranks(blocks: Sequence[Block]) -> Mapping[int, int]:
    """The level of each rank of type: that of most numbers set in it, else the rank."""
    numbered: dict[int, Counter[int]] = defaultdict(Counter)
    for block in blocks:
        if block.kind == "paragraph" and block.level is not None:
            depth = _depth(block.text)
            numbered[block.level].update([depth] if depth else [])
    return {
        rank: depths.most_common(1)[0][0] if depths else min(_DEEPEST, rank)
        for rank, depths in numbered.items()
    }


def _depth(text: str) -> int | None:
    """How deep the number before a title lies: 2 for "1.3"."""
    number = kinds.section_number(text)
    return min(_DEEPEST, number.count(".") + 1) if number else None


def _typed_level(
    blocks: Sequence[Block], at: int, headed: bool, levels: Mapping[int, int]
) -> int | None:
    """The level of a paragraph that is a heading; None for any other.

    It is the usual name of a part, or set as a heading, or, in a text without a single
    marked heading, a numbered or short line before a paragraph.
    """
    block = blocks[at]
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if after is None or kinds.word_count(block.text) > _LONGEST_HEADING:
        return None
    depth = _depth(block.text)
    if block.level is not None and _leads(block, after):
        return depth or levels[block.level]
    if kinds.names_part(block.text) and after.kind in (*_TEXT, "table", "toc"):
        return depth or 1
    return (
        None if headed or not _is_body(after) else _title_level(block, depth)
    )


def _title_level(block: Block, depth: int | None) -> int | None:
    """The level of a line above a paragraph in a text that marks no heading at all."""
    if depth and not kinds.ends_sentence(block.text):
        return depth
    return 2 if kinds.could_be_title(block.text) else None


def _leads(block: Block, after: Block) -> bool:
    """Whether a paragraph set as a heading stands above something it can head."""
    if block.text.endswith((".", ",", ";", ":")) or block.text[:1].islower():
        return False
    return after.kind in (*_TEXT, "table", "heading") and after.text[:1] != ":"


def _is_body(block: Block) -> bool:
    return block.kind in _TEXT and kinds.word_count(block.text) >= _LEAST_BELOW


# -- what stands in a section, and what shows its kind by itself


def _with_sections(blocks: Sequence[Block]) -> list[Block]:
    """Entries of reference lists and contents, and what its words name."""
    found: list[Block] = []
    section, level = "", 0
    for block in blocks:
        if block.kind == "heading":
            depth = block.level or 1
            opened = _section_opened(block.text)
            if opened:
                section, level = opened, depth
            elif depth <= level or section == "toc":
                section = ""
            found.append(block)
        else:
            found.append(_named(block, section))
    return found


def _section_opened(title: str) -> str:
    name = kinds.bare(title)
    if name in kinds.words("references"):
        return "reference"
    return "toc" if name in kinds.words("contents") else ""


def _named(block: Block, section: str) -> Block:
    """A block with the kind that its section or its words give it."""
    if section == "reference" and block.kind in _TEXT:
        text = _LIST_NUMBER.sub("", block.text)
        return replace(block, kind="reference", text=text)
    if (
        section == "toc"
        and block.kind in _TEXT
        and kinds.TOC_LINE.match(block.text)
    ):
        return replace(block, kind="toc")
    if block.kind != "paragraph":
        return block
    if kinds.is_caption(block.text):
        return replace(block, kind="caption")
    if kinds.is_quotation(block.text):
        return replace(block, kind="quote")
    if kinds.BULLET.match(block.text):
        text = kinds.BULLET.sub("", block.text, count=1)
        return replace(block, kind="list", text=text)
    return block
