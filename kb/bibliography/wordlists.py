"""Lists of words and phrases of the data files, folded, as sets."""

from __future__ import annotations

import re
from functools import cache

from kb.datafiles import table
from kb.dutch.fold import fold


@cache
def phrases(package: str, name: str, key: str) -> frozenset[str]:
    """A list of a data file, each word or phrase folded.

    The list is an array, or a text: cut at bars and line ends where a bar stands in it, else
    at white space.

    >>> "verwey-jonker instituut" in phrases("kb.bibliography", "publishers.toml", "institute")
    True
    """
    value = table(package, name)[key]
    if isinstance(value, list):
        parts = value
    elif "|" in value:
        parts = re.split(r"[|\n]", value)
    else:
        parts = value.split()
    return frozenset(fold(part) for part in parts if part.strip())
