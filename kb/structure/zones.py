"""Which lines of a page are no running text: tables, charts, footnotes, notes in the margin?"""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Line, Page
from kb.structure.classify import footnote_mark
from kb.structure.sheet import Sheet


def zoned(page: Page, lines: Sequence[Line], sheet: Sheet) -> dict[int, str]:
    """The zone of each line (by `id`) that is not body."""
    zones: dict[int, str] = {}
    for line in _footnotes(page, lines, sheet):
        zones[id(line)] = "footnote"
    return zones


def _footnotes(page: Page, lines: Sequence[Line], sheet: Sheet) -> list[Line]:
    small = [line for line in lines if line.size < 0.93 * sheet.size and line.top > 0.3 * page.height]
    marks = [line for line in small if footnote_mark(line.text)]
    if not marks:
        return []
    found = []
    for line in small:
        if any(mark.bottom <= line.bottom + 1 and abs(mark.x0 - line.x0) < 40 for mark in marks):
            found.append(line)
    return found
