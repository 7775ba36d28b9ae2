"""Where does white run down a page between text on both sides?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from kb.records import Line
from kb.structure.layout.page.columns.bands import Column, bands_at, sides_of
from kb.structure.layout.typography import middle

_CELL = 2.0  # points of the raster
_MOST_CELLS = 5000  # along a side of the raster
_LEAST_LINES = 3  # on each side of a gutter
_LEAST_CHARACTERS = 11.0  # median of a line of a text column
_LEAST_TERMS = 4  # rows of a glossary that stands beside another part of it
_LEAST_DEFINITION = 16.0  # characters: the median of its definitions
_LONG_LINE = 28  # characters of a line of text beside a table in its column
_MOSTLY_LONG = 0.6  # share of the characters that stand in such lines
# Sizes of type.
_FLOAT = 2.0  # a line higher than this holds the place of a table or figure
_HEIGHT = 2.5  # the least height over which white parts text
_WIDTH = 0.6  # the least width of a gutter
_NARROW = 0.25  # the narrowest gutter before an edge at which many lines begin
_LEAST_SHARED = 6  # lines that begin at such an edge, and that stand before it
_PARTING = (
    0.15  # share of the height of the text over which white must part it
)
_CROSSING = 0.1  # share of the lines that may cross a narrow gutter


Crossings = npt.NDArray[np.int_]
Flags = npt.NDArray[np.bool_]


def best_gutter(lines: list[Line], size: float) -> Column | None:
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
    crossed = (ink & ~_floats(lines, left, ink)).sum(axis=0)
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
    _paint(ink, lines, left, top)
    return ink


def _floats(lines: list[Line], left: float, ink: Flags) -> Flags:
    """Where the raster `ink` holds tables and figures: lines far higher than their type.

    However high they are, they say nothing of the columns of the text around them.
    """
    found = np.zeros_like(ink)
    high = [line for line in lines if line.height > _FLOAT * line.size]
    _paint(found, high, left, min(line.top for line in lines))
    return found


def _paint(ink: Flags, lines: Sequence[Line], left: float, top: float) -> None:
    """Set the cells of a raster that `lines` cover."""
    for line in lines:
        rows = slice(
            int((line.top - top) / _CELL), int((line.bottom - top) / _CELL) + 1
        )
        ink[
            rows,
            int((line.x0 - left) / _CELL) : int((line.x1 - left) / _CELL) + 1,
        ] = True


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


def _divided(lines: list[Line], gutter: Column) -> float:
    """Characters of text that stand side by side along the gutter.

    0 where they look like a table, a list or a chance.
    """
    total = 0.0
    for crosses, band in bands_at(lines, gutter):
        if crosses:
            continue
        sides = sides_of(band, gutter)
        text = all(_is_text(side) for side in sides)
        if text or all(_is_glossary(side) for side in sides):
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


def _is_glossary(lines: list[Line]) -> bool:
    """Whether most rows are a term and, from one place on, its definition."""
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        rows[round(line.bottom)].append(line)
    pairs = [
        sorted(row, key=lambda line: line.x0)
        for row in rows.values()
        if len(row) > 1
    ]
    places = Counter(round(pair[1].x0) for pair in pairs if len(pair) == 2)
    edge, count = next(iter(places.most_common(1)), (0, 0))
    if count < max(_LEAST_TERMS, _MOSTLY_LONG * len(pairs)):
        return False
    lengths = [len(line.text) for line in lines if abs(line.x0 - edge) < 1]
    return middle(lengths) >= _LEAST_DEFINITION
