"""Numbers for names: words, stems, sections, themes, municipalities.

Names are numbered in alphabetical order. So the numbers follow from which names there
are, not from the order in which they came, and an index that was changed here and there
is the same as one made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from kb.search.index.lexicon import Ints


class Numbers(dict[str, int]):
    """Gives every new name the next number, while names are still coming in."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


def alphabetical(names: Sequence[str]) -> tuple[list[str], Ints]:
    """Different names in alphabetical order, and the number there of each.

    >>> names, numbers = alphabetical(["wijk", "hulp"])
    >>> names, numbers.tolist()
    (['hulp', 'wijk'], [1, 0])
    """
    order = sorted(range(len(names)), key=names.__getitem__)
    numbers = np.empty(len(names), np.int32)
    numbers[order] = np.arange(len(names), dtype=np.int32)
    return [names[i] for i in order], numbers


def united(
    one: Sequence[str], other: Sequence[str]
) -> tuple[list[str], Ints, Ints]:
    """The names of both in alphabetical order, and the numbers there of each.

    >>> names, first, second = united(["hulp", "zorg"], ["wijk", "zorg"])
    >>> names, first.tolist(), second.tolist()
    (['hulp', 'wijk', 'zorg'], [0, 2], [1, 2])
    """
    names = sorted({*one, *other})
    number = dict(zip(names, range(len(names)), strict=True))
    return names, _looked_up(number, one), _looked_up(number, other)


def only(
    names: Sequence[str], used: npt.NDArray[np.bool_]
) -> tuple[list[str], Ints]:
    """The names that are used, and for every name its number among them, -1 without.

    >>> names, numbers = only(["hulp", "wijk", "zorg"], np.array([True, False, True]))
    >>> names, numbers.tolist()
    (['hulp', 'zorg'], [0, -1, 1])
    """
    numbers = np.cumsum(used, dtype=np.int32) - 1
    numbers[~used] = -1
    return [names[i] for i in np.flatnonzero(used).tolist()], numbers


def used_in(size: int, arrays: Iterable[Ints]) -> npt.NDArray[np.bool_]:
    """Which numbers below `size` occur in one of the arrays."""
    found = np.zeros(size, np.bool_)
    for array in arrays:
        found[array] = True
    return found


def _looked_up(number: dict[str, int], names: Sequence[str]) -> Ints:
    return np.fromiter(map(number.__getitem__, names), np.int32, len(names))
