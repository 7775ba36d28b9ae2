"""On which pages does a passage stand, and where on them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.records import Block, Box


@dataclass(frozen=True, slots=True)
class Place:
    """First and last page, their printed labels, and the boxes on them; the last is None where there is but one page."""

    page: int
    label: str | None
    page_end: int | None
    label_end: str | None
    boxes: tuple[Box, ...]


def place_of(blocks: Sequence[Block]) -> Place:
    """Where some blocks stand together."""
    first = blocks[0]
    last = max(blocks, key=lambda block: block.page_end or block.page)
    page_end = last.page_end or last.page
    boxes = tuple(box for block in blocks for box in block.boxes)
    if page_end == first.page:
        return Place(first.page, first.label, None, None, boxes)
    return Place(
        first.page,
        first.label,
        page_end,
        last.label_end if last.page_end else last.label,
        boxes,
    )


def part_place(block: Block, share: tuple[float, float]) -> Place:
    """Where a part of a long block stands: its share of the text is taken for the same share of its boxes."""
    boxes = _boxes_of(block.boxes, share)
    if not boxes or block.page_end is None:
        whole = place_of([block])
        return Place(
            whole.page,
            whole.label,
            whole.page_end,
            whole.label_end,
            boxes or whole.boxes,
        )
    page, page_end = boxes[0].page, boxes[-1].page
    end = page_end if page_end != page else None
    return Place(
        page, _label(block, page), end, _label(block, page_end) if end else None, boxes
    )


def _boxes_of(boxes: Sequence[Box], share: tuple[float, float]) -> tuple[Box, ...]:
    """The boxes that hold a share of the text, by their size."""
    sizes = [
        max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top) for box in boxes
    ]
    total = sum(sizes)
    if not total:
        return ()
    found, at = [], 0.0
    for box, size in zip(boxes, sizes, strict=True):
        # A sliver of a box is more likely a rounding than a line.
        if min(share[1], (at + size) / total) - max(share[0], at / total) > 0.02:
            found.append(box)
        at += size
    return tuple(found)


def _label(block: Block, page: int) -> str | None:
    """The label of one of the pages of a block: known of the first and the last, counted on for those between."""
    if page == block.page:
        return block.label
    if page == block.page_end:
        return block.label_end
    return (
        str(int(block.label) + page - block.page)
        if block.label and block.label.isdigit()
        else None
    )
