"""Footnotes: rows in smaller type at the foot of a page or column that begin with a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.records import Box, Page
from kb.structure.layout.blocks.headings import footnote_mark, is_caption_text
from kb.structure.layout.page.tables import is_rule
from kb.structure.layout.typography import Row, Typography

_PLAIN_MARK = re.compile(r"^(?:\d{1,3}|[*†‡]{1,3})(?:[\s.)]|(?=[A-Z‘'“\"(]))")


def with_notes(rows: Sequence[Row], page: Page, usual: Typography) -> list[Row]:
    """`rows` of one page, those of footnotes given that zone, and told which of them begin a note."""
    found = list(rows)
    for start, end in _columns(rows):
        end = _above_float(rows, start, end)
        first = _first_note(rows[start:end], page, usual)
        if first is None:
            continue
        expected: int | None = None
        for index in range(start + first, end):
            row = rows[index]
            if row.line.x1 < rows[start + first].line.x0 or row.zone != "body":
                continue
            begins, number = _begins_note(row, expected)
            if begins:
                expected = number + 1 if number is not None else None
            found[index] = replace(row, zone="footnote", starts=begins)
    return found


def _columns(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Runs of rows in one column, from top to bottom."""
    starts = [
        i for i, row in enumerate(rows) if i == 0 or row.column != rows[i - 1].column
    ]
    return list(zip(starts, [*starts[1:], len(rows)], strict=True)) if rows else []


def _above_float(rows: Sequence[Row], start: int, end: int) -> int:
    """The end of the rows of a column above a table or figure at its foot, and the caption of that."""
    foot = end
    while foot > start and (
        rows[foot - 1].zone in ("table", "figure")
        or is_caption_text(rows[foot - 1].text)
    ):
        foot -= 1
    return (
        foot if any(row.zone in ("table", "figure") for row in rows[foot:end]) else end
    )


def _first_note(rows: Sequence[Row], page: Page, usual: Typography) -> int | None:
    """Where the notes of a column begin, counted from its top."""
    first = len(rows)
    while (
        first > 0
        and rows[first - 1].zone == "body"
        and rows[first - 1].line.size < 0.94 * usual.size
    ):
        first -= 1
    ruled, alone = _rule_above(rows, page)
    if ruled is not None and (first == len(rows) or ruled < first or first < ruled):
        below = rows[ruled:]
        if _begins_note(below[0], None)[0] and all(
            _fits_note(row, usual) or (alone and _is_plain(row, usual)) for row in below
        ):
            return ruled
    while first < len(rows) and not _begins_note(rows[first], None)[0]:
        if _misread_mark(rows[first], rows[first - 1] if first else None, page):
            break
        if first + 1 < len(rows) and _is_carried_over(rows[first:], page):
            break
        first += 1
    return (
        first
        if first < len(rows) and rows[first].line.top > 0.25 * page.height
        else None
    )


def _misread_mark(row: Row, before: Row | None, page: Page) -> bool:
    """A scanner's reading of a mark: a sign at the head of small type, below white, low on the page."""
    if (
        row.text[:1] not in "“”\"'’‘*°!|"
        or not row.text[1:2].isupper()
        or row.line.top < 0.55 * page.height
    ):
        return False
    return before is None or row.line.top - before.line.bottom > 0.5 * row.line.size


def _is_plain(row: Row, usual: Typography) -> bool:
    """Whether a row is text in the usual type: some word processors set notes no smaller."""
    return row.zone == "body" and row.line.size < usual.size + 0.1


def _fits_note(row: Row, usual: Typography) -> bool:
    words = row.line.words
    raised = len(words) > 1 and words[0].size < 0.85 * row.line.size
    return row.zone == "body" and (
        row.line.size < 0.97 * usual.size
        or (raised and row.line.size < usual.size + 0.1)
    )


def _is_carried_over(rows: Sequence[Row], page: Page) -> bool:
    """The end of a note of the page before, under a rule and above the notes of this page."""
    if not any(_begins_note(row, None)[0] for row in rows[1:]):
        return False
    return any(
        is_rule(box) and 0 <= rows[0].line.top - box.bottom < 2 * rows[0].line.size
        for box in page.rules
    )


def _rule_above(rows: Sequence[Row], page: Page) -> tuple[int | None, bool]:
    """The row just below a short rule that begins where the column begins, and whether no other rule is like it."""
    if not rows:
        return None, False
    left, right = rows[0].column
    for box in page.rules:
        short = (
            20 < box.x1 - box.x0 < 0.75 * (right - left) and box.bottom - box.top <= 2.0
        )
        if not short or abs(box.x0 - left) > 25 or box.top < 0.3 * page.height:
            continue
        below = [i for i, row in enumerate(rows) if row.line.bottom > box.bottom + 1]
        if (
            below
            and 0
            <= rows[below[0]].line.top - box.bottom + 3
            < 2.5 * rows[below[0]].line.size
        ):
            like = [
                other
                for other in page.rules
                if other is not box and _is_like(other, box)
            ]
            return below[0], not like
    return None, False


def _is_like(one: Box, other: Box) -> bool:
    """Whether two rules begin at one place and are as long: then they are of a table, not above notes."""
    width = other.x1 - other.x0
    return (
        one.bottom - one.top <= 2.0
        and abs(one.x0 - other.x0) < 30
        and abs(one.x1 - one.x0 - width) < 0.2 * width
        and abs(one.top - other.top) > 3
    )


def _begins_note(row: Row, expected: int | None) -> tuple[bool, int | None]:
    """Whether a row begins a note, and the number of its mark."""
    words = row.line.words
    mark = footnote_mark(row.text)
    number = int(mark) if mark and mark.isdigit() else None
    if (
        words
        and words[0].size < 0.85 * row.line.size
        and len(words[0].text) <= 3
        and words[0].text.strip("*†‡ .)").isdigit() is not False
    ):
        return True, number
    if not _PLAIN_MARK.match(row.text):
        return False, None
    return expected is None or number is None or number == expected, number
