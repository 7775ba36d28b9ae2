"""From text to tokens, once for all engines: words with their place, folded form, stem and the stems of their parts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kb.dutch.compounds import Splitter
from kb.dutch.fold import folded_word, spelled
from kb.dutch.stem import stem

WORD = re.compile(
    r"[^\W_]+(?:['’][sS]\b)?"
)  # hyphens part words: wmo-werkplaats is two tokens in a row
_PLAIN = re.compile(
    r"\w+"
)  # the same words where no genitive and no underscore occur, in three quarters of the time
_SPACED = bytes(at if chr(at).isalnum() else 32 for at in range(128)) + bytes(
    128
)  # ASCII: all but letters and digits is space


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: where it stands (half-open offsets) and its folded form."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    return tomllib.loads(
        files("kb.dutch").joinpath("analysis.toml").read_text(encoding="utf-8")
    )


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Folded words too common to search by, Dutch and English."""
    return frozenset(
        folded_word(word)
        for language in ("dutch", "english")
        for word in _data()["stop"][language].split()
    )


@lru_cache(maxsize=1)
def question_words() -> frozenset[str]:
    """Folded words that ask but say nothing about the subject (hoe, waarom, which)."""
    return frozenset(folded_word(word) for word in _data()["question"]["words"].split())


def is_weightless(folded: str) -> bool:
    """Whether a folded word carries no weight in a question."""
    return (
        folded in stop_words()
        or folded in question_words()
        or (len(folded) == 1 and not folded.isdigit())
    )


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` with their offsets in it; stop words included, for phrases need them."""
    for match in WORD.finditer(text):
        yield Token(match.start(), match.end(), folded_word(match.group()))


def words(text: str) -> list[str]:
    """The lower-case words of `text`, not yet folded: the fast way when places do not matter."""
    text = spelled(text).lower()
    if "_" in text or "'s" in text or "’s" in text:
        return WORD.findall(text)
    if text.isascii():
        return text.encode().translate(_SPACED).decode().split()
    return _PLAIN.findall(text)


class Analyzer:
    """Stems and parts of words; parts come from the Dutch word list and the corpus' own words."""

    def __init__(self, splitter: Splitter) -> None:
        self._splitter = splitter
        self._parts: dict[str, tuple[str, ...]] = {}

    @classmethod
    def with_words(cls, corpus: Mapping[str, int]) -> Analyzer:
        """An analyzer that knows the Dutch word list and the words of a corpus with their counts."""
        from wordfreq import get_frequency_dict

        frequencies = dict(get_frequency_dict("nl", wordlist="best"))
        total = max(1_000_000, sum(corpus.values()))
        for word, count in corpus.items():
            if count >= 3 and len(word) >= 5:
                frequencies[word] = max(
                    frequencies.get(word, 0.0), min(count / total, 2e-5)
                )
        return cls(Splitter(frequencies))

    def parts(self, folded: str) -> tuple[str, ...]:
        """Stems of the parts of a folded compound, parts of parts included; () when it is not one."""
        found = self._parts.get(folded)
        if found is None:
            found = self._parts[folded] = tuple(dict.fromkeys(self._deep(folded)))
        return found

    def _deep(self, folded: str) -> Iterator[str]:
        for part in self._splitter.split(folded):
            yield stem(part)
            yield from self.parts(part)
