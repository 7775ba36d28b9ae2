"""Where in a document is which theme? A row a theme, a tick a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.generation import Generation
from web.pages.cards import ThemeChip, chip

WIDTH = 1000
BINS = 250  # a tick is four units wide at least
GAP = 0.9  # of a tick's room; the rest is white between neighbours
LEAST = 3  # units: a tick that can be seen
FIRST_FRAMEWORKS = 2  # those of the home page


@dataclass(frozen=True, slots=True)
class StripRow:
    """A theme with the ticks (x, width) where it is found, and in how many passages."""

    theme: ThemeChip
    ticks: tuple[tuple[float, float], ...]
    count: int  # passages


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of the first two frameworks, of the others, and the width of the drawing."""

    first: tuple[StripRow, ...]
    others: tuple[StripRow, ...]
    width: int = WIDTH

    def __bool__(self) -> bool:
        return bool(self.first or self.others)


def _runs(bins: Sequence[int]) -> list[tuple[int, int]]:
    """(first, length) of each stretch of neighbouring bins.

    >>> _runs([1, 2, 3, 7])
    [(1, 3), (7, 1)]
    """
    runs: list[tuple[int, int]] = []
    for at in sorted(set(bins)):
        if runs and at == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs


def strip(
    generation: Generation,
    positions: Sequence[tuple[int, str, str, float]],
    total: int,
) -> Strip:
    """Draw where each theme stands.

    Args:
        generation: the index in use.
        positions: (place in the document, theme, passage, score).
        total: number of passages of the document.
    """
    # A long document has more passages than the drawing has pixels: neighbours share
    # a bin, and neighbouring bins one tick.
    bins = min(total, BINS) or 1
    step = WIDTH / bins
    found: dict[str, list[int]] = {}
    for at, theme, _, _ in positions:
        found.setdefault(theme, []).append(at * bins // max(total, 1))

    def ticks(code: str) -> tuple[tuple[float, float], ...]:
        runs = _runs(found[code])
        return tuple(
            (round(at * step, 1), round(max(length * step * GAP, LEAST), 1))
            for at, length in runs
        )

    rows = [
        StripRow(chip(generation, code), ticks(code), len(found[code]))
        for code in generation.frameworks.themes
        if code in found
    ]
    return Strip(
        tuple(row for row in rows if row.theme.slot < FIRST_FRAMEWORKS),
        tuple(row for row in rows if row.theme.slot >= FIRST_FRAMEWORKS),
    )
