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
_CELLS = " | "
_PASSED = ("reference", "table", "footnote", "toc", "furniture")


@dataclass(frozen=True, slots=True)
class Front:
    """What was gathered.

    Blocks of the first pages and the last, their lines as printed, and the rest.
    """

    blocks: Sequence[Block]
    lines: Sequence[str]
    # Lines of the first page with text, where it has geometry.
    cover: Sequence[Line] = ()
    running: Sequence[str] = ()  # headers and footers that come back
    given: Mapping[str, Any] = field(default_factory=dict)
    # Whether the format is made to declare its authors (no PDF).
    declared: bool = False
    # Lines of the first page with text, as its blocks have them.
    title_page: Sequence[str] = ()
    # Text of the first blocks, in which bodies are counted.
    body: str = ""

    @property
    def text(self) -> str:
        """All lines as one."""
        return "\n".join(self.lines)


def front_of(blocks: Sequence[Block], extraction: Extraction) -> Front:
    """The front of a document.

    Its first blocks, and the last, where some colophons stand.
    """
    chosen = _first_and_last(blocks)
    first = [block for block in chosen if block.page == chosen[0].page]
    return Front(
        chosen,
        _printed_lines(chosen),
        _cover(extraction.pages),
        _running_titles(blocks),
        extraction.metadata,
        _is_declared(extraction),
        _printed_lines(first),
        "\n".join(block.text for block in blocks[:_BODY]),
    )


def _first_and_last(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the first pages, and the last ones of those behind them.

    Of a document of 40 blocks on three pages all are first, and none is last.
    """
    first = [
        block for block in blocks[:_FIRST_BLOCKS] if block.page <= _FIRST_PAGES
    ]
    last = blocks[max(len(first), len(blocks) - _LAST_BLOCKS) :]
    return [
        block
        for block in (*first, *last)
        if block.kind not in _PASSED or _is_head_of_letter(block)
    ]


def _is_head_of_letter(block: Block) -> bool:
    """Whether a table of the first page is a column of labels and a column of what they say."""
    rows = block.text.split("\n")
    return (
        block.kind == "table"
        and block.page == 1
        and all(row.count(_CELLS) == 1 for row in rows)
    )


def _printed_lines(blocks: Sequence[Block]) -> list[str]:
    """The lines of blocks as they were printed, without empty ones."""
    # Raw text keeps its lines, and a label counts only where a line begins.
    printed = "\n".join(
        block.text.replace(_CELLS, ": ")
        if block.kind == "table"
        else block.raw or block.text
        for block in blocks
    )
    return [line.strip() for line in printed.split("\n") if line.strip()]


def _running_titles(blocks: Sequence[Block]) -> list[str]:
    """Headers and footers that come back on another page."""
    seen = Counter(block.text for block in blocks if block.kind == "furniture")
    return [text for text, count in seen.items() if count >= _RUNNING]


def _is_declared(extraction: Extraction) -> bool:
    """Whether the file is of a format that is made to declare its authors."""
    # A file of pages alone is a PDF, which carries the name of whoever made it.
    return extraction.blocks is not None or not extraction.pages


def _cover(pages: Sequence[Page]) -> Sequence[Line]:
    """The lines of the first page that has some, where they have a size."""
    for page in pages[:_FIRST_PAGES]:
        lines = [
            line for line in page.lines if line.size and line.text.strip()
        ]
        if lines:
            return sorted(lines, key=lambda at: (round(at.bottom), at.x0))
    return ()
