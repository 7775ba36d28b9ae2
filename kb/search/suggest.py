"""What might be meant while it is being typed: themes, titles, authors, municipalities, and expressions the texts use often.

Authors are those of documents; expressions come from running text in lower case and never from the words of respondents,
so that the names of people who were interviewed do not surface here.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.dutch.analysis import is_weightless, tokens
from kb.dutch.fold import fold
from kb.search.collection import Collection
from kb.search.request import Suggestion

PHRASES = 20_000  # most expressions kept
LEAST = 3  # times an expression must occur
_FILE = "phrases.json"
_RUN = re.compile(r"(?<![\w])[a-zà-ÿ][a-zà-ÿ-]*(?: [a-zà-ÿ][a-zà-ÿ-]*)+")
_KIND = {
    "theme": 6.0,
    "document": 4.0,
    "author": 4.0,
    "municipality": 3.5,
    "phrase": 0.0,
}
_SCAN = 4_000  # keys looked at for one prefix


def expressions(text: str) -> Iterator[str]:
    """Runs of two or three lower-case words that begin and end with a word of weight."""
    for run in _RUN.finditer(text):
        words = run.group().split(" ")
        heavy = [len(w) > 3 and not is_weightless(fold(w)) for w in words]
        for start in range(len(words) - 1):
            if heavy[start]:
                for end in (start + 1, start + 2):
                    if end < len(words) and heavy[end]:
                        yield " ".join(words[start : end + 1])


class PhraseCounter:
    """Counts expressions over passages, forgetting rare ones now and then."""

    def __init__(self, most: int = 400_000) -> None:
        self._counts: Counter[str] = Counter()
        self._most = most

    def add(self, text: str) -> None:
        """Count the expressions of one passage, each once."""
        self._counts.update(set(expressions(text)))
        if len(self._counts) > self._most:
            self._counts = Counter({k: v for k, v in self._counts.items() if v > 1})

    def save(self, folder: Path) -> None:
        """Write the most frequent expressions."""
        found = [
            (text, n) for text, n in self._counts.most_common(PHRASES) if n >= LEAST
        ]
        (folder / _FILE).write_text(
            json.dumps(found, ensure_ascii=False), encoding="utf-8"
        )


def _items(
    folder: Path, collection: Collection, frameworks: Any
) -> Iterator[tuple[Suggestion, float]]:
    """All completions with their weight."""
    for theme in frameworks.themes.values() if frameworks is not None else ():
        yield Suggestion("theme", theme.name.say("nl"), theme.code), 0.0
    for source in collection.names.sources:
        yield Suggestion("document", source.title, source.id), 0.0
    authors = Counter(
        author for source in collection.names.sources for author in source.authors
    )
    yield from (
        (Suggestion("author", name, name), math.log(n)) for name, n in authors.items()
    )
    yield from (
        (Suggestion("municipality", name, name), 0.0)
        for name in collection.names.municipalities
    )
    if (folder / _FILE).exists():
        phrases = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        yield from (
            (Suggestion("phrase", text, text), math.log(n)) for text, n in phrases
        )


def _folded(text: str) -> str:
    return " ".join(token.folded for token in tokens(text))


class Completer:
    """Completions by prefix of any word they hold."""

    def __init__(self, items: Iterable[tuple[Suggestion, float]]) -> None:
        self._items: list[tuple[Suggestion, float]] = []
        keys: list[tuple[str, int, bool]] = []
        for suggestion, weight in items:
            number, folded = len(self._items), _folded(suggestion.text)
            self._items.append((suggestion, weight + _KIND[suggestion.kind]))
            starts = [0, *(m.end() for m in re.finditer(" ", folded))]
            keys += [
                (folded[at:], number, at == 0)
                for at in starts
                if at == 0 or not is_weightless(folded[at:].split(" ")[0])
            ]
        keys.sort()
        self._texts = [text for text, _, _ in keys]
        self._numbers = [(number, first) for _, number, first in keys]
        self.complete = lru_cache(maxsize=4_000)(self._complete)

    @classmethod
    def open(cls, folder: Path, collection: Collection, frameworks: Any) -> Completer:
        """Completions of a built index."""
        return cls(_items(folder, collection, frameworks))

    def _complete(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        """The weightiest completions of a prefix, those that begin with it before those that hold it further on."""
        wanted = _folded(prefix[-100:])
        if not wanted:
            return ()
        low = bisect_left(self._texts, wanted)
        high = bisect_left(self._texts, wanted + "\U0010ffff", lo=low)
        best: dict[int, float] = {}
        for number, first in self._numbers[low : min(high, low + _SCAN)]:
            best[number] = max(
                best.get(number, -1.0), self._items[number][1] + (2.0 if first else 0.0)
            )
        order = sorted(
            best,
            key=lambda n: (
                -best[n],
                len(self._items[n][0].text),
                self._items[n][0].text,
            ),
        )
        return tuple(self._items[number][0] for number in order[:limit])
