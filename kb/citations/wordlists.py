"""The word lists of this room: words.toml here, names and publishers of kb.bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kb.bibliography.wordlists import phrases

# The rooms of citations may import this from kb.dutch.fold themselves.
from kb.dutch.fold import fold as fold

# Names and publishers are known where records are read; the words around a source only here.
_PACKAGES = {"names": "kb.bibliography", "publishers": "kb.bibliography"}


@cache
def words(table: str, key: str) -> frozenset[str]:
    """A list of words or phrases of `<table>.toml`, folded."""
    return phrases(_PACKAGES.get(table, "kb.citations"), f"{table}.toml", key)


@cache
def longest_first(table: str, key: str) -> tuple[str, ...]:
    """The same list, longest phrase first, for alternations."""
    return tuple(sorted(words(table, key), key=lambda w: (-len(w), w)))


def alternation(phrases: Iterable[str]) -> str:
    """A pattern for any of `phrases`; apply it to folded text."""
    return "|".join(re.escape(p) for p in phrases)


@cache
def phrase_pattern(table: str, key: str) -> re.Pattern[str]:
    """Matches any phrase of the list as whole words in folded text."""
    return re.compile(
        rf"(?<!\w)(?:{alternation(longest_first(table, key))})(?!\w)"
    )
