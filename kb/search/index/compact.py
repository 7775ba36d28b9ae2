"""A lexicon that a process holds as it is written: one text, not a million strings.

Of 250,000 words with their stems and both tables of numbers the lists take 78 MB, this 17;
a word that is asked costs some ten microseconds the first time. For a process that shows a
collection beyond one machine; the others have room for lists, which are faster.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np

from kb.search.index.lexicon import Ints, Lexicon, arrays_of

REMEMBERED = 50_000  # numbers of words; most words of a text are among fewer
_BREAK = ord("\n")


class Strings(Sequence[str]):
    """Strings of a file, a line each, which are made when they are asked for.

    >>> found = Strings("één\\ntwee".encode())
    >>> found[0], found[-1], list(found), found[1:]
    ('één', 'twee', ['één', 'twee'], ['twee'])
    >>> len(Strings(b""))
    0
    """

    def __init__(self, text: bytes) -> None:
        self._text = text
        breaks = np.flatnonzero(np.frombuffer(text, np.uint8) == _BREAK)
        behind = [len(text)] if text else []
        self._ends: Ints = np.append(breaks, behind).astype(np.int64)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        first = int(self._ends[place - 1]) + 1 if place else 0
        return self._text[first : int(self._ends[place])].decode()

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))


class Places(dict[str, int]):
    """The place of each string among others in alphabetical order; those asked are remembered.

    >>> places = Places(["aap", "noot"])
    >>> places["noot"], places.get("mies"), "aap" in places, "mies" in places
    (1, None, True, False)
    """

    def __init__(self, strings: Sequence[str]) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, text: str) -> int:
        place = bisect_left(self._strings, text)
        if place == len(self._strings) or self._strings[place] != text:
            raise KeyError(text)
        if len(self) >= REMEMBERED:
            self.clear()
        self[text] = place
        return place

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.get(text) is not None

    def get(self, text: str, default: int | None = None) -> int | None:  # type: ignore[override]
        """The place of a string, or another where it is not there."""
        try:
            return self[text]
        except KeyError:
            return default


class CompactLexicon(Lexicon):
    """A lexicon whose words and stems are read from its files when they are asked for."""

    @classmethod
    def load(cls, folder: Path) -> CompactLexicon:
        """Read what `Lexicon.save` wrote."""
        return cls(
            Strings((folder / "words.txt").read_bytes()),
            Strings((folder / "stems.txt").read_bytes()),
            **arrays_of(folder),
        )

    @cached_property
    def number(self) -> dict[str, int]:
        """Folded word to its number."""
        return Places(self.words)

    @cached_property
    def stem_number(self) -> dict[str, int]:
        """Stem to its number."""
        return Places(self.stems)
