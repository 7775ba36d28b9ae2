"""Tables on a page: ruled or shaded grids, tables between horizontal rules, and rows that align without any rule.

Grids are found with pdfplumber's own steps (edges → crossings → cells → tables) on the rules that pypdfium2 read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.records import Box, Line, Page, Word
from kb.structure.layout.blocks.headings import is_caption_text
from kb.structure.layout.blocks.paragraphs import marker_of
from kb.structure.layout.page.columns import by_row
from kb.structure.layout.typography import Typography, middle, spaced

_THIN = 3.0  # points: a rule, not a shape
_MOST_AREAS = 500
_MOST_EDGES = 250
_MOST_CROSSINGS = 900

Cell = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Table:
    """A table: where it stands, its lines of text, and its cells row by row."""

    box: Box
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_on(page: Page, lines: Sequence[Line], usual: Typography) -> list[Table]:
    """The tables of one page, from top to bottom; no line is in two of them."""
    found: list[Table] = []
    free = list(lines)
    for cells in [
        *_grids(page),
        *_between_rules(page, free, usual),
        *_unruled(free, usual),
    ]:
        table = _table(page, cells, free)
        if table is not None:
            found.append(table)
            taken = {id(line) for line in table.lines}
            free = [line for line in free if id(line) not in taken]
    return sorted(found, key=lambda table: table.box.top)


def is_rule(box: Box) -> bool:
    """Whether a drawn shape is a line rather than an area."""
    return min(box.x1 - box.x0, box.bottom - box.top) <= _THIN


def _grids(page: Page) -> list[list[Cell]]:
    """Cells of each ruled or shaded grid of at least two rows and two columns."""
    edges = [edge for box in _outer(page.rules) for edge in _edges(box, page)]
    if (
        sum(e["orientation"] == "v" for e in edges) < 2
        or sum(e["orientation"] == "h" for e in edges) < 3
    ):
        return []
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = merge_edges(edges, 3, 3, 3, 3)
    if len(merged) > _MOST_EDGES:
        return []
    crossings = edges_to_intersections(merged, 3, 3)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    cells = intersections_to_cells(crossings)
    return [
        group
        for group in cells_to_tables(cells)
        if len({c[0] for c in group}) >= 2 and len({c[1] for c in group}) >= 2
    ]


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
    if (
        box is other
        or other.bottom - other.top > 80
        or (other.x1 - other.x0) > 1.6 * (box.x1 - box.x0) + 12
    ):
        return False
    inside = (
        other.x0 - 1 <= box.x0
        and box.x1 <= other.x1 + 1
        and other.top - 1 <= box.top
        and box.bottom <= other.bottom + 1
    )
    smaller = (other.x1 - other.x0) - (box.x1 - box.x0) > 2 or (
        other.bottom - other.top
    ) - (box.bottom - box.top) > 2
    return inside and smaller


def _edges(box: Box, page: Page) -> list[dict[str, object]]:
    width, height = box.x1 - box.x0, box.bottom - box.top
    if width > 0.95 * page.width and height > _THIN:
        return []
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    if height <= _THIN:
        return [_edge("h", box.x0, box.x1, y, y)] if width > 8 else []
    if width <= _THIN:
        return [_edge("v", x, x, box.top, box.bottom)] if height > 6 else []
    if height < 6 or width < 8:
        return []
    return [
        _edge("h", box.x0, box.x1, box.top, box.top), _edge("h", box.x0, box.x1, box.bottom, box.bottom),
        _edge("v", box.x0, box.x0, box.top, box.bottom), _edge("v", box.x1, box.x1, box.top, box.bottom),
    ]  # fmt: skip


def _edge(
    orientation: str, x0: float, x1: float, top: float, bottom: float
) -> dict[str, object]:
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


def _between_rules(
    page: Page, lines: Sequence[Line], usual: Typography
) -> list[list[Cell]]:
    """Tables set between three or more horizontal rules of one width, the way printers do; or two with aligned rows."""
    thin = [b for b in page.rules if b.bottom - b.top <= _THIN and b.x1 - b.x0 > 60]
    shaded = [
        b
        for b in page.rules
        if _THIN < b.bottom - b.top < 4 * usual.size and b.x1 - b.x0 > 100
    ]
    edges = [replace(b, top=y, bottom=y) for b in shaded for y in (b.top, b.bottom)]
    rules = sorted([*thin, *edges], key=lambda b: b.top)
    groups: list[list[Box]] = []
    for rule in rules:
        home = next(
            (
                g
                for g in groups
                if abs(g[-1].x0 - rule.x0) < 4 and abs(g[-1].x1 - rule.x1) < 4
            ),
            None,
        )
        if home is None:
            groups.append([rule])
        elif rule.top - home[-1].top > 4:
            home.append(rule)
    found = []
    for group in groups:
        if len(group) < 3:
            continue
        inside = [
            line
            for line in lines
            if group[0].top - 1 <= _middle(line) <= group[-1].bottom + 1
            and _within_x(line, group[0])
        ]
        inside += _rows_below(inside, lines, group[0])
        inside += _head_above(inside, lines, group[0])
        cells = _aligned_cells(inside, group[0].x0, group[0].x1, usual)
        if cells:
            found.append(cells)
    return found


def _head_above(
    inside: Sequence[Line], lines: Sequence[Line], frame: Box
) -> list[Line]:
    """The row right above the first rule whose pieces stand above the columns: a head without a rule over it."""
    known = {id(line) for line in inside}
    above = [
        line
        for line in lines
        if id(line) not in known
        and line.bottom <= frame.top + 2
        and _within_x(line, frame)
    ]
    rows = _rows([line for line in above if frame.top - line.bottom < 1.6 * line.size])
    head = rows[-1] if rows else []
    aligned = all(
        any(
            abs(line.x0 - other.x0) < 3 or abs(line.x1 - other.x1) < 3
            for other in inside
        )
        for line in head
    )
    return head if len(head) >= 2 and aligned else []


def _unruled(lines: Sequence[Line], usual: Typography) -> list[list[Cell]]:
    """Tables without any rule: three or more rows of short pieces, as many in each, under each other."""
    runs: list[list[list[Line]]] = [[]]
    for row in _rows(lines):
        if runs[-1] and not _goes_on(runs[-1][-1], row):
            runs.append([])
        if len(row) > 1:
            runs[-1].append(row)
    found = []
    for run in runs:
        pieces = [line for row in run for line in row]
        if (
            len(run) < 3
            or middle([len(line.text) for line in pieces]) > 20
            or _is_contents([row[-1].text for row in run])
        ):
            continue
        if any(marker_of(f"{row[0].text} x") for row in run):
            continue
        cells = _aligned_cells(
            pieces,
            min(line.x0 for line in pieces),
            max(line.x1 for line in pieces),
            usual,
        )
        if len({cell[0] for cell in cells}) == len(run[0]):
            found.append(cells)
    return found


def _goes_on(above: Sequence[Line], row: Sequence[Line]) -> bool:
    """Whether `row` has its pieces below those of the row above it."""
    if len(row) != len(above) or row[0].bottom - above[0].bottom > 2.2 * row[0].size:
        return False
    pairs = zip(above, row, strict=True)
    return all(
        min(
            abs(one.x0 - other.x0),
            abs(one.x1 - other.x1),
            abs(one.x0 + one.x1 - other.x0 - other.x1) / 2,
        )
        < 3
        for one, other in pairs
    )


def _is_contents(texts: Sequence[str]) -> bool:
    """Whether the last pieces of rows are rising page numbers."""
    if not all(text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == sorted(numbers)


def _rows_below(
    inside: Sequence[Line], lines: Sequence[Line], frame: Box
) -> list[Line]:
    """Rows that go on in the same columns below the last rule or ground: every other row is often left white."""
    if len(inside) < 2:
        return []
    lefts, rights = [line.x0 for line in inside], [line.x1 for line in inside]
    known = {id(line) for line in inside}
    foot = max(line.bottom for line in inside)
    found: list[Line] = []
    for row in _rows(
        [
            line
            for line in lines
            if id(line) not in known and _middle(line) > foot and _within_x(line, frame)
        ]
    ):
        aligned = all(
            any(abs(line.x0 - x) < 3 for x in lefts)
            or any(abs(line.x1 - x) < 3 for x in rights)
            for line in row
        )
        if len(row) < 2 or not aligned or row[0].top - foot > 1.2 * row[0].size:
            break
        found += row
        foot = row[0].bottom
    return found


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _within_x(line: Line, box: Box) -> bool:
    return line.x0 >= box.x0 - 8 and line.x1 <= box.x1 + 8


def _aligned_cells(
    lines: Sequence[Line], x0: float, x1: float, usual: Typography
) -> list[Cell]:
    """Cells of rows whose pieces stand under each other; nothing where the text does not align."""
    rows = _below_caption(_rows(lines))
    if len(rows) < 2 or sum(len(row) > 1 for row in rows) < 0.5 * len(rows):
        return []
    cuts = _cuts(rows, x0, x1)
    if len(cuts) < 3:
        return []
    first = [
        row
        for above, row in zip([[], *rows], rows, strict=False)
        if not _wraps(above, row)
    ]
    edges = [min(line.top for line in row) for row in first] + [
        max(line.bottom for line in rows[-1])
    ]
    return [
        (left, top, right, bottom)
        for top, bottom in pairwise(edges)
        for left, right in pairwise(cuts)
    ]


def _wraps(above: Sequence[Line], row: Sequence[Line]) -> bool:
    """Whether `row` goes on in a cell of the row above it: a small letter under a piece, one of the rows being nothing but that cell."""
    if (
        not above
        or min(len(above), len(row)) > 1
        or not row[0].text[:1].islower()
        or row[0].top - above[0].bottom > 0.8 * row[0].size
    ):
        return False
    return any(abs(line.x0 - row[0].x0) < 3 for line in above)


def _below_caption(rows: list[list[Line]]) -> list[list[Line]]:
    """`rows` without a caption over them, of one line or more."""
    first = next((at for at, row in enumerate(rows) if len(row) > 1), len(rows))
    captions = [
        at for at, row in enumerate(rows[:first]) if is_caption_text(row[0].text)
    ]
    return rows[first:] if captions else rows


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in by_row(lines):
        if rows and abs(rows[-1][0].bottom - line.bottom) < 0.4 * max(line.size, 4):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _cuts(rows: Sequence[Sequence[Line]], x0: float, x1: float) -> list[float]:
    """Edges of the columns: the middle of each white strip that (nearly) no piece crosses."""
    spans = sorted((line.x0, line.x1) for row in rows if len(row) > 1 for line in row)
    merged: list[list[float]] = []
    for left, right in spans:
        if merged and left <= merged[-1][1] + 2:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    inner = [(one[1] + other[0]) / 2 for one, other in pairwise(merged)]
    return (
        [
            min(x0, *(span[0] for span in spans)) - 1,
            *inner,
            max(x1, *(span[1] for span in spans)) + 1,
        ]
        if spans
        else []
    )


def _table(page: Page, cells: Sequence[Cell], lines: Sequence[Line]) -> Table | None:
    """A table of `cells` with the words in them, unless too few cells hold text."""
    box = Box(
        page.number,
        min(c[0] for c in cells),
        min(c[1] for c in cells),
        max(c[2] for c in cells),
        max(c[3] for c in cells),
    )
    inside = [
        line
        for line in lines
        if box.top - 2 <= _middle(line) <= box.bottom + 2
        and box.x0 - 3 <= (line.x0 + line.x1) / 2 <= box.x1 + 3
    ]
    if not inside:
        return None
    texts = _texts(cells, inside)
    tops = sorted({cell[1] for cell in cells})
    rows = [
        [texts[cell] for cell in sorted(c for c in cells if c[1] == top)]
        for top in tops
    ]
    rows = [row for row in rows if any(row)]
    filled = sum(bool(text) for row in rows for text in row)
    if (
        len(rows) < 2
        or sum(sum(bool(t) for t in row) > 1 for row in rows) < 2
        or filled < 0.25 * len(cells)
    ):
        return None
    return Table(box, tuple(inside), tuple(tuple(row) for row in rows))


def _texts(cells: Sequence[Cell], lines: Sequence[Line]) -> dict[Cell, str]:
    words: dict[Cell, list[Word]] = {cell: [] for cell in cells}
    bands: dict[tuple[float, float], list[Cell]] = {}
    for cell in cells:
        bands.setdefault((cell[1], cell[3]), []).append(cell)
    for line in by_row(lines):
        middle_y = _middle(line)
        near = sorted(bands, key=lambda band: _outside(middle_y, *band))[:3]
        candidates = [
            cell
            for band in near
            if _outside(middle_y, *band) <= _outside(middle_y, *near[0])
            for cell in bands[band]
        ]
        for word in line.words:
            x = (word.x0 + word.x1) / 2
            words[
                min(candidates, key=lambda cell: _outside(x, cell[0], cell[2]))
            ].append(word)
    return {cell: _joined(found) for cell, found in words.items()}


def _outside(value: float, low: float, high: float) -> float:
    """How far a place lies outside a stretch."""
    return max(low - value, value - high, 0.0)


def _joined(words: Sequence[Word]) -> str:
    parts: list[str] = []
    last: Word | None = None
    for word in words:
        same = (
            last is not None
            and abs(word.bottom - last.bottom) < 0.5 * max(word.size, 4)
            and not spaced(last, word)
        )
        if parts and not same:
            parts.append(" ")
        parts.append(word.text)
        last = word
    return "".join(parts)
