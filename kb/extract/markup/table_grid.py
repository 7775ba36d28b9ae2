"""The cells of a table of pandoc's tree as a full grid: a spanned cell fills its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Nodes = Sequence[Any]
_MOST_COLUMNS = 4000  # a cell that says it spans more does so to hurt


def grid_of(content: Any) -> list[list[Nodes]]:
    """Rows of the blocks of each cell, head and foot included."""
    _, _, _, head, bodies, foot = content
    found = _filled(head[1])
    for body in bodies:
        found += _filled([*body[2], *body[3]])
    return found + _filled(foot[1])


def _filled(rows: Sequence[Any]) -> list[list[Nodes]]:
    """Rows of one part of a table; spans end with the part."""
    held: dict[
        int, tuple[int, Nodes]
    ] = {}  # by column: rows still to fill, and with what
    found = []
    for row in rows:
        cells = iter(row[1])
        found.append(list(_row(cells, held)))
    return found


def _row(
    cells: Iterator[Any], held: dict[int, tuple[int, Nodes]]
) -> Iterator[Nodes]:
    """The cells of one row from left to right, those held over from above among them."""
    column = 0
    while column < _MOST_COLUMNS:
        if column in held:
            yield _taken(held, column)
            column += 1
            continue
        cell = next(cells, None)
        if cell is None and not any(at > column for at in held):
            return
        if cell is None:
            yield ()
            column += 1
            continue
        _, _, down, across, nodes = cell
        for _ in range(max(1, min(across, _MOST_COLUMNS - column))):
            if down > 1:
                held[column] = (down - 1, nodes)
            yield nodes
            column += 1


def _taken(held: dict[int, tuple[int, Nodes]], column: int) -> Nodes:
    left, nodes = held.pop(column)
    if left > 1:
        held[column] = (left - 1, nodes)
    return nodes
