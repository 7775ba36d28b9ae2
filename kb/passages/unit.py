"""A unit to find and quote, before it is a passage."""

from __future__ import annotations

from dataclasses import dataclass

from kb.records import Block


@dataclass(frozen=True, slots=True)
class Unit:
    """Blocks, or a part of one, that make a passage; `text` and `raw` as shown.

    `share` is the part of the text of its one block, `rows` the rows of a table.
    """

    kind: str
    text: str
    blocks: tuple[Block, ...]
    section: tuple[str, ...] = ()
    raw: str | None = None
    share: tuple[float, float] = (0.0, 1.0)
    rows: tuple[tuple[str, ...], ...] = ()
