"""Which segments of a text are pages of their own, and what page number is printed on each?

A segment runs from one possible page start to the next; in two-column documents it may be a column. Printed numbers that were
found (anchors) tell how many pages lie between them; the segments are shared out so that pages come out about equally long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

_MERGE_BELOW = 0.45  # a segment that brings a page to less than this part of the usual length is the same page going on


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters in it, and whether a page surely begins with it."""

    size: int
    certain: bool = False


def paginate(segments: Sequence[Segment], anchors: Mapping[int, int]) -> tuple[list[int], dict[int, str]]:
    """Physical page of each segment (from 1), and the printed label of pages, by page. `anchors`: segment → printed number."""
    if not segments:
        return [], {}
    known = sorted(anchors.items())
    starts = {0}
    usual = _usual_size(segments, known)
    bounds = [-1, *(at for at, _ in known), len(segments) - 1]
    for at, (low, high) in enumerate(zip(bounds, bounds[1:], strict=False)):
        inner = list(range(low + 1, high + 1))
        wanted = known[at][1] - known[at - 1][1] if 0 < at < len(known) else None
        if low < 0 or wanted is None:
            starts |= _by_length(segments, inner, usual)
        else:
            starts |= _choose(segments, low, inner, wanted)
    pages, page = [], 0
    for index in range(len(segments)):
        page += index in starts
        pages.append(page)
    return pages, _labels(pages, known)


def _usual_size(segments: Sequence[Segment], known: Sequence[tuple[int, int]]) -> float:
    """Characters of an ordinary page: from the printed numbers where there are two, else the middle segment."""
    if len(known) >= 2 and known[-1][1] > known[0][1]:
        between = sum(segment.size for segment in segments[known[0][0] + 1 : known[-1][0] + 1])
        return max(1.0, between / (known[-1][1] - known[0][1]))
    return max(1.0, float(median(segment.size for segment in segments)))


def _by_length(segments: Sequence[Segment], inner: Sequence[int], usual: float) -> set[int]:
    """Every segment is a page, but for a short one after a short one."""
    starts, filled = set(), usual
    for index in inner:
        if segments[index].certain or filled >= _MERGE_BELOW * usual:
            starts.add(index)
            filled = 0.0
        filled += segments[index].size
    return starts


def _choose(segments: Sequence[Segment], low: int, inner: Sequence[int], wanted: int) -> set[int]:
    """The `wanted` page starts among `inner` that leave pages about equally long; all of them when there are too few."""
    if wanted >= len(inner):
        return set(inner)
    sure = {index for index in inner if segments[index].certain}
    if wanted <= len(sure):
        return sure
    total = sum(segments[i].size for i in inner) + segments[low].size
    usual = total / (wanted + 1)
    # best[k]: (cost, starts) of the pages before the segment at hand with k starts chosen, its last page `filled` long.
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, segments[low].size): (0.0, ())}
    for index in inner:
        following: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        for (chosen, filled), (cost, starts) in best.items():
            options = [((chosen + 1, segments[index].size), (cost + (filled / usual - 1) ** 2, (*starts, index)))]
            if index not in sure:
                options.append(((chosen, filled + segments[index].size), (cost, starts)))
            for key, value in options:
                if key[0] <= wanted and (key not in following or value < following[key]):
                    following[key] = value
        best = dict(sorted(following.items(), key=lambda item: item[1])[:400])
    done = [(cost + (filled / usual - 1) ** 2, starts) for (chosen, filled), (cost, starts) in best.items() if chosen == wanted]
    return set(min(done)[1]) if done else set(inner)


def _labels(pages: Sequence[int], known: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Printed numbers of all pages: counted on from the anchors, left open where two anchors contradict each other."""
    if not known:
        return {}
    fixed = {pages[segment]: number for segment, number in known}
    anchors = sorted(fixed.items())
    labels: dict[int, str] = {}
    for page in range(pages[0], pages[-1] + 1):
        before = [a for a in anchors if a[0] <= page]
        after = [a for a in anchors if a[0] >= page]
        counted = {a[1] + page - a[0] for a in (before[-1:] + after[:1])}
        if len(counted) == 1 and (number := counted.pop()) > 0:
            labels[page] = str(number)
    return labels
