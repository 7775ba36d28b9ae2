"""Where in a document is which theme? A row a theme, a tick a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.generation import Generation
from web.pages.cards import ThemeChip, chip

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class StripRow:
    """A theme with the ticks (x, width) where it is found."""

    theme: ThemeChip
    ticks: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of the first two frameworks, of the others, and the width of the drawing."""

    first: tuple[StripRow, ...]
    others: tuple[StripRow, ...]
    width: int = WIDTH

    def __bool__(self) -> bool:
        return bool(self.first or self.others)


def strip(
    generation: Generation, positions: Sequence[tuple[int, str, str, float]], total: int
) -> Strip:
    """`positions` are (place in the document, theme, passage, score).

    `total` is the number of passages.
    """
    per: dict[str, list[tuple[float, float]]] = {}
    step = WIDTH / max(total, 1)
    for at, theme, _, _ in positions:
        per.setdefault(theme, []).append(
            (round(at * step, 1), round(max(step * 0.9, 3), 1))
        )
    rows = [
        StripRow(chip(generation, code), tuple(per[code]))
        for code in generation.frameworks.themes
        if code in per
    ]
    return Strip(
        tuple(r for r in rows if r.theme.slot < 2),
        tuple(r for r in rows if r.theme.slot >= 2),
    )
