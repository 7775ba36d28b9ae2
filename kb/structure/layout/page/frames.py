"""Boxes over the width of the text: what stands in one is read together, apart from what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.records import Box, Line, Page
from kb.structure.layout.page.rules import is_rule
from kb.structure.layout.typography import Typography

_WIDE = 0.7  # share of the width of the text
_HIGH = 5  # lines of text
_FEWEST = 3  # lines that stand in it


def bands_of(page: Page, lines: Sequence[Line], usual: Typography) -> list[list[Line]]:
    """`lines` from top to bottom, parted where a wide box begins or ends."""
    edges = sorted(
        edge
        for box in _frames(page, lines, usual)
        for edge in (box.top, box.bottom)
        if not any(line.top + 1 < edge < line.bottom - 1 for line in lines)
    )
    heights = [float("-inf"), *edges, float("inf")]
    bands = (
        [line for line in lines if top <= (line.top + line.bottom) / 2 < bottom]
        for top, bottom in pairwise(heights)
    )
    return [band for band in bands if band]


def _frames(page: Page, lines: Sequence[Line], usual: Typography) -> list[Box]:
    """Painted or ruled areas over most of the width of the text that hold some of it."""
    if not lines:
        return []
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    least = _HIGH * 1.2 * usual.size
    found = []
    for box in page.rules:
        if (
            is_rule(box)
            or box.bottom - box.top < least
            or box.x1 - box.x0 < _WIDE * width
        ):
            continue
        inside = sum(_is_in(line, box) for line in lines)
        if _FEWEST <= inside < len(lines):
            found.append(box)
    return found


def _is_in(line: Line, box: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    return box.top <= middle <= box.bottom and box.x0 - 2 <= line.x0 <= box.x1
