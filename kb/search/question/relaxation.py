"""When a question finds little or nothing.

A wider question that does find, and the nearest themes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from kb.dutch.analysis import WORD, is_weightless
from kb.dutch.fold import folded_word

_FIELD = re.compile(r'\b\w+:(?:"[^"]*"|\S+)')
_OPERATOR = re.compile(
    r"(?<!\S)(?:AND|EN|OR|OF|NOT|NIET)(?!\S)|(?<!\S)[-+−](?=\S)|[()\"*~]"
)


LONGEST = 3  # words that are tried alone
SHORTEST = 3  # letters of a form worth trying
TRIES = 4  # looser forms counted


def wider(text: str) -> Iterator[str]:
    """Ever looser forms of a question, without filters, then without operators and quotes,
    then its longest words one by one.

    >>> list(wider('"hoge werkdruk" jaar:2014'))
    ['"hoge werkdruk"', 'hoge werkdruk', 'werkdruk', 'hoge']
    """
    plain = " ".join(_FIELD.sub(" ", text).split())
    bare = " ".join(_OPERATOR.sub(" ", plain).split())
    telling = {
        w for w in WORD.findall(bare) if not is_weightless(folded_word(w))
    }
    words = sorted(telling, key=lambda word: (-len(word), word))
    seen = {text.strip()}
    for candidate in (plain, bare, *words[:LONGEST]):
        if len(candidate) >= SHORTEST and candidate not in seen:
            seen.add(candidate)
            yield candidate


def loosened(
    text: str, count: Callable[[str], int], total: int = 0
) -> str | None:
    """The first looser form of a question that finds more than the `total` it found."""
    tried = islice(wider(text), TRIES)
    return next(
        (candidate for candidate in tried if count(candidate) > total), None
    )


def nearest_themes(text: str, reader: Any, most: int = 3) -> tuple[str, ...]:
    """Themes whose cues stand in the question, strongest first."""
    if reader is None or not text.strip():
        return ()
    found = reader.read(text)
    strongest = sorted(
        found.counted, key=lambda theme: (-found.strength(theme), theme)
    )
    return tuple(strongest[:most])
