"""Is this long word made of shorter ones? Splits Dutch compounds by a word list, allowing linking -s-, -e-, -en-.

After Koehn & Knight (2003): of all splits into known words take the one with the highest geometric mean of frequencies,
and only where it beats the word itself; here a floor keeps frequent compounds (wijkteam, hulpverlening) splittable.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

LINKS = ("s", "en", "e", "n")
MIN_PART = 3
_MAX_WORD = 40


def _data(section: str) -> frozenset[str]:
    import tomllib

    found = tomllib.loads(files("kb.dutch").joinpath("compounds.toml").read_text(encoding="utf-8"))
    return frozenset(" ".join(found[section]["words"]).split())


@lru_cache(maxsize=1)
def never_parts() -> frozenset[str]:
    """Short words, affixes and endings that look like parts but are not (-ing, -heid, ver-)."""
    return _data("never_parts")


@lru_cache(maxsize=1)
def never_split() -> frozenset[str]:
    """Words that only look like compounds."""
    return _data("never_split")


class Splitter:
    """Splits words by a word list: `frequency` maps words to their share of running text (0..1)."""

    def __init__(self, frequency: Mapping[str, float], at_least: float = 4e-7) -> None:
        self._known = {
            word: math.log(share / 1e-9)
            for word, share in frequency.items()
            if share >= at_least and MIN_PART <= len(word) <= _MAX_WORD and word not in never_parts() and share >= _floor(word, at_least)
        }
        self._whole = never_split()
        self._cache: dict[str, tuple[str, ...]] = {}

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word, without linking letters; () when it is not a compound."""
        if not 2 * MIN_PART <= len(word) <= _MAX_WORD or word in self._whole or not word.isalpha():
            return ()
        found = self._cache.get(word)
        if found is None:
            best = self._best(word, 3)
            found = self._cache[word] = best[1] if best else ()
        return found

    def _best(self, word: str, parts: int) -> tuple[float, tuple[str, ...]] | None:
        """Best split of `word` into two up to `parts` known words, by mean log frequency less a cost for every cut."""
        known = self._known
        best: tuple[float, tuple[str, ...]] | None = None
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            score, base = self._head(word[:cut])
            if not score:
                continue
            rest = word[cut:]
            tail = known.get(rest, 0.0)
            options: list[tuple[float, tuple[str, ...]]] = [(tail, (rest,))] if tail else []
            if parts > 2 and len(rest) >= 2 * MIN_PART:
                deeper = self._best(rest, parts - 1)
                options += [deeper] if deeper else []
            for value, pieces in options:
                total = (score + value * len(pieces)) / (len(pieces) + 1) - 1.2
                if best is None or total > best[0]:
                    best = (total, (base, *pieces))
        return best

    def _head(self, head: str) -> tuple[float, str]:
        """Score and base of a first part, with its linking letters taken off; 0.0 when it is no word."""
        score, base = self._known.get(head, 0.0), head
        for link in LINKS:
            if head.endswith(link):
                bare = self._known.get(head[: -len(link)], 0.0) - 0.4
                if bare > score:
                    score, base = bare, head[: -len(link)]
        return score, base


def _floor(word: str, at_least: float) -> float:
    """Short words must be frequent to count as parts: chance finds them everywhere."""
    return at_least * {3: 50, 4: 4}.get(len(word), 1)
