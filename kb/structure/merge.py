"""Paragraphs cut by the end of a page or column become one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.dutch.hyphens import join
from kb.records import Block
from kb.structure.sheet import Sheet

_PASSED = ("footnote", "table", "figure", "caption", "margin", "quote")
_END = re.compile(r"(?:[.!?…][’”'\")\]]*|[:;])(?:\s?\d{1,3}|\*)?$")  # with the mark of a note, if any


def merged(blocks: Sequence[Block], sheet: Sheet) -> list[Block]:
    """`blocks` with what continues on a next page or column joined to its beginning."""
    done: list[Block] = []
    for block in blocks:
        index = _opening(done)
        if index is not None and _continues(done[index], block):
            before = done[index]
            text = join(before.text, block.text, sheet.words)
            done[index] = replace(before, text=text, page_end=block.page, boxes=before.boxes + block.boxes)
        else:
            done.append(block)
    return done


def _opening(done: Sequence[Block]) -> int | None:
    """The last block that runs on, notes and floats left out."""
    for index in range(len(done) - 1, -1, -1):
        if done[index].kind not in _PASSED:
            return index
    return None


def _continues(before: Block, block: Block) -> bool:
    if before.kind not in ("paragraph", "list", "reference") or block.kind not in ("paragraph", "reference"):
        return False
    last, first = before.boxes[-1], block.boxes[0]
    if last.page == first.page and first.top >= last.top:
        return False
    if before.text.rstrip().endswith("-"):
        return True
    if _END.search(before.text.rstrip()):
        return False
    return block.text[:1].islower() or not block.text[:1].isupper() or before.kind == "paragraph"
