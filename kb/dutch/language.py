"""Dutch or English? Told from the small words, for a passage or a whole document."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-zà-ÿ]+")
_ENOUGH = 3  # small words before English is believed


@cache
def _small_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(
        files("kb.dutch").joinpath("language.toml").read_text(encoding="utf-8")
    )
    return {language: frozenset(words) for language, words in data.items()}


def language_of(text: str) -> str:
    """ "en" when English small words clearly outnumber Dutch ones, else "nl"."""
    counts = Counter(_WORD.findall(text.lower()))
    seen = {
        language: sum(counts[word] for word in words)
        for language, words in _small_words().items()
    }
    return "en" if seen["en"] >= _ENOUGH and seen["en"] > 1.5 * seen["nl"] else "nl"


def main_language(texts: Iterable[str]) -> str:
    """The language of most of the letters of `texts`."""
    sizes: Counter[str] = Counter()
    for text in texts:
        sizes[language_of(text)] += len(text)
    return max(sizes, key=lambda language: sizes[language], default="nl")
