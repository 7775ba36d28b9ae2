"""The rows of one page in reading order, each with its zone.

Body, table, figure, margin, footnote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.records import Box, Line, Page
from kb.structure.layout.page.columns import ordered
from kb.structure.layout.page.drop_caps import with_drop_caps
from kb.structure.layout.page.figures import Figure, figures_on
from kb.structure.layout.page.footnotes import with_notes
from kb.structure.layout.page.frames import bands_of
from kb.structure.layout.page.margin_notes import cut_at_margin, margin_lines
from kb.structure.layout.page.side_headings import (
    side_headings,
    with_side_headings,
)
from kb.structure.layout.page.tables import Table, tables_on
from kb.structure.layout.typography import Row, Typography, is_turned

_DISPLAY = 2.5  # times the other size
_MARK = 0.85  # times the size of the line that a raised figure marks, at most
_REACH = 3.0  # sizes of type between the two


def rows_of(
    page: Page,
    lines: Sequence[Line],
    usual: Typography,
    before: Sequence[Row] = (),
) -> list[Row]:
    """Rows of `page` in reading order; a table or figure is one row at its place.

    Each step takes its lines from what the steps before it left: tables before
    drawings, since short cells among shapes would pass for labels; notes in the
    margin last, since small type in a table or drawing is none. What stands in
    the margin or is turned comes after all text.

    Args:
        lines: those of the page that are no furniture.
        before: the rows of the page before, of which a note may go on here.
    """
    upright, turned = _by_direction(lines)
    free = with_drop_caps(cut_at_margin(upright, usual), usual)
    tables = tables_on(page, free, usual)
    free = _without(free, _lines_in(tables))
    figures = figures_on(page, free, usual)
    free = _without(free, _lines_in(figures))
    margin = margin_lines(free, usual)
    floats = [
        *(_of_table(table, page, usual) for table in tables),
        *(_of_figure(figure, page, usual) for figure in figures),
    ]
    free = _without(free, margin)
    headings = side_headings(free, usual)
    beside = [line for heading in headings for line in heading.lines]
    rows = _in_order(_without(free, beside), floats, page, usual)
    rows = with_side_headings(rows, headings, page.number)
    aside = [*_aside(margin, page, "margin"), *_aside(turned, page, "figure")]
    return with_notes(rows, page, usual, before) + aside


def _by_direction(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines that stand upright, and those that are turned."""
    turned = [line for line in lines if is_turned(line)]
    return _without(lines, turned), turned


def _in_order(
    lines: Sequence[Line],
    floats: Sequence[Row],
    page: Page,
    usual: Typography,
) -> list[Row]:
    """Rows of the running text and `floats` in reading order, with their columns.

    A table or figure goes through the ordering as the line that holds its place,
    and is put back by that line.
    """
    known = {id(row.line): row for row in floats}
    placed = [*lines, *(row.line for row in floats)]
    rows = []
    for band in bands_of(page, placed, usual):
        for line, column in ordered(band, usual.size):
            row = known.get(id(line)) or Row(line, page.number)
            rows.append(replace(row, column=column))
    return _with_marks(rows)


def _with_marks(rows: Sequence[Row]) -> list[Row]:
    """`rows`, a small raised figure on a line of its own set before the line it marks."""
    found: list[Row] = []
    for row in rows:
        if found and _is_mark_of(found[-1], row):
            found[-1] = _marked(found[-1].line, row)
        else:
            found.append(row)
    return found


def _is_mark_of(mark: Row, row: Row) -> bool:
    one, other = mark.line, row.line
    if not one.text.strip().isdecimal() or mark.column != row.column:
        return False
    raised = other.top < one.bottom < other.bottom
    beside = 0 <= other.x0 - one.x1 < _REACH * other.size
    return one.size < _MARK * other.size and raised and beside


def _marked(mark: Line, row: Row) -> Row:
    line = replace(
        row.line,
        text=f"{mark.text} {row.text}",
        x0=mark.x0,
        words=mark.words + row.line.words,
    )
    return replace(row, line=line)


def _lines_in(parts: Sequence[Table | Figure]) -> list[Line]:
    return [line for part in parts for line in part.lines]


def _without(lines: Sequence[Line], taken: Sequence[Line]) -> list[Line]:
    known = {id(line) for line in taken}
    return [line for line in lines if id(line) not in known]


def _of_table(table: Table, page: Page, usual: Typography) -> Row:
    """The row that holds the place of a table."""
    text = "\n".join(" | ".join(row) for row in table.rows)
    line = _stand_in(text, table.box, usual)
    return Row(line, page.number, zone="table", cells=table.rows)


def _of_figure(figure: Figure, page: Page, usual: Typography) -> Row:
    """The row that holds the place of a drawing with its labels."""
    text = " ".join(line.text for line in figure.lines)
    return Row(_stand_in(text, figure.box, usual), page.number, zone="figure")


def _stand_in(text: str, box: Box, usual: Typography) -> Line:
    """A line that holds the place of a table or figure in the reading order."""
    return Line(text, box.x0, box.top, box.x1, box.bottom, usual.size)


def _aside(lines: Sequence[Line], page: Page, zone: str) -> Iterator[Row]:
    for line in lines:
        yield Row(line, page.number, (line.x0, line.x1), zone)


def pieces_joined(rows: Sequence[Row]) -> list[Row]:
    """`rows`, pieces of one line of one column made one row, as a mark and its text are."""
    found: list[Row] = []
    for row in rows:
        if found and _is_same_line(found[-1], row):
            found[-1] = _joined(found[-1], row)
        else:
            found.append(row)
    return found


def _is_same_line(last: Row, row: Row) -> bool:
    if last.zone != "body" or row.zone != "body" or last.column != row.column:
        return False
    small, large = sorted((last.line.size, row.line.size))
    if large > _DISPLAY * small:
        return False  # a large title beside text is none of its lines
    return abs(last.line.bottom - row.line.bottom) < 0.3 * row.line.size


def _joined(last: Row, row: Row) -> Row:
    line = replace(
        last.line,
        text=f"{last.text} {row.text}",
        x1=row.line.x1,
        words=last.line.words + row.line.words,
    )
    return replace(last, line=line)
