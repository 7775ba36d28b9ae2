"""The word lists of this room, read once from the .toml files beside this module: names, publishers and the words around a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from kb.datafiles import table

# The rooms of citations may import these two from kb.dutch.fold themselves.
from kb.dutch.fold import fold as fold
from kb.dutch.fold import letters as squeeze  # noqa: F401


@cache
def _table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = table("kb.citations", name)
    return found


@cache
def words(table: str, key: str) -> frozenset[str]:
    """A list of words or phrases of `<table>.toml`, folded."""
    value = _table(f"{table}.toml")[key]
    if isinstance(value, list):
        return frozenset(fold(v) for v in value)
    parts = re.split(r"[|\n]", value) if "|" in value else value.split()
    return frozenset(fold(p) for p in parts if p.strip())


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
    return re.compile(rf"(?<!\w)(?:{alternation(longest_first(table, key))})(?!\w)")
