"""Chunks of plain text on their pages: which segment is which page, and its label.

Witnesses: printed numbers, the table of contents, running titles that keep to one side.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kb.structure.plain import kinds
from kb.structure.plain.contents_pages import contents_numbers
from kb.structure.plain.furniture import ROMAN, running_title
from kb.structure.plain.page_sharing import Segment, paginate
from kb.structure.plain.rows import Chunk

_WIDE = 0.95  # quantile of the lengths of all lines that counts as the width of a page
_LONG_LINE = 0.9  # the same, of the lines of a segment
_NARROW = 0.62  # of the width, from which a segment is a column
_LONGEST_OPENING = 14  # words of the title of a chapter
_CHAPTER = re.compile(r"\d\.?\s+[A-Z]")
_APPENDIX = re.compile(r"bijlage|app|annex", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a page: as printed on it, or worked out between printed ones."""

    text: str
    printed: bool
    between: tuple[str | None, str | None] = (None, None)

    @property
    def origin(self) -> str:
        """As a block names it."""
        return "printed" if self.printed else "between"


def paged_chunks(
    chunks: Sequence[Chunk], furniture: Mapping[int, int | None]
) -> tuple[list[Chunk], dict[int, Label]]:
    """The chunks with the physical page of each row, and the labels by page.

    Args:
        chunks: all of a text, furniture among them.
        furniture: the chunks that are furniture, with the printed number they hold.
    """
    segment_of = _segments_of(chunks)
    segments = segment_of[-1] + 1
    printed = {
        i: number for i, number in furniture.items() if number is not None
    }
    promised = contents_numbers(chunks) if segments > 2 else {}
    anchors = _anchors(printed, promised, segment_of)
    sides = _sides(chunks, furniture, segment_of, anchors)
    pages, labels = paginate(_segments(chunks, segment_of, sides), anchors)
    if chunks[-1][0].page > 1:
        pages, labels = _told_pages(chunks, segment_of, pages, labels)
    own = {pages[segment_of[i]]: str(number) for i, number in printed.items()}
    romans = _romans(chunks, furniture, segment_of, pages)
    if romans:  # the front matter has numbers of its own
        labels = {
            page: text for page, text in labels.items() if page > max(romans)
        }
    paged = [
        tuple(replace(row, page=pages[at]) for row in chunk)
        for chunk, at in zip(chunks, segment_of, strict=True)
    ]
    return paged, _with_origin(labels | romans, own | romans)


def _segments_of(chunks: Sequence[Chunk]) -> list[int]:
    """The segment of each chunk.

    A segment runs from one possible page start to the next.
    """
    begun = accumulate(chunk[0].start for chunk in chunks)
    return [count - chunks[0][0].start for count in begun]


def _segments(
    chunks: Sequence[Chunk],
    segment_of: Sequence[int],
    sides: Mapping[int, int],
) -> list[Segment]:
    own: dict[int, list[Chunk]] = defaultdict(list)
    for chunk, at in zip(chunks, segment_of, strict=True):
        own[at].append(chunk)
    width = _quantile(
        [len(row.text) for chunk in chunks for row in chunk], _WIDE
    )
    found = []
    for at, held in own.items():
        opens = _opens(held[0])
        segment = Segment(
            size=_area(held, width),
            certain=held[0][0].certain or bool(opens),
            side=sides.get(at),
            opens=opens,
            figure=kinds.is_caption(held[0][0].text),
        )
        found.append(segment)
    return found


def _quantile(values: Sequence[int], part: float) -> int:
    return sorted(values)[int(part * (len(values) - 1))]


def _area(own: Sequence[Chunk], width: int) -> int:
    """How much of a page chunks take, in half lines.

    In a narrow column half as much.
    """
    lengths = [len(row.text) for chunk in own for row in chunk]
    narrow = _quantile(lengths, _LONG_LINE) <= _NARROW * width
    lines = sum(len(chunk) + min(chunk[0].gap, 1) for chunk in own)
    return lines if narrow else 2 * lines


def _told_pages(
    chunks: Sequence[Chunk],
    segment_of: Sequence[int],
    pages: Sequence[int],
    labels: Mapping[int, str],
) -> tuple[list[int], dict[int, str]]:
    """Pages as the form feeds told them; blank ones count too."""
    first: dict[int, int] = {}
    for chunk, at in zip(chunks, segment_of, strict=True):
        first.setdefault(at, chunk[0].page)
    told = list(first.values())
    pairs = zip(told, pages, strict=True)
    return told, {
        page: labels[found] for page, found in pairs if found in labels
    }


def _romans(
    chunks: Sequence[Chunk],
    furniture: Mapping[int, int | None],
    segment_of: Sequence[int],
    pages: Sequence[int],
) -> dict[int, str]:
    """The roman numbers that are printed, by page."""
    return {
        pages[segment_of[i]]: chunks[i][0].text
        for i in furniture
        if ROMAN.fullmatch(chunks[i][0].text)
    }


def _with_origin(
    labels: Mapping[int, str], printed: Mapping[int, str]
) -> dict[int, Label]:
    """Each label with where it comes from; one worked out is never called printed."""
    known = sorted(
        page for page, text in printed.items() if labels.get(page) == text
    )
    found = {}
    for page, text in labels.items():
        if printed.get(page) == text:
            found[page] = Label(text, printed=True)
            continue
        before, after = bisect_left(known, page), bisect_right(known, page)
        found[page] = Label(
            text,
            printed=False,
            between=(
                labels[known[before - 1]] if before else None,
                labels[known[after]] if after < len(known) else None,
            ),
        )
    return found


def _anchors(
    printed: Mapping[int, int],
    promised: Mapping[int, int],
    segment_of: Sequence[int],
) -> dict[int, int]:
    """Segments with their page number, as printed on them, and as the table of contents
    promises where that fits in between.
    """
    anchors = {segment_of[i]: number for i, number in sorted(printed.items())}
    for i, number in sorted(promised.items()):
        at = segment_of[i]
        below = max(
            (n for segment, n in anchors.items() if segment < at), default=0
        )
        above = min((n for s, n in anchors.items() if s > at), default=number)
        if at not in anchors and below <= number <= above:
            anchors[at] = number
    return anchors


def _opens(chunk: Chunk) -> str:
    """ "chapter" or "appendix" when a chunk is the heading of one, on a page of its own."""
    text = chunk[0].text
    too_long = len(chunk) > 2 or kinds.word_count(text) > _LONGEST_OPENING
    if too_long or kinds.LEADERS.search(text):
        return ""
    if kinds.CHAPTER.match(text):
        return "appendix" if _APPENDIX.match(text) else "chapter"
    if kinds.section_number(text) is None:
        return "chapter" if kinds.names_part(text) else ""
    return (
        "chapter"
        if _CHAPTER.match(text) and not kinds.ends_sentence(text)
        else ""
    )


def _sides(
    chunks: Sequence[Chunk],
    furniture: Mapping[int, int | None],
    segment_of: Sequence[int],
    anchors: Mapping[int, int],
) -> dict[int, int]:
    """The side of segments (0 left and even, 1 right and odd).

    Told by running titles that always stand on one side.
    """
    titles = {i: running_title(chunks[i]) for i in furniture}
    known = _known_sides(
        (title, anchors[segment_of[i]] % 2)
        for i, title in titles.items()
        if title and segment_of[i] in anchors
    )
    chapters = {side for title, side in known.items() if title[:1].isdigit()}
    if len(chapters) == 1:
        # If some chapter titles are known to stand on the right, all do.
        side = chapters.pop()
        known |= {
            title: side for title in titles.values() if title[:1].isdigit()
        }
    return {
        segment_of[i]: known[title]
        for i, title in titles.items()
        if title in known
    }


def _known_sides(seen: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The side of titles that always stand on one."""
    sides: dict[str, set[int]] = defaultdict(set)
    for title, side in seen:
        sides[title].add(side)
    return {title: side for title, (side, *rest) in sides.items() if not rest}
