"""What might be meant while it is being typed: themes, titles, authors, municipalities, and
expressions the texts use often.

Authors are those of documents; expressions come from running text in lower case and never from
the words of respondents, so that the names of people who were interviewed do not surface here.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kb.dutch.analysis import is_weightless, tokens
from kb.search.index.candidates import Passages
from kb.search.index.expressions import FILE
from kb.search.remembering import remembered
from kb.search.request import Suggestion

_KIND = {
    "theme": 6.0,
    "document": 4.0,
    "author": 4.0,
    "municipality": 3.5,
    "phrase": 0.0,
}
_SCAN = 4_000  # keys looked at for one prefix


def _items(
    folder: Path, collection: Passages, frameworks: Any
) -> Iterator[tuple[Suggestion, float]]:
    """All completions with their weight."""
    for theme in frameworks.themes.values() if frameworks is not None else ():
        yield Suggestion("theme", theme.name.say("nl"), theme.code), 0.0
    for source in collection.names.sources:
        yield Suggestion("document", source.title, source.id), 0.0
    authors = Counter(
        author
        for source in collection.names.sources
        for author in source.authors
    )
    yield from (
        (Suggestion("author", name, name), math.log(n))
        for name, n in authors.items()
    )
    yield from (
        (Suggestion("municipality", name, name), 0.0)
        for name in collection.names.municipalities
    )
    if (folder / FILE).exists():
        phrases = json.loads((folder / FILE).read_text(encoding="utf-8"))
        yield from (
            (Suggestion("phrase", text, text), math.log(n))
            for text, n in phrases
        )


def _folded(text: str) -> str:
    return " ".join(token.folded for token in tokens(text))


class Completer:
    """Completions by prefix of any word they hold."""

    def __init__(self, items: Iterable[tuple[Suggestion, float]]) -> None:
        self._items = list(items)
        keys: list[tuple[str, int, bool]] = []
        for number, (suggestion, _) in enumerate(self._items):
            folded = _folded(suggestion.text)
            starts = [0, *(m.end() for m in re.finditer(" ", folded))]
            keys += [
                (folded[at:], number, at == 0)
                for at in starts
                if at == 0 or not is_weightless(folded[at:].split(" ")[0])
            ]
        keys.sort()
        self._texts = [text for text, _, _ in keys]
        self._numbers = [(number, first) for _, number, first in keys]
        self.complete = remembered(self._complete, 4_000)

    @classmethod
    def open(
        cls,
        folder: Path,
        collection: Passages,
        frameworks: Any,
        like: Completer | None = None,
    ) -> Completer:
        """Completions of a built index; `like` itself, where it has the same ones."""
        items = list(_items(folder, collection, frameworks))
        if like is not None and like._items == items:
            return like
        return cls(items)

    def _complete(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        """The weightiest completions of a prefix.

        Those that begin with it before those that hold it further on.
        """
        wanted = _folded(prefix[-100:])
        if not wanted:
            return ()
        low = bisect_left(self._texts, wanted)
        high = bisect_left(self._texts, wanted + "\U0010ffff", lo=low)
        best: dict[int, float] = {}
        for number, first in self._numbers[low : min(high, low + _SCAN)]:
            suggestion, weight = self._items[number]
            weight += _KIND[suggestion.kind] + (2.0 if first else 0.0)
            best[number] = max(best.get(number, -1.0), weight)
        order = sorted(
            best,
            key=lambda n: (
                -best[n],
                len(self._items[n][0].text),
                self._items[n][0].text,
            ),
        )
        return tuple(self._items[number][0] for number in order[:limit])
