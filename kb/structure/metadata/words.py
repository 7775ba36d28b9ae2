"""The word lists of this room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kb.datafiles import table


@cache
def word_list(name: str) -> tuple[str, ...]:
    """A list of words.toml in its order."""
    return tuple(table("kb.structure.metadata", "words.toml")[name])


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of `words`, longer ones first.

    >>> any_of(["uitgave", "uitgave van"])
    'uitgave\\\\ van|uitgave'
    """
    return "|".join(
        sorted((re.escape(word) for word in words), key=len, reverse=True)
    )
