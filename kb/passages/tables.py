"""A table with its caption as one or more passages, each with only its own rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.passages.sizes import MOST, words
from kb.records import Block

Row = tuple[str, ...]
_LONGEST_ROW = 4000  # characters; wider rows are cut between cells
_LONGEST_HEAD = (
    1000  # characters of a first row that is repeated above every part
)


@dataclass(frozen=True, slots=True)
class TablePart:
    """Some rows of a table: as text, and as cells under the first row of the table."""

    text: str
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]


def table_at(run: Sequence[Block], at: int) -> list[Block]:
    """The blocks of the table, with its caption above or below, that begins at `at`.

    Empty when none does, also for a caption that stands alone.
    """
    first = at + (run[at].kind == "caption")
    end = first
    while end < len(run) and run[end].kind == "table":
        end += 1
    if end == first:
        return []
    caption_below = end < len(run) and _captions_table(run[end])
    return list(run[at : end + (first == at and caption_below)])


def _captions_table(block: Block) -> bool:
    text = block.text.lower().lstrip("*")
    return block.kind == "caption" and text.startswith("tab")


def table_parts(blocks: Sequence[Block]) -> list[TablePart]:
    """The parts of a table, each of a passage's length; the caption heads the first."""
    captions = [block for block in blocks if block.kind == "caption"]
    tables = [block for block in blocks if block.kind == "table"]
    owners = (*captions[:1], *tables)
    lines = [captions[0].text] if captions else []
    parts: list[TablePart] = []
    for held in _packed(tables):
        text = "\n".join([*lines, *(_line(row) for _, row in held)])
        parts.append(TablePart(text, _under_head(held), owners))
        lines = []
    return parts


def _packed(tables: Sequence[Block]) -> Iterator[list[tuple[Block, Row]]]:
    """Rows with their tables, as many together as a passage holds."""
    held: list[tuple[Block, Row]] = []
    filled = 0
    for table in tables:
        for row in _rows(table):
            size = words(_line(row))
            if held and filled + size > MOST:
                yield held
                held, filled = [], 0
            held.append((table, row))
            filled += size
    if held:
        yield held


def _rows(table: Block) -> Iterator[Row]:
    """The filled rows of a table; very wide ones in pieces; a text without cells as rows."""
    if not table.rows:
        yield from ((line,) for line in table.text.split("\n") if line.strip())
        return
    for row in table.rows:
        if any(row):
            yield from _narrow(row)


def _narrow(row: Row) -> Iterator[Row]:
    start, length = 0, 0
    for at, cell in enumerate(row):
        if length and length + len(cell) > _LONGEST_ROW:
            yield row[start:at]
            start, length = at, 0
        length += len(cell) + 3
    yield row[start:]


def _under_head(held: Sequence[tuple[Block, Row]]) -> tuple[Row, ...]:
    """Rows as cells, below the first row of their table unless that is very long."""
    rows = tuple(row for table, row in held if table.rows)
    first = held[0][0]
    head = next((row for row in first.rows if any(row)), ())
    if not rows or rows[0] == head or sum(map(len, head)) > _LONGEST_HEAD:
        return rows
    return (head, *rows)


def _line(row: Row) -> str:
    return " | ".join(cell for cell in row if cell)
