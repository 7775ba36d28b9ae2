"""Levels of headings.

By their number where they have one, else by how their type ranks among the others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kb.structure.layout.typography import Row, half_points

_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_LETTER = re.compile(r"^[a-z][.)]\s")
_CHAPTER = re.compile(
    r"^(?:hoofdstuk|deel|bijlage)\s+[\dIVXA-Z]{1,4}\b", re.IGNORECASE
)
_DEEPEST = 6
_TITLE_PAGES = 2  # the first pages, on which a title stands
_LARGEST = 0.95  # of the largest heading: as large

Style = tuple[float, bool, bool]  # size, bold, upright: larger sorts higher


def levels_of(headings: Sequence[Sequence[Row]]) -> list[int]:
    """The level of each heading.

    0 for the title of the document, 1 for chapters, and so on down.
    """
    styles = [_style(rows) for rows in headings]
    depths = [_depth(rows[0].text) for rows in headings]
    title = 0 if _opens_with_title(headings, styles, depths) else None
    ranks = _ranks(
        [s for at, s in enumerate(styles) if at != title], styles, depths
    )
    levels = [
        0 if at == title else depths[at] or ranks[styles[at]]
        for at in range(len(headings))
    ]
    return _with_letters(levels, [rows[0].text for rows in headings])


def _ranks(
    ranked: Sequence[Style],
    styles: Sequence[Style],
    depths: Sequence[int | None],
) -> Mapping[Style, int]:
    """The level of each style.

    That of its numbered headings, else one below the next larger.
    """
    known: dict[Style, Counter[int]] = defaultdict(Counter)
    for style, depth in zip(styles, depths, strict=True):
        if depth is not None:
            known[style][depth] += 1
    found: dict[Style, int] = {}
    last = 0
    for style in sorted(set(ranked), reverse=True):
        if style in known:
            last = known[style].most_common(1)[0][0]
        else:
            last = min(_DEEPEST, last + 1)
        found[style] = last
    return found


def _with_letters(levels: Sequence[int], texts: Sequence[str]) -> list[int]:
    """`levels`, headings that count with letters one below the last that counts with figures."""
    found: list[int] = []
    numbered = 0
    for level, text in zip(levels, texts, strict=True):
        if _NUMBER.match(text):
            numbered = level
        lettered = numbered and _LETTER.match(text)
        found.append(min(_DEEPEST, numbered + 1) if lettered else level)
    return found


def _style(rows: Sequence[Row]) -> Style:
    line = rows[0].line
    return half_points(line.size), line.bold, not line.italic


def _depth(text: str) -> int | None:
    """The level that the number of a heading tells."""
    match = _NUMBER.match(text)
    if match:
        return match.group(1).count(".") + 1
    return 1 if _CHAPTER.match(text) else None


def _opens_with_title(
    headings: Sequence[Sequence[Row]],
    styles: Sequence[Style],
    depths: Sequence[int | None],
) -> bool:
    """Whether the first heading is the document's title.

    It stands on one of the first pages, has no number, is as large as any, and no other
    heading is like it.
    """
    if (
        not headings
        or depths[0] is not None
        or headings[0][0].page > _TITLE_PAGES
    ):
        return False
    largest = max(style[0] for style in styles)
    alone = sum(style == styles[0] for style in styles) == 1
    return styles[0][0] >= _LARGEST * largest and alone
