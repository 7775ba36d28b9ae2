"""Ruled tables: grids of rules or shades, and tables between horizontal rules.

Grids are found with pdfplumber's own steps (edges → crossings → cells → tables) on the
rules that pypdfium2 read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.records import Box, Line, Page
from kb.structure.layout.page.aligned_tables import (
    aligned_cells,
    is_aligned,
    rows_on_height,
)
from kb.structure.layout.page.rules import THIN, is_rule
from kb.structure.layout.page.table_rows import Cell
from kb.structure.layout.typography import Typography

# What pdfplumber can do in a blink; pages with more are drawings.
_MOST_AREAS = 500
_MOST_EDGES = 250
_MOST_CROSSINGS = 900
_SNAP = 3  # points within which edges are one
# Points.
_LEAST_WIDTH, _LEAST_HEIGHT = 8, 6  # of an edge
_RULE_WIDTH, _SHADE_WIDTH = 60, 100  # of the rules and shades of a table
_SAME_EDGES = 4  # between the ends of rules of one table
_BESIDE = 8  # that text may stand out of its table
_CELL_HEIGHT = 80  # from which on an area is no ground of a cell
_PAGE = 0.95  # share of the width of the page: a band, no cell
_FEWEST_RULES = 3

Edge = dict[str, object]


def grids(page: Page) -> list[list[Cell]]:
    """Cells of each ruled or shaded grid of at least two rows and two columns."""
    edges = [edge for box in _outer(page.rules) for edge in _edges(box, page)]
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if upright < 2 or len(edges) - upright < 3:
        return []
    from pdfplumber import table

    merged = table.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    if len(merged) > _MOST_EDGES:
        return []
    crossings = table.edges_to_intersections(merged, _SNAP, _SNAP)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    groups = table.cells_to_tables(table.intersections_to_cells(crossings))
    return [group for group in groups if _is_grid(group)]


def _is_grid(cells: Sequence[Cell]) -> bool:
    lefts, tops = {cell[0] for cell in cells}, {cell[1] for cell in cells}
    return min(len(lefts), len(tops)) >= 2


def _outer(boxes: Sequence[Box]) -> Sequence[Box]:
    """`boxes` without the ground that word processors paint behind each line within a cell."""
    areas = [box for box in boxes if not is_rule(box)]
    if len(areas) > _MOST_AREAS:
        return boxes
    return [
        box
        for box in boxes
        if is_rule(box) or not any(_lies_in(box, other) for other in areas)
    ]


def _lies_in(box: Box, other: Box) -> bool:
    """Whether an area is the ground of a line within the cell that `other` paints."""
    width, height = box.width, box.height
    wider, higher = other.width, other.height
    if box is other or higher > _CELL_HEIGHT or wider > 1.6 * width + 12:
        return False
    beside = other.x0 - 1 <= box.x0 and box.x1 <= other.x1 + 1
    inside = (
        beside and other.top - 1 <= box.top and box.bottom <= other.bottom + 1
    )
    return inside and (wider - width > 2 or higher - height > 2)


def _edges(box: Box, page: Page) -> list[Edge]:
    """The edges that a rule, or the four that a shade makes."""
    width, height = box.width, box.height
    if width > _PAGE * page.width and height > THIN:
        return []
    x, y = box.mid_x, box.mid_y
    if height <= THIN:
        return (
            [_edge("h", box.x0, box.x1, y, y)] if width > _LEAST_WIDTH else []
        )
    if width <= THIN:
        return (
            [_edge("v", x, x, box.top, box.bottom)]
            if height > _LEAST_HEIGHT
            else []
        )
    if height < _LEAST_HEIGHT or width < _LEAST_WIDTH:
        return []
    return [
        _edge("h", box.x0, box.x1, box.top, box.top),
        _edge("h", box.x0, box.x1, box.bottom, box.bottom),
        _edge("v", box.x0, box.x0, box.top, box.bottom),
        _edge("v", box.x1, box.x1, box.top, box.bottom),
    ]


def _edge(
    orientation: str, x0: float, x1: float, top: float, bottom: float
) -> Edge:
    return {
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "object_type": "line",
    }


# -- between horizontal rules


def between_rules(
    page: Page, lines: Sequence[Line], usual: Typography
) -> list[list[Cell]]:
    """Tables set between three or more horizontal rules of one width.

    The way printers do.
    """
    found = []
    for rules in _of_one_width(_horizontal(page, usual)):
        if len(rules) < _FEWEST_RULES:
            continue
        first, last = rules[0], rules[-1]
        inside = [
            line
            for line in lines
            if first.top - 1 <= line.mid_y <= last.bottom + 1
            and _is_within(line, first)
        ]
        inside += _rows_below(inside, lines, first)
        inside += _head_above(inside, lines, first)
        cells = aligned_cells(inside, first.x0, first.x1)
        if cells:
            found.append(cells)
    return found


def _horizontal(page: Page, usual: Typography) -> list[Box]:
    """Horizontal rules, and the edges of shades, from top to bottom."""
    found = []
    for box in page.rules:
        width, height = box.width, box.height
        if height <= THIN and width > _RULE_WIDTH:
            found.append(box)
        elif THIN < height < 4 * usual.size and width > _SHADE_WIDTH:
            found += [
                replace(box, top=y, bottom=y) for y in (box.top, box.bottom)
            ]
    return sorted(found, key=lambda box: box.top)


def _of_one_width(rules: Sequence[Box]) -> list[list[Box]]:
    """Rules that begin and end at one place, those on one height counted once."""
    groups: list[list[Box]] = []
    for rule in rules:
        home = next((g for g in groups if _is_as_wide(g[-1], rule)), None)
        if home is None:
            groups.append([rule])
        elif rule.top - home[-1].top > 4:
            home.append(rule)
    return groups


def _is_as_wide(one: Box, other: Box) -> bool:
    ends = abs(one.x0 - other.x0), abs(one.x1 - other.x1)
    return max(ends) < _SAME_EDGES


def _head_above(
    inside: Sequence[Line], lines: Sequence[Line], frame: Box
) -> list[Line]:
    """The row right above the first rule whose pieces stand above the columns.

    That is a head without a rule over it.
    """
    known = {id(line) for line in inside}
    above = [
        line
        for line in lines
        if id(line) not in known
        and line.bottom <= frame.top + 2
        and frame.top - line.bottom < 1.6 * line.size
        and _is_within(line, frame)
    ]
    rows = rows_on_height(above)
    head = rows[-1] if rows else []
    return head if len(head) >= 2 and is_aligned(head, inside) else []


def _rows_below(
    inside: Sequence[Line], lines: Sequence[Line], frame: Box
) -> list[Line]:
    """Rows that go on in the same columns below the last rule or ground.

    Every other row is often left white.
    """
    if len(inside) < 2:
        return []
    known = {id(line) for line in inside}
    foot = max(line.bottom for line in inside)
    below = [
        line
        for line in lines
        if id(line) not in known
        and line.mid_y > foot
        and _is_within(line, frame)
    ]
    found: list[Line] = []
    for row in rows_on_height(below):
        near = row[0].top - foot <= 1.2 * row[0].size
        if len(row) < 2 or not near or not is_aligned(row, inside):
            break
        found += row
        foot = row[0].bottom
    return found


def _is_within(line: Line, box: Box) -> bool:
    return line.x0 >= box.x0 - _BESIDE and line.x1 <= box.x1 + _BESIDE
