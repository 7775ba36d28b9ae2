"""Tables told by the caption above them: what stands below it in pieces, down to the next text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.records import Line
from kb.structure.layout.page.aligned_tables import rows_on_height
from kb.structure.layout.page.running_text import column_edges
from kb.structure.layout.page.table_rows import (
    LONG,
    Cell,
    Pieces,
    cells_of,
    pieces_of,
)

_TABLE = re.compile(r"^tabel\s|^table\s", re.IGNORECASE)
# Sizes of type.
_FIRST_GAP = 3.0  # white below the caption
_NEXT_GAP = 1.8  # white between rows
_MOST_CAPTION = 3  # lines of a caption


def below_captions(
    lines: Sequence[Line], running: Sequence[Line]
) -> list[list[Cell]]:
    """The cells of each table that has a caption above it.

    Args:
        lines: those of the page that are in no ruled table.
        running: those of them that are running text.
    """
    known = {id(line) for line in running}
    free = [line for line in lines if id(line) not in known]
    edges = column_edges(running)
    found = []
    for caption in (line for line in free if _TABLE.match(line.text)):
        below = [line for line in free if _may_belong(line, caption, edges)]
        cells = cells_of(_table_rows(caption, below))
        if cells:
            found.append(cells)
    return found


def _may_belong(line: Line, caption: Line, edges: Sequence[float]) -> bool:
    """Whether a line stands below a caption in the same column of text."""
    if line.top < caption.bottom - 1:
        return False
    left = max((edge for edge in edges if edge <= caption.x0 + 2), default=0.0)
    beyond = [edge for edge in edges if edge > caption.x1]
    right = min(beyond, default=line.x0 + 3)
    return left - 2 * line.size < line.x0 < right - 2


def _table_rows(caption: Line, below: Sequence[Line]) -> list[Pieces]:
    """The rows of pieces below a caption, without what belongs to the caption."""
    rows = [list(pieces_of(row)) for row in rows_on_height(below)]
    at = 0
    while at < min(_MOST_CAPTION, len(rows)) and _is_caption_too(
        rows[at], caption
    ):
        at += 1
    found: list[Pieces] = []
    bottom, most = caption.bottom, _FIRST_GAP
    if at:
        bottom = rows[at - 1][0].bottom
    for row, after in pairwise([*rows[at:], []]):
        if row[0].top - bottom > most * row[0].size or _is_text(row, after):
            break
        found.append(row)
        bottom, most = max(piece.bottom for piece in row), _NEXT_GAP
    return found


def _is_caption_too(row: Pieces, caption: Line) -> bool:
    """Whether a row is a further line of the caption: in its type, and alone."""
    if len(row) > 1:
        return False
    line = row[0]
    alike = line.font == caption.font and abs(line.size - caption.size) < 0.2
    near = line.top - caption.bottom < 2.5 * line.size
    return (
        alike
        and near
        and line.italic == caption.italic
        and line.bold == caption.bold
    )


def _is_text(row: Pieces, after: Pieces) -> bool:
    """Whether a row is one long piece, and the next is no row of cells."""
    alone = len(row) == 1 and len(after) < 2
    return (
        alone and len(row[0].text) > LONG and not _goes_on_in_cell(row, after)
    )


def _goes_on_in_cell(row: Pieces, after: Pieces) -> bool:
    return (
        bool(after)
        and after[0].text[:1].islower()
        and row[0].x0 < after[0].x0 - 1
    )
