"""How a plain text is written: broken at a width or not, and with which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.dutch import hyphens
from kb.structure.plain.rows import Chunk, Row, chunks_of

# Shares chosen by reading the five reports and typed pages of our own, not fitted.
_PROSE = 0.2  # of the rows that stand in prose, from which lines are broken at a width
_RAGGED = 0.4  # of the lines of a page about as long as most, below which it is ragged


@dataclass(frozen=True, slots=True)
class Manner:
    """How this text is written: whether lines are broken at a width, and its own words.

    `widths` holds the longest line of each page in characters; pages in `ragged` have
    lines of all lengths: answers, names, titles, one a line.
    """

    wrapped: bool
    vocabulary: Counter[str]
    widths: Mapping[int, int]
    ragged: frozenset[int]


def manner_of(rows: Sequence[Row]) -> Manner:
    """How a whole text is written."""
    filled = [chunk for chunk in chunks_of(rows) if len(chunk) >= 3]
    in_prose = sum(len(chunk) for chunk in filled if _is_prose(chunk))
    pages: dict[int, list[int]] = {}
    for row in rows:
        pages.setdefault(row.page, []).append(len(row.text))
    return Manner(
        wrapped=in_prose >= _PROSE * len(rows),
        vocabulary=hyphens.vocabulary_of(row.text for row in rows),
        widths={page: breadth(found) for page, found in pages.items()},
        ragged=frozenset(
            page for page, found in pages.items() if _is_ragged(found)
        ),
    )


def _is_prose(chunk: Chunk) -> bool:
    """Whether the lines of a chunk were broken at a width.

    Most are nearly as long as the longest, and none is a whole page long.
    """
    lengths = sorted(len(row.text) for row in chunk[:-1])
    usual, long = _quantile(lengths, 0.6), _quantile(lengths, 0.9)
    if not 25 <= usual <= 220:
        return False
    even = sum(length >= 0.75 * usual for length in lengths) >= 0.7 * len(
        lengths
    )
    return even or sum(
        length >= 0.7 * long for length in lengths
    ) >= 0.6 * len(lengths)


def _quantile(ordered: Sequence[int], part: float) -> int:
    return ordered[int(part * (len(ordered) - 1))]


def breadth(lengths: Sequence[int]) -> int:
    """The length of the longest line.

    Lines to which a converter glued the end of a broken word, or a whole next line, do
    not count.
    """
    usual = _quantile(sorted(lengths), 0.75)
    return max(length for length in lengths if length <= 1.3 * usual)


def _is_ragged(lengths: Sequence[int]) -> bool:
    """Whether few lines are about as long as most long ones, as in running text they are."""
    usual = _quantile(sorted(lengths), 0.75)
    alike = sum(0.85 * usual <= length <= 1.15 * usual for length in lengths)
    return len(lengths) >= 8 and alike < _RAGGED * len(lengths)
