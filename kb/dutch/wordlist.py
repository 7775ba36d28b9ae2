"""How often a Dutch word is used, and whether it is a word at all: wordfreq's list, loaded on first use."""

from __future__ import annotations

from functools import lru_cache

_SPELLING = str.maketrans({"’": "'", "\u00ad": None})


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    """Every word of the list with its share of running text (0..1); 310,000 words, about 0.2 s."""
    from wordfreq import get_frequency_dict

    found: dict[str, float] = get_frequency_dict("nl", wordlist="best")
    return found


def frequency(word: str) -> float:
    """Share of `word` in running Dutch text (0..1), case and soft hyphens ignored; 0.0 when the list lacks it."""
    return _frequencies().get(word.lower().translate(_SPELLING), 0.0)


def is_word(word: str, at_least: float = 1e-8) -> bool:
    """Whether the list knows `word` with a frequency of at least `at_least` (the list itself ends at 1e-8)."""
    return frequency(word) >= at_least
