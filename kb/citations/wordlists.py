"""The word lists of this room, read once from the .toml files beside this module: names, publishers and the words around a source."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

# Apostrophes and quotation marks that scans and word processors mix up.
_QUOTES = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
    }
)


@lru_cache(maxsize=50000)
def fold(text: str) -> str:
    """Lower case without accents, with one kind of quotation mark and dash and single spaces."""
    plain = text.translate(_QUOTES)
    if not plain.isascii():
        plain = "".join(
            c
            for c in unicodedata.normalize("NFKD", plain)
            if not unicodedata.combining(c)
        )
    return " ".join(plain.lower().split())


def squeeze(text: str) -> str:
    """Only the letters and digits of `text`, folded: what survives hyphenation, quotes and markup."""
    return "".join(c for c in fold(text) if c.isalnum())


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(
        files("kb.citations").joinpath(name).read_text(encoding="utf-8")
    )


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
