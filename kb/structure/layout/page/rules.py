"""Drawn boxes: which are rules, and what lies within what."""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Box, Line

THIN = 3.0  # points: a rule, not a shape


def is_rule(box: Box) -> bool:
    """Whether a drawn shape is a line rather than an area."""
    return min(box.width, box.height) <= THIN


def around(page: int, boxes: Sequence[Box | Line]) -> Box:
    """The smallest box that holds all of `boxes`."""
    return Box(
        page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def center_of(line: Line) -> tuple[float, float]:
    """The middle of a line."""
    return line.mid_x, line.mid_y


def holds(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
