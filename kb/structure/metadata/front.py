"""The parts of a document that speak of it.

Title pages, colophon, running titles and what its file declares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.records import Block, Extraction, Line, Page

_FIRST_PAGES = 4
_FIRST_BLOCKS = 60
_LAST_BLOCKS = 25
_BODY = 300  # blocks
_RUNNING = 2  # pages on which a running title stands
_PASSED = ("reference", "table", "footnote", "toc", "furniture")


@dataclass(frozen=True, slots=True)
class Front:
    """What was gathered.

    Blocks of the first pages and the last, their lines as printed, and the rest.
    """

    blocks: Sequence[Block]
    lines: Sequence[str]
    cover: Sequence[
        Line
    ] = ()  # lines of the first page with text, where it has geometry
    running: Sequence[str] = ()  # headers and footers that come back
    given: Mapping[str, Any] = field(default_factory=dict)
    declared: bool = (
        False  # the format is made to declare its authors (no PDF)
    )
    body: str = ""  # text of the first blocks, in which bodies are counted

    @property
    def text(self) -> str:
        """All lines as one."""
        return "\n".join(self.lines)


def front_of(blocks: Sequence[Block], extraction: Extraction) -> Front:
    """The front of a document.

    Its first blocks, and the last, where some colophons stand.
    """
    first = [
        block for block in blocks[:_FIRST_BLOCKS] if block.page <= _FIRST_PAGES
    ]
    last = list(blocks[max(len(first), len(blocks) - _LAST_BLOCKS) :])
    chosen = [block for block in (*first, *last) if block.kind not in _PASSED]
    printed = "\n".join(block.raw or block.text for block in chosen)
    lines = [line.strip() for line in printed.split("\n") if line.strip()]
    seen = Counter(block.text for block in blocks if block.kind == "furniture")
    running = [text for text, count in seen.items() if count >= _RUNNING]
    cover = _cover(extraction.pages)
    declared = extraction.blocks is not None or not extraction.pages
    body = "\n".join(block.text for block in blocks[:_BODY])
    return Front(
        chosen, lines, cover, running, extraction.metadata, declared, body
    )


def _cover(pages: Sequence[Page]) -> Sequence[Line]:
    """The lines of the first page that has some, where they have a size."""
    for page in pages[:_FIRST_PAGES]:
        lines = [
            line for line in page.lines if line.size and line.text.strip()
        ]
        if lines:
            return lines
    return ()
