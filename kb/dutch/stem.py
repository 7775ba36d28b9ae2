"""The stem of a folded Dutch word, and which stemmer made it; all engines get the same."""

from __future__ import annotations

import re
import threading
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

ALGORITHM = "dutch_porter"  # docs/quality.d/search.md compares it with Kraaij-Pohlmann ("dutch") and simplemma
_HARDENED = {"z": "s", "v": "f"}  # grenzen and grens, brieven and brief: Dutch writes the end of a word as it sounds
_DOUBLE = re.compile(r"([bdfgklmnprst])\1$")  # gezinn-en and gezin
_LONG = re.compile(r"(aa|oo|uu)([bdfgklmnprst])$")  # sociaal and sociale
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
    data = tomllib.loads(files("kb.dutch").joinpath("stem.toml").read_text(encoding="utf-8"))
    return tuple(data["keep_s"].split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; digits and words of under four letters stay as they are."""
    if len(word) < 4 or not word.isalpha():
        return word
    found: str = word if word.endswith("s") and word.endswith(_keeping()) else _stemmer().stemWord(word)
    if len(found) > 3:
        if found[-1] in _HARDENED:
            found = found[:-1] + _HARDENED[found[-1]]
        found = _LONG.sub(lambda match: match[1][0] + match[2], _DOUBLE.sub(r"\1", found))
    return found
