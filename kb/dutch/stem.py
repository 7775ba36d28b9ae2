"""The stem of a folded Dutch word, and which stemmer made it; all engines get the same."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

from kb.datafiles import words

# docs/quality/search.md compares it with Kraaij-Pohlmann ("dutch") and simplemma.
ALGORITHM = "dutch_porter"
# Dutch writes the end of a word as it sounds: grenzen and grens, brieven and brief.
_HARDENED = {"z": "s", "v": "f"}
_CLOSING = frozenset("bdfgklmnprst")  # doubled at the end: gezinn-en and gezin
_LONG = frozenset({"aa", "oo", "uu"})  # before one of those: sociaal and sociale
_local = threading.local()


def _stemmer() -> Any:
    """PyStemmer's objects are not safe between threads: one each."""
    found = getattr(_local, "stemmer", None)
    if found is None:
        import Stemmer

        found = _local.stemmer = Stemmer.Stemmer(ALGORITHM)
    return found


@lru_cache(maxsize=1)
def _keeping() -> tuple[str, ...]:
    return tuple(sorted(words("kb.dutch", "stem.toml", "keep_s")))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; digits and words of under four letters stay.

    >>> stem("gezinnen") == stem("gezin"), stem("grenzen") == stem("grens")
    (True, True)
    >>> stem("wmo")
    'wmo'
    """
    if len(word) < 4 or not word.isalpha():
        return word
    keeps = word.endswith("s") and word.endswith(_keeping())
    found = word if keeps else _stemmer().stemWord(word)
    return _as_it_sounds(found) if len(found) > 3 else found


def _as_it_sounds(found: str) -> str:
    """The stem with its end as Dutch writes it at the end of a word.

    >>> _as_it_sounds("grenz"), _as_it_sounds("gezinn"), _as_it_sounds("sociaal")
    ('grens', 'gezin', 'social')
    """
    if hard := _HARDENED.get(found[-1]):
        found = found[:-1] + hard
    if found[-1] not in _CLOSING:
        return found
    if found[-1] == found[-2]:
        found = found[:-1]
    if found[-3:-1] in _LONG:
        found = found[:-2] + found[-1]
    return found
