"""Bullets that are drawn, not written: small shapes or pictures just left of a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.records import Box, Page
from kb.structure.layout.typography import Row

_LEAST, _MOST = 2.0, 0.95  # points; of the size of type
_REACH = 2.0  # sizes of type between a bullet and its text
_MOST_BOXES = 300


def with_bullets(rows: Sequence[Row], page: Page) -> list[Row]:
    """`rows` of one page, those with a drawn bullet before them told so; one bullet alone counts for nothing."""
    small = [
        box
        for box in (*page.rules, *page.images)
        if min(_sides(box)) >= _LEAST and max(_sides(box)) < 14
    ]
    if not 2 <= len(small) <= _MOST_BOXES:
        return list(rows)
    found = {
        at: box
        for at, row in enumerate(rows)
        if row.zone == "body" and (box := _bullet_of(row, small)) is not None
    }
    places = Counter(round((box.x0 + box.x1) / 2) for box in found.values())
    marked = {
        at
        for at, box in found.items()
        if sum(places[round((box.x0 + box.x1) / 2) + step] for step in (-1, 0, 1)) >= 2
    }
    return [
        replace(row, bullet=True) if at in marked else row
        for at, row in enumerate(rows)
    ]


def numbered_bullet(row: Row) -> str | None:
    """The figure set on the drawn bullet of `row`, smaller than its text."""
    words = row.line.words
    on_ball = (
        row.bullet
        and len(words) > 1
        and words[0].text.isdigit()
        and words[0].size < 0.95 * words[1].size
    )
    return words[0].text if on_ball else None


def _sides(box: Box) -> tuple[float, float]:
    return box.x1 - box.x0, box.bottom - box.top


def _bullet_of(row: Row, boxes: Sequence[Box]) -> Box | None:
    line = row.line
    first = line.words[0] if line.words else None
    for box in boxes:
        middle = (box.top + box.bottom) / 2
        if (
            not line.top - 0.1 * line.size < middle < line.bottom + 0.1 * line.size
            or max(_sides(box)) > _MOST * line.size
        ):
            continue
        if 0.1 * line.size < line.x0 - box.x1 < _REACH * line.size:
            return box
        if (
            first is not None
            and first.text.isdigit()
            and box.x0 <= (first.x0 + first.x1) / 2 <= box.x1
        ):
            return box
    return None
