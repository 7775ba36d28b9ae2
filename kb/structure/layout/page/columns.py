"""In which order is a page read? Columns are found where white runs down between text on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.records import Line
from kb.structure.layout.typography import middle, part_of

_CELL = 2.0  # points of the raster
_LEAST_LINES = 3  # on each side of a gutter
_NARROW = 0.25  # sizes of type: the narrowest gutter
_LEAST_SHARED = (
    6  # lines that begin at the edge of a narrow gutter, and that stand before it
)
_LEAST_CHARACTERS = 11.0  # median of a line of a text column

Column = tuple[float, float]
Crossings = npt.NDArray[np.int_]
Flags = npt.NDArray[np.bool_]


def ordered(lines: Sequence[Line], size: float) -> list[tuple[Line, Column]]:
    """`lines` in reading order, each with the column (x0, x1) in which it stands. `size` of the body in points."""
    return _ordered(list(lines), size, 0)


def _ordered(lines: list[Line], size: float, depth: int) -> list[tuple[Line, Column]]:
    if not lines:
        return []
    gutter = (
        _best_gutter(lines, size)
        if depth < 6 and len(lines) >= 2 * _LEAST_LINES
        else None
    )
    if gutter is None:
        column = (min(line.x0 for line in lines), max(line.x1 for line in lines))
        return [(line, column) for line in by_row(lines)]
    found: list[tuple[Line, Column]] = []
    lines = [part for line in lines for part in split_at(line, gutter)]
    for full, band in _bands(lines, gutter):
        if full:
            found += (
                _ordered(band, size, depth + 1)
                if len(band) < len(lines)
                else [(line, (line.x0, line.x1)) for line in by_row(band)]
            )
        else:
            middle_x = (gutter[0] + gutter[1]) / 2
            for side in (
                [line for line in band if line.x1 <= middle_x + 1],
                [line for line in band if line.x1 > middle_x + 1],
            ):
                found += _ordered(side, size, depth + 1)
    return found


def split_at(line: Line, gutter: Column) -> list[Line]:
    """A line that runs on over a gutter because its neighbour stood close by: cut where its words leave the gutter white."""
    for at in range(1, len(line.words)):
        left, right = line.words[at - 1], line.words[at]
        wide = right.x0 - left.x1 > max(0.45 * line.size, 0.8 * (gutter[1] - gutter[0]))
        if wide and left.x1 <= gutter[0] + 3 and right.x0 >= gutter[1] - 3:
            return [part_of(line, line.words[:at]), part_of(line, line.words[at:])]
    return [line]


def by_row(lines: Sequence[Line]) -> list[Line]:
    """Lines from top to bottom; those on one height from left to right."""
    rows: list[list[Line]] = []
    usual = middle([line.size for line in lines])

    def foot(line: Line) -> float:
        return (
            line.bottom
            if len(line.text) > 3
            else min(line.bottom, line.top + 1.4 * usual)
        )  # a large figure goes by its head

    for line in sorted(lines, key=foot):
        last = rows[-1] if rows else []
        if last and abs(foot(line) - foot(last[0])) < 0.35 * max(line.size, 4.0):
            last.append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x0)]


def _best_gutter(lines: list[Line], size: float) -> Column | None:
    """The white strip that divides most text, if one divides enough of it."""
    best: tuple[float, Column] | None = None
    for candidates in (_gutters, _narrow_gutters):
        for gutter in candidates(lines, size):
            score = _divided(lines, gutter)
            if score > 0 and (best is None or score > best[0]):
                best = (score, gutter)
        if best is not None:
            return best[1]
    return None


def _narrow_gutters(lines: list[Line], size: float) -> list[Column]:
    """Narrow strips right before an edge at which many lines begin: overfull lines reach far into the white between columns."""
    edges = Counter(round(line.x0) for line in lines)
    found = []
    for edge, count in edges.items():
        left = edge - 0.5 - _NARROW * size
        before = [line for line in lines if line.x1 <= left]
        crossing = sum(line.x0 < left < line.x1 for line in lines)
        if (
            count >= _LEAST_SHARED
            and len(before) >= _LEAST_SHARED
            and crossing <= 0.1 * len(lines)
        ):
            found.append((max(line.x1 for line in before), edge - 0.5))
    return found


def _gutters(lines: list[Line], size: float) -> list[Column]:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    width, height = int((right - left) / _CELL) + 2, int((bottom - top) / _CELL) + 2
    if width > 5000 or height > 5000:
        return []
    ink = np.zeros((height, width), dtype=bool)
    for line in lines:
        ink[
            int((line.top - top) / _CELL) : int((line.bottom - top) / _CELL) + 1,
            int((line.x0 - left) / _CELL) : int((line.x1 - left) / _CELL) + 1,
        ] = True
    on_left = np.logical_or.accumulate(ink, axis=1)
    on_right = np.logical_or.accumulate(ink[:, ::-1], axis=1)[:, ::-1]
    split = (on_left & on_right & ~ink).sum(axis=0)
    crossed = ink.sum(axis=0)
    wanted = 2.5 * size / _CELL
    good = (split >= wanted) & (split > 0.15 * (crossed + split))
    return [
        gutter
        for begin, end in _runs(good)
        for gutter in _emptiest(crossed, begin, end, left, size)
    ]


def _emptiest(
    crossed: Crossings, start: int, end: int, left: float, size: float
) -> list[Column]:
    """The parts of a strip that least lines cross; a line or two more where the strip is else too narrow to see."""
    part = crossed[start:end]
    for spare in (0.0, size / _CELL, 2 * size / _CELL):
        runs = _runs(part <= part.min() + spare) if len(part) else []
        found = [
            (left + (start + begin) * _CELL, left + (start + finish) * _CELL)
            for begin, finish in runs
        ]
        wide = [(x0, x1) for x0, x1 in found if x1 - x0 >= 0.6 * size]
        if wide:
            return wide
    return []


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Begin and end of each run of True."""
    edges = np.flatnonzero(
        np.diff(np.concatenate(([False], flags, [False])).astype(np.int8))
    )
    return [
        (int(begin), int(end))
        for begin, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def _bands(lines: list[Line], gutter: Column) -> list[tuple[bool, list[Line]]]:
    """Runs of lines from top to bottom that cross the gutter (True) or stand beside it (False)."""
    middle_x = (gutter[0] + gutter[1]) / 2
    across = [
        line for line in lines if line.x0 < middle_x - 1 and line.x1 > middle_x + 1
    ]
    heights = [(line.top, line.bottom) for line in across]
    bands: list[tuple[bool, list[Line]]] = []
    for line in sorted(lines, key=lambda line: (line.bottom, line.x0)):
        center = (line.top + line.bottom) / 2
        full = any(
            top < center < bottom for top, bottom in heights
        )  # what stands beside a crossing line goes with it
        if bands and bands[-1][0] == full:
            bands[-1][1].append(line)
        else:
            bands.append((full, [line]))
    return bands


def _divided(lines: list[Line], gutter: Column) -> float:
    """Characters of text that stand side by side along the gutter; 0 where they look like a table, a list or a chance."""
    middle_x = (gutter[0] + gutter[1]) / 2
    total = 0.0
    for full, band in _bands(lines, gutter):
        if full:
            continue
        left = [line for line in band if line.x1 <= middle_x + 1]
        right = [line for line in band if line.x1 > middle_x + 1]
        if _is_text(left) and _is_text(right):
            total += sum(len(line.text) for line in band)
    return total


def _is_text(lines: list[Line]) -> bool:
    return (
        len(lines) >= _LEAST_LINES
        and middle([len(line.text) for line in lines]) >= _LEAST_CHARACTERS
    )
