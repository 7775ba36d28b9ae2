"""Is this long word made of shorter ones? Dutch compounds by a word list.

After Koehn & Knight (2003, Empirical methods for compound splitting): of all splits into
known words the one with the highest geometric mean of frequencies. They take it only where
it beats the word itself; here a floor keeps frequent compounds (wijkteam) splittable.
Parts may be linked with -s-, -en-, -e- and -n-.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from kb.datafiles import words
from kb.dutch.stem import own_stems

LINKS = ("s", "en", "e", "n")
MIN_PART = 3
_MAX_WORD = 40
_LINK_COST = 0.4  # in log frequency: a part as it stands is the better reading
AT_LEAST = 4e-7  # share of running text from which a word can be a part
_NOISE = 1e-9  # share of running text that counts as nothing
# Short words must be this many times as frequent: chance finds them everywhere.
_SHORT = {3: 50, 4: 4}

Split = tuple[
    float, tuple[str, ...]
]  # mean log frequency (not yet divided), parts


def _words_in(section: str) -> frozenset[str]:
    rows = words("kb.dutch", "compounds.toml", section, "words")
    return frozenset(" ".join(rows).split())


@lru_cache(maxsize=1)
def never_parts() -> frozenset[str]:
    """Short words, affixes and endings that look like parts but are not (-ing, ver-)."""
    return _words_in("never_parts")


@lru_cache(maxsize=1)
def never_split() -> frozenset[str]:
    """Words that only look like compounds."""
    return _words_in("never_split")


class Splitter:
    """Splits words by a word list: `frequency` maps words to their share of text (0..1)."""

    def __init__(
        self, frequency: Mapping[str, float], at_least: float = AT_LEAST
    ) -> None:
        self._known = {
            word: math.log(share / _NOISE)
            for word, share in frequency.items()
            if share >= at_least * _SHORT.get(len(word), 1)
            and _can_be_part(word)
        }
        self._cache: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of_word_list(cls) -> Splitter:
        """A splitter by the Dutch word list alone, which is made ready once a process."""
        found = cls({})
        found._known = word_list_parts()
        return found

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word, without linking letters; () when it has none.

        >>> Splitter({"schuld": 1e-4, "hulp": 1e-4}).split("schuldenhulp")
        ('schuld', 'hulp')
        """
        if not 2 * MIN_PART <= len(word) <= _MAX_WORD or not word.isalpha():
            return ()
        if word in never_split():
            return ()
        found = self._cache.get(word)
        if found is None:
            best = self._two(word) or self._three(word)
            found = self._cache[word] = best[1] if best else ()
        return found

    def _two(self, word: str) -> Split | None:
        """The best split of `word` into two known words."""
        return max(self._twos(word), key=_score, default=None)

    def _twos(self, word: str) -> Iterator[Split]:
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            last = self._known.get(word[cut:])
            if last:
                score, base = self._first(word[:cut])
                if score:
                    yield score + last, (base, word[cut:])

    def _three(self, word: str) -> Split | None:
        """The best split into three known words, for want of one into two."""
        return max(self._threes(word), key=_score, default=None)

    def _threes(self, word: str) -> Iterator[Split]:
        for cut in range(MIN_PART, len(word) - 2 * MIN_PART + 1):
            score, base = self._first(word[:cut])
            rest = self._two(word[cut:]) if score else None
            if rest:
                yield score + rest[0], (base, *rest[1])

    def _first(self, part: str) -> tuple[float, str]:
        """Score and base of a part, its linking letters taken off; 0.0 for no word."""
        score, base = self._known.get(part, 0.0), part
        if part in own_stems():
            return score, base  # ouderenzorg is not for parents
        for link in LINKS if part[-1] in "sen" else ():
            if part.endswith(link):
                bare = part[: -len(link)]
                linked = self._known.get(bare, 0.0) - _LINK_COST
                if linked > score:
                    score, base = linked, bare
        return score, base


def _score(split: Split) -> float:
    return split[0]


def _can_be_part(word: str) -> bool:
    return MIN_PART <= len(word) <= _MAX_WORD and word not in never_parts()


@cache
def word_list_parts() -> dict[str, float]:
    """What the words of the Dutch word list score as parts; takes half a second."""
    from wordfreq import get_frequency_dict

    return Splitter(get_frequency_dict("nl", wordlist="best"))._known
