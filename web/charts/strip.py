"""Where in a document is which theme? A row a theme, a tick a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.pages.cards import ThemeChip, chip
from web.shelf import Generation

WIDTH, ROW, LEFT = 1000, 22, 0


@dataclass(frozen=True, slots=True)
class StripRow:
    """A theme with the ticks (x, width, passage id) where it is found."""

    theme: ThemeChip
    y: int
    ticks: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows and the size of the drawing."""

    rows: tuple[StripRow, ...]
    width: int
    height: int


def strip(generation: Generation, positions: Sequence[tuple[int, str, str, float]], total: int) -> Strip:
    """`positions` are (place in the document, theme, passage, score); `total` is the number of passages."""
    per: dict[str, list[tuple[float, float, str]]] = {}
    step = WIDTH / max(total, 1)
    for at, theme, passage, _ in positions:
        per.setdefault(theme, []).append((round(at * step, 1), round(max(step * 0.9, 3), 1), passage))
    order = [code for code in generation.frameworks.themes if code in per]
    rows = tuple(StripRow(chip(generation, code), n * ROW, tuple(per[code])) for n, code in enumerate(order))
    return Strip(rows, WIDTH, len(rows) * ROW)
