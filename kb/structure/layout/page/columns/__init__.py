"""In which order is a page read? Columns are found where white runs down between text
on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.extract.pdf.lines import line_of
from kb.records import Line
from kb.structure.layout.page.columns.bands import Column, bands_at, sides_of
from kb.structure.layout.page.columns.gutters import best_gutter
from kb.structure.layout.typography import middle

_DEEPEST = 6  # columns within columns
_FEWEST_ENDS = 10  # lines that show where a column ends
_MOST_OVERFULL = 2  # lines that may run on beyond it
_OVERFULL = 3.0  # sizes of type by which they do, at least
_PIECE = 0.45  # sizes of type: the least white at which a line is cut


def ordered(lines: Sequence[Line], size: float) -> list[tuple[Line, Column]]:
    """`lines` in reading order, each with the column (x0, x1) in which it stands.

    Args:
        size: size of the text in points.
    """
    return list(_ordered(list(lines), size, 0))


def _ordered(
    lines: list[Line], size: float, depth: int
) -> Iterator[tuple[Line, Column]]:
    """`lines` divided at their best gutter, and each part divided again.

    From top to bottom come bands: what crosses the gutter is read as it stands,
    what stands beside it first on the left and then on the right. A heading
    over two columns of text is read, then the left column, then the right one.
    """
    if not lines:
        return
    gutter = best_gutter(lines, size) if depth < _DEEPEST else None
    if gutter is None:
        yield from _in_one_column(lines)
        return
    parts = [part for line in lines for part in split_at(line, gutter)]
    for crosses, band in bands_at(parts, gutter):
        if crosses and len(band) == len(parts):
            # Nothing was divided: the next round would find the same gutter.
            yield from _each_in_its_own(band)
            continue
        sides: Sequence[list[Line]]
        sides = (band,) if crosses else sides_of(band, gutter)
        for side in sides:
            yield from _ordered(side, size, depth + 1)


def _in_one_column(lines: Sequence[Line]) -> Iterator[tuple[Line, Column]]:
    """Lines of one column, which is as wide as all of them but for one or two that stand out."""
    column = min(line.x0 for line in lines), _right_edge(lines)
    for line in by_row(lines):
        yield line, column


def _right_edge(lines: Sequence[Line]) -> float:
    """Where most of the longest lines end: an address that was not broken is no measure."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    if len(ends) < _FEWEST_ENDS:
        return ends[0]
    for at in range(_MOST_OVERFULL):
        if ends[at] - ends[at + 1] > _OVERFULL * lines[0].size:
            return ends[at + 1]
    return ends[0]


def _each_in_its_own(lines: Sequence[Line]) -> Iterator[tuple[Line, Column]]:
    """Lines that share no column: each is as wide as it is."""
    for line in by_row(lines):
        yield line, (line.x0, line.x1)


def split_at(line: Line, gutter: Column) -> list[Line]:
    """A line that runs on over a gutter because its neighbour stood close by, cut there.

    It is cut where its words leave the gutter white.
    """
    least = max(_PIECE * line.size, 0.8 * (gutter[1] - gutter[0]))
    for at in range(1, len(line.words)):
        left, right = line.words[at - 1], line.words[at]
        if right.x0 - left.x1 <= least:
            continue
        if left.x1 <= gutter[0] + 3 and right.x0 >= gutter[1] - 3:
            return [line_of(line.words[:at]), line_of(line.words[at:])]
    return [line]


def by_row(lines: Sequence[Line]) -> list[Line]:
    """Lines from top to bottom; those on one height from left to right."""
    usual = middle([line.size for line in lines])

    def foot(line: Line) -> float:
        if len(line.text) > 3:
            return line.bottom
        return min(
            line.bottom, line.top + 1.4 * usual
        )  # a large figure: by its head

    rows: list[list[Line]] = []
    for line in sorted(lines, key=foot):
        last = rows[-1][0] if rows else None
        if last and abs(foot(line) - foot(last)) < 0.35 * max(line.size, 4.0):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [
        line for row in rows for line in sorted(row, key=lambda line: line.x0)
    ]
