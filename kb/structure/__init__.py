"""Here are lines on a page.

Where does a paragraph begin? `blocks_of` tells, for any extraction.
"""

from __future__ import annotations

from kb.records import Block, Extraction

__all__ = ["blocks_of"]


def blocks_of(extraction: Extraction) -> tuple[Block, ...]:
    """The blocks of a document in reading order, furniture included.

    Pure, and never raises for odd input.
    """
    if extraction.blocks is not None:
        from kb.structure.markup import marked_blocks

        return marked_blocks(extraction.blocks, extraction.metadata)
    if any(line.x1 > 0 for page in extraction.pages for line in page.lines):
        from kb.structure.layout import layout_blocks

        return layout_blocks(extraction.pages)
    if not any(page.lines for page in extraction.pages):
        return ()
    from kb.structure.plain import plain_blocks

    return plain_blocks(extraction)
