"""From text to tokens, once for all engines: words with place, folded form, stem, parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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

_LEAST_COUNT = 3  # times a corpus uses a word before it is believed to be one
_LEAST_LENGTH = 5
_LEAST_TOTAL = (
    1_000_000  # words over which the share of a corpus' word is counted
)
_MOST_SHARE = 2e-5  # a corpus' word is never more usual than this


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

    @classmethod
    def with_words(cls, corpus: Mapping[str, int]) -> Analyzer:
        """An analyzer that also knows the words of a corpus, given with their counts."""
        from wordfreq import get_frequency_dict

        shares = dict(get_frequency_dict("nl", wordlist="best"))
        total = max(_LEAST_TOTAL, sum(corpus.values()))
        for word, count in corpus.items():
            if count >= _LEAST_COUNT and len(word) >= _LEAST_LENGTH:
                share = min(count / total, _MOST_SHARE)
                shares[word] = max(shares.get(word, 0.0), share)
        return cls(Splitter(shares))

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
