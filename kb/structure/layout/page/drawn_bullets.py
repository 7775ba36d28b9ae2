"""Bullets that are drawn, not written.

Small shapes, pictures or signs of a symbol font before a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.extract.pdf.lines import line_of
from kb.records import Box, Line, Page, Word
from kb.structure.layout.typography import Row, Typography

_LEAST, _MOST = 2.0, 14.0  # points
_LARGEST = 0.95  # of the size of type
_REACH = 2.0  # sizes of type between a bullet and its text
_MOST_BOXES = 300


def with_bullets(
    rows: Sequence[Row], page: Page, usual: Typography
) -> list[Row]:
    """`rows` of one page, those with a drawn bullet before them told so.

    One bullet alone at its place counts for nothing.
    """
    rows = [_with_symbol(row, usual) for row in rows]
    small = [box for box in (*page.rules, *page.images) if _is_small(box)]
    if not 2 <= len(small) <= _MOST_BOXES:
        return list(rows)
    found: dict[int, int] = {}  # row: where the middle of its bullet stands
    for at, row in enumerate(rows):
        box = _bullet_of(row.line, small) if row.zone == "body" else None
        if box is not None:
            found[at] = round(box.mid_x)
    places = Counter(found.values())
    marked = {
        at
        for at, place in found.items()
        if sum(places[place + step] for step in (-1, 0, 1)) >= 2
    }
    return [
        replace(row, bullet=True) if at in marked else row
        for at, row in enumerate(rows)
    ]


def _with_symbol(row: Row, usual: Typography) -> Row:
    """`row` without the sign of a symbol font before it, or told that a bare number counts it."""
    words = row.line.words
    if row.zone != "body" or len(words) < 2 or row.bullet:
        return row
    first, second = words[:2]
    if (first.text, first.font) in usual.bullets and first.font != second.font:
        return replace(row, line=line_of(words[1:]), bullet=True)
    return replace(row, bullet=True) if _is_bare_number(first, second) else row


def _is_bare_number(first: Word, second: Word) -> bool:
    """Whether a number in type of its own stands apart before a text, as before an item."""
    if (
        not first.text.isdecimal()
        or len(first.text) > 2
        or not second.text[:1].isupper()
    ):
        return False
    other = (first.font, first.color) != (second.font, second.color)
    same_size = abs(first.size - second.size) < 0.1 * second.size
    return other and same_size and second.x0 - first.x1 > 0.5 * second.size


def numbered_bullet(row: Row) -> str | None:
    """The figure set on the drawn bullet of `row`.

    Smaller than its text or in other type.
    """
    words = row.line.words
    if not row.bullet or len(words) < 2 or not words[0].text.isdecimal():
        return None
    small = words[0].size < 0.95 * words[1].size
    return words[0].text if small or words[0].font != words[1].font else None


def _is_small(box: Box) -> bool:
    return min(_sides(box)) >= _LEAST and max(_sides(box)) < _MOST


def _sides(box: Box) -> tuple[float, float]:
    return box.width, box.height


def _bullet_of(line: Line, boxes: Sequence[Box]) -> Box | None:
    """The first of `boxes` that stands as a bullet before `line`."""
    return next((box for box in boxes if _is_bullet(box, line)), None)


def _is_bullet(box: Box, line: Line) -> bool:
    """Whether a box stands just left of a line, or under the figure with which it begins."""
    middle = box.mid_y
    slack = 0.1 * line.size
    if not line.top - slack < middle < line.bottom + slack:
        return False
    if max(_sides(box)) > _LARGEST * line.size:
        return False
    if slack < line.x0 - box.x1 < _REACH * line.size:
        return True
    first = line.words[0] if line.words else None
    if first is None or not first.text.isdecimal():
        return False
    return box.x0 <= first.mid_x <= box.x1
