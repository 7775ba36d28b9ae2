"""Which expressions do the texts use often? Counted while an index is built, for completions.

They come from running text in lower case and never from the words of respondents, so that the names of people who were
interviewed do not surface.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kb.dutch.analysis import is_weightless
from kb.dutch.fold import folded_word

PHRASES = 20_000  # most expressions kept
LEAST = 3  # times an expression must occur
FILE = "phrases.json"
_RUN = re.compile(r"(?<![\w])[a-zà-ÿ][a-zà-ÿ-]*(?: [a-zà-ÿ][a-zà-ÿ-]*)+")


def expressions(text: str) -> Iterator[str]:
    """Runs of two or three lower-case words that begin and end with a word of weight."""
    for run in _RUN.finditer(text):
        words = run.group().split(" ")
        heavy = [len(w) > 3 and not is_weightless(folded_word(w)) for w in words]
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
        (folder / FILE).write_text(
            json.dumps(found, ensure_ascii=False), encoding="utf-8"
        )
