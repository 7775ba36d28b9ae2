"""Dutch or English? Told from the small words, for a passage or a whole document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kb.datafiles import words

_WORD = re.compile(r"[a-zà-ÿ]+")
_ENOUGH = 3  # small words before English is believed
_CLEARLY = 1.5  # times as many English small words as Dutch ones


def language_of(text: str) -> str:
    """ "en" when English small words clearly outnumber Dutch ones, else "nl".

    >>> language_of("The team is there for people in the neighbourhood.")
    'en'
    >>> language_of("Het team werkt outreachend.")
    'nl'
    """
    found = _WORD.findall(text.lower())
    english = sum(
        map(words("kb.dutch", "language.toml", "en").__contains__, found)
    )
    if english < _ENOUGH:
        return "nl"
    dutch = sum(
        map(words("kb.dutch", "language.toml", "nl").__contains__, found)
    )
    return "en" if english > _CLEARLY * dutch else "nl"


def main_language(texts: Iterable[str]) -> str:
    """The language of most of the letters of `texts`; "nl" when there are none."""
    sizes: Counter[str] = Counter()
    for text in texts:
        sizes[language_of(text)] += len(text)
    return max(sizes, key=sizes.__getitem__, default="nl")
