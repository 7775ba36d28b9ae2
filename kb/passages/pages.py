"""On which pages does a passage stand, and where on them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.records import Block, Box

WHOLE = (0.0, 1.0)
# Share of the text below which a piece of a box is a rounding rather than a line.
_SLIVER = 0.02
_PRINTED, _BETWEEN, _NONE = "printed", "between", "none"


@dataclass(frozen=True, slots=True)
class Place:
    """First and last page, their labels, where those come from, and the boxes on them.

    `page_end` and `label_end` are None where there is but one page. `origin` is "printed"
    only when every label is; `between` are the nearest printed labels otherwise.
    """

    page: int
    label: str | None
    page_end: int | None = None
    label_end: str | None = None
    boxes: tuple[Box, ...] = ()
    origin: str = _NONE
    between: tuple[str | None, str | None] = (None, None)


def place_of_unit(
    blocks: Sequence[Block], share: tuple[float, float] = WHOLE
) -> Place:
    """Where some blocks, or a share of the text of one block, stand."""
    return place_of(blocks) if share == WHOLE else part_place(blocks[0], share)


def place_of(blocks: Sequence[Block]) -> Place:
    """Where some blocks stand together."""
    first = blocks[0]
    last = max(blocks, key=_last_page)
    place = Place(
        first.page,
        first.label,
        boxes=tuple(box for block in blocks for box in block.boxes),
        origin=_origin_of(first, last),
        between=first.label_between,
    )
    if _last_page(last) == first.page:
        return place
    label = last.label_end if last.page_end else last.label
    return replace(place, page_end=_last_page(last), label_end=label)


def _origin_of(first: Block, last: Block) -> str:
    """ "none" without a label, "between" when one of two is worked out."""
    if first.label is None:
        return _NONE
    return (
        _BETWEEN
        if _BETWEEN in (first.label_origin, last.label_origin)
        else first.label_origin
    )


def _last_page(block: Block) -> int:
    return block.page_end or block.page


def part_place(block: Block, share: tuple[float, float]) -> Place:
    """Where a part of a long block stands.

    Its share of the text is taken for the same share of its boxes, by their size.
    """
    boxes = _boxes_of(block.boxes, share)
    whole = place_of([block])
    if not boxes or block.page_end is None:
        return replace(whole, boxes=boxes or whole.boxes)
    page, page_end = boxes[0].page, boxes[-1].page
    known = {block.page: block.label, block.page_end: block.label_end}
    label, label_end = _label_at(block, page), _label_at(block, page_end)
    counted = whole.origin == _PRINTED and not {page, page_end} <= known.keys()
    place = replace(
        whole,
        page=page,
        label=label,
        page_end=None,
        label_end=None,
        boxes=boxes,
        origin=_BETWEEN if counted and label else whole.origin,
        between=(block.label, block.label_end) if counted else whole.between,
    )
    if page == page_end:
        return place
    return replace(place, page_end=page_end, label_end=label_end)


def _boxes_of(
    boxes: Sequence[Box], share: tuple[float, float]
) -> tuple[Box, ...]:
    """The boxes that hold a share of the text."""
    total = sum(map(_size, boxes))
    if not total:
        return ()
    found, at = [], 0.0
    for box in boxes:
        start, at = at / total, at + _size(box)
        if min(share[1], at / total) - max(share[0], start) > _SLIVER:
            found.append(box)
    return tuple(found)


def _size(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def _label_at(block: Block, page: int) -> str | None:
    """The label of a page of a block: known of first and last, counted on between."""
    if page == block.page:
        return block.label
    if page == block.page_end:
        return block.label_end
    if block.label and block.label.isdecimal():
        return str(int(block.label) + page - block.page)
    return None
