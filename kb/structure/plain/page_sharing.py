"""Which segments of a text are pages of their own, and what number is on each?

A segment runs from one possible page start to the next; in documents of two columns it may
be a column, and a figure may have cut a page in two. Printed numbers that were found
(anchors) tell how much text a page holds. Segments are then shared out over pages so that
no page holds more than a page can, left and right pages bear their own running titles, and
numbers are passed over only where text is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_FULL = 1.1  # a page may hold so many times the usual
_TOO_FULL = 6.0  # cost of each usual page of text above that
_EMPTY = 0.12  # cost of an empty page; a half-empty one costs a quarter of it
_PASSED_EACH = 0.05  # cost of each printed number passed over
_PASSED_AT = {
    "": 1.5,
    "chapter": 0.8,
    "appendix": 0.6,
}  # by what begins there: blank pages, and reference lists before appendices, get lost
_WRONG_SIDE = 2.0  # cost of a running title on the wrong side
_MERGED = 1.2  # cost of two segments on a page where segments are pages
_WIDTH = 400  # states kept
_SCRAP = 0.15  # of a full page: less says nothing of how segments and pages go together
_ALONE = 1.4  # segments a page: below it, a segment mostly is a page


@dataclass(frozen=True, slots=True)
class Segment:
    """How much of a page it takes (any unit), whether a page surely begins with it.

    The side its running title asks for (0 even, 1 odd).
    """

    size: int
    certain: bool = False
    side: int | None = None
    opens: str = ""  # "chapter" or "appendix"
    figure: bool = False  # it begins with the caption of a figure, which may be all that cut it off


@dataclass(frozen=True, slots=True)
class _State:
    """A way to share out the segments so far.

    The label and fill of the last page, the cost, and the way to the segment before.
    """

    label: int
    filled: int
    cost: float
    before: _State | None = None

    def labels(self) -> list[int]:
        """The label of each segment since the first state, which is left out."""
        found: list[int] = []
        state = self
        while state.before is not None:
            found.append(state.label)
            state = state.before
        return found[::-1]


def paginate(
    segments: Sequence[Segment], anchors: Mapping[int, int]
) -> tuple[list[int], dict[int, str]]:
    """Physical page of each segment (from 1), and the printed label of pages, by page.

    `anchors`: segment → printed number.
    """
    if not segments:
        return [], {}
    known = sorted(anchors.items())
    if (
        len(known) < 2
        or known[-1][1] <= known[0][1]
        or not any(segment.size for segment in segments)
    ):
        return _as_they_come(segments, dict(known))
    usual = _full_page(segments, known)
    sizes = [s.size for s in segments if s.size > _SCRAP * usual]
    if not sizes:  # the numbers are no pages of this text
        return _as_they_come(segments, dict(known))
    per_page = usual / median(sizes)
    are_pages = per_page < _ALONE
    sharing = _Sharing(segments, usual, _MERGED if are_pages else 0.0)
    labels = [0] * len(segments)
    labels[known[0][0]] = known[0][1]
    for (low, first), (high, last) in pairwise(known):
        labels[low + 1 : high + 1] = sharing.between(low, high, first, last)
    labels[known[-1][0] + 1 :] = sharing.beyond(
        range(known[-1][0], len(segments)), known[-1][1], 1
    )
    labels[: known[0][0]] = sharing.beyond(
        range(known[0][0], -1, -1), known[0][1], -1
    )[::-1]
    return _pages(labels)


def _as_they_come(
    segments: Sequence[Segment], anchors: Mapping[int, int]
) -> tuple[list[int], dict[int, str]]:
    """Without two numbers to go by every segment is a page.

    A single number labels its own page only.
    """
    pages = list(range(1, len(segments) + 1))
    return pages, {
        pages[segment]: str(number) for segment, number in anchors.items()
    }


def _full_page(
    segments: Sequence[Segment], known: Sequence[tuple[int, int]]
) -> float:
    """What a full page takes.

    The highest rate between successive numbers, for figures and missing text only lower
    it.
    """
    rates = [
        sum(s.size for s in segments[low + 1 : high + 1]) / (last - first)
        for (low, first), (high, last) in pairwise(known)
        if last > first
    ]
    return max(1.0, *rates) if rates else 1.0


class _Sharing:
    """The search for the likeliest sharing of segments over pages."""

    def __init__(
        self, segments: Sequence[Segment], usual: float, merged: float
    ) -> None:
        self.segments = segments
        self.usual = usual
        self.merged = merged

    def between(self, low: int, high: int, first: int, last: int) -> list[int]:
        """Labels of the segments after `low` up to `high`, which has label `last`."""
        states = [_State(first, self.segments[low].size, 0.0)]
        for index in range(low + 1, high + 1):
            states = self._best(
                [
                    new
                    for state in states
                    for new in self._moves(state, index, 1, last)
                ]
            )
        ends = [state for state in states if state.label == last] or states
        return min(
            ends, key=lambda state: state.cost + self._closed(state.filled)
        ).labels()

    def beyond(
        self, indices: Sequence[int], label: int, step: int
    ) -> list[int]:
        """Labels of the segments after the first of `indices`.

        Counting on by `step`.
        """
        states = [_State(label, self.segments[indices[0]].size, 0.0)]
        for index in indices[1:]:
            states = self._best(
                [
                    new
                    for state in states
                    for new in self._moves(state, index, step, None)
                ]
            )
        return min(
            states, key=lambda state: state.cost + self._closed(state.filled)
        ).labels()

    def _moves(
        self, state: _State, index: int, step: int, last: int | None
    ) -> list[_State]:
        segment = self.segments[index]
        boundary = self.segments[
            index if step > 0 else index + 1
        ]  # the one that would begin the later page
        moves = []
        if (
            not boundary.certain or state.label == last
        ):  # more pages than numbers: the last number stands for the rest
            free = segment.figure or self.segments[index - step].figure
            cost = (
                state.cost
                + (0.0 if free else self.merged)
                + self._side(segment, state.label)
            )
            moves.append(
                _State(state.label, state.filled + segment.size, cost, state)
            )
        furthest = last if last is not None else state.label + step
        for label in range(state.label + step, furthest + step, step):
            passed = abs(label - state.label) - 1
            price = (
                _PASSED_AT[boundary.opens] + 1e-4 * index
            )  # of equals the first
            cost = (
                state.cost
                + self._closed(state.filled)
                + self._side(segment, label)
                + (price + _PASSED_EACH * passed if passed else 0.0)
            )
            moves.append(_State(label, segment.size, cost, state))
        return moves

    def _closed(self, filled: int) -> float:
        """What it costs that a page holds `filled` characters."""
        part = filled / self.usual
        return (
            _TOO_FULL * max(0.0, part - _FULL)
            + _EMPTY * max(0.0, 1.0 - part) ** 2
        )

    def _side(self, segment: Segment, label: int) -> float:
        return (
            _WRONG_SIDE
            if segment.side is not None and label % 2 != segment.side
            else 0.0
        )

    @staticmethod
    def _best(states: Sequence[_State]) -> list[_State]:
        """The cheapest of those that come to the same, and of these the cheapest few."""
        kept: dict[tuple[int, int], _State] = {}
        for state in states:
            key = (state.label, state.filled)
            if key not in kept or state.cost < kept[key].cost:
                kept[key] = state
        return sorted(kept.values(), key=lambda state: state.cost)[:_WIDTH]


def _pages(labels: Sequence[int]) -> tuple[list[int], dict[int, str]]:
    pages, printed = [], {}
    page, before = 0, None
    for label in labels:
        page += label != before
        before = label
        pages.append(page)
        if label > 0:
            printed[page] = str(label)
    return pages, printed
