"""How much of its column a line fills, and whether more would have fitted."""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Line
from kb.structure.layout.typography import Row

# Shares of the size of type.
_FULL = 2.5  # a line that ends this near to the edge of its column is full
_ROOM = 0.8  # white beyond the next word that shows a line ended on purpose


def is_full(line: Line, row: Row) -> bool:
    """Whether a line reaches the right edge of the column of `row`."""
    return line.x1 > row.column[1] - _FULL * row.line.size


def room_for(group: Sequence[Row], row: Row) -> tuple[float, float]:
    """White behind the last line of `group`, and what the first word of `row` takes."""
    last = group[-1]
    room = max(row.column[1], last.column[1]) - last.line.x1
    return room, row.line.words[0].width + 0.3 * row.line.size


def had_room(group: Sequence[Row], row: Row, spare: float = _ROOM) -> bool:
    """Whether the first word of `row` would have fitted on the line before.

    Args:
        spare: sizes of type of white that would have been left.
    """
    if not row.line.words:
        return False
    room, needed = room_for(group, row)
    return room >= needed + spare * row.line.size
