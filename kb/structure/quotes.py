"""Pull quotes: sentences of the running text set again, large or coloured, to catch the eye."""

from __future__ import annotations

from collections.abc import Sequence

from kb.structure.paragraphs import display, numbered_heading
from kb.structure.sheet import Row, Sheet

_OPENING = "„“\"‘«'”"
_CLOSING = "”\"’»'“"
_LEAST = 25  # letters of a repeated sentence that opens with a quotation mark
_LEAST_BARE = 45  # and of one that does not


def pull_quotes(groups: Sequence[Sequence[Row]], sheet: Sheet) -> set[int]:
    """Indices of the groups that are pull quotes, with their continuation in a next column."""
    running = "".join(letters(row.text) for group in groups for row in group if row.zone == "body" and not striking(row, sheet))
    found: set[int] = set()
    waiting: Sequence[Row] | None = None  # a quote that was not closed
    for index, group in enumerate(groups):
        if group[0].zone != "body" or not striking(group[0], sheet):
            continue
        text = " ".join(row.text for row in group).strip()
        if waiting is not None and _same_type(waiting[0], group[0]):
            found.add(index)
            waiting = None if text.endswith(tuple(_CLOSING)) else waiting
        elif is_quote(text, running):
            found.add(index)
            waiting = group if text[0] in _OPENING and not text.endswith(tuple(_CLOSING)) else None
    return found


def is_quote(text: str, running: str) -> bool:
    """Whether `text` says again what the letters of the `running` text say, or is a long saying in quotation marks."""
    own = letters(text)
    if text[:1] in _OPENING:
        closed = text.endswith(tuple(_CLOSING)) and len(text) > 60
        return closed or (len(own) >= _LEAST and own in running)
    return len(own) >= _LEAST_BARE and not numbered_heading(text) and own in running


def striking(row: Row, sheet: Sheet) -> bool:
    """Whether a row is set to be noticed: large, bold, or in a colour or slant that running text lacks."""
    line = row.line
    colored = line.color not in ("", sheet.color)
    return display(row, sheet) or (colored and line.size > 0.95 * sheet.size) or (line.italic and line.size > 1.04 * sheet.size)


def letters(text: str) -> str:
    """Only the letters and figures of `text`, lower case: what stays the same however lines are broken."""
    return "".join(c for c in text.lower() if c.isalnum())


def _same_type(one: Row, other: Row) -> bool:
    return abs(one.line.size - other.line.size) < 0.2 and one.line.color == other.line.color and one.line.font == other.line.font
