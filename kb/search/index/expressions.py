"""Which expressions do the texts use often? Kept by document, for completions.

They come from running text in lower case and never from the words of respondents, so that
the names of people who were interviewed do not surface.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kb.dutch.analysis import is_weightless
from kb.dutch.fold import folded_word
from kb.search.index.forward_index import Rows, rows_of
from kb.search.index.numbering import Numbers, alphabetical

PHRASES = 20_000  # most expressions kept
LEAST = 3  # times an expression must occur
FILE = "phrases.json"
SAMPLE = 10_000  # passages read for expressions, at most; more change little

_ALL = "expressions"
_RUN = re.compile(r"(?<![\w])[a-zà-ÿ][a-zà-ÿ-]*(?: [a-zà-ÿ][a-zà-ÿ-]*)+")
_LONGEST = 3  # words of an expression
_HEAVY_FROM = 4  # letters: shorter words neither begin nor end one


def expressions(text: str) -> Iterator[str]:
    """Runs of two or three lower-case words that begin and end with a word of weight.

    >>> list(expressions("Er is hulp bij schulden."))
    ['hulp bij schulden']
    """
    for run in _RUN.finditer(text):
        words = run.group().split(" ")
        heavy = [_is_heavy(word) for word in words]
        for start in np.flatnonzero(heavy).tolist():
            last = min(start + _LONGEST, len(words))
            for end in range(start + 1, last):
                if heavy[end]:
                    yield " ".join(words[start : end + 1])


@lru_cache(maxsize=50_000)
def _is_heavy(word: str) -> bool:
    return len(word) >= _HEAVY_FROM and not is_weightless(folded_word(word))


def halvings(passages: int) -> int:
    """How often the passages must be halved to leave a sample.

    >>> halvings(10_000), halvings(74_000)
    (0, 3)
    """
    times = 0
    while passages >> times > SAMPLE:
        times += 1
    return times


def is_sampled(passage: str, times: int) -> bool:
    """Whether a passage is in the sample that is left after so many halvings.

    It goes by the passage's id alone: what happens to other passages changes nothing.
    """
    return zlib.crc32(passage.encode()) & ((1 << times) - 1) == 0


@dataclass
class Expressions:
    """The expressions of the sampled passages by document, each passage's once."""

    names: list[str]
    rows: Rows
    halvings: int

    def save(self, folder: Path) -> None:
        """Write all, and for completions the most frequent with their counts."""
        text = "\n".join([str(self.halvings), *self.names])
        (folder / f"{_ALL}.txt").write_text(text, encoding="utf-8")
        self.rows.save(folder, _ALL)
        frequent = json.dumps(self.frequent(), ensure_ascii=False)
        (folder / FILE).write_text(frequent, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Expressions:
        """Read what `save` wrote."""
        text = (folder / f"{_ALL}.txt").read_text(encoding="utf-8")
        times, *names = text.split("\n")
        return cls(names, Rows.load(folder, _ALL), int(times))

    def frequent(self) -> list[tuple[str, int]]:
        """The most frequent expressions with their counts, equal ones by alphabet."""
        counts = np.bincount(self.rows.words, minlength=len(self.names))
        best = np.argsort(-counts, kind="stable")[:PHRASES]
        return [
            (self.names[i], int(counts[i])) for i in best if counts[i] >= LEAST
        ]


class ExpressionReader:
    """Collects expressions while documents come by."""

    def __init__(self, halvings: int) -> None:
        self._halvings = halvings
        self._numbers = Numbers()
        self._documents: list[list[int]] = []

    def begin_document(self) -> None:
        """What is added from here on belongs to the next document."""
        self._documents.append([])

    def add(self, passage: str, text: str) -> None:
        """Take in a passage, when it is in the sample."""
        if is_sampled(passage, self._halvings):
            found: Iterable[str] = dict.fromkeys(expressions(text))
            self._documents[-1] += [self._numbers[name] for name in found]

    def read(self) -> Expressions:
        """All that was taken in."""
        names, numbers = alphabetical(list(self._numbers))
        rows = rows_of(self._documents).renumbered(numbers)
        return Expressions(names, rows, self._halvings)
