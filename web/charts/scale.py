"""From counts to seven steps of colour, and from counts to bars."""

from __future__ import annotations

from math import ceil, sqrt

STEPS = 6


def heat(count: int, most: int) -> int:
    """0 for none, 1 to 6 for more, by the square root, so that small differences among small
    counts are seen.
    """
    if count <= 0 or most <= 0:
        return 0
    return min(STEPS, max(1, ceil(STEPS * sqrt(count / most))))


def share(count: int, most: int, width: int = 100) -> float:
    """Length of a bar on a scale of `width`."""
    return round(width * count / most, 1) if most else 0.0
