"""Which lines cross a gutter, and which stand left and right of it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.records import Line

# Sizes of type.
_NEAR = 3.0  # the most between a heading and what it stands over
_PIECE = 0.45  # the least white around a heading; the most between heads that are level

Column = tuple[float, float]


def bands_at(
    lines: list[Line], gutter: Column
) -> list[tuple[bool, list[Line]]]:
    """Runs of lines from top to bottom that cross the gutter (True) or stand beside it (False).

    What stands beside a crossing line goes with it.
    """
    heights = [
        (line.top, line.bottom)
        for line in (*lines, *_headings_of_both(lines, gutter))
        if _crosses(line, gutter)
    ]
    bands: list[tuple[bool, list[Line]]] = []
    for line in sorted(lines, key=lambda line: (line.bottom, line.x0)):
        center = line.mid_y
        crosses = any(top < center < bottom for top, bottom in heights)
        if bands and bands[-1][0] == crosses:
            bands[-1][1].append(line)
        else:
            bands.append((crosses, [line]))
    return _with_one_sided(bands, gutter)


def _crosses(line: Line, gutter: Column) -> bool:
    """Whether a line stands over the middle of a gutter and on both of its sides.

    One that begins within it, as a large figure before a title, is of one side.
    """
    middle_x = (gutter[0] + gutter[1]) / 2
    over = line.x0 < middle_x - 1 and line.x1 > middle_x + 1
    begins_within = line.x0 >= gutter[0] - 1
    ends_within = line.x1 <= gutter[1] + 1
    return over and begins_within == ends_within


def _headings_of_both(lines: list[Line], gutter: Column) -> Iterator[Line]:
    """Headings in the left column that belong to what stands below both."""
    yield from _heads_of_both(lines, gutter)
    yield from _feet_of_left(lines, gutter)


def _feet_of_left(lines: list[Line], gutter: Column) -> Iterator[Line]:
    """Headings below the text of both columns, right above what crosses the gutter.

    They are set as wide as both.
    """
    left, beyond = sides_of(lines, gutter)
    crossing = [line for line in beyond if line.x0 < gutter[0] - 1]
    right = [line for line in beyond if line.x0 >= gutter[0] - 1]
    for line in left:
        last = _next_above(line, left)
        below = _next_below(line, crossing)
        if last is None or below is None:
            continue
        level = (o for o in right if last.top < o.bottom < below.top)
        foot = max((o.bottom for o in level), default=line.bottom)
        if foot < line.top and _parts(line, last, below):
            yield replace(line, x1=gutter[1] + 2)


def _parts(line: Line, above: Line, below: Line) -> bool:
    """Whether a line heads what stands below it, white between it and the text above."""
    near = below.top - line.bottom <= _NEAR * line.size
    white = line.top - above.bottom > _PIECE * line.size
    return near and white and _is_above_in_type(line, above)


def _heads_of_both(lines: list[Line], gutter: Column) -> Iterator[Line]:
    """Lines in the left column under which the text of both columns begins, as wide as both.

    White stands beside such a heading; below it the columns begin at one height.
    """
    left, right = sides_of(lines, gutter)
    for line in left:
        below = _next_below(line, left)
        beyond = _next_below(line, right)
        if (
            below is None
            or beyond is None
            or not _is_above_in_type(line, below)
        ):
            continue
        if _ends_heading(line, left, right):
            continue
        level = abs(below.top - beyond.top) < _PIECE * below.size
        near = below.top - line.bottom < _NEAR * below.size
        if level and near and _has_white_beside(line, right):
            yield replace(line, x1=gutter[1] + 2)


def _ends_heading(
    line: Line, left: Sequence[Line], right: Sequence[Line]
) -> bool:
    """Whether a line is the last of a heading whose other lines have text beside them."""
    above = _next_above(line, left)
    if above is None or line.top - above.bottom > _PIECE * line.size:
        return False
    alike = (above.font, above.size, above.bold) == (
        line.font,
        line.size,
        line.bold,
    )
    return alike and not _has_white_beside(above, right)


def _next_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The first of `lines` below a line."""
    return min(
        (o for o in lines if o.top >= line.bottom - 1), key=_top, default=None
    )


def _next_above(line: Line, lines: Sequence[Line]) -> Line | None:
    """The last of `lines` above a line."""
    return max(
        (o for o in lines if o.bottom <= line.top + 1), key=_top, default=None
    )


def _has_white_beside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether none of `lines` stands on the height of a line and one stands above it."""
    beside = any(
        o.bottom > line.top - 1 and o.top < line.bottom + 1 for o in lines
    )
    return not beside and any(other.bottom <= line.top for other in lines)


def _top(line: Line) -> float:
    return line.top


def _is_above_in_type(one: Line, other: Line) -> bool:
    """Whether a line is larger, or bolder, than the text below it."""
    return one.size > 1.05 * other.size or (one.bold and not other.bold)


def _with_one_sided(
    bands: list[tuple[bool, list[Line]]], gutter: Column
) -> list[tuple[bool, list[Line]]]:
    """`bands`, those between two crossing ones with text on one side only joined to them.

    Nothing stands side by side there.
    """
    found: list[tuple[bool, list[Line]]] = []
    for at, (crosses, band) in enumerate(bands):
        inner = 0 < at < len(bands) - 1 and not all(sides_of(band, gutter))
        crosses = crosses or inner
        if found and found[-1][0] and crosses:
            found[-1][1].extend(band)
        else:
            found.append((crosses, list(band)))
    return found


def sides_of(
    lines: list[Line], gutter: Column
) -> tuple[list[Line], list[Line]]:
    """Lines left and right of a gutter."""
    middle_x = (gutter[0] + gutter[1]) / 2 + 1
    left = [line for line in lines if line.x1 <= middle_x]
    right = [line for line in lines if line.x1 > middle_x]
    return left, right
