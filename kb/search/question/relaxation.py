"""When a question finds little or nothing: a wider question that does find, and the nearest themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kb.dutch.analysis import WORD, is_weightless
from kb.dutch.fold import folded_word
from kb.search.request import SearchRequest

_FIELD = re.compile(r'\b\w+:(?:"[^"]*"|\S+)')
_OPERATOR = re.compile(
    r"(?<!\S)(?:AND|EN|OR|OF|NOT|NIET)(?!\S)|(?<!\S)[-+−](?=\S)|[()\"*~]"
)


def wider(text: str) -> Iterator[str]:
    """Ever looser forms of a question: without filters, then without operators and quotes, then its longest words one by one."""
    plain = " ".join(_FIELD.sub(" ", text).split())
    bare = " ".join(_OPERATOR.sub(" ", plain).split())
    words = sorted(
        {w for w in WORD.findall(bare) if not is_weightless(folded_word(w))},
        key=lambda w: (-len(w), w),
    )
    seen = {text.strip()}
    for candidate in (plain, bare, *words[:3]):
        if len(candidate) > 2 and candidate not in seen:
            seen.add(candidate)
            yield candidate


def loosened(
    request: SearchRequest, count: Callable[[str], int], total: int = 0, tries: int = 4
) -> str | None:
    """The first looser form of a question that finds more than the `total` passages it found itself."""
    for number, candidate in enumerate(wider(request.query)):
        if number >= tries:
            return None
        if count(candidate) > total:
            return candidate
    return None


def nearest_themes(text: str, reader: Any, most: int = 3) -> tuple[str, ...]:
    """Themes whose cues stand in the question, strongest first."""
    if reader is None or not text.strip():
        return ()
    reading = reader.read(text)
    return tuple(
        sorted(reading.counted, key=lambda theme: (-reading.strength(theme), theme))[
            :most
        ]
    )
