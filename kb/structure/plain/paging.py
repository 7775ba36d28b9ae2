"""Chunks of plain text on their pages: which segment is which page, from printed numbers, contents and running titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.structure.plain import kinds
from kb.structure.plain.labels import Segment, paginate
from kb.structure.plain.pages import ROMAN, Chunk, contents_numbers, running_title


def paged_chunks(
    chunks: Sequence[Chunk], furniture: dict[int, int | None]
) -> tuple[list[Chunk], dict[int, str]]:
    """The chunks with the physical page of each row, and the printed labels."""
    segment_of, at = [], -1
    for chunk in chunks:
        at += chunk[0].start or at < 0
        segment_of.append(at)
    printed = {
        i: number for i, number in sorted(furniture.items()) if number is not None
    }
    anchors = _anchors(printed, contents_numbers(chunks) if at >= 2 else {}, segment_of)
    sides = _sides(chunks, furniture, segment_of, anchors)
    own_chunks: dict[int, list[Chunk]] = {}
    for chunk, segment in zip(chunks, segment_of, strict=True):
        own_chunks.setdefault(segment, []).append(chunk)
    width = sorted(len(row.text) for chunk in chunks for row in chunk)[
        int(0.95 * (sum(map(len, chunks)) - 1))
    ]
    segments = []
    for at, own in sorted(own_chunks.items()):
        size = _area(own, width)
        opening = own[0][0]
        opens = _opens(own[0])
        segments.append(
            Segment(
                size,
                opening.certain or bool(opens),
                sides.get(at),
                opens,
                kinds.is_caption(opening.text),
            )
        )
    pages, labels = paginate(segments, anchors)
    if chunks[-1][0].page > 1:  # form feeds told the pages already; blank ones count
        physical = [own[0][0].page for _, own in sorted(own_chunks.items())]
        labels = {
            page: labels[found]
            for page, found in zip(physical, pages, strict=True)
            if found in labels
        }
        pages = physical
    romans = {
        pages[segment_of[i]]: chunks[i][0].text
        for i in furniture
        if ROMAN.fullmatch(chunks[i][0].text)
    }
    if romans:  # the front matter has numbers of its own
        labels = {
            page: label for page, label in labels.items() if page > max(romans)
        } | romans
    paged = [
        tuple(replace(row, page=pages[at]) for row in chunk)
        for chunk, at in zip(chunks, segment_of, strict=True)
    ]
    return paged, labels


def _area(own: Sequence[Chunk], width: int) -> int:
    """How much of a page chunks take, in half lines: lines and the white between them; in a narrow column a line takes half."""
    lengths = sorted(len(row.text) for chunk in own for row in chunk)
    narrow = lengths[int(0.9 * (len(lengths) - 1))] <= 0.62 * width
    return (1 if narrow else 2) * sum(
        len(chunk) + min(chunk[0].gap, 1) for chunk in own
    )


def _anchors(
    printed: dict[int, int], promised: dict[int, int], segment_of: Sequence[int]
) -> dict[int, int]:
    """Segments with their page number: as printed on them, and as the table of contents promises where that fits in between."""
    anchors = {segment_of[i]: number for i, number in printed.items()}
    for i, number in sorted(promised.items()):
        at = segment_of[i]
        below = max((n for segment, n in anchors.items() if segment < at), default=0)
        above = min(
            (n for segment, n in anchors.items() if segment > at), default=number
        )
        if at not in anchors and below <= number <= above:
            anchors[at] = number
    return anchors


def _opens(chunk: Chunk) -> str:
    """ "chapter" or "appendix" when a chunk is the heading of one, which begins on a page of its own."""
    text = chunk[0].text
    if len(chunk) > 2 or kinds.word_count(text) > 14 or kinds.LEADERS.search(text):
        return ""
    number = kinds.section_number(text)
    chapter = (
        number is not None
        and "." not in number
        and not kinds.ends_sentence(text)
        and re.match(r"\d+\.?\s+[A-Z]", text) is not None
        and len(number) < 2
    )
    if kinds.CHAPTER.match(text):
        return (
            "appendix"
            if re.match(r"bijlage|app|annex", text, re.IGNORECASE)
            else "chapter"
        )
    return "chapter" if chapter or (number is None and kinds.names_part(text)) else ""


def _sides(
    chunks: Sequence[Chunk],
    furniture: dict[int, int | None],
    segment_of: Sequence[int],
    anchors: dict[int, int],
) -> dict[int, int]:
    """The side (0 left and even, 1 right and odd) of segments, told by running titles that always stand on one side."""
    titles = {i: running_title(chunks[i]) for i in furniture}
    seen: dict[str, set[int]] = {}
    for i, title in titles.items():
        if title and segment_of[i] in anchors:
            seen.setdefault(title, set()).add(anchors[segment_of[i]] % 2)
    known = {title: found for title, found in seen.items() if len(found) == 1}
    chapters = {
        side for title, found in seen.items() for side in found if title[:1].isdigit()
    }
    if (
        len(chapters) == 1
    ):  # if some chapter titles are known to stand on the right, all do
        known |= {title: chapters for title in titles.values() if title[:1].isdigit()}
    return {
        segment_of[i]: next(iter(known[title]))
        for i, title in titles.items()
        if title in known
    }
