"""Reference lists: where does each entry begin? Told by the hanging indent, else by white
space and form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.structure.layout.blocks.paragraphs import begins
from kb.structure.layout.typography import Row, Typography

_ENTRY = re.compile(
    r"^(?:\[?\d{1,3}[\].)]\s+)?[A-ZÀ-Þ‘'’][\w’'´`-]*(?:[\s,].{0,160}?)?"
    r"[\s(]\(?(?:\d{4}[a-z]?|z\.\s?j\.|n\.\s?d\.|in druk|te verschijnen)\b"
)
_AUTHOR = re.compile(
    r"^(?:[A-ZÀ-Þ][\w’'´`-]*|(?:van|de|den|der|ter|ten|te|el|von|’t|'t)\b)"
    r"[^.!?()]{0,60}?,\s(?:[A-ZÀ-Þ]\.[\s-]?)+.{0,200}?(?:\d{4}|z\.\s?j\.|in druk)"
    r"|^[A-ZÀ-Þ][^()]{2,90}\(\d{4}[a-z]?\)[.,:]\s"
)
_LEAST_ENTRIES = (
    4  # successive entries that show a list without a title that says so
)
_FORMED = (
    0.6  # share of the texts between the first and last that have the form
)
_IN = 0.7  # sizes of type by which the lines of an entry stand in
_AGREEING = 0.6  # share of those lines that stand in equally far
_LEAST_IN = 0.15  # share of all lines that stand in

Column = tuple[int, tuple[float, float]]  # page and column


def list_without_title(texts: Sequence[str]) -> tuple[int, int] | None:
    """Begin and end of the part of `texts` that is a reference list by its form.

    Names, initials and years show it.
    """
    formed = [at for at, text in enumerate(texts) if _AUTHOR.match(text)]
    if len(formed) < _LEAST_ENTRIES:
        return None
    begin, end = formed[0], formed[-1] + 1
    return (begin, end) if len(formed) >= _FORMED * (end - begin) else None


def with_entries(rows: Sequence[Row], usual: Typography) -> list[Row]:
    """`rows` of a reference list, each told whether it begins an entry."""
    depth = _hanging_indent(rows)
    lefts: dict[Column, set[float]] = defaultdict(set)
    for row in rows:
        lefts[_column(row)].add(row.line.x0)
    found: list[Row] = []
    for row in rows:
        before = found[-1] if found else None
        if depth is None:
            starts = _starts_by_white(before, row, usual)
        else:
            starts = _starts_by_indent(before, row, lefts[_column(row)], depth)
        found.append(replace(row, starts=starts))
    return found


def _column(row: Row) -> Column:
    return row.page, row.column


def _starts_by_indent(
    before: Row | None, row: Row, lefts: set[float], depth: float
) -> bool:
    """Whether a row stands out.

    In a column of even rows, whether it has an entry's form.
    """
    if len({round(left) for left in lefts}) == 1 and before is not None:
        return _looks_like_entry(row, before)
    return row.line.x0 < min(lefts) + 0.5 * depth


def _starts_by_white(before: Row | None, row: Row, usual: Typography) -> bool:
    """Whether a row begins an entry as a paragraph begins.

    In a next column, by its form.
    """
    if before is None:
        return True
    if _column(before) != _column(row):
        return _looks_like_entry(row, before)
    return begins([before], row, None, usual)


def _hanging_indent(rows: Sequence[Row]) -> float | None:
    """Depth of the hanging indent in points, where the list has one."""
    pairs = [(a, b) for a, b in pairwise(rows) if _column(a) == _column(b)]
    depths = sorted(
        other.line.x0 - one.line.x0
        for one, other in pairs
        if other.line.x0 - one.line.x0 > _IN * one.line.size
    )
    short = len(depths) == 1 and len(pairs) <= 4
    if len(depths) < 2 and not short:
        return None
    usual = depths[len(depths) // 2]
    agreeing = sum(abs(depth - usual) < 2 for depth in depths)
    enough = len(depths) >= _LEAST_IN * len(pairs)
    return usual if enough and agreeing >= _AGREEING * len(depths) else None


def _looks_like_entry(row: Row, before: Row) -> bool:
    """Whether a row has the form of an entry's beginning, after one that may be an end."""
    last = before.text.rstrip()[-1:]
    return bool(_ENTRY.match(row.text)) and (last in ".)/" or last.isdigit())
