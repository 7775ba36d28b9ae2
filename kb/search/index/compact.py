"""A lexicon that a process leaves on disk: what is asked is read where it stands.

Of a million words the lists and tables took some 250 MB of every process. For a process that
shows a collection beyond one machine; the others have room for lists, which are faster.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt

from kb.search.index.lexicon import Floats, Ints, Lexicon, arrays_of
from kb.search.index.trigrams import Trigrams
from kb.search.index.word_keys import Keys, keys_in

_BREAK = b"\n"
_AT_ONCE = 50_000  # strings whose keys are made at once: keeps memory flat
_DIRECTORIES = ("words", "stems")


class Strings(Sequence[str]):
    """Strings of a text, a line each, which are made when they are asked for.

    >>> found = Strings("één\\ntwee".encode())
    >>> found[0], found[-1], list(found), found[1:]
    ('één', 'twee', ['één', 'twee'], ['twee'])
    >>> len(Strings(b""))
    0
    """

    def __init__(
        self, text: bytes | mmap.mmap, ends: Ints | None = None
    ) -> None:
        """`ends`: where each line ends, where that is known."""
        self._text = text
        self.ends = _ends_in(text) if ends is None else ends

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        first = int(self.ends[place - 1]) + 1 if place else 0
        return self._text[first : int(self.ends[place])].decode()

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))


def _ends_in(text: bytes | mmap.mmap) -> Ints:
    breaks = np.flatnonzero(np.frombuffer(text, np.uint8) == _BREAK[0])
    behind = [len(text)] if len(text) else []
    return np.append(breaks, behind).astype(np.int64)


class Places(Mapping[str, int]):
    """The place of each string among others, by its key.

    >>> places = Places.of(["aap", "noot"])
    >>> places["noot"], places.get("mies"), "aap" in places, "mies" in places
    (1, None, True, False)
    >>> places.all_in(b"noot aap", b" ").tolist()
    [1, 0]
    """

    def __init__(
        self, strings: Sequence[str], keys: Keys, numbers: Ints
    ) -> None:
        """`keys`: sorted; `numbers`: the place of the string that has each."""
        self._strings, self.sorted_keys, self.numbers = strings, keys, numbers

    @classmethod
    def of(cls, strings: Sequence[str]) -> Places:
        """The places of strings without line breaks."""
        parts = [
            keys_in(
                "\n".join(strings[first : first + _AT_ONCE]).encode(), _BREAK
            )
            for first in range(0, len(strings), _AT_ONCE)
        ]
        keys = np.concatenate([np.zeros(0, np.uint64), *parts])
        numbers = np.argsort(keys, kind="stable").astype(np.int32)
        return cls(strings, keys[numbers], numbers)

    def __len__(self) -> int:
        return len(self._strings)

    def __iter__(self) -> Iterator[str]:
        return iter(self._strings)

    def __getitem__(self, text: str) -> int:
        if "\n" not in text:
            (key,) = keys_in(text.encode("utf-8", "replace"), _BREAK)
            at = int(np.searchsorted(self.sorted_keys, key))
            if at < len(self) and self.sorted_keys[at] == key:
                number = int(self.numbers[at])
                if self._strings[number] == text:
                    return number
        raise KeyError(text)

    def all_in(self, text: bytes, between: bytes) -> Ints:
        """The place of every word of a text; each word is one of the strings."""
        keys, which = np.unique(keys_in(text, between), return_inverse=True)
        return self.numbers[np.searchsorted(self.sorted_keys, keys)][which]


@dataclass
class CompactLexicon(Lexicon):
    """A lexicon of which all is read from its files when it is asked for."""

    folder: Path

    @classmethod
    def load(cls, folder: Path) -> CompactLexicon:
        """Open what `save` wrote."""
        words, stems = (_strings(folder, name) for name in _DIRECTORIES)
        arrays = arrays_of(folder, mapped=True)
        return cls(words, stems, folder=folder, **arrays)

    @cached_property
    def number(self) -> Places:
        """Folded word to its number."""
        return self._places("words", self.words)

    @cached_property
    def stem_number(self) -> Places:
        """Stem to its number."""
        return self._places("stems", self.stems)

    @cached_property
    def of_stem(self) -> tuple[Ints, Ints]:
        """The words of each stem, as `invert` gives them."""
        return self._pair("of_stem")

    @cached_property
    def with_part(self) -> tuple[Ints, Ints]:
        """The compounds with a part of each stem, as `invert` gives them."""
        return self._pair("with_part")

    @cached_property
    def stem_df(self) -> Floats:
        """Passages that have a word of each stem, at most."""
        return _mapped(self.folder, "stem_df")

    @cached_property
    def is_number(self) -> npt.NDArray[np.bool_]:
        """Which words are numbers."""
        return _mapped(self.folder, "is_number")

    @cached_property
    def trigrams(self) -> Trigrams:
        """The words that are compared with misspelled ones, by trigram."""
        names = [one.name for one in fields(Trigrams)]
        return Trigrams(*[self._of("trigrams", name) for name in names])

    def _places(self, name: str, strings: Sequence[str]) -> Places:
        return Places(
            strings, self._of(name, "keys"), self._of(name, "numbers")
        )

    def _pair(self, name: str) -> tuple[Ints, Ints]:
        return self._of(name, "starts"), self._of(name, "words")

    def _of(self, name: str, part: str) -> np.ndarray:
        return _mapped(self.folder, f"{name}.{part}")


def save(lexicon: Lexicon, folder: Path) -> None:
    """Write, beside what `Lexicon.save` wrote, the tables that a process would make of it."""
    tables: dict[str, np.ndarray] = {
        "stem_df": lexicon.stem_df,
        "is_number": lexicon.is_number,
    }
    for name in _DIRECTORIES:
        written = (folder / f"{name}.txt").read_bytes()
        places = Places.of(getattr(lexicon, name))
        tables[f"{name}.ends"] = Strings(written).ends
        tables[f"{name}.keys"] = places.sorted_keys
        tables[f"{name}.numbers"] = places.numbers
    for name in ("of_stem", "with_part"):
        starts, words = getattr(lexicon, name)
        tables[f"{name}.starts"], tables[f"{name}.words"] = starts, words
    for one in fields(Trigrams):
        tables[f"trigrams.{one.name}"] = getattr(lexicon.trigrams, one.name)
    for name, table in tables.items():
        np.save(folder / f"{name}.npy", table)


def _strings(folder: Path, name: str) -> Strings:
    return Strings(
        left_on_disk(folder / f"{name}.txt"), _mapped(folder, f"{name}.ends")
    )


def left_on_disk(path: Path) -> bytes | mmap.mmap:
    """What a file says, of which only what is asked for is read."""
    if not path.stat().st_size:
        return b""  # an empty file cannot be mapped
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _mapped(folder: Path, name: str) -> np.ndarray:
    found: np.ndarray = np.load(folder / f"{name}.npy", mmap_mode="r")
    return found
