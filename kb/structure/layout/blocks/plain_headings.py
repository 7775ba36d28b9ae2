"""Headings that only their surroundings tell: a short line in type that is a little other
than that of the text, white above it and text right below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.records import Line
from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.typography import (
    Row,
    Typography,
    family,
    half_points,
    middle,
)
from kb.structure.layout.wording import (
    ends_sentence,
    is_caption,
    is_numbered_heading,
)

_MOST_ROWS = 3
_LONGEST = 120  # characters
_LEAST_TEXT = 40  # characters of what stands below one in a scan
_SHORT = 0.1  # share of its column that a heading of a scan leaves white
_ALIKE = 2  # of one type, headings included, before one is believed
# Points.
_LARGER = 0.2
_SMALLER = 0.5
# Usual distances of baselines.
_WHITE = 1.35  # above it, at least
_MORE_WHITE = 0.3  # than between paragraphs, in a scan
_NEARER = 0.15  # by which a line in colour stands nearer to the text below it
_NEAR = 2.6  # to the text below it, at most

Style = tuple[float, str, bool, bool, str]


def with_plain_headings(
    drafts: Sequence[Draft], usual: Typography
) -> list[Draft]:
    """`drafts`, short lines that stand apart in a type of their own headings."""
    scanned = _in_scans(drafts, usual) if usual.recognised else set()
    likely = {
        at
        for at, draft in enumerate(drafts)
        if _could_be(draft)
        and _is_other_type(draft, usual)
        and _stands_apart(drafts, at, usual)
    }
    alike = Counter(
        _style(draft)
        for at, draft in enumerate(drafts)
        if at in likely or draft.kind == "heading"
    )
    return [
        replace(draft, kind="heading")
        if at in scanned or (at in likely and alike[_style(draft)] >= _ALIKE)
        else draft
        for at, draft in enumerate(drafts)
    ]


def _style(draft: Draft) -> Style:
    line = draft.rows[0].line
    size = half_points(line.size)
    return size, line.font, line.bold, line.italic, line.color


def _could_be(draft: Draft) -> bool:
    """Whether a paragraph has the length and the wording of a heading."""
    text = draft.text.strip()
    numbered = draft.kind == "list" and is_numbered_heading(text)
    if not (draft.kind == "paragraph" or numbered):
        return False
    if len(draft.rows) > _MOST_ROWS:
        return False
    if len(text) > _LONGEST or not text[:1].isalnum() or text[:1].islower():
        return False
    if is_caption(text) or text.endswith(","):
        return False
    return text.endswith("?") or not ends_sentence(text)


def _is_other_type(draft: Draft, usual: Typography) -> bool:
    """Whether a draft is larger than the text, or as large in another family or colour.

    Slanted type of the family alone is none: whole lines are stressed so.
    """
    line = draft.rows[0].line
    if line.size < usual.size - _SMALLER:
        return False
    other = family(line.font) != family(usual.font)
    colored = line.color != usual.color
    return other or colored or line.size > usual.size + _LARGER


def _stands_apart(drafts: Sequence[Draft], at: int, usual: Typography) -> bool:
    """Whether white stands above a draft and text of the usual type right below."""
    if at + 1 == len(drafts):
        return False
    first, last = drafts[at].rows[0], drafts[at].rows[-1]
    below = drafts[at + 1]
    if below.kind not in ("paragraph", "list") or not _is_below(
        last, below.rows[0]
    ):
        return False
    text = below.rows[0].line
    same = family(text.font) == family(usual.font)
    if abs(text.size - usual.size) > _LARGER or not same:
        return False
    if text.bottom - last.line.bottom > _NEAR * usual.pitch:
        return False
    above = drafts[at - 1].rows[-1] if at else None
    if above is None or not _is_below(above, first):
        return True
    step = first.line.bottom - above.line.bottom
    if step > _WHITE * usual.pitch:
        return True
    # A colour of its own tells a line too, where it stands nearer to what it heads.
    nearer = text.bottom - last.line.bottom < step - _NEARER * usual.pitch
    return nearer and _is_in_colour(drafts[at], text)


def _is_in_colour(draft: Draft, text: Line) -> bool:
    """Whether a draft is one line, wholly in another colour than the text and than black."""
    colors = {word.color for row in draft.rows for word in row.line.words}
    plain = ("", "#000000", text.color)
    return len(draft.rows) == len(colors) == 1 and not colors & set(plain)


def _is_below(one: Row, other: Row) -> bool:
    """Whether two rows stand below each other in one column of a page."""
    same = one.page == other.page and one.column == other.column
    return same and other.line.bottom > one.line.bottom


# -- scans: recognition tells neither weight nor font


def _in_scans(drafts: Sequence[Draft], usual: Typography) -> set[int]:
    """Short lines of recognised pages with more white above them than paragraphs have."""
    steps = [
        _step(before, after)
        for before, after in pairwise(drafts)
        if before.kind == after.kind == "paragraph"
        and _is_below(before.rows[-1], after.rows[0])
    ]
    least = middle(steps, usual.pitch) + _MORE_WHITE * usual.pitch
    least = max(least, _WHITE * usual.pitch)
    return {
        at
        for at, draft in enumerate(drafts[:-1])
        if draft.rows[0].page in usual.recognised
        and _could_be(draft)
        and _is_short(draft)
        and _opens(drafts, at, least)
    }


def _opens(drafts: Sequence[Draft], at: int, least: float) -> bool:
    """Whether at least so much white stands above a draft, less below, and text follows."""
    draft, below = drafts[at], drafts[at + 1]
    if (
        below.kind not in ("paragraph", "list")
        or len(below.text) < _LEAST_TEXT
    ):
        return False
    if not _is_below(draft.rows[-1], below.rows[0]) or not at:
        return False
    above = drafts[at - 1]
    if not _is_below(above.rows[-1], draft.rows[0]):
        return False
    step = _step(above, draft)
    return step >= least and _step(draft, below) < step


def _is_short(draft: Draft) -> bool:
    """Whether the last line of a draft ends well before its column does."""
    last = draft.rows[-1]
    left, right = last.column
    return last.line.x1 < right - _SHORT * (right - left)


def _step(before: Draft, after: Draft) -> float:
    return after.rows[0].line.bottom - before.rows[-1].line.bottom
