"""Shapes of successive lines that belong together though their edges differ.

Set to the right, centred, narrower than their column, hanging under a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.layout.typography import Row
from kb.structure.layout.wording import ends_sentence, opens_small

_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]?$")
_FEWEST_EVEN = 3  # lines that show a block narrower than its column
_FEWEST_RAGGED = 3  # lines that show text set to the right, or centred
_CENTRED = 1.5  # points between the middles of centred lines
_LONG = 40  # characters of a line of running text
_TAB = 0.6  # sizes of type of white between a number and its text


def is_ragged_left(
    group: Sequence[Row], row: Row, following: Row | None
) -> bool:
    """Whether successive lines end at one edge and begin anywhere: text set to the right."""
    rows = [*group[-2:], row, *([following] if following else [])]
    lines = [other.line for other in rows if other.column == row.column]
    if len(lines) < _FEWEST_RAGGED:
        return False
    ends = [line.x1 for line in lines]
    starts = {round(line.x0 / 2) for line in lines}
    return max(ends) - min(ends) < 1.5 and len(starts) == len(lines)


def is_even_block(
    group: Sequence[Row], row: Row, following: Row | None
) -> bool:
    """Whether successive lines end at one edge, wherever their column does: set narrower."""
    rows = [*group[-2:], row, *([following] if following else [])]
    ends = [one.line.x1 for one in rows if not is_apart(row, one)]
    near = [end for end in ends if abs(end - row.line.x1) < 1]
    even = abs(group[-1].line.x1 - row.line.x1) < 1
    return even and len(near) >= _FEWEST_EVEN


def is_apart(row: Row, following: Row) -> bool:
    return following.page != row.page or following.column != row.column


def is_centred(group: Sequence[Row], row: Row, following: Row | None) -> bool:
    """Whether successive lines of text share their middle and nothing else."""
    last = group[-1].line
    if abs(last.x0 - row.line.x0) < 1:
        return False
    if len(last.text) < _LONG and not opens_small(row.text):
        return False
    rows = [*group[-2:], row, *([following] if following else [])]
    lines = [other.line for other in rows if not is_apart(row, other)]
    near = [o for o in lines if abs(o.mid_x - row.line.mid_x) < _CENTRED]
    even = abs(last.mid_x - row.line.mid_x) < _CENTRED
    return even and (len(near) >= _FEWEST_RAGGED or _is_in_middle(row))


def _is_in_middle(row: Row) -> bool:
    """Whether a line stands in the middle of its column, short of both its edges."""
    left, right = row.column
    inside = row.line.x0 - left > row.line.size
    return inside and abs(row.line.mid_x - (left + right) / 2) < _CENTRED


def hangs_under_number(group: Sequence[Row], row: Row) -> bool:
    """Whether a sentence goes on below the first word behind the number of its paragraph."""
    words = group[0].line.words
    if len(group) > 1 or len(words) < 2 or not _NUMBER.match(words[0].text):
        return False
    apart = words[1].x0 - words[0].x1 > _TAB * row.line.size
    below = abs(row.line.x0 - words[1].x0) < 1
    open_end = not ends_sentence(group[0].text)
    return apart and below and open_end and opens_small(row.text)
