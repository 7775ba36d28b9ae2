"""Tables told by what stands under what: the cells of rows whose pieces align."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.records import Line
from kb.structure.layout.page.columns import by_row
from kb.structure.layout.typography import middle
from kb.structure.layout.wording import is_caption, marker_of

_ALIGNED = 3  # points between the edges of pieces that stand under each other
_FEWEST_ROWS = 3  # of a table without any rule
_SHORT = 20  # characters: the median of its pieces
_NEXT = 2.2  # sizes of type between its rows

Cell = tuple[float, float, float, float]  # x0, top, x1, bottom
Pieces = list[Line]  # on one height, from left to right


def without_rules(lines: Sequence[Line]) -> list[list[Cell]]:
    """Tables without any rule: three or more rows of short pieces, under each other."""
    found = []
    for run in _runs(rows_on_height(lines)):
        pieces = [line for row in run for line in row]
        if len(run) < _FEWEST_ROWS or not _is_table(run, pieces):
            continue
        left, right = (
            min(line.x0 for line in pieces),
            max(line.x1 for line in pieces),
        )
        cells = aligned_cells(pieces, left, right)
        if len({cell[0] for cell in cells}) == len(run[0]):
            found.append(cells)
    return found


def _runs(rows: Sequence[Pieces]) -> list[list[Pieces]]:
    """Successive rows of as many pieces, each below those of the row above."""
    runs: list[list[Pieces]] = [[]]
    for row in rows:
        if runs[-1] and not _goes_on(runs[-1][-1], row):
            runs.append([])
        if len(row) > 1:
            runs[-1].append(row)
    return runs


def _goes_on(above: Pieces, row: Pieces) -> bool:
    """Whether `row` has its pieces below those of the row above it."""
    if len(row) != len(above):
        return False
    if row[0].bottom - above[0].bottom > _NEXT * row[0].size:
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
    return not any(marker_of(f"{row[0].text} x") for row in run)


def _is_contents(texts: Sequence[str]) -> bool:
    """Whether the last pieces of rows are rising page numbers."""
    if not all(text.isdigit() for text in texts):
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


def cuts_between(rows: Sequence[Pieces], x0: float, x1: float) -> list[float]:
    """Edges of the columns: the middle of each white strip that no piece crosses."""
    spans = sorted(
        (line.x0, line.x1) for row in rows if len(row) > 1 for line in row
    )
    if not spans:
        return []
    merged: list[list[float]] = []
    for left, right in spans:
        if merged and left <= merged[-1][1] + 2:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    inner = [(one[1] + other[0]) / 2 for one, other in pairwise(merged)]
    first = min(x0, spans[0][0]) - 1
    last = max(x1, *(right for _, right in spans)) + 1
    return [first, *inner, last]
