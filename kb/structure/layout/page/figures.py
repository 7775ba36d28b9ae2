"""Text that belongs to a drawing.

The labels of bars, axes and legends, not to be read as sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.records import Box, Line, Page
from kb.structure.layout.page.rules import around, center_of, holds, is_rule
from kb.structure.layout.typography import Typography, middle
from kb.structure.layout.wording import is_caption, is_numbered_heading

_MOST_SHAPES = 400
_REACH = 4.5  # sizes of type between the shapes of one drawing
_LABEL_REACH = 2.4  # sizes of type between a drawing and its labels
# Characters.
_TEXT = 40  # a line that is surely text
_LONGEST_LABEL = 60
_LONGEST_BESIDE = 25  # of a label outside the drawing
_LONGEST_RUNNING = 30  # of a label in the type of the text
_LONGEST_LARGE = 12  # of a label in large type
_VALUE = 7  # a number on a bar
_GROUND = 60  # on a shape that is the ground of text
_USUAL_LABEL = 26  # median of the labels of a drawing
_FEWEST_LABELS = 3
# Shares of the page.
_BAND = 0.92  # a shape this wide or high is no part of a drawing
_EDGE = 0.07  # nor is one in the margin
# Points.
_LEAST_WIDTH, _LEAST_HEIGHT = 60, 40
_BARE = 0.6  # share of the areas of a drawing that hold at most a value


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with text in or along it."""

    box: Box
    lines: tuple[Line, ...]


def figures_on(
    page: Page, lines: Sequence[Line], usual: Typography
) -> list[Figure]:
    """Drawings of a page that hold text of their own, from top to bottom."""
    found = []
    free = list(lines)
    lefts = _left_edges(lines, usual)
    for box in _drawings(page, lines, usual):
        inside = [
            line
            for line in free
            if _is_label(line, box, usual)
            and not _ends_paragraph(line, free)
            and not _is_heading_above(line, box, usual, lefts)
        ]
        lengths = [len(line.text) for line in inside]
        if len(inside) < _FEWEST_LABELS or middle(lengths) > _USUAL_LABEL:
            continue
        found.append(
            Figure(around(page.number, [box, *inside]), tuple(inside))
        )
        taken = {id(line) for line in inside}
        free = [line for line in free if id(line) not in taken]
    return found


def _left_edges(lines: Sequence[Line], usual: Typography) -> set[int]:
    """Where lines begin that are surely text."""
    return {
        round(line.x0)
        for line in lines
        if len(line.text) > _TEXT and abs(line.size - usual.size) < 0.3
    }


def _drawings(
    page: Page, lines: Sequence[Line], usual: Typography
) -> list[Box]:
    """Clusters of shapes large enough to be a chart or scheme."""
    shapes = [box for box in page.rules if _is_part(box, page, lines)][
        :_MOST_SHAPES
    ]
    found = []
    for cluster in _clusters(shapes, _REACH * usual.size):
        areas = [box for box in cluster if not is_rule(box)]
        bare = sum(_is_bare(area, lines) for area in areas)
        whole = around(page.number, cluster)
        large = whole.width > _LEAST_WIDTH and whole.height > _LEAST_HEIGHT
        if (
            large
            and len(areas) >= 2
            and len(cluster) >= 3
            and bare >= _BARE * len(areas)
        ):
            found.append(whole)
    return sorted(found, key=lambda box: box.top)


def _clusters(shapes: Sequence[Box], reach: float) -> list[list[Box]]:
    """Shapes that stand within `reach` of each other, directly or by way of others."""
    clusters: list[list[Box]] = []
    for shape in shapes:
        merged, apart = [shape], []
        for cluster in clusters:
            if any(_is_near(shape, other, reach) for other in cluster):
                merged += cluster
            else:
                apart.append(cluster)
        clusters = [*apart, merged]
    return clusters


def _is_near(one: Box, other: Box, reach: float) -> bool:
    beside = one.x0 - reach <= other.x1 and other.x0 - reach <= one.x1
    return (
        beside
        and one.top - reach <= other.bottom
        and other.top - reach <= one.bottom
    )


def _is_part(box: Box, page: Page, lines: Sequence[Line]) -> bool:
    """Whether a shape may be part of a drawing.

    No band over the page, no ground under text.
    """
    width, height = box.width, box.height
    if width > _BAND * page.width or height > _BAND * page.height:
        return False
    if box.bottom < _EDGE * page.height or box.top > (1 - _EDGE) * page.height:
        return False
    if is_rule(box):
        return True
    on_it = sum(
        len(line.text) for line in lines if holds(box, *center_of(line))
    )
    return on_it < _GROUND


def _is_bare(area: Box, lines: Sequence[Line]) -> bool:
    """Whether an area holds no more than a short value: a bar, a slice or a dot."""
    return not any(
        len(line.text) > _VALUE and holds(area, *center_of(line))
        for line in lines
    )


def _ends_paragraph(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is the last of a paragraph that a drawing follows.

    It stands right below a longer one of its type.
    """
    return any(
        0 < line.bottom - other.bottom < 1.5 * line.size
        and abs(other.x0 - line.x0) < 1
        and abs(other.size - line.size) < 0.1
        and other.font == line.font
        and len(other.text) > _TEXT
        for other in lines
    )


def _is_heading_above(
    line: Line, box: Box, usual: Typography, lefts: Collection[int]
) -> bool:
    """Whether a line right above a drawing is set as headings are and begins where text begins."""
    if line.bottom >= box.top + 0.5 * line.size:
        return False
    bold = line.bold and not usual.bold and line.size > 0.95 * usual.size
    if (
        not (bold or usual.is_large(line))
        or sum(c.isalpha() for c in line.text) <= 2
    ):
        return False
    flush = any(abs(line.x0 - left) < 1.5 for left in lefts)
    return flush or is_numbered_heading(line.text)


def _is_label(line: Line, box: Box, usual: Typography) -> bool:
    """Whether a line stands in or along a drawing and is no text by its type."""
    if len(line.text) > _LONGEST_LABEL or is_caption(line.text):
        return False
    if _is_running(line, usual):
        return False
    if line.size > 1.25 * usual.size and len(line.text) > _LONGEST_LARGE:
        return False
    x, y = center_of(line)
    if holds(box, x, y):
        return True
    reach = _LABEL_REACH * max(line.size, usual.size)
    beside = box.x0 - 1.5 * reach <= x <= box.x1 + 1.5 * reach
    along = beside and box.top - reach <= y <= box.bottom + reach
    return along and len(line.text) <= _LONGEST_BESIDE


def _is_running(line: Line, usual: Typography) -> bool:
    """Whether a line in the type of the text is too long for a label or ends as text does."""
    same = (
        abs(line.size - usual.size) < 0.03 * usual.size
        and line.font == usual.font
    )
    long = len(line.text) > _LONGEST_RUNNING or line.text.endswith(
        (".", ";", ",")
    )
    return same and long
