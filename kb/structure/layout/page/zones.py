"""The rows of one page in reading order, each with its zone: body, table, figure, margin, footnote or contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.records import Line, Page
from kb.structure.layout.page.columns import ordered
from kb.structure.layout.page.figures import figures_on
from kb.structure.layout.page.footnotes import with_notes
from kb.structure.layout.page.margin_notes import cut_at_margin, margin_lines
from kb.structure.layout.page.tables import tables_on
from kb.structure.layout.typography import Row, Typography, is_turned


def rows_of(page: Page, lines: Sequence[Line], usual: Typography) -> list[Row]:
    """Rows of `page` in reading order; a table or figure is one row at its place."""
    turned = [line for line in lines if is_turned(line)]
    lines = cut_at_margin([line for line in lines if not is_turned(line)], usual)
    tables = tables_on(page, lines, usual)
    taken = {id(line) for table in tables for line in table.lines}
    figures = figures_on(page, [line for line in lines if id(line) not in taken], usual)
    taken |= {id(line) for figure in figures for line in figure.lines}
    free = [line for line in lines if id(line) not in taken]
    margin = margin_lines(free, usual)
    taken = {id(line) for line in margin}
    zones: dict[int, tuple[str, tuple[tuple[str, ...], ...]]] = {}
    stand_ins: list[Line] = []
    for table in tables:
        stand_in = Line(
            "\n".join(" | ".join(row) for row in table.rows),
            table.box.x0,
            table.box.top,
            table.box.x1,
            table.box.bottom,
            usual.size,
        )
        zones[id(stand_in)] = ("table", table.rows)
        stand_ins.append(stand_in)
    for figure in figures:
        stand_in = Line(
            " ".join(line.text for line in figure.lines),
            figure.box.x0,
            figure.box.top,
            figure.box.x1,
            figure.box.bottom,
            usual.size,
        )
        zones[id(stand_in)] = ("figure", ())
        stand_ins.append(stand_in)
    body = ordered(
        [*(line for line in free if id(line) not in taken), *stand_ins], usual.size
    )
    rows = [
        Row(line, page.number, column, *_zone(zones, line)) for line, column in body
    ]
    beside = [
        Row(line, page.number, (line.x0, line.x1), zone)
        for zone, found in (("margin", margin), ("figure", turned))
        for line in found
    ]
    return with_notes(rows, page, usual) + beside


def _zone(
    zones: dict[int, tuple[str, tuple[tuple[str, ...], ...]]], line: Line
) -> tuple[str, bool, None, tuple[tuple[str, ...], ...]]:
    zone, cells = zones.get(id(line), ("body", ()))
    return zone, False, None, cells


def merged_pieces(rows: Sequence[Row]) -> list[Row]:
    """Pieces of one line of one column made one row, as a mark and its text are."""
    found: list[Row] = []
    for row in rows:
        last = found[-1] if found else None
        if (
            last
            and last.zone == row.zone == "body"
            and last.column == row.column
            and abs(last.line.bottom - row.line.bottom) < 0.3 * row.line.size
        ):
            found[-1] = replace(
                last,
                line=replace(
                    last.line,
                    text=f"{last.text} {row.text}",
                    x1=row.line.x1,
                    words=last.line.words + row.line.words,
                ),
            )
        else:
            found.append(row)
    return found
