"""Notes in the margin: lines that stand wholly beside the running text, in type of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.records import Line
from kb.structure.layout.blocks.headings import is_caption_text
from kb.structure.layout.typography import Typography, part_of

_MARGIN_SHARE = 0.62  # of the width of the text: notes in the margin are narrower
_LONG = 28  # characters of a line that is surely running text
_USUAL = 0.5  # share of long lines that begin at one place where a page has one column


def cut_at_margin(lines: Sequence[Line], usual: Typography) -> list[Line]:
    """`lines`, those that run from a margin into the text cut where the text begins."""
    running = _running(lines, usual)
    if len(running) < 5:
        return list(lines)
    left = _left(running)
    if sum(abs(line.x0 - left) < 2 for line in running) < _USUAL * len(running):
        return list(lines)
    return [part for line in lines for part in _cut(line, left)]


def _cut(line: Line, left: float) -> list[Line]:
    if line.x0 > left - 2 * line.size or line.x1 < left + line.size:
        return [line]
    for at in range(1, len(line.words)):
        before, word = line.words[at - 1], line.words[at]
        if (
            -1.5 < word.x0 - left < 2 * line.size
            and word.x0 - before.x1 > 0.5 * line.size
            and before.x1 < left - 2
        ):
            return [part_of(line, line.words[:at]), part_of(line, line.words[at:])]
    return [line]


def _running(lines: Sequence[Line], usual: Typography) -> list[Line]:
    return [
        line
        for line in lines
        if len(line.text) >= _LONG and abs(line.size - usual.size) < 0.06 * usual.size
    ]


def _left(running: Sequence[Line]) -> float:
    """Where running text begins: the leftmost place that several lines share."""
    places = Counter(round(line.x0) for line in running)
    shared = [place for place in places if places[place] + places[place + 1] >= 3]
    return (
        min((line.x0 for line in running if line.x0 >= min(shared) - 0.5), default=0.0)
        if shared
        else min(line.x0 for line in running)
    )


def margin_lines(lines: Sequence[Line], usual: Typography) -> list[Line]:
    """Lines that stand wholly beside the running text, in other type."""
    running = _running(lines, usual)
    if len(running) < 5:
        return []
    left, right = _left(running), max(line.x1 for line in running)
    top = min(line.top for line in running)
    beside = [
        line
        for line in lines
        if (line.x0 > right + 2 or line.x1 < left - 2)
        and line.size < 0.95 * usual.size
        and len(line.text) > 2
        and line.top > top - 3 * usual.size
        and not is_caption_text(line.text)
    ]
    sides = [
        [line for line in beside if line.x0 > right],
        [line for line in beside if line.x1 < left],
    ]
    running_text = sum(len(line.text) for line in running)
    return [
        line
        for side in sides
        if _is_narrow(side, right - left)
        and sum(len(line.text) for line in side) < 0.4 * running_text
        for line in side
    ]


def _is_narrow(side: Sequence[Line], width: float) -> bool:
    """Whether lines beside the text are a margin rather than a second column of it."""
    return (
        bool(side)
        and max(line.x1 for line in side) - min(line.x0 for line in side)
        < _MARGIN_SHARE * width
    )
