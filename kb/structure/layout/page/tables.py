"""Tables on a page: where they stand, and which words stand in which cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.extract.pdf.lines import spaced
from kb.records import Box, Line, Page, Word
from kb.structure.layout.page.aligned_tables import without_rules
from kb.structure.layout.page.captioned_tables import below_captions
from kb.structure.layout.page.columns import by_row
from kb.structure.layout.page.ruled_tables import between_rules, grids
from kb.structure.layout.page.running_text import (
    by_column,
    column_edges,
    running_lines,
)
from kb.structure.layout.page.table_rows import Cell
from kb.structure.layout.typography import Typography

_FILLED = 0.25  # share of the cells that hold text
_ROWS = 2  # with text in more than one cell
_SLACK = 3  # points that text may stand out of its table


@dataclass(frozen=True, slots=True)
class Table:
    """A table: where it stands, its lines of text, and its cells row by row."""

    box: Box
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_on(
    page: Page, lines: Sequence[Line], usual: Typography
) -> list[Table]:
    """The tables of one page, from top to bottom; no line is in two of them."""
    found: list[Table] = []
    free = list(lines)
    running = running_lines(lines)
    finders: tuple[Callable[[], list[list[Cell]]], ...] = (
        lambda: grids(page),
        lambda: between_rules(page, free, usual),
        lambda: below_captions(free, running),
        lambda: _in_columns(_without(free, running), running),
    )
    for finder in finders:
        for cells in finder():
            table = _table(page, cells, free)
            if table is not None:
                found.append(table)
                free = _without(free, table.lines)
    return sorted(found, key=lambda table: table.box.top)


def _in_columns(
    lines: Sequence[Line], running: Sequence[Line]
) -> list[list[Cell]]:
    """Tables without rules, none over two columns of running text."""
    columns = by_column(lines, column_edges(running))
    return [cells for column in columns for cells in without_rules(column)]


def _without(lines: Sequence[Line], taken: Sequence[Line]) -> list[Line]:
    known = {id(line) for line in taken}
    return [line for line in lines if id(line) not in known]


def _table(
    page: Page, cells: Sequence[Cell], lines: Sequence[Line]
) -> Table | None:
    """A table of `cells` with the words in them, unless too few cells hold text."""
    box = Box(
        page.number,
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
    inside = [line for line in lines if _is_inside(line, box)]
    if not inside:
        return None
    texts = _texts(cells, inside)
    if not _is_filled(cells, texts):
        return None
    return Table(box, tuple(inside), tuple(_rows(cells, texts)))


def _is_inside(line: Line, box: Box) -> bool:
    x = line.mid_x
    beside = box.x0 - _SLACK <= x <= box.x1 + _SLACK
    return beside and box.top - 2 <= line.mid_y <= box.bottom + 2


def _rows(
    cells: Sequence[Cell], texts: dict[Cell, str]
) -> list[tuple[str, ...]]:
    """The texts of the cells row by row, as many in each row.

    A cell over several columns has its text in the first and leaves the others empty; rows
    and columns that hold no text anywhere are left out.
    """
    lefts = sorted({cell[0] for cell in cells})
    by_place = {(cell[1], cell[0]): texts[cell] for cell in cells}
    rows = [
        [by_place.get((top, left), "") for left in lefts]
        for top in sorted({cell[1] for cell in cells})
    ]
    used = [at for at in range(len(lefts)) if any(row[at] for row in rows)]
    return [tuple(row[at] for at in used) for row in rows if any(row)]


def _is_filled(cells: Sequence[Cell], texts: dict[Cell, str]) -> bool:
    """Whether enough cells hold text; one over several columns fills them all."""
    lefts = sorted({cell[0] for cell in cells})
    filled: Counter[float] = Counter()  # columns with text, by row
    for cell, text in texts.items():
        if text:
            spanned = sum(cell[0] <= left < cell[2] - 1 for left in lefts)
            filled[cell[1]] += max(1, spanned)
    full = sum(columns > 1 for columns in filled.values())
    return full >= _ROWS and filled.total() >= _FILLED * len(cells)


def _texts(cells: Sequence[Cell], lines: Sequence[Line]) -> dict[Cell, str]:
    """The text in each cell: words go to the nearest, by height first."""
    words: dict[Cell, list[Word]] = {cell: [] for cell in cells}
    bands: dict[tuple[float, float], list[Cell]] = defaultdict(list)
    for cell in cells:
        bands[(cell[1], cell[3])].append(cell)
    for line in by_row(lines):
        y = line.mid_y
        distances = {band: _outside(y, *band) for band in bands}
        least = min(distances.values())
        near = [b for b in bands if distances[b] <= least]
        candidates = [cell for band in near for cell in bands[band]]
        for word in line.words:
            x = word.mid_x
            cell = min(
                candidates, key=lambda cell: _outside(x, cell[0], cell[2])
            )
            words[cell].append(word)
    return {cell: _joined(found) for cell, found in words.items()}


def _outside(value: float, low: float, high: float) -> float:
    """How far a place lies outside a stretch."""
    return max(low - value, value - high, 0.0)


def _joined(words: Sequence[Word]) -> str:
    """The words of a cell, which may stand on several lines, as one text."""
    text = ""
    last: Word | None = None
    for word in words:
        glued = (
            last is not None
            and _is_on_line(last, word)
            and not spaced(last, word)
        )
        text += word.text if glued or not text else f" {word.text}"
        last = word
    return text


def _is_on_line(last: Word, word: Word) -> bool:
    return abs(word.bottom - last.bottom) < 0.5 * max(word.size, 4)
