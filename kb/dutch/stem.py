"""The stem of a folded Dutch word, and which stemmer made it; all engines get the same."""

from __future__ import annotations

import threading
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

ALGORITHM = "dutch_porter"  # docs/quality/search.md compares it with Kraaij-Pohlmann ("dutch") and simplemma
_HARDENED = {
    "z": "s",
    "v": "f",
}  # grenzen and grens, brieven and brief: Dutch writes the end of a word as it sounds
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
    data = tomllib.loads(
        files("kb.dutch").joinpath("stem.toml").read_text(encoding="utf-8")
    )
    return tuple(data["keep_s"].split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; digits and words of under four letters stay as they are."""
    if len(word) < 4 or not word.isalpha():
        return word
    found: str = (
        word
        if word.endswith("s") and word.endswith(_keeping())
        else _stemmer().stemWord(word)
    )
    return _as_it_sounds(found) if len(found) > 3 else found


def _as_it_sounds(found: str) -> str:
    """The stem with its end as Dutch writes it at the end of a word: grens for grenz, gezin for gezinn, social for sociaal."""
    last = _HARDENED.get(found[-1])
    if last:
        found = found[:-1] + last
    if found[-1] in _CLOSING:
        if found[-1] == found[-2]:
            found = found[:-1]
        if found[-3:-1] in _LONG:
            found = found[:-2] + found[-1]
    return found
