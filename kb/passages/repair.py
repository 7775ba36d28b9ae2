"""Blocks as they are read: OCR repaired where that is certain, and the language told.

The one place where text is repaired, for every path. Blocks stay as printed everywhere
else; what was printed stays in `raw`, and each repair in `repairs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.dutch.language import language_of
from kb.dutch.repair import repair
from kb.records import Block

_VERBATIM = ("reference", "toc", "furniture")  # names and titles as printed


def repaired(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks` with `language`, and the Dutch ones with their words repaired."""
    return tuple(map(_repaired, blocks))


def _repaired(block: Block) -> Block:
    language = language_of(block.text)
    if language != "nl" or block.kind in _VERBATIM:
        return replace(block, language=language)
    text, repairs = repair(block.text)
    if not repairs:
        return replace(block, language=language)
    rows = tuple(tuple(repair(cell)[0] for cell in row) for row in block.rows)
    return replace(
        block,
        text=text,
        rows=rows,
        raw=block.raw or block.text,
        repairs=(*block.repairs, *repairs),
        language=language,
    )
