"""Pages of placed lines → blocks in reading order: the path from geometry to text."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.records import Block, Line, Page
from kb.structure.layout.blocks.continuations import joined
from kb.structure.layout.blocks.kinds import drafts_of
from kb.structure.layout.blocks.recognised import mended
from kb.structure.layout.blocks.text import block_of, box_of
from kb.structure.layout.furniture import furniture_of
from kb.structure.layout.page.contents import with_contents
from kb.structure.layout.page.drawn_bullets import with_bullets
from kb.structure.layout.page.row_starts import with_starts
from kb.structure.layout.page.underlines import with_underlines
from kb.structure.layout.page.zones import pieces_joined, rows_of
from kb.structure.layout.page_labels import PageLabel, Printed, labels_of
from kb.structure.layout.typography import Row, typography_of

_LOG = logging.getLogger(__name__)
# What odd input makes of a wrong assumption; nothing else is caught.
_ODD = (ArithmeticError, LookupError, ValueError, RecursionError)


def layout_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Blocks of pages with geometry, furniture included, each with its printed page label.

    A page that cannot be laid out costs that page its layout, never the document.
    """
    try:
        return _layout_blocks(pages)
    except _ODD:
        _LOG.warning("the layout of a document failed", exc_info=True)
    return _without_odd_pages(pages)


def _without_odd_pages(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Blocks of the pages that can be laid out, and the bare lines of the others."""
    odd = {page.number for page in pages if not _can_be_laid_out(page)}
    sound = [replace(p, lines=()) if p.number in odd else p for p in pages]
    bare = [
        block for p in pages if p.number in odd for block in _bare_blocks(p)
    ]
    try:
        found = _layout_blocks(sound) if odd else ()
    except _ODD:
        found = ()
    if not found:
        return tuple(block for page in pages for block in _bare_blocks(page))
    return tuple(sorted((*found, *bare), key=lambda block: block.page))


def _can_be_laid_out(page: Page) -> bool:
    try:
        _layout_blocks([page])
    except _ODD:
        return False
    return True


def _bare_blocks(page: Page) -> Iterable[Block]:
    """The lines of a page as one paragraph, in the order of the file."""
    text = " ".join(line.text for line in page.lines).strip()
    if text:
        boxes = tuple(box_of(line, page.number) for line in page.lines)
        yield Block("paragraph", text, page.number, page.label, boxes=boxes)


def _layout_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    usual = typography_of(pages)
    furniture = furniture_of(pages)
    aside: list[Block] = []
    running: dict[int, list[Printed]] = {}
    rows: list[Row] = []
    found: list[Row] = []
    contents = False
    for page in pages:
        out = [line for line in page.lines if id(line) in furniture]
        lines = [
            line
            for line in page.lines
            if id(line) not in furniture and line.text.strip()
        ]
        running[page.number] = [_printed(line) for line in out]
        aside += [_furniture_block(line, page.number) for line in out]
        pieces = rows_of(page, lines, usual, found)
        pieces = with_starts(pieces_joined(pieces))
        found = with_bullets(pieces, page, usual)
        found = with_underlines(found, page)
        found, contents = with_contents(found, contents)
        rows += found
    drafts = joined(drafts_of(rows, usual))
    blocks = (block_of(draft, usual) for draft in drafts)
    body = mended([b for b in blocks if b.text], usual.recognised)
    labels = labels_of(pages, running)
    return tuple(_labelled(block, labels) for block in _in_order(body, aside))


def _printed(line: Line) -> Printed:
    return Printed(line.text, line.mid_x)


def _furniture_block(line: Line, page: int) -> Block:
    return Block("furniture", line.text, page, boxes=(box_of(line, page),))


def _in_order(
    body: Sequence[Block], furniture: Sequence[Block]
) -> list[Block]:
    """Furniture of a page follows what begins on that page."""
    found: list[Block] = []
    waiting = list(furniture)
    for block in body:
        while waiting and waiting[0].page < block.page:
            found.append(waiting.pop(0))
        found.append(block)
    return found + waiting


def _labelled(block: Block, labels: dict[int, PageLabel]) -> Block:
    """`block` with the labels of the pages on which it begins and ends."""
    end = block.page_end or block.page
    first, last = (
        labels.get(block.page, PageLabel()),
        labels.get(end, PageLabel()),
    )
    label = first.at(_middle(block, 0))
    return replace(
        block,
        label=label,
        page_end=end,
        label_end=last.at(_middle(block, -1)),
        label_origin=first.origin if label is not None else "none",
        label_between=first.between,
    )


def _middle(block: Block, at: int) -> float:
    """Where the middle of the first or last line of a block stands on its page."""
    box = block.boxes[at] if block.boxes else None
    return box.mid_x if box else 0.0
