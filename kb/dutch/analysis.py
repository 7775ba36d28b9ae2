"""From text to tokens, once for all engines: words with place, folded form, stem, parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.datafiles import words as word_list
from kb.dutch.compounds import Splitter
from kb.dutch.fold import folded_word, spelled
from kb.dutch.stem import stem

# Hyphens part words: wmo-werkplaats is two tokens in a row.
WORD = re.compile(r"[^\W_]+(?:['’][sS]\b)?")
# The same where no genitive and no underscore occur, in three quarters of the time.
_PLAIN = re.compile(r"\w+")
# For ASCII: everything but letters and digits becomes a space.
_SPACED = bytes(at if chr(at).isalnum() else 32 for at in range(128)) + bytes(
    128
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: where it stands (half-open offsets) and its folded form."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Folded words too common to search by, Dutch and English."""
    dutch = word_list("kb.dutch", "analysis.toml", "stop", "dutch")
    english = word_list("kb.dutch", "analysis.toml", "stop", "english")
    return frozenset(map(folded_word, dutch | english))


@lru_cache(maxsize=1)
def question_words() -> frozenset[str]:
    """Folded words that ask but say nothing about the subject (hoe, waarom, which)."""
    found = word_list("kb.dutch", "analysis.toml", "question", "words")
    return frozenset(map(folded_word, found))


def is_weightless(folded: str) -> bool:
    """Whether a folded word carries no weight in a question."""
    if len(folded) == 1:
        return not folded.isdigit() or folded in stop_words()
    return folded in stop_words() or folded in question_words()


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` with their offsets; stop words too, for phrases need them.

    >>> [token.folded for token in tokens("De thema's van Wmo-cliënten")]
    ['de', 'thema', 'van', 'wmo', 'clienten']
    """
    for match in WORD.finditer(text):
        yield Token(match.start(), match.end(), folded_word(match.group()))


def words(text: str) -> list[str]:
    """The lower-case words of `text`, not yet folded: fast, where places do not matter."""
    text = spelled(text).lower()
    if "_" in text or "'s" in text or "’s" in text:
        return WORD.findall(text)
    if text.isascii():
        return text.encode().translate(_SPACED).decode().split()
    return _PLAIN.findall(text)


class Analyzer:
    """Parts of compounds, by the Dutch word list and the words of a corpus."""

    def __init__(self, splitter: Splitter) -> None:
        self._splitter = splitter
        self._parts: dict[str, tuple[str, ...]] = {}

    def parts(self, folded: str) -> tuple[str, ...]:
        """Stems of the parts of a folded compound, parts of parts too; () for others."""
        found = self._parts.get(folded)
        if found is None:
            found = self._parts[folded] = tuple(
                dict.fromkeys(self._deep(folded))
            )
        return found

    def _deep(self, folded: str) -> Iterator[str]:
        for part in self._splitter.split(folded):
            yield stem(part)
            yield from self.parts(part)
