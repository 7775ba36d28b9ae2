"""Levels of headings: by their number where they have one, else by how their type ranks among the others."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kb.structure.layout.typography import Row

_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_LETTER = re.compile(r"^[a-z][.)]\s")
_CHAPTER = re.compile(r"^(?:hoofdstuk|deel|bijlage)\s+[\dIVXA-Z]{1,4}\b", re.IGNORECASE)
_DEEPEST = 6

Style = tuple[float, bool, bool]  # size, bold, upright: larger sorts higher


def levels_of(headings: Sequence[Sequence[Row]]) -> list[int]:
    """The level of each heading: 0 for the title of the document, 1 for chapters, and so on down."""
    styles = [_style(rows) for rows in headings]
    depths = [_depth(rows[0].text) for rows in headings]
    title = _title(headings, styles, depths)
    known: dict[Style, Counter[int]] = defaultdict(Counter)
    for style, depth in zip(styles, depths, strict=True):
        if depth is not None:
            known[style][depth] += 1
    ranks: dict[Style, int] = {}
    last = 0
    for style in sorted(
        {s for at, s in enumerate(styles) if at != title}, reverse=True
    ):
        last = (
            known[style].most_common(1)[0][0]
            if style in known
            else min(_DEEPEST, last + 1)
        )
        ranks[style] = last
    levels = [
        0 if at == title else depths[at] or ranks[styles[at]]
        for at in range(len(headings))
    ]
    return _with_letters(levels, [rows[0].text for rows in headings])


def _with_letters(levels: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Headings that count with letters ("a. Toezicht") stand one below the last that counts with figures."""
    found: list[int] = []
    numbered = 0
    for level, text in zip(levels, texts, strict=True):
        if _NUMBER.match(text):
            numbered = level
        found.append(
            min(_DEEPEST, numbered + 1) if numbered and _LETTER.match(text) else level
        )
    return found


def _style(rows: Sequence[Row]) -> Style:
    line = rows[0].line
    return round(line.size * 2) / 2, line.bold, not line.italic


def _depth(text: str) -> int | None:
    match = _NUMBER.match(text)
    if match:
        return match.group(1).count(".") + 1
    return 1 if _CHAPTER.match(text) else None


def _title(
    headings: Sequence[Sequence[Row]],
    styles: Sequence[Style],
    depths: Sequence[int | None],
) -> int | None:
    """The first heading, where it stands on one of the first pages, has no number and is the largest, or larger than the next."""
    if not headings or depths[0] is not None or headings[0][0].page > 2:
        return None
    largest = max(style[0] for style in styles)
    alone = sum(style == styles[0] for style in styles) == 1
    return (
        0 if styles[0][0] >= 0.95 * largest and (alone or len(headings) == 1) else None
    )
