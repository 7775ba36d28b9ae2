"""Pages of placed lines → blocks in reading order: the path from geometry to text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.dutch.hyphens import join
from kb.records import Block, Box, Line, Page
from kb.structure import classify
from kb.structure.contents import entry_text, with_contents
from kb.structure.entries import with_entries
from kb.structure.furniture import furniture_of
from kb.structure.labels import labels_of
from kb.structure.marks import unmarked
from kb.structure.merge import merged
from kb.structure.paragraphs import groups_of, marker_of
from kb.structure.quotes import pull_quotes
from kb.structure.sheet import Row, Sheet, sheet_of
from kb.structure.zones import merged_pieces, rows_of


def layout_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Blocks of pages with geometry, furniture included, each with its printed page label."""
    sheet = sheet_of(pages)
    furniture = furniture_of(pages)
    aside: list[Block] = []
    running: dict[int, list[str]] = {}
    rows: list[Row] = []
    contents = False
    for page in pages:
        lines = [line for line in page.lines if id(line) not in furniture and line.text.strip()]
        out = [line for line in page.lines if id(line) in furniture]
        running[page.number] = [line.text for line in out]
        aside += [Block("furniture", line.text, page.number, boxes=(box_of(line, page.number),)) for line in out]
        found, contents = with_contents(merged_pieces(rows_of(page, lines, sheet)), contents)
        rows += found
    body = merged(_blocks(rows, sheet), sheet)
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
    return replace(block, label=labels.get(block.page), page_end=end, label_end=labels.get(end))


def box_of(line: Line, page: int) -> Box:
    """Where a line stands, as a box."""
    return Box(page, line.x0, line.top, line.x1, line.bottom)


def _blocks(rows: Sequence[Row], sheet: Sheet) -> list[Block]:
    blocks: list[Block] = []
    section = "body"
    groups = groups_of(rows, sheet)
    quoted = pull_quotes(groups, sheet)
    index = 0
    while index < len(groups):
        group = groups[index]
        kind = "quote" if index in quoted else _kind(group, section, sheet)
        if kind == "reference":
            end = index
            while end < len(groups) and _kind(groups[end], section, sheet) in ("reference", "footnote", "figure", "table", "margin"):
                end += 1
            listed = [row for part in groups[index:end] for row in part]
            aside = [part for part in groups[index:end] if part[0].zone != "body"]
            blocks += _entries([row for row in listed if row.zone == "body"], sheet)
            blocks += [_block(_kind(part, section, sheet), _text(part, sheet), part) for part in aside]
            index = end
            continue
        text = _text(group, sheet)
        if not text:
            index += 1
            continue
        if kind == "heading":
            section = "references" if classify.is_reference_heading(text) else "body"
        blocks.append(_block(kind, text, group))
        index += 1
    return blocks


def _entries(rows: Sequence[Row], sheet: Sheet) -> list[Block]:
    blocks: list[Block] = []
    group: list[Row] = []
    for row in with_entries(rows, sheet):
        if row.starts and group:
            blocks.append(_block("reference", _text(group, sheet), group))
            group = []
        group.append(row)
    return [*blocks, _block("reference", _text(group, sheet), group)] if group else blocks


def _kind(group: Sequence[Row], section: str, sheet: Sheet) -> str:
    zone = group[0].zone
    if zone != "body":
        return zone
    if classify.is_caption(group):
        return "caption"
    if classify.is_heading(group, sheet):
        return "heading"
    if classify.has_leaders(group[0].text):
        return "toc"
    if section == "references":
        return "reference"
    if classify.starts_item(group):
        return "list"
    return "paragraph"


def _block(kind: str, text: str, group: Sequence[Row]) -> Block:
    mark = None
    if kind == "list":
        marker = marker_of(text)
        mark = marker.strip() if marker else "•"
        if marker and not any(c.isalnum() for c in marker):
            text = text[len(marker) :]
    if kind == "toc":
        text = entry_text(text)
    if kind == "footnote":
        mark = classify.footnote_mark(text) if group[0].starts else None
        text = text[len(mark) :].lstrip(" .)") if mark else text
    rows = group[0].cells
    return Block(
        kind, text, group[0].page, mark=mark, rows=rows, page_end=group[-1].page, boxes=tuple(box_of(row.line, row.page) for row in group)
    )


def _text(group: Sequence[Row], sheet: Sheet) -> str:
    text = ""
    for row in group:
        text = join(text, unmarked(row.line), sheet.words)
    return text
