"""Lines of text that are underlined from end to end, by a rule drawn right below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.records import Box, Page
from kb.structure.layout.page.rules import is_rule
from kb.structure.layout.typography import Row

# Shares of the size of type.
_ENDS = 0.35  # how far a rule may end from the text above it
_BASE = 0.25  # how far the baseline lies above the lower edge of a line
_BELOW = -0.05, 0.22  # where the rule lies below the baseline
_MOST_RULES = 2000
_ADDRESS = ("http", "www.")  # links are underlined as well, and no headings


def with_underlines(rows: Sequence[Row], page: Page) -> list[Row]:
    """`rows` of one page, those with a rule below all of their text told so."""
    flat = [
        box for box in page.rules if is_rule(box) and box.width > box.height
    ]
    if not flat or len(flat) > _MOST_RULES:
        return list(rows)
    return [
        replace(row, underlined=True) if _is_underlined(row, flat) else row
        for row in rows
    ]


def _is_underlined(row: Row, rules: Sequence[Box]) -> bool:
    if row.zone != "body" or row.text.lower().startswith(_ADDRESS):
        return False
    under = [box for box in rules if _lies_under(box, row)]
    if not under:
        return False
    slack = _ENDS * row.line.size
    left, right = min(b.x0 for b in under), max(b.x1 for b in under)
    starts, ends = row.line.x0 - left, right - row.line.x1
    covered = sum(box.width for box in under)
    whole = covered > (1 - _ENDS) * row.line.width
    return whole and abs(starts) < slack and abs(ends) < slack


def _lies_under(box: Box, row: Row) -> bool:
    """Whether a rule lies right below the baseline of a row, within its text."""
    line = row.line
    base = line.bottom - _BASE * line.size
    least, most = _BELOW
    if not least * line.size < box.mid_y - base < most * line.size:
        return False
    slack = _ENDS * line.size
    return box.x0 > line.x0 - slack and box.x1 < line.x1 + slack
