"""Pages of placed lines → blocks in reading order: the path from geometry to text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.dutch.hyphens import join
from kb.records import Block, Box, Line, Page
from kb.structure import classify
from kb.structure.columns import ordered
from kb.structure.furniture import furniture_of
from kb.structure.labels import labels_of
from kb.structure.merge import merged
from kb.structure.paragraphs import groups_of, marker_of
from kb.structure.sheet import Row, Sheet, sheet_of
from kb.structure.zones import zoned


def layout_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Blocks of pages with geometry, furniture included, each with its printed page label."""
    sheet = sheet_of(pages)
    furniture = furniture_of(pages)
    blocks: list[Block] = []
    running: dict[int, list[str]] = {}
    rows: list[Row] = []
    for page in pages:
        lines = [line for line in page.lines if id(line) not in furniture and line.text.strip()]
        out = [line for line in page.lines if id(line) in furniture]
        running[page.number] = [line.text for line in out]
        rows += rows_of(page, lines, sheet)
        blocks += [Block("furniture", line.text, page.number, boxes=(box_of(line, page.number),)) for line in out]
    body = merged(_classified(groups_of(rows, sheet), sheet), sheet)
    labels = labels_of(pages, running)
    done = sorted([*blocks, *body], key=lambda block: (block.page, block.kind == "furniture"))
    return tuple(_labelled(block, labels) for block in _in_order(body, blocks)) if done else ()


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


def rows_of(page: Page, lines: Sequence[Line], sheet: Sheet) -> list[Row]:
    """The lines of one page in reading order, with their zones."""
    zones = zoned(page, lines, sheet)
    body = [line for line in lines if zones.get(id(line), "body") == "body"]
    rest = [line for line in lines if zones.get(id(line), "body") != "body"]
    rows = [Row(line, page.number, column) for line, column in ordered(body, sheet.size)]
    return rows + [Row(line, page.number, (line.x0, line.x1), zones[id(line)]) for line in rest]


def box_of(line: Line, page: int) -> Box:
    return Box(page, line.x0, line.top, line.x1, line.bottom)


def _classified(groups: Sequence[Sequence[Row]], sheet: Sheet) -> list[Block]:
    blocks: list[Block] = []
    section = "body"
    for group in groups:
        kind = _kind(group, section, sheet)
        text = _text(group, sheet)
        if kind == "heading":
            section = "references" if classify.is_reference_heading(text) else "contents" if classify.is_contents_heading(text) else "body"
        blocks.append(_block(kind, text, group))
    return blocks


def _kind(group: Sequence[Row], section: str, sheet: Sheet) -> str:
    zone = group[0].zone
    if zone in ("table", "figure", "margin", "footnote"):
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
        text = text[len(marker) :] if marker else text
    if kind == "footnote":
        mark = classify.footnote_mark(text)
        text = text[len(mark) :].lstrip(" .)") if mark else text
    return Block(kind, text, group[0].page, mark=mark, boxes=tuple(box_of(row.line, row.page) for row in group))


def _text(group: Sequence[Row], sheet: Sheet) -> str:
    text = ""
    for row in group:
        text = join(text, row.text, sheet.words)
    return text
