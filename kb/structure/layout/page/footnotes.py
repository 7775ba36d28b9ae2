"""Footnotes: rows in smaller type at the foot of a page or column that begin with a
mark, or go on there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kb.records import Box, Page
from kb.structure.layout.page.rules import is_rule
from kb.structure.layout.typography import Row, Typography
from kb.structure.layout.wording import (
    ends_sentence,
    footnote_mark,
    is_caption,
)

_PLAIN_MARK = re.compile(r"^(?:\d{1,3}|[*†‡]{1,3})(?:[\s.)]|(?=[A-Z‘'“\"(]))")
_MISREAD = "“”\"’'‘*°!|"  # what a scanner makes of a raised figure
# Times the size of the text.
_SMALL = 0.94
_SMALL_RULED = 0.97  # below a rule
_MARK = 0.85  # times the size of its line
# Shares of the height of the page.
_HIGHEST = 0.25  # a note does not stand above this
_HIGHEST_RULE = 0.3
_LOW = 0.55  # where a misread mark may be one
# Rules above notes, in points.
_SHORTEST = 20
_THIN = 2.0
_LONGEST = 0.75  # share of the column
_STEP = 1.6  # sizes of type between baselines of one note
_LEFT = 25  # from the edge of the column


def with_notes(
    rows: Sequence[Row],
    page: Page,
    usual: Typography,
    before: Sequence[Row] = (),
) -> list[Row]:
    """`rows` of one page, those of footnotes given that zone, and told which begin a note.

    A note may go on at the foot of the next column.

    Args:
        before: the rows of the page before, of which the last note may go on here.
    """
    found = list(rows)
    is_open = _ends_in_open_note(before)
    for start, end in _columns(rows):
        end = _above_float(rows, start, end)
        column = rows[start:end]
        if start and _is_right_below_note(found[start - 1], rows[start]):
            first: int | None = 0
        else:
            first = _first_note(column, page, usual)
        if first is None and is_open:
            first = _rest_of_note(column, usual)
        if first is None:
            continue
        expected: int | None = None
        is_open = False
        for at in range(first, len(column)):
            row = column[at]
            if row.line.x1 < column[first].line.x0 or row.zone != "body":
                continue
            begins, number = _begins_note(row, expected)
            if begins:
                expected = number + 1 if number is not None else None
            found[start + at] = replace(row, zone="footnote", starts=begins)
            is_open = not ends_sentence(row.text)
    return found


def _columns(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Runs of rows in one column, from top to bottom."""
    edges = [
        at
        for at in range(1, len(rows))
        if rows[at].column != rows[at - 1].column
    ]
    return pairwise([0, *edges, len(rows)]) if rows else iter(())


def _above_float(rows: Sequence[Row], start: int, end: int) -> int:
    """The end of a column above a table or figure at its foot and the caption of that."""
    foot = end
    while foot > start and (
        _is_float(rows[foot - 1]) or is_caption(rows[foot - 1].text)
    ):
        foot -= 1
    return foot if any(_is_float(row) for row in rows[foot:end]) else end


def _is_float(row: Row) -> bool:
    return row.zone in ("table", "figure")


def _first_note(
    rows: Sequence[Row], page: Page, usual: Typography
) -> int | None:
    """Where the notes of a column begin, counted from its top."""
    first = _first_small(rows, usual)
    while first < len(rows) and not _may_open_notes(rows, first, page):
        first += 1
    if first < len(rows) and rows[first].line.top <= _HIGHEST * page.height:
        first = len(rows)
    ruled, alone = _rule_above(rows, page)
    if ruled is not None and _are_notes(rows[ruled:], usual, alone):
        # The line under a link in the note above is no rule above notes.
        return min(ruled, first)
    return first if first < len(rows) else None


def _first_small(rows: Sequence[Row], usual: Typography) -> int:
    """Where the small type at the foot of a column begins."""
    first = len(rows)
    while first > 0 and _is_small(rows[first - 1], usual):
        first -= 1
    return first


def _is_small(row: Row, usual: Typography) -> bool:
    return row.zone == "body" and row.line.size < _SMALL * usual.size


def _may_open_notes(rows: Sequence[Row], at: int, page: Page) -> bool:
    """Whether a row of small type is the first of the notes of its column."""
    row = rows[at]
    if _begins_note(row, None)[0]:
        return True
    if _is_misread_mark(row, rows[at - 1] if at else None, page):
        return True
    return at + 1 < len(rows) and _is_carried_over(rows[at:], page)


def _are_notes(rows: Sequence[Row], usual: Typography, alone: bool) -> bool:
    """Whether the rows below a rule are notes.

    Where no other rule of the page is like it, notes may be as large as the text: some word
    processors set them so.
    """
    if not _begins_note(rows[0], None)[0]:
        return False
    return all(
        _fits_note(row, usual) or (alone and _is_plain(row, usual))
        for row in rows
    )


def _is_misread_mark(row: Row, before: Row | None, page: Page) -> bool:
    """A scanner's reading of a mark.

    A sign at the head of small type, below white, low on the page.
    """
    if row.text[:1] not in _MISREAD or not row.text[1:2].isupper():
        return False
    if row.line.top < _LOW * page.height:
        return False
    return (
        before is None
        or row.line.top - before.line.bottom > 0.5 * row.line.size
    )


def _is_plain(row: Row, usual: Typography) -> bool:
    return row.zone == "body" and row.line.size < usual.size + 0.1


def _fits_note(row: Row, usual: Typography) -> bool:
    """Whether a row is smaller than the text, or begins with a raised mark."""
    if row.zone != "body":
        return False
    words = row.line.words
    raised = len(words) > 1 and words[0].size < _MARK * row.line.size
    small = row.line.size < _SMALL_RULED * usual.size
    return small or (raised and row.line.size < usual.size + 0.1)


# -- notes that go on from the page before


def _is_carried_over(rows: Sequence[Row], page: Page) -> bool:
    """The end of a note of the page before.

    Under a rule and above the notes of this page.
    """
    if not any(_begins_note(row, None)[0] for row in rows[1:]):
        return False
    line = rows[0].line
    return any(
        is_rule(box) and 0 <= line.top - box.bottom < 2 * line.size
        for box in page.rules
    )


def _ends_in_open_note(rows: Sequence[Row]) -> bool:
    """Whether the last note of a page stops in mid-sentence."""
    notes = [row for row in rows if row.zone == "footnote"]
    return bool(notes) and not ends_sentence(notes[-1].text)


def _is_right_below_note(note: Row, row: Row) -> bool:
    """Whether a row that is a column by itself completes the note above it."""
    if note.zone != "footnote" or ends_sentence(note.text):
        return False
    step = row.line.bottom - note.line.bottom
    near = 0 < step < _STEP * row.line.size
    return near and abs(row.line.size - note.line.size) < 0.1 * row.line.size


def _rest_of_note(rows: Sequence[Row], usual: Typography) -> int | None:
    """Where small type at the foot of a column completes a sentence of another page."""
    first = _first_small(rows, usual)
    if first in (0, len(rows)) or not rows[first].text[:1].islower():
        return None
    return first


# -- rules and marks


def _rule_above(rows: Sequence[Row], page: Page) -> tuple[int | None, bool]:
    """The row just below a rule at the left of a column, and whether no other is like it.

    The rule is short, or the row begins with a raised mark.
    """
    if not rows:
        return None, False
    column = rows[0].column
    for box in page.rules:
        low = box.top >= _HIGHEST_RULE * page.height
        at = _first_below(rows, box)
        if not low or at is None or not _may_be_above_notes(box, column):
            continue
        if _is_short(box, column) or _has_raised_mark(rows[at]):
            like = (other for other in page.rules if other is not box)
            return at, not any(_is_like(other, box) for other in like)
    return None, False


def _first_below(rows: Sequence[Row], box: Box) -> int | None:
    """The row right below a rule, if one stands there."""
    below = (
        at for at, row in enumerate(rows) if row.line.bottom > box.bottom + 1
    )
    first = next(below, None)
    near = first is not None and _is_right_below(rows[first], box)
    return first if near else None


def _may_be_above_notes(box: Box, column: tuple[float, float]) -> bool:
    """Whether a rule is thin and begins at the left of a column."""
    long = box.width > _SHORTEST
    return long and box.height <= _THIN and abs(box.x0 - column[0]) <= _LEFT


def _is_short(box: Box, column: tuple[float, float]) -> bool:
    """Whether a rule is as short as those that nothing but notes stand below."""
    return box.width < _LONGEST * (column[1] - column[0])


def _is_right_below(row: Row, box: Box) -> bool:
    return 0 <= row.line.top - box.bottom + 3 < 2.5 * row.line.size


def _is_like(one: Box, other: Box) -> bool:
    """Whether two rules begin at one place and are as long.

    Then they are of a table.
    """
    width = other.width
    return (
        one.height <= _THIN
        and abs(one.x0 - other.x0) < 30
        and abs(one.width - width) < 0.2 * width
        and abs(one.top - other.top) > 3
    )


def _begins_note(row: Row, expected: int | None) -> tuple[bool, int | None]:
    """Whether a row begins a note, and the number of its mark.

    Args:
        expected: the number after that of the note before, where that has one.
    """
    mark = footnote_mark(row.text)
    number = int(mark) if mark and mark.isdecimal() else None
    if _has_raised_mark(row):
        return True, number
    if not _PLAIN_MARK.match(row.text):
        return False, None
    return expected is None or number is None or number == expected, number


def _has_raised_mark(row: Row) -> bool:
    words = row.line.words
    if (
        not words
        or words[0].size >= _MARK * row.line.size
        or len(words[0].text) > 3
    ):
        return False
    return words[0].text.strip("*†‡ .)").isdecimal()
