"""Headings that stand in a column of their own, level with the first line of their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.records import Line
from kb.structure.layout.page.margin_notes import text_begins
from kb.structure.layout.typography import Row, Typography, family
from kb.structure.layout.wording import marker_of

_MOST_LINES = 8
_LONGEST = 120  # characters
_LEAST_LETTERS = 3
_NEXT = 1.7  # sizes of type between the lines of one heading, at most
_LEVEL = 0.6  # sizes of type between the middles of lines that are level
_INDENT = 3.0  # sizes of type by which a first line may stand in
_FLUSH = 2  # points from the edge at which the text begins


@dataclass(frozen=True, slots=True)
class SideHeading:
    """The lines of a heading, and the line of text beside its first."""

    lines: tuple[Line, ...]
    beside: Line


def side_headings(
    lines: Sequence[Line], usual: Typography
) -> list[SideHeading]:
    """The headings left of the running text of one page, from top to bottom."""
    left = text_begins(lines, usual)
    if left is None:
        return []
    outside = [
        line
        for line in lines
        if line.x1 < left - _FLUSH and _stands_out(line, usual)
    ]
    most = left + _INDENT * usual.size
    flush = [line for line in lines if left - _FLUSH < line.x0 < most]
    found = []
    for group in _groups(outside):
        beside = next((o for o in flush if _is_level(group[0], o)), None)
        if beside is not None and _could_be_heading(group):
            found.append(SideHeading(tuple(group), beside))
    return found


def _stands_out(line: Line, usual: Typography) -> bool:
    """Whether a line is bold, larger or of another colour or family than the text."""
    bold = line.bold and not usual.bold
    colored = bool(line.color) and line.color != usual.color
    other = family(line.font) != family(usual.font)
    return bold or colored or other or usual.is_large(line)


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines right below each other that begin at one place, or have one middle."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.bottom):
        last = found[-1][-1] if found else None
        if last is not None and _is_next(last, line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _is_next(above: Line, line: Line) -> bool:
    step = line.bottom - above.bottom
    near = 0 < step < _NEXT * line.size
    even = abs(above.x0 - line.x0), abs(above.mid_x - line.mid_x)
    return near and min(even) < _FLUSH


def _is_level(line: Line, other: Line) -> bool:
    return abs(line.mid_y - other.mid_y) < _LEVEL * max(line.size, other.size)


def _could_be_heading(group: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in group)
    letters = sum(c.isalpha() for c in text)
    short = len(group) <= _MOST_LINES and len(text) <= _LONGEST
    return short and letters >= _LEAST_LETTERS and marker_of(text) is None


def with_side_headings(
    rows: Sequence[Row], headings: Sequence[SideHeading], page: int
) -> list[Row]:
    """`rows`, each heading before the row that it stands beside."""
    waiting = {id(heading.beside): heading for heading in headings}
    found: list[Row] = []
    for row in rows:
        heading = waiting.get(id(row.line))
        found += _rows(heading, page) if heading else []
        found.append(row)
    return found


def _rows(heading: SideHeading, page: int) -> list[Row]:
    left = min(line.x0 for line in heading.lines)
    right = max(line.x1 for line in heading.lines)
    return [
        Row(line, page, (left, right), zone="heading")
        for line in heading.lines
    ]
