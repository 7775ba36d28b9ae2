"""Rows of pieces of text that stand under each other → the cells of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from kb.extract.pdf.lines import line_of
from kb.records import Line
from kb.structure.layout.typography import middle

_CELL_GAP = (
    0.7  # sizes of type of white between cells; words of one cell stand closer
)
_CLOSER = 0.8  # points by which lines of one cell stand closer than rows
_FEWEST = 2  # rows of more than one cell
LONG = 28  # characters of a line that is text rather than a cell

Cell = tuple[float, float, float, float]  # x0, top, x1, bottom
Pieces = list[Line]  # on one height, from left to right


def pieces_of(row: Sequence[Line]) -> Iterator[Line]:
    """The lines of a row, cut where more than a space is white."""
    for line in row:
        start = 0
        for at, (left, right) in enumerate(pairwise(line.words), 1):
            if right.x0 - left.x1 > _CELL_GAP * line.size:
                yield line_of(line.words[start:at])
                start = at
        yield line_of(line.words[start:]) if start else line


def cells_of(rows: Sequence[Pieces]) -> list[Cell]:
    """Cells of rows of pieces; none where too few rows have more than one."""
    rows = _without_text_below(rows)
    several = [row for row in rows if len(row) > 1]
    if len(several) < _FEWEST or 3 * len(several) < len(first_lines(rows)):
        return []
    pieces = list(chain.from_iterable(rows))
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    cuts = cuts_between(several, left, right)
    if len(cuts) < 3:
        return []
    tops = [min(map(_top, row)) for row in first_lines(rows)]
    tops.append(max(piece.bottom for piece in rows[-1]))
    bands, columns = pairwise(tops), list(pairwise(cuts))
    return [(x0, top, x1, low) for top, low in bands for x0, x1 in columns]


def _without_text_below(rows: Sequence[Pieces]) -> Sequence[Pieces]:
    """`rows` down to the last that is not one long line."""
    end = len(rows)
    while (
        end and len(rows[end - 1]) == 1 and len(rows[end - 1][0].text) > LONG
    ):
        end -= 1
    return rows[:end]


def _top(piece: Line) -> float:
    return piece.top


def first_lines(rows: Sequence[Pieces]) -> list[Pieces]:
    """Rows of pieces that are the first line of a row of the table.

    Further lines of its cells stand closer below it than the next row does; where all stand
    as close, those are further lines that go on with a small letter.
    """
    gaps = [_white(above, row) for above, row in pairwise(rows)]
    full = [
        gap for gap, row in zip(gaps, rows[1:], strict=True) if len(row) > 1
    ]
    usual = middle(full)
    found = [rows[0]]
    for gap, (above, row) in zip(gaps, pairwise(rows), strict=True):
        closer = gap < usual - _CLOSER
        goes_on = min(len(above), len(row)) == 1 and row[0].text[:1].islower()
        if not closer and not goes_on:
            found.append(row)
    return found


def _white(above: Pieces, row: Pieces) -> float:
    top = min(piece.top for piece in row)
    return top - max(piece.bottom for piece in above)


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
