"""Tables of contents.

Rows that end in a page number, with leader dots or below a heading that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kb.structure.layout.typography import Row
from kb.structure.layout.wording import has_leaders, is_contents_heading

_NUMBER_AT_END = re.compile(r"(?:^|\s|\.)(?:\d{1,4}|[ivxl]{1,6})\s*$")
_TRAIL = re.compile(
    r"[\s.…·_]*(?:(?<=[\s.…·_])(?:\d{1,4}|[ivxl]{1,6})|\.{3,})?\s*$"
)
_FEWEST = 3  # entries that show a table of contents
_FEWEST_ANNOUNCED = 2  # where a heading, or the page before, announces it
_MOST_BETWEEN = 2.2  # lines for each entry
_LONGEST = 90  # characters of an entry that does not reach the right edge
_EDGE = 25  # points from the right edge


def with_contents(
    rows: Sequence[Row], open_before: bool
) -> tuple[list[Row], bool]:
    """`rows` of one page, those of a table of contents marked; and whether it may run on.

    Where a heading or the page before announces a table, two lines that end in
    a number make one; else it takes three with leader dots. It may run on where
    it ends within the last two lines of the page.

    Args:
        open_before: whether the page before ended in a table of contents.
    """
    lines = _on_one_height(rows)
    span = _span(lines, open_before)
    if span is None:
        return list(rows), False
    first, last = span
    found = [
        *_rows_in(lines[:first]),
        *_marked(lines[first : last + 1]),
        *_rows_in(lines[last + 1 :]),
    ]
    return found, last >= len(lines) - 2


def _span(
    lines: Sequence[Sequence[Row]], open_before: bool
) -> tuple[int, int] | None:
    """The first and last line of the table of contents, if there is one.

    It begins below its heading, or at its first entry where it has none. Entries
    that are few among other lines are a chance, not a table: text below one may
    well have a line that ends in a number.
    """
    heading = _first_that_announces(lines)
    announced = heading is not None or open_before
    entries = _entries(lines, strict=not announced)
    if not entries:
        return None
    first = entries[0] if heading is None else heading + 1
    entries = _leading([at for at in entries if at >= first], lines)
    while entries and entries[-1] - first + 1 > _MOST_BETWEEN * len(entries):
        entries.pop()
    if len(entries) < (_FEWEST_ANNOUNCED if announced else _FEWEST):
        return None
    return first, entries[-1]


def _leading(entries: list[int], lines: Sequence[Sequence[Row]]) -> list[int]:
    """Those of `entries` with leader dots, where two have them."""
    dotted = [
        at
        for at in entries
        if has_leaders(" ".join(row.text for row in lines[at]))
    ]
    return dotted if len(dotted) >= _FEWEST_ANNOUNCED else entries


def _first_that_announces(lines: Sequence[Sequence[Row]]) -> int | None:
    """Where the heading of a table of contents stands."""
    places = (at for at, line in enumerate(lines) if _announces(line))
    return next(places, None)


def _entries(lines: Sequence[Sequence[Row]], strict: bool) -> list[int]:
    """Which lines are entries."""
    return [at for at, line in enumerate(lines) if _is_entry(line, strict)]


def _marked(lines: Sequence[Sequence[Row]]) -> Iterator[Row]:
    """The rows of a table of contents, marked, with where an entry starts.

    An entry ends with its page number, so what follows one starts the next: of
    "Werken in de wijk", "en daarbuiten ... 12" and "Besluit ... 14", the first
    and the third line start one.
    """
    begins = True
    for line in lines:
        for at, row in enumerate(line):
            yield replace(row, zone="toc", starts=begins and at == 0)
        begins = _is_entry(line, strict=False)


def _rows_in(lines: Sequence[Sequence[Row]]) -> Iterator[Row]:
    return chain.from_iterable(lines)


def _on_one_height(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one column on one height together."""
    found: list[list[Row]] = []
    for row in rows:
        if found and _is_beside(found[-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _is_beside(line: Sequence[Row], row: Row) -> bool:
    fall = abs(row.line.bottom - line[-1].line.bottom)
    return row.column == line[0].column and fall < 0.4 * row.line.size


def _announces(line: Sequence[Row]) -> bool:
    return len(line) == 1 and is_contents_heading(line[0].text)


def _is_entry(line: Sequence[Row], strict: bool) -> bool:
    """Whether a line leads to a page number; `strict` asks for leader dots."""
    text = " ".join(row.text for row in line)
    if has_leaders(text):
        return True
    if strict or not _NUMBER_AT_END.search(text) or len(text) <= 4:
        return False
    last = line[-1]
    reaches = last.line.x1 > last.column[1] - _EDGE
    return len(line) > 1 or reaches or len(text) < _LONGEST


def entry_text(text: str) -> str:
    """An entry without its dots and page number.

    >>> entry_text("2.1 Werkwijze ........ 14")
    '2.1 Werkwijze'
    """
    return _TRAIL.sub("", text).strip()
