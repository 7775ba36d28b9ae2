"""Tables of contents: rows that end in a page number, with leader dots or below a heading that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.structure.layout.blocks.headings import has_leaders, is_contents_heading
from kb.structure.layout.typography import Row

_NUMBER_AT_END = re.compile(r"(?:^|\s|\.)(?:\d{1,4}|[ivxl]{1,6})\s*$")
_TRAIL = re.compile(r"[\s.…·_]*(?:(?<=[\s.…·_])(?:\d{1,4}|[ivxl]{1,6})|\.{3,})?\s*$")


def with_contents(rows: Sequence[Row], open_before: bool) -> tuple[list[Row], bool]:
    """`rows` of one page, those of a table of contents marked; and whether it may run on to the next page.

    `open_before`: the page before ended in a table of contents.
    """
    lines = _on_one_height(rows)
    heading = next(
        (
            i
            for i, line in enumerate(lines)
            if len(line) == 1 and is_contents_heading(line[0].text)
        ),
        None,
    )
    entries = [
        i
        for i, line in enumerate(lines)
        if _is_entry(line, strict=heading is None and not open_before)
    ]
    if len(entries) < (2 if heading is not None or open_before else 3):
        return list(rows), False
    first = heading + 1 if heading is not None else entries[0]
    last = entries[-1]
    if last - first + 1 > 2.2 * len(entries):
        return list(rows), False
    found = []
    for i, line in enumerate(lines):
        inside = first <= i <= last
        for at, row in enumerate(line):
            starts = at == 0 and (i == first or _is_entry(lines[i - 1], strict=False))
            found.append(replace(row, zone="toc", starts=starts) if inside else row)
    return found, last >= len(lines) - 2


def _on_one_height(rows: Sequence[Row]) -> list[list[Row]]:
    found: list[list[Row]] = []
    for row in rows:
        if (
            found
            and row.column == found[-1][0].column
            and abs(row.line.bottom - found[-1][-1].line.bottom) < 0.4 * row.line.size
        ):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _is_entry(line: Sequence[Row], strict: bool) -> bool:
    text = " ".join(row.text for row in line)
    if has_leaders(text):
        return True
    if strict or not _NUMBER_AT_END.search(text):
        return False
    last = line[-1]
    return len(text) > 4 and (
        len(line) > 1 or last.line.x1 > last.column[1] - 25 or len(text) < 90
    )


def entry_text(text: str) -> str:
    """An entry without its dots and page number."""
    return _TRAIL.sub("", text).strip()
