"""Which lines of a page are surely running text: blocks of long lines under each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.records import Line

_LONG = 28  # characters of a line of text, in the median of its block
_MOSTLY = 0.7  # share of its lines that are long
_LINES = 4  # of a block, at least
_FLUSH = 1.5  # points between the left edges of its lines
_NEXT = 2.2  # sizes of type between baselines, at most


def running_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines of blocks of four or more long ones, flush left and in one type."""
    found: list[Line] = []
    for block in _blocks(lines):
        long = sum(len(line.text) >= _LONG for line in block)
        if (
            len(block) >= _LINES
            and long >= _LINES - 1
            and 4 * long >= 3 * len(block)
        ):
            found += block
    return found


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines right below each other, however the file orders columns."""
    open_blocks: list[list[Line]] = []
    done: list[list[Line]] = []
    for line in sorted(lines, key=_by_height):
        near = [
            b
            for b in open_blocks
            if line.bottom - b[-1].bottom <= _NEXT * line.size
        ]
        done += [block for block in open_blocks if block not in near]
        open_blocks = near
        block = next((b for b in open_blocks if _is_next(b[-1], line)), None)
        if block is None:
            open_blocks.append([line])
        else:
            block.append(line)
    return done + open_blocks


def _by_height(line: Line) -> tuple[float, float]:
    return line.bottom, line.x0


def _is_next(above: Line, line: Line) -> bool:
    same = above.font == line.font and abs(above.size - line.size) < 0.2
    step = line.bottom - above.bottom
    below = 0.5 * line.size < step <= _NEXT * line.size
    return same and below and abs(above.x0 - line.x0) < _FLUSH


def column_edges(running: Sequence[Line]) -> list[float]:
    """Left edges of columns of running text: many lines begin there, and none crosses."""
    counts = Counter(round(line.x0) for line in running)
    return sorted(
        edge
        for edge, count in counts.items()
        if count >= _LINES
        and not any(line.x0 < edge - 2 and line.x1 > edge for line in running)
    )


def by_column(
    lines: Sequence[Line], edges: Sequence[float]
) -> list[list[Line]]:
    """`lines` parted at the `edges` of columns, each with the column it begins in."""
    found: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        found[sum(edge <= line.x0 + 2 for edge in edges)].append(line)
    return [column for column in found if column]
