"""Paragraphs cut by the end of a page or column become one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.dutch.hyphens import join
from kb.records import Block
from kb.structure.paragraphs import ends_sentence
from kb.structure.sheet import Sheet

_PASSED = ("footnote", "table", "figure", "caption", "margin", "quote")


def merged(blocks: Sequence[Block], sheet: Sheet) -> list[Block]:
    """`blocks` with what continues on a next page or column joined to its beginning."""
    done: list[Block] = []
    for block in blocks:
        if done and _same_table(done, block):
            continue
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
    if ends_sentence(before.text):
        return False
    return block.text[:1].islower() or not block.text[:1].isupper() or before.kind == "paragraph"


def _same_table(done: list[Block], block: Block) -> bool:
    """Join a table at the head of a page to the one at the foot of the page before, where their columns agree."""
    if block.kind != "table":
        return False
    index = next((i for i in range(len(done) - 1, -1, -1) if done[i].kind not in ("footnote", "margin", "figure")), None)
    if index is None or done[index].kind != "table":
        return False
    before = done[index]
    last, first = before.boxes[-1], block.boxes[0]
    alike = abs(last.x0 - first.x0) < 6 and abs(last.x1 - first.x1) < 6 and len(before.rows[-1]) == len(block.rows[0])
    if not (first.page == last.page + 1 and alike):
        return False
    rows = block.rows[1:] if block.rows[0] == before.rows[0] else block.rows
    text = "\n".join([before.text, *(" | ".join(row) for row in rows)])
    done[index] = replace(before, text=text, rows=before.rows + rows, page_end=block.page, boxes=before.boxes + block.boxes)
    return True
