"""How often a Dutch word is used, and whether it is a word at all: wordfreq's list.

The list is loaded on first use; its shares of running text end at 1e-8.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_SPELLING = str.maketrans({"’": "'", "\u00ad": None})
_MUCH_MORE = 10  # times as usual in English as in Dutch
_LINKS = ("", "s", "e", "en", "n")  # letters that join the parts of a compound
_USUAL = 1e-7  # share from which a word can be part of a compound
_SURER = 1e-6  # the same, of the second half of three parts


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    """Every word with its share of running text (0..1); 310,000 words, about 0.2 s."""
    from wordfreq import get_frequency_dict

    found: dict[str, float] = get_frequency_dict("nl", wordlist="best")
    return found


def frequency(word: str) -> float:
    """Share of a word in running text (0..1), whatever its case; 0.0 when unknown."""
    return _frequencies().get(word.lower().translate(_SPELLING), 0.0)


def is_word(word: str, at_least: float = 1e-8) -> bool:
    """Whether the list knows `word` with a share of at least `at_least`."""
    return frequency(word) >= at_least


@lru_cache(maxsize=1)
def _english() -> dict[str, float]:
    """Usual English words with their share of running text; 28,000 words, some 30 ms."""
    from wordfreq import get_frequency_dict

    found: dict[str, float] = get_frequency_dict("en", wordlist="small")
    return found


def is_english(word: str) -> bool:
    """Whether a word is a usual English one and hardly a Dutch one.

    >>> is_english("decision"), is_english("werkdruk"), is_english("team")
    (True, False, False)
    """
    share = _english().get(word.lower(), 0.0)
    return share > _MUCH_MORE * frequency(word)


def is_in_english(words: Sequence[str]) -> bool:
    """Whether some words are rather English than Dutch, by the words of one of the two.

    >>> is_in_english(["savings", "team"]), is_in_english(["change", "werkdruk", "wijk"])
    (True, False)
    """
    english = sum(map(is_english, words))
    dutch = sum(map(is_dutch, words))
    return english > dutch


def is_dutch(word: str) -> bool:
    """Whether a word is a Dutch one and hardly an English one."""
    share = _english().get(word.lower(), 0.0)
    return frequency(word) > _MUCH_MORE * share


@lru_cache(maxsize=50_000)
def is_compound(word: str) -> bool:
    """Whether a lower-case word falls apart into two or three usual words.

    Between them stands a linking s, e, en or n at most.

    >>> is_compound("wijkteamleider"), is_compound("qwertzuiop")
    (True, False)
    """
    cuts = range(3, len(word) - 2)
    return any(
        is_word(word[:at], _USUAL) and _ends_compound(word[at:]) for at in cuts
    )


def _ends_compound(rest: str) -> bool:
    """Whether what follows a first part is a linking letter and one or two words."""
    for link in _LINKS:
        part = rest[len(link) :]
        if len(part) < 3 or not rest.startswith(link):
            continue
        if is_word(part, _USUAL) or (len(part) >= 7 and _is_two_words(part)):
            return True
    return False


def _is_two_words(word: str) -> bool:
    cuts = range(3, len(word) - 2)
    return any(
        is_word(word[:at], _SURER) and is_word(word[at:], _SURER)
        for at in cuts
    )
