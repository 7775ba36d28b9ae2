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

    found = tomllib.loads(
        files("kb.dutch").joinpath("compounds.toml").read_text(encoding="utf-8")
    )
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
            if share >= at_least
            and MIN_PART <= len(word) <= _MAX_WORD
            and word not in never_parts()
            and share >= _floor(word, at_least)
        }
        self._whole = never_split()
        self._cache: dict[str, tuple[str, ...]] = {}

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word, without linking letters; () when it is not a compound."""
        if (
            not 2 * MIN_PART <= len(word) <= _MAX_WORD
            or word in self._whole
            or not word.isalpha()
        ):
            return ()
        found = self._cache.get(word)
        if found is None:
            best = self._two(word) or self._three(word)
            found = self._cache[word] = best[1] if best else ()
        return found

    def _two(self, word: str) -> tuple[float, tuple[str, ...]] | None:
        """Best split of `word` into two known words, by mean log frequency."""
        known, best = self._known, None
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            tail = known.get(word[cut:], 0.0)
            if tail:
                score, base = self._head(word[:cut])
                if score and (best is None or score + tail > best[0]):
                    best = (score + tail, (base, word[cut:]))
        return best

    def _three(self, word: str) -> tuple[float, tuple[str, ...]] | None:
        """Best split into three known words, for want of a split into two."""
        best: tuple[float, tuple[str, ...]] | None = None
        for cut in range(MIN_PART, len(word) - 2 * MIN_PART + 1):
            score, base = self._head(word[:cut])
            if score:
                rest = self._two(word[cut:])
                if rest and (best is None or score + rest[0] > best[0]):
                    best = (score + rest[0], (base, *rest[1]))
        return best

    def _head(self, head: str) -> tuple[float, str]:
        """Score and base of a first part, with its linking letters taken off; 0.0 when it is no word."""
        score, base = self._known.get(head, 0.0), head
        for link in LINKS if head[-1] in "sen" else ():
            if head.endswith(link):
                bare = self._known.get(head[: -len(link)], 0.0) - 0.4
                if bare > score:
                    score, base = bare, head[: -len(link)]
        return score, base


def _floor(word: str, at_least: float) -> float:
    """Short words must be frequent to count as parts: chance finds them everywhere."""
    return at_least * {3: 50, 4: 4}.get(len(word), 1)
