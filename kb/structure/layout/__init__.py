"""Pages of placed lines → blocks in reading order: the path from geometry to text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.dutch.hyphens import join
from kb.records import Block, Box, Line, Page
from kb.structure.layout.blocks import headings as classify
from kb.structure.layout.blocks.continuations import merged
from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.blocks.kinds import parts_of
from kb.structure.layout.blocks.note_marks import unmarked
from kb.structure.layout.blocks.paragraphs import marker_of
from kb.structure.layout.furniture import furniture_of
from kb.structure.layout.page.contents import entry_text, with_contents
from kb.structure.layout.page.drawn_bullets import numbered_bullet, with_bullets
from kb.structure.layout.page.zones import merged_pieces, rows_of
from kb.structure.layout.page_labels import labels_of
from kb.structure.layout.typography import Row, Typography, typography_of

Cells = tuple[tuple[str, ...], ...]


def layout_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Blocks of pages with geometry, furniture included, each with its printed page label."""
    usual = typography_of(pages)
    furniture = furniture_of(pages)
    aside: list[Block] = []
    running: dict[int, list[str]] = {}
    rows: list[Row] = []
    contents = False
    for page in pages:
        lines = [
            line
            for line in page.lines
            if id(line) not in furniture and line.text.strip()
        ]
        out = [line for line in page.lines if id(line) in furniture]
        running[page.number] = [line.text for line in out]
        aside += [
            Block(
                "furniture", line.text, page.number, boxes=(box_of(line, page.number),)
            )
            for line in out
        ]
        found, contents = with_contents(
            with_bullets(merged_pieces(rows_of(page, lines, usual)), page), contents
        )
        rows += found
    body = _blocks(rows, usual)
    labels = labels_of(pages, running)
    return tuple(_labelled(block, labels) for block in _in_order(body, aside))


def _in_order(body: Sequence[Block], furniture: Sequence[Block]) -> list[Block]:
    """Furniture of a page follows what begins on that page."""
    found: list[Block] = []
    waiting = list(furniture)
    for block in body:
        while waiting and waiting[0].page < block.page:
            found.append(waiting.pop(0))
        found.append(block)
    return found + waiting


def _labelled(block: Block, labels: dict[int, str | None]) -> Block:
    end = block.page_end or block.page
    return replace(
        block, label=labels.get(block.page), page_end=end, label_end=labels.get(end)
    )


def box_of(line: Line, page: int) -> Box:
    """Where a line stands, as a box."""
    return Box(
        page, *(round(value, 2) for value in (line.x0, line.top, line.x1, line.bottom))
    )


def _blocks(rows: Sequence[Row], usual: Typography) -> list[Block]:
    blocks = (_block(part, usual) for part in merged(parts_of(rows, usual)))
    return [block for block in blocks if block.text]


def _block(part: Draft, usual: Typography) -> Block:
    kind, rows, mark = part.kind, part.rows, None
    text, raw = _text(rows, usual)
    if kind == "list":
        number = numbered_bullet(rows[0])
        marker = (
            f"{number} "
            if number and text.startswith(f"{number} ")
            else marker_of(text)
        )
        mark = marker.strip() if marker else "•"
        if marker and (number or not any(c.isalnum() for c in marker)):
            text = text[len(marker) :]
    if kind == "toc":
        text = entry_text(text)
    if kind == "footnote" and rows[0].starts is not False:
        mark = classify.footnote_mark(text)
        text = text[len(mark) :].lstrip(" .)") if mark else text
    cells = tuple(
        cell_row for row in rows for cell_row in _without_repeated_head(row.cells, rows)
    )
    if cells:
        text, raw = "\n".join(" | ".join(cell_row) for cell_row in cells), None
    boxes = tuple(box_of(row.line, row.page) for row in rows)
    return Block(
        kind,
        text,
        rows[0].page,
        None,
        part.level,
        mark,
        cells,
        rows[-1].page,
        boxes=boxes,
        raw=raw,
    )


def _without_repeated_head(cells: Cells, rows: Sequence[Row]) -> Cells:
    """The rows of a table's part; the head that a next page repeats is left out."""
    return (
        cells[1:]
        if cells and cells is not rows[0].cells and cells[0] == rows[0].cells[0]
        else cells
    )


def _text(rows: Sequence[Row], usual: Typography) -> tuple[str, str | None]:
    """The text of rows as one, without marks of notes and line-end hyphens; and line by line as printed, where that differs."""
    text = ""
    for row in rows:
        text = join(text, unmarked(row.line), usual.words)
    plain = " ".join(row.text.strip() for row in rows)
    return text.strip(), "\n".join(
        row.text.strip() for row in rows
    ) if text.strip() != plain.strip() else None
