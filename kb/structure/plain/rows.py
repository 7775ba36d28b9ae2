"""Lines of plain text as rows: where may a page begin, and which lines stand together?

Two witnesses of a page break are in the lines themselves: the form feed (certain), and lines
that begin with exactly one space, where the document shows that pattern (what some
converters leave of a form feed, but also of a column).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kb.extract.bullets import TYPED
from kb.records import Page

_LONE_BULLETS = frozenset(TYPED)
_ONE_SPACE = re.compile(r" \S")
_LEAST_STARTS = 3  # lines with one leading space before they are a pattern
_APART = 8  # lines between them, at the median
_BLANKS = 3  # blank lines that begin a page where such lines do
_EDGE = 2  # lines at either end of a page that may be furniture
_LEAST_PAGE = 4  # lines of a page that has edges
LONGEST_FURNITURE = 110  # characters
_SAME_EDGE = 0.15  # share of pages on which a line comes back to be furniture


@dataclass(frozen=True, slots=True)
class Row:
    """A line that says something.

    `start`: a page (or column) may begin here; `certain`: a page does begin here; `cut`:
    a running header, footer or page number stood just before it; `gap`: blank lines
    before it.
    """

    text: str
    page: int = 1
    gap: int = 0
    start: bool = False
    certain: bool = False
    cut: bool = False


Chunk = tuple[Row, ...]


def rows_of(pages: Sequence[Page]) -> list[Row]:
    """The filled lines of a text, each with what white space says before it."""
    alone = len(pages) == 1
    spaced = alone and shows_space_starts(
        [line.text for line in pages[0].lines]
    )
    rows = [
        row for page in pages for row in _rows_of_page(page, alone, spaced)
    ]
    if rows:
        rows[0] = replace(rows[0], certain=True)
    return _with_edges_apart(rows) if len(pages) > 2 else rows


def _rows_of_page(page: Page, alone: bool, spaced: bool) -> Iterator[Row]:
    """`alone`: the text has one page; `spaced`: a leading space may begin another."""
    gap, first, bullet = 0, True, ""
    for line in page.lines:
        text = line.text.strip()
        if not text:
            gap += not bullet
            continue
        if text in _LONE_BULLETS:  # the item follows on a line of its own
            bullet = f"{text} "
            continue
        by_blanks = spaced and gap >= _BLANKS and not first
        by_space = spaced and _ONE_SPACE.match(line.text) is not None
        yield Row(
            bullet + text,
            page.number,
            gap,
            start=first or by_space or by_blanks,
            certain=by_blanks or (first and not alone),
        )
        gap, first, bullet = 0, False, ""


def shows_space_starts(texts: Sequence[str]) -> bool:
    """Whether lines with one leading space are page starts.

    They are when they are few, apart, and the only indentation.
    """
    filled = [text for text in texts if text.strip()]
    starts = [at for at, text in enumerate(filled) if _ONE_SPACE.match(text)]
    deeper = sum(text.startswith(("  ", "\t")) for text in filled)
    if len(starts) < _LEAST_STARTS or deeper * 4 > len(starts):
        return False
    return median(b - a for a, b in pairwise(starts)) >= _APART


def chunks_of(rows: Sequence[Row]) -> list[Chunk]:
    """Runs of rows without a blank line or a page start between them."""
    chunks: list[list[Row]] = []
    for row in rows:
        if not chunks or row.gap or row.start:
            chunks.append([])
        chunks[-1].append(row)
    return [tuple(chunk) for chunk in chunks]


def stem(text: str) -> str:
    """A line without numbers at its ends, bullets and case: what headers share.

    >>> stem("12 | Jaarverslag Wijkteams"), stem("Jaarverslag wijkteams - 13")
    ('jaarverslag wijkteams', 'jaarverslag wijkteams')
    """
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text.casefold())
    return re.sub(r"\s+", " ", bare)


def _with_edges_apart(rows: list[Row]) -> list[Row]:
    """Headers and footers that no blank line parts from the text get one.

    They are lines at the edge of pages that come back, or that count.
    """
    pages: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        pages.setdefault(row.page, []).append(at)
    apart = _repeated(rows, list(pages.values()))
    for found in pages.values():
        # Of two lines at an edge the inner one is only furniture when the outer one is.
        for outer, inner in (
            (found[:1], found[1:2]),
            (found[-1:], found[-2:-1]),
        ):
            if not set(outer) & apart:
                apart -= set(inner)
    return [
        replace(row, gap=max(1, row.gap)) if {at, at - 1} & apart else row
        for at, row in enumerate(rows)
    ]


def _repeated(rows: Sequence[Row], pages: Sequence[Sequence[int]]) -> set[int]:
    """The places of lines at the edges of pages that come back, numbers aside."""
    shapes = {
        at: re.sub(r"\d+", "#", stem(rows[at].text))
        for page in pages
        if len(page) > _LEAST_PAGE
        for at in {*page[:_EDGE], *page[-_EDGE:]}
        if len(rows[at].text) <= LONGEST_FURNITURE
    }
    counts = Counter(shapes.values())
    enough = max(3, _SAME_EDGE * len(pages))
    return {at for at, shape in shapes.items() if counts[shape] >= enough}
