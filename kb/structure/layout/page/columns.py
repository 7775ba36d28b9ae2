"""In which order is a page read? Columns are found where white runs down between text
on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kb.extract.pdf.lines import line_of
from kb.records import Line
from kb.structure.layout.typography import middle

_CELL = 2.0  # points of the raster
_MOST_CELLS = 5000  # along a side of the raster
_DEEPEST = 6  # columns within columns
_LEAST_LINES = 3  # on each side of a gutter
_LEAST_CHARACTERS = 11.0  # median of a line of a text column
_LONG_LINE = 28  # characters of a line of text beside a table in its column
_MOSTLY_LONG = 0.6  # share of the characters that stand in such lines
# Sizes of type.
_HEIGHT = 2.5  # the least height over which white parts text
_WIDTH = 0.6  # the least width of a gutter
_NARROW = 0.25  # the narrowest gutter before an edge at which many lines begin
_PIECE = 0.45  # the least white at which a line is cut
_LEAST_SHARED = 6  # lines that begin at such an edge, and that stand before it
_PARTING = (
    0.15  # share of the height of the text over which white must part it
)
_CROSSING = 0.1  # share of the lines that may cross a narrow gutter

Column = tuple[float, float]
Crossings = npt.NDArray[np.int_]
Flags = npt.NDArray[np.bool_]


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
    gutter = _best_gutter(lines, size) if depth < _DEEPEST else None
    if gutter is None:
        yield from _in_one_column(lines)
        return
    parts = [part for line in lines for part in split_at(line, gutter)]
    for crosses, band in _bands(parts, gutter):
        if crosses and len(band) == len(parts):
            # Nothing was divided: the next round would find the same gutter.
            yield from _each_in_its_own(band)
            continue
        sides: Sequence[list[Line]]
        sides = (band,) if crosses else _sides(band, gutter)
        for side in sides:
            yield from _ordered(side, size, depth + 1)


def _in_one_column(lines: Sequence[Line]) -> Iterator[tuple[Line, Column]]:
    """Lines of one column, which is as wide as all of them."""
    column = min(line.x0 for line in lines), max(line.x1 for line in lines)
    for line in by_row(lines):
        yield line, column


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


def _sides(lines: list[Line], gutter: Column) -> tuple[list[Line], list[Line]]:
    """Lines left and right of a gutter."""
    middle_x = (gutter[0] + gutter[1]) / 2 + 1
    left = [line for line in lines if line.x1 <= middle_x]
    right = [line for line in lines if line.x1 > middle_x]
    return left, right


# -- gutters


def _best_gutter(lines: list[Line], size: float) -> Column | None:
    """The white strip that divides most text, if one divides enough of it."""
    if len(lines) < 2 * _LEAST_LINES:
        return None
    finders: tuple[Callable[[list[Line], float], list[Column]], ...]
    finders = (_wide_gutters, _narrow_gutters)
    for candidates in finders:
        scores = {
            gutter: _divided(lines, gutter)
            for gutter in candidates(lines, size)
        }
        best = max(scores, key=lambda gutter: scores[gutter], default=None)
        if best is not None and scores[best] > 0:
            return best
    return None


def _narrow_gutters(lines: list[Line], size: float) -> list[Column]:
    """Narrow strips right before an edge at which many lines begin.

    Overfull lines reach far into the white between columns.
    """
    found = []
    for edge, count in Counter(round(line.x0) for line in lines).items():
        left = edge - 0.5 - _NARROW * size
        before = [line.x1 for line in lines if line.x1 <= left]
        if min(count, len(before)) < _LEAST_SHARED:
            continue
        crossing = sum(line.x0 < left < line.x1 for line in lines)
        if crossing <= _CROSSING * len(lines):
            found.append((max(before), edge - 0.5))
    return found


def _wide_gutters(lines: list[Line], size: float) -> list[Column]:
    """Strips that are white over some height, with text on both sides."""
    left = min(line.x0 for line in lines)
    ink = _raster(lines, left)
    if ink is None:
        return []
    on_left = np.logical_or.accumulate(ink, axis=1)
    on_right = np.logical_or.accumulate(ink[:, ::-1], axis=1)[:, ::-1]
    parted = (on_left & on_right & ~ink).sum(axis=0)
    crossed = ink.sum(axis=0)
    high = parted >= _HEIGHT * size / _CELL
    good = high & (parted > _PARTING * (crossed + parted))
    return [
        gutter
        for begin, end in _runs(good)
        for gutter in _emptiest(crossed, begin, end, left, size)
    ]


def _raster(lines: list[Line], left: float) -> Flags | None:
    """Where the page has text, in cells from `left` and the topmost line.

    None when too large.
    """
    top = min(line.top for line in lines)
    width = int((max(line.x1 for line in lines) - left) / _CELL) + 2
    height = int((max(line.bottom for line in lines) - top) / _CELL) + 2
    if max(width, height) > _MOST_CELLS:
        return None
    ink = np.zeros((height, width), dtype=bool)
    for line in lines:
        rows = slice(
            int((line.top - top) / _CELL), int((line.bottom - top) / _CELL) + 1
        )
        ink[
            rows,
            int((line.x0 - left) / _CELL) : int((line.x1 - left) / _CELL) + 1,
        ] = True
    return ink


def _emptiest(
    crossed: Crossings, start: int, end: int, left: float, size: float
) -> list[Column]:
    """The parts of a strip that least lines cross.

    A line or two more where the strip is else too narrow to see.
    """
    part = crossed[start:end]
    for lines in (0, 1, 2):
        runs = _runs(part <= part.min() + lines * size / _CELL)
        found = [
            (left + (start + begin) * _CELL, left + (start + finish) * _CELL)
            for begin, finish in runs
        ]
        wide = [(x0, x1) for x0, x1 in found if x1 - x0 >= _WIDTH * size]
        if wide:
            return wide
    return []


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Begin and end of each run of True."""
    padded = np.concatenate(([False], flags, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(padded)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _bands(lines: list[Line], gutter: Column) -> list[tuple[bool, list[Line]]]:
    """Runs of lines from top to bottom that cross the gutter (True) or stand beside it (False).

    What stands beside a crossing line goes with it.
    """
    middle_x = (gutter[0] + gutter[1]) / 2
    heights = [
        (line.top, line.bottom)
        for line in (*lines, *_heads_of_both(lines, gutter))
        if line.x0 < middle_x - 1 and line.x1 > middle_x + 1
    ]
    bands: list[tuple[bool, list[Line]]] = []
    for line in sorted(lines, key=lambda line: (line.bottom, line.x0)):
        center = line.mid_y
        crosses = any(top < center < bottom for top, bottom in heights)
        if bands and bands[-1][0] == crosses:
            bands[-1][1].append(line)
        else:
            bands.append((crosses, [line]))
    return _with_one_sided(bands, gutter)


def _heads_of_both(lines: list[Line], gutter: Column) -> Iterator[Line]:
    """Lines in the left column under which the text of both columns begins, as wide as both.

    White stands beside such a heading; below it the columns begin at one height.
    """
    left, right = _sides(lines, gutter)
    for line in left:
        below = _next_below(line, left)
        beyond = _next_below(line, right)
        if (
            below is None
            or beyond is None
            or not _is_above_in_type(line, below)
        ):
            continue
        level = abs(below.top - beyond.top) < _PIECE * below.size
        near = below.top - line.bottom < 3 * below.size
        if level and near and _has_white_beside(line, right):
            yield replace(line, x1=gutter[1] + 2)


def _next_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The first of `lines` below a line."""
    return min(
        (o for o in lines if o.top >= line.bottom - 1), key=_top, default=None
    )


def _has_white_beside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether none of `lines` stands on the height of a line and one stands above it."""
    beside = any(
        o.bottom > line.top - 1 and o.top < line.bottom + 1 for o in lines
    )
    return not beside and any(other.bottom <= line.top for other in lines)


def _top(line: Line) -> float:
    return line.top


def _is_above_in_type(one: Line, other: Line) -> bool:
    """Whether a line is larger, or bolder, than the text below it."""
    return one.size > 1.05 * other.size or (one.bold and not other.bold)


def _with_one_sided(
    bands: list[tuple[bool, list[Line]]], gutter: Column
) -> list[tuple[bool, list[Line]]]:
    """`bands`, those between two crossing ones with text on one side only joined to them.

    Nothing stands side by side there.
    """
    found: list[tuple[bool, list[Line]]] = []
    for at, (crosses, band) in enumerate(bands):
        inner = 0 < at < len(bands) - 1 and not all(_sides(band, gutter))
        crosses = crosses or inner
        if found and found[-1][0] and crosses:
            found[-1][1].extend(band)
        else:
            found.append((crosses, list(band)))
    return found


def _divided(lines: list[Line], gutter: Column) -> float:
    """Characters of text that stand side by side along the gutter.

    0 where they look like a table, a list or a chance.
    """
    total = 0.0
    for crosses, band in _bands(lines, gutter):
        if crosses:
            continue
        left, right = _sides(band, gutter)
        if _is_text(left) and _is_text(right):
            total += sum(len(line.text) for line in band)
    return total


def _is_text(lines: list[Line]) -> bool:
    """Whether lines are text by their median, or by most of their characters.

    A table within a column has many short pieces.
    """
    lengths = [len(line.text) for line in lines]
    if len(lines) < _LEAST_LINES:
        return False
    long = [length for length in lengths if length >= _LONG_LINE]
    mostly = sum(long) >= _MOSTLY_LONG * sum(lengths)
    return middle(lengths) >= _LEAST_CHARACTERS or (
        len(long) >= _LEAST_SHARED and mostly
    )
