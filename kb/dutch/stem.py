"""The stem of a folded Dutch word, and which stemmer made it; all engines get the same."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

ALGORITHM = "dutch_porter"  # docs/quality.d/search.md compares it with Kraaij-Pohlmann ("dutch") and simplemma
_HARDENED = {"z": "s", "v": "f"}  # grenzen and grens, brieven and brief: Dutch writes the end of a word as it sounds
_local = threading.local()


def _stemmer() -> Any:
    """PyStemmer's objects are not safe between threads: one each."""
    found = getattr(_local, "stemmer", None)
    if found is None:
        import Stemmer

        found = _local.stemmer = Stemmer.Stemmer(ALGORITHM)
    return found


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; digits and words of under four letters stay as they are."""
    if len(word) < 4 or not word.isalpha():
        return word
    found: str = _stemmer().stemWord(word)
    return found[:-1] + _HARDENED[found[-1]] if len(found) > 3 and found[-1] in _HARDENED else found
