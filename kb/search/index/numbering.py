"""Numbers for names: words, stems, sections, themes, municipalities.

Names are numbered in alphabetical order. So the numbers follow from which names there
are, not from the order in which they came, and an index that was changed here and there
is the same as one made anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress

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

    Where one side is far the smaller, its names are put between those of the other.

    Args:
        one: names in alphabetical order, mostly the most.
        other: names in alphabetical order, mostly few.

    >>> names, first, second = united(["hulp", "zorg"], ["wijk", "zorg"])
    >>> names, first.tolist(), second.tolist()
    (['hulp', 'wijk', 'zorg'], [0, 2], [1, 2])
    """
    places = np.fromiter(
        (bisect_left(one, name) for name in other), np.int64, len(other)
    )
    is_new = np.fromiter(
        (
            place == len(one) or one[place] != name
            for place, name in zip(places.tolist(), other, strict=True)
        ),
        np.bool_,
        len(other),
    )
    new = places[is_new]
    before = np.cumsum(np.bincount(new, minlength=len(one) + 1))
    first = np.arange(len(one)) + before[: len(one)]
    second = places + np.cumsum(is_new) - is_new
    names = _put_between(one, list(compress(other, is_new)), new.tolist())
    return names, first.astype(np.int32), second.astype(np.int32)


def _put_between(
    names: Sequence[str], new: Sequence[str], places: Sequence[int]
) -> list[str]:
    """The names with each new one before the name at its place."""
    found: list[str] = []
    last = 0
    for name, place in zip(new, places, strict=True):
        found += names[last:place]
        found.append(name)
        last = place
    return [*found, *names[last:]]


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
    return list(compress(names, used.tolist())), numbers


def used_in(size: int, arrays: Iterable[Ints]) -> npt.NDArray[np.bool_]:
    """Which numbers below `size` occur in one of the arrays."""
    found = np.zeros(size, np.bool_)
    for array in arrays:
        found[array] = True
    return found
