"""Text that belongs to a drawing: the labels of bars, axes and legends, not to be read as sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.records import Box, Line, Page
from kb.structure.layout.blocks.headings import is_caption_text
from kb.structure.layout.blocks.paragraphs import numbered_heading
from kb.structure.layout.page.tables import is_rule
from kb.structure.layout.typography import Typography, middle

_MOST_SHAPES = 400


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with text in or along it."""

    box: Box
    lines: tuple[Line, ...]


def figures_on(page: Page, lines: Sequence[Line], usual: Typography) -> list[Figure]:
    """Drawings of a page that hold text of their own, from top to bottom."""
    found = []
    free = list(lines)
    lefts = {
        round(line.x0)
        for line in lines
        if len(line.text) > 40 and abs(line.size - usual.size) < 0.3
    }
    for box in _drawings(page, lines, usual):
        inside = [
            line
            for line in free
            if _is_label(line, box, usual)
            and not _ends_paragraph(line, free)
            and not _is_heading_above(line, box, usual, lefts)
        ]
        if len(inside) >= 3 and middle([len(line.text) for line in inside]) <= 26:
            whole = _around(
                page.number,
                [
                    box,
                    *(
                        Box(page.number, line.x0, line.top, line.x1, line.bottom)
                        for line in inside
                    ),
                ],
            )
            found.append(Figure(whole, tuple(inside)))
            taken = {id(line) for line in inside}
            free = [line for line in free if id(line) not in taken]
    return found


def _drawings(page: Page, lines: Sequence[Line], usual: Typography) -> list[Box]:
    """Clusters of shapes large enough to be a chart or scheme."""
    shapes = [box for box in page.rules if _is_part(box, page, lines)]
    if len(shapes) > _MOST_SHAPES:
        shapes = shapes[:_MOST_SHAPES]
    clusters: list[list[Box]] = []
    for shape in shapes:
        near = [
            c
            for c in clusters
            if any(_near(shape, other, 4.5 * usual.size) for other in c)
        ]
        clusters = [c for c in clusters if c not in near]
        clusters.append([shape, *(box for c in near for box in c)])
    found = []
    for cluster in clusters:
        areas = [box for box in cluster if not is_rule(box)]
        whole = _around(page.number, cluster)
        bare = sum(_is_bare(area, lines) for area in areas)
        if (
            len(areas) >= 2
            and bare >= 0.6 * len(areas)
            and len(cluster) >= 3
            and whole.x1 - whole.x0 > 60
            and whole.bottom - whole.top > 40
        ):
            found.append(whole)
    return sorted(found, key=lambda box: box.top)


def _ends_paragraph(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line stands right below a longer one of its type: the last line of a paragraph that a drawing follows."""
    return any(
        other.font == line.font and abs(other.size - line.size) < 0.1 and abs(other.x0 - line.x0) < 1 and len(other.text) > 40
        and 0 < line.bottom - other.bottom < 1.5 * line.size
        for other in lines
    )  # fmt: skip


def _is_heading_above(
    line: Line, box: Box, usual: Typography, lefts: Collection[int]
) -> bool:
    """Whether a line right above a drawing is set as headings are and begins where text begins."""
    display = line.size > 1.08 * usual.size + 0.2 or (
        line.bold and not usual.bold and line.size > 0.95 * usual.size
    )
    flush = any(abs(line.x0 - left) < 1.5 for left in lefts) or numbered_heading(
        line.text
    )
    return (
        display
        and flush
        and line.bottom < box.top + 0.5 * line.size
        and sum(c.isalpha() for c in line.text) > 2
    )


def _is_bare(area: Box, lines: Sequence[Line]) -> bool:
    """Whether an area holds no more than a short value: a bar, a slice or a dot rather than a ground under text."""
    return not any(len(line.text) > 7 and _center_in(line, area) for line in lines)


def _center_in(line: Line, box: Box) -> bool:
    return (
        box.x0 <= (line.x0 + line.x1) / 2 <= box.x1
        and box.top <= (line.top + line.bottom) / 2 <= box.bottom
    )


def _is_part(box: Box, page: Page, lines: Sequence[Line]) -> bool:
    """Whether a shape may be part of a drawing: no band over the page, no ground under running text."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if (
        width > 0.92 * page.width
        or height > 0.92 * page.height
        or box.bottom < 0.07 * page.height
        or box.top > 0.93 * page.height
    ):
        return False
    if is_rule(box):
        return True
    on_it = [
        line
        for line in lines
        if box.x0 <= (line.x0 + line.x1) / 2 <= box.x1
        and box.top <= (line.top + line.bottom) / 2 <= box.bottom
    ]
    return sum(len(line.text) for line in on_it) < 60


def _near(one: Box, other: Box, reach: float) -> bool:
    return (
        one.x0 - reach <= other.x1
        and other.x0 - reach <= one.x1
        and one.top - reach <= other.bottom
        and other.top - reach <= one.bottom
    )


def _around(page: int, boxes: Sequence[Box]) -> Box:
    return Box(
        page,
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )


def _is_label(line: Line, box: Box, usual: Typography) -> bool:
    if len(line.text) > 60 or is_caption_text(line.text):
        return False
    running = (
        abs(line.size - usual.size) < 0.03 * usual.size and line.font == usual.font
    )
    if (running and (len(line.text) > 30 or line.text.endswith((".", ";", ",")))) or (
        line.size > 1.25 * usual.size and len(line.text) > 12
    ):
        return False
    reach = 2.4 * max(line.size, usual.size)
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    inside = (
        box.x0 - 1.5 * reach <= x <= box.x1 + 1.5 * reach
        and box.top - reach <= y <= box.bottom + reach
    )
    if not inside:
        return False
    within = box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
    return within or len(line.text) <= 25
