"""Notes in the margin.

Lines that stand wholly beside the running text, in type of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.extract.pdf.lines import line_of
from kb.records import Line
from kb.structure.layout.typography import Typography
from kb.structure.layout.wording import is_caption

_SHARE = 0.62  # of the width of the text: notes in the margin are narrower
_LEAST_SHARE = 0.4  # of the characters of the text: a second column has more
_LONG = 28  # characters of a line that is surely running text
_FEWEST = 5  # such lines that show where the text stands
_USUAL = (
    0.5  # share of them that begin at one place where a page has one column
)
_SMALLER = 0.95  # times the size of the text
_ABOVE = 3  # sizes of type that a note may stand above the text


def cut_at_margin(lines: Sequence[Line], usual: Typography) -> list[Line]:
    """`lines`, those that run from a margin into the text cut where the text begins."""
    left = text_begins(lines, usual)
    if left is None:
        return list(lines)
    return [part for line in lines for part in _cut(line, left)]


def text_begins(lines: Sequence[Line], usual: Typography) -> float | None:
    """Where the lines of a page of one column begin, if that is to be seen."""
    running = _running(lines, usual)
    if len(running) < _FEWEST:
        return None
    left = _left(running)
    flush = sum(abs(line.x0 - left) < 2 for line in running)
    return left if flush >= _USUAL * len(running) else None


def _cut(line: Line, left: float) -> list[Line]:
    """A line as one, or in two where one of its words begins the text at `left`."""
    if line.x0 > left - 2 * line.size or line.x1 < left + line.size:
        return [line]
    for at in range(1, len(line.words)):
        before, word = line.words[at - 1], line.words[at]
        begins = -1.5 < word.x0 - left < 2 * line.size and before.x1 < left - 2
        if begins and word.x0 - before.x1 > 0.5 * line.size:
            return [line_of(line.words[:at]), line_of(line.words[at:])]
    return [line]


def _running(lines: Sequence[Line], usual: Typography) -> list[Line]:
    """Lines that are surely text by their length and size."""
    return [
        line
        for line in lines
        if len(line.text) >= _LONG
        and abs(line.size - usual.size) < 0.06 * usual.size
    ]


def _left(running: Sequence[Line]) -> float:
    """Where running text begins: the leftmost place that several lines share."""
    places = Counter(round(line.x0) for line in running)
    shared = [
        place for place in places if places[place] + places[place + 1] >= 3
    ]
    if not shared:
        return min(line.x0 for line in running)
    first = min(shared) - 0.5
    return min((line.x0 for line in running if line.x0 >= first), default=0.0)


def margin_lines(lines: Sequence[Line], usual: Typography) -> list[Line]:
    """Lines that stand wholly beside the running text, in other type.

    Those on the right come first. A side counts as a margin where it is narrow
    and holds little of the characters: a second column of small type, as of
    references, is as narrow as some margins but holds too much.
    """
    running = _running(lines, usual)
    if len(running) < _FEWEST:
        return []
    left, right = _left(running), max(line.x1 for line in running)
    small = _small_beside(lines, running, usual)
    after = [line for line in small if line.x0 > right + 2]
    before = [line for line in small if line.x1 < left - 2]
    most = _LEAST_SHARE * _characters(running)
    found: list[Line] = []
    for side in (after, before):
        if _is_narrow(side, right - left) and _characters(side) < most:
            found += side
    return found


def _small_beside(
    lines: Sequence[Line], running: Sequence[Line], usual: Typography
) -> list[Line]:
    """Lines in small type that stand no higher than a little above the text."""
    top = min(line.top for line in running) - _ABOVE * usual.size
    return [
        line for line in lines if line.top > top and _is_small(line, usual)
    ]


def _characters(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _is_small(line: Line, usual: Typography) -> bool:
    """Whether a line is in smaller type than the text and no caption."""
    small = line.size < _SMALLER * usual.size and len(line.text) > 2
    return small and not is_caption(line.text)


def _is_narrow(side: Sequence[Line], width: float) -> bool:
    """Whether lines beside the text are a margin rather than a second column of it."""
    if not side:
        return False
    own = max(line.x1 for line in side) - min(line.x0 for line in side)
    return own < _SHARE * width
