"""The rows of one page in reading order, each with its zone: body, table, figure, margin, footnote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.records import Box, Line, Page
from kb.structure.layout.page.columns import ordered
from kb.structure.layout.page.drop_caps import with_drop_caps
from kb.structure.layout.page.figures import figures_on
from kb.structure.layout.page.footnotes import with_notes
from kb.structure.layout.page.frames import bands_of
from kb.structure.layout.page.margin_notes import cut_at_margin, margin_lines
from kb.structure.layout.page.tables import tables_on
from kb.structure.layout.typography import Row, Typography, is_turned

Cells = tuple[tuple[str, ...], ...]


def rows_of(
    page: Page, lines: Sequence[Line], usual: Typography, before: Sequence[Row] = ()
) -> list[Row]:
    """Rows of `page` in reading order; a table or figure is one row at its place.

    Args:
        lines: those of the page that are no furniture.
        before: the rows of the page before, of which a note may go on here.
    """
    turned = [line for line in lines if is_turned(line)]
    upright = [line for line in lines if not is_turned(line)]
    free = with_drop_caps(cut_at_margin(upright, usual), usual)
    tables = tables_on(page, free, usual)
    free = _without(free, [line for table in tables for line in table.lines])
    figures = figures_on(page, free, usual)
    free = _without(free, [line for figure in figures for line in figure.lines])
    margin = margin_lines(free, usual)
    stand_ins: dict[int, tuple[str, Cells]] = {}
    placed = _without(free, margin)
    for table in tables:
        text = "\n".join(" | ".join(row) for row in table.rows)
        placed.append(_stand_in(text, table.box, usual))
        stand_ins[id(placed[-1])] = "table", table.rows
    for figure in figures:
        text = " ".join(line.text for line in figure.lines)
        placed.append(_stand_in(text, figure.box, usual))
        stand_ins[id(placed[-1])] = "figure", ()
    rows = []
    for band in bands_of(page, placed, usual):
        for line, column in ordered(band, usual.size):
            zone, cells = stand_ins.get(id(line), ("body", ()))
            rows.append(Row(line, page.number, column, zone, cells=cells))
    aside = [*_aside(margin, page, "margin"), *_aside(turned, page, "figure")]
    return with_notes(rows, page, usual, before) + aside


def _without(lines: Sequence[Line], taken: Sequence[Line]) -> list[Line]:
    known = {id(line) for line in taken}
    return [line for line in lines if id(line) not in known]


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
    return abs(last.line.bottom - row.line.bottom) < 0.3 * row.line.size


def _joined(last: Row, row: Row) -> Row:
    line = replace(
        last.line,
        text=f"{last.text} {row.text}",
        x1=row.line.x1,
        words=last.line.words + row.line.words,
    )
    return replace(last, line=line)
