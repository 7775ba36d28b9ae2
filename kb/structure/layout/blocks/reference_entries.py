"""Reference lists: where does each entry begin? Told by the hanging indent, else by white space and form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.structure.layout.blocks.paragraphs import begins
from kb.structure.layout.typography import Row, Typography

_ENTRY = re.compile(
    r"^(?:\[?\d{1,3}[\].)]\s+)?[A-ZÀ-Þ‘'’][\w’'´`-]*(?:[\s,].{0,160}?)?[\s(]\(?(?:\d{4}[a-z]?|z\.\s?j\.|n\.\s?d\.|in druk|te verschijnen)\b"
)
_AUTHOR = re.compile(
    r"^(?:[A-ZÀ-Þ][\w’'´`-]*|(?:van|de|den|der|ter|ten|te|el|von|’t|'t)\b)[^.!?()]{0,60}?,\s(?:[A-ZÀ-Þ]\.[\s-]?)+"
    r".{0,200}?(?:\d{4}|z\.\s?j\.|in druk)"
    r"|^[A-ZÀ-Þ][^()]{2,90}\(\d{4}[a-z]?\)[.,:]\s"
)
_LEAST_ENTRIES = 4  # successive entries that show a list without a title that says so


def list_without_title(texts: Sequence[str]) -> tuple[int, int] | None:
    """Begin and end of the part of successive `texts` that is a reference list by its form: names, initials and years."""
    formed = [at for at, text in enumerate(texts) if _AUTHOR.match(text)]
    if len(formed) < _LEAST_ENTRIES:
        return None
    begin, end = formed[0], formed[-1] + 1
    return (begin, end) if len(formed) >= 0.6 * (end - begin) else None


def with_entries(rows: Sequence[Row], usual: Typography) -> list[Row]:
    """`rows` of a reference list, each told whether it begins an entry."""
    found: list[Row] = []
    for index, row in enumerate(rows):
        column = [r for r in rows if r.page == row.page and r.column == row.column]
        levels = sorted({round(r.line.x0) for r in column})
        hanging = _hanging(rows)
        if hanging is not None:
            left = min(r.line.x0 for r in column)
            alone = len(levels) == 1 and index > 0
            starts = (
                _looks_like_entry(row, found[-1])
                if alone
                else row.line.x0 < left + 0.5 * hanging
            )
        elif index == 0:
            starts = True
        else:
            new_column = found[-1].page != row.page or found[-1].column != row.column
            starts = (
                _looks_like_entry(row, found[-1])
                if new_column
                else begins([found[-1]], row, None, usual)
            )
        found.append(replace(row, starts=starts))
    return found


def _hanging(rows: Sequence[Row]) -> float | None:
    """Depth of the hanging indent in points, where the list has one."""
    depths: list[float] = []
    total = 0
    for one, other in pairwise(rows):
        if one.page == other.page and one.column == other.column:
            total += 1
            if other.line.x0 - one.line.x0 > 0.7 * one.line.size:
                depths.append(other.line.x0 - one.line.x0)
    if len(depths) < 2 and not (len(depths) == 1 and total <= 4):
        return None
    depths.sort()
    usual = depths[len(depths) // 2]
    agreeing = sum(abs(d - usual) < 2 for d in depths)
    return (
        usual if agreeing >= 0.6 * len(depths) and len(depths) >= 0.15 * total else None
    )


def _looks_like_entry(row: Row, before: Row) -> bool:
    return bool(_ENTRY.match(row.text)) and before.text.rstrip().endswith(
        (".", ")", "/", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
    )
