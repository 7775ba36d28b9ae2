"""Boxes over the width of the text.

What stands in one is read together, apart from what stands around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.records import Box, Line, Page
from kb.structure.layout.page.rules import is_rule
from kb.structure.layout.typography import Typography

_WIDE = 0.7  # share of the width of the text
_HIGH = 5  # lines of text
_FEWEST = 3  # lines that stand in it
_MOST = 100  # areas of a page looked at; drawings have more


def bands_of(
    page: Page, lines: Sequence[Line], usual: Typography
) -> list[list[Line]]:
    """`lines` parted where a wide box begins or ends, and into boxes that stand side by side.

    From top to bottom, boxes on one height from left to right.
    """
    if not lines:
        return []
    shades = [box for box in page.rules if not is_rule(box)]
    least = _HIGH * 1.2 * usual.size
    rows = _side_by_side(shades, lines, least)
    frames = [*_wide(shades, lines, least), *(row[0] for row in rows)]
    heights = [float("-inf"), *_edges(frames, lines), float("inf")]
    found: list[list[Line]] = []
    for top, bottom in pairwise(heights):
        band = [line for line in lines if top <= line.mid_y < bottom]
        row = next(
            (r for r in rows if r[0].top == top and r[0].bottom == bottom), ()
        )
        found += _by_box(band, row)
    return [band for band in found if band]


def _edges(frames: Sequence[Box], lines: Sequence[Line]) -> list[float]:
    """The heights at which boxes begin and end, but for those that cut through a line."""
    edges = sorted({edge for box in frames for edge in (box.top, box.bottom)})
    return [
        edge
        for edge in edges
        if not any(_crosses(line, edge) for line in lines)
    ]


def _crosses(line: Line, edge: float) -> bool:
    return line.top + 1 < edge < line.bottom - 1


def _by_box(lines: Sequence[Line], boxes: Sequence[Box]) -> list[list[Line]]:
    """Lines of each box, and then those of none."""
    inside = [[line for line in lines if _is_in(line, box)] for box in boxes]
    taken = {id(line) for band in inside for line in band}
    return [*inside, [line for line in lines if id(line) not in taken]]


def _wide(
    shades: Sequence[Box], lines: Sequence[Line], least: float
) -> Iterator[Box]:
    """Painted areas over most of the width of the text that hold some of it."""
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    for box in shades:
        if box.height < least or box.width < _WIDE * width:
            continue
        inside = sum(_is_in(line, box) for line in lines)
        if _FEWEST <= inside < len(lines):
            yield box


def _side_by_side(
    shades: Sequence[Box], lines: Sequence[Line], least: float
) -> list[list[Box]]:
    """Painted areas with text that begin and end at one height, from left to right."""
    rows: dict[tuple[float, float], list[Box]] = defaultdict(list)
    for box in shades[:_MOST]:
        if box.height > least and any(_is_in(line, box) for line in lines):
            rows[(box.top, box.bottom)].append(box)
    found = []
    for row in rows.values():
        row.sort(key=lambda box: box.x0)
        apart = all(one.x1 <= other.x0 + 1 for one, other in pairwise(row))
        if len(row) > 1 and apart:
            found.append(row)
    return found


def _is_in(line: Line, box: Box) -> bool:
    beside = box.x0 - 2 <= line.x0 <= box.x1
    return beside and box.top <= line.mid_y <= box.bottom
