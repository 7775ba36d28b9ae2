"""Blocks of a format that knows its own structure: what it leaves unsaid is told from the words (captions, reference lists, contents)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.records import Block
from kb.structure.plain import kinds

_TEXT = ("paragraph", "list", "quote")


def marked_blocks(
    blocks: Sequence[Block], metadata: Mapping[str, Any] | None = None
) -> tuple[Block, ...]:
    """`blocks` with headings that were only typed as such, captions, references and contents named."""
    return tuple(_sections(_titled(blocks, str((metadata or {}).get("title", "")))))


def _titled(blocks: Sequence[Block], title: str) -> list[Block]:
    """The document's title as heading of level 0, where the text opens with it; typed headings as headings."""
    headed = any(block.kind == "heading" for block in blocks)
    found = []
    for at, block in enumerate(blocks):
        if (
            at < 3
            and title
            and block.kind in ("paragraph", "heading")
            and kinds.bare(block.text) == kinds.bare(title)
        ):
            found.append(replace(block, kind="heading", level=0))
        elif block.kind == "paragraph" and _is_typed_heading(blocks, at, headed):
            found.append(replace(block, kind="heading", level=_level(block.text)))
        else:
            found.append(block)
    return found


def _is_typed_heading(blocks: Sequence[Block], at: int, headed: bool) -> bool:
    """A usual name of a part, or, in a text without a single marked heading, a numbered or short line before a paragraph."""
    text = blocks[at].text
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if after is None or kinds.word_count(text) > 14:
        return False
    if kinds.names_part(text) and after.kind in (*_TEXT, "table", "toc"):
        return True
    if headed or after.kind not in _TEXT or kinds.word_count(after.text) < 12:
        return False
    numbered = kinds.section_number(text) is not None and not kinds.ends_sentence(text)
    return numbered or kinds.could_be_title(text)


def _level(text: str) -> int:
    number = kinds.section_number(text)
    return (
        min(4, number.count(".") + 1) if number else 1 if kinds.names_part(text) else 2
    )


def _sections(blocks: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    section, level = "", 0
    for block in blocks:
        if block.kind == "heading":
            depth = block.level or 1
            name = kinds.bare(block.text)
            if name in kinds.words("references"):
                section, level = "reference", depth
            elif name in kinds.words("contents"):
                section, level = "toc", depth
            elif depth <= level or section == "toc":
                section = ""
        elif section == "reference" and block.kind in _TEXT:
            block = replace(
                block,
                kind="reference",
                text=re.sub(r"^\d+\.\s+(?=[A-Z])", "", block.text),
            )
        elif (
            section == "toc"
            and block.kind in _TEXT
            and kinds.TOC_LINE.match(block.text)
        ):
            block = replace(block, kind="toc")
        elif block.kind == "paragraph" and kinds.is_caption(block.text):
            block = replace(block, kind="caption")
        elif block.kind == "paragraph" and kinds.is_quotation(block.text):
            block = replace(block, kind="quote")
        elif block.kind == "paragraph" and kinds.BULLET.match(block.text):
            block = replace(
                block, kind="list", text=kinds.BULLET.sub("", block.text, count=1)
            )
        found.append(block)
    return found
