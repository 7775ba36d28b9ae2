"""Tables told by what stands under what: the cells of rows whose pieces align."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.records import Line
from kb.structure.layout.page.columns import by_row
from kb.structure.layout.page.table_rows import (
    Cell,
    Pieces,
    cells_of,
    cuts_between,
)
from kb.structure.layout.typography import middle
from kb.structure.layout.wording import is_caption, marker_of

_ALIGNED = 3  # points between the edges of pieces that stand under each other
_FEWEST_ROWS = 3  # of a table without any rule
_SHORT = 20  # characters: the median of its pieces
_WRAPS = 0.6  # sizes of type of white above a further line of a cell
_NEXT = 2.2  # sizes of type between its rows


def without_rules(lines: Sequence[Line]) -> list[list[Cell]]:
    """Tables without any rule: three or more rows of short pieces, under each other."""
    found = []
    for run in _runs(rows_on_height(lines)):
        several = [row for row in run if len(row) > 1]
        pieces = [piece for row in several for piece in row]
        if len(several) < _FEWEST_ROWS or not _is_table(several, pieces):
            continue
        cells = cells_of(run)
        if len({cell[0] for cell in cells}) == len(several[0]):
            found.append(cells)
    return found


def _runs(rows: Sequence[Pieces]) -> list[list[Pieces]]:
    """Successive rows of as many pieces, each below those of the row above.

    Further lines of a cell stand between them.
    """
    runs: list[list[Pieces]] = [[]]
    full: Pieces = []  # the last row of more than one piece
    for row in rows:
        if full and _wraps_in(full, runs[-1][-1], row):
            runs[-1].append(row)
            continue
        if full and not _goes_on(full, runs[-1][-1], row):
            runs.append([])
            full = []
        if len(row) > 1:
            runs[-1].append(row)
            full = row
    return runs


def _wraps_in(full: Pieces, last: Pieces, row: Pieces) -> bool:
    """Whether `row` holds further lines of cells of the row `full`, right below `last`."""
    if (
        len(row) >= len(full)
        or row[0].top - last[0].bottom > _WRAPS * row[0].size
    ):
        return False
    return all(
        any(abs(piece.x0 - other.x0) < _ALIGNED for other in full)
        for piece in row
    )


def _goes_on(above: Pieces, last: Pieces, row: Pieces) -> bool:
    """Whether `row` has its pieces below those of the row `above` it."""
    if len(row) != len(above):
        return False
    if row[0].bottom - last[0].bottom > _NEXT * row[0].size:
        return False
    return all(
        _is_under(one, other) for one, other in zip(above, row, strict=True)
    )


def _is_under(one: Line, other: Line) -> bool:
    """Whether two pieces share their left edge, right edge or middle."""
    left, right = abs(one.x0 - other.x0), abs(one.x1 - other.x1)
    center = abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    return min(left, right, center) < _ALIGNED


def _is_table(run: Sequence[Pieces], pieces: Sequence[Line]) -> bool:
    """Whether aligned rows are short, no table of contents and no numbered list."""
    if middle([len(line.text) for line in pieces]) > _SHORT:
        return False
    if _is_contents([row[-1].text for row in run]):
        return False
    return not any(marker_of(f"{row[0].text} X") for row in run)


def _is_contents(texts: Sequence[str]) -> bool:
    """Whether the last pieces of rows are rising page numbers."""
    if not all(text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == sorted(numbers)


def is_aligned(row: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether each piece of a row shares an edge with one of `others`."""
    return all(
        any(
            min(abs(line.x0 - other.x0), abs(line.x1 - other.x1)) < _ALIGNED
            for other in others
        )
        for line in row
    )


def rows_on_height(lines: Sequence[Line]) -> list[Pieces]:
    """Lines on one height together, from top to bottom."""
    rows: list[Pieces] = []
    for line in by_row(lines):
        if rows and abs(rows[-1][0].bottom - line.bottom) < 0.4 * max(
            line.size, 4
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def aligned_cells(lines: Sequence[Line], x0: float, x1: float) -> list[Cell]:
    """Cells of rows whose pieces stand under each other; none where the text does not align.

    Args:
        x0: left edge of the table.
        x1: its right edge.
    """
    rows = _below_caption(rows_on_height(lines))
    wide = sum(len(row) > 1 for row in rows)
    if len(rows) < 2 or wide < 0.5 * len(rows):
        return []
    cuts = cuts_between(rows, x0, x1)
    if len(cuts) < 3:
        return []
    above: list[Pieces] = [[], *rows]
    first = [
        row
        for last, row in zip(above, rows, strict=False)
        if not _wraps(last, row)
    ]
    edges = [min(line.top for line in row) for row in first]
    edges.append(max(line.bottom for line in rows[-1]))
    return [
        (left, top, right, bottom)
        for top, bottom in pairwise(edges)
        for left, right in pairwise(cuts)
    ]


def _wraps(above: Pieces, row: Pieces) -> bool:
    """Whether `row` goes on in a cell of the row above it.

    A small letter stands under a piece, and one of the rows is nothing but that cell.
    """
    if (
        not above
        or min(len(above), len(row)) > 1
        or not row[0].text[:1].islower()
    ):
        return False
    if row[0].top - above[0].bottom > 0.8 * row[0].size:
        return False
    return any(abs(line.x0 - row[0].x0) < _ALIGNED for line in above)


def _below_caption(rows: list[Pieces]) -> list[Pieces]:
    """`rows` without a caption over them, of one line or more."""
    first = next(
        (at for at, row in enumerate(rows) if len(row) > 1), len(rows)
    )
    captioned = any(is_caption(row[0].text) for row in rows[:first])
    return rows[first:] if captioned else rows
