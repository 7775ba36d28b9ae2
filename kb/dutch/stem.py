"""The stem of a folded Dutch word, and which stemmer made it; all engines get the same.

Snowball's stems run short words together that have nothing in common: it takes *vaak* for
*vak*, *meten* for *met*, *delen* for *deels*. So function words stand for themselves only, and
a stem of one syllable keeps the length of its vowel, which Dutch spells: *vak, vakken* have a
short one, *vaak, delen, deel* a long one.
"""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from typing import Any

from kb.datafiles import words
from kb.dutch.fold import folded_word

ALGORITHM = "dutch_porter"  # docs/quality compares Kraaij-Pohlmann ("dutch") and simplemma
SHORTEST = 4  # letters; what is shorter stays as it is
APART = (
    "~"  # behind a stem that would else be a function word: nare is not naar
)
_HARDENED = {
    "z": "s",
    "v": "f",
}  # Dutch writes the end of a word as it sounds: grenzen, grens
_CLOSING = frozenset(
    "bdfgklmnprst"
)  # doubled before an ending: gezinn-en and gezin
_LONG = frozenset(
    {"aa", "oo", "uu"}
)  # before one of those: sociaal and sociale
_ONE_SYLLABLE = re.compile(r"([^aeiouy]*)([aeou])([^aeiouyj])")
ENDINGS = ("en", "e", "n", "s")  # of plurals and adjectives, the longest first
ENDING = re.compile(rf"(?:{'|'.join(ENDINGS)})$")
_VOWELS = frozenset("aeiouy")
_local = threading.local()


def _stemmer() -> Any:
    """PyStemmer's objects are not safe between threads: one each."""
    found = getattr(_local, "stemmer", None)
    if found is None:
        import Stemmer

        found = _local.stemmer = Stemmer.Stemmer(ALGORITHM)
    return found


@cache
def function_words() -> frozenset[str]:
    """Folded words that only hold a sentence together (met, vaak, deels)."""
    lists = (("stop", "dutch"), ("stop", "english"), ("question", "function"))
    listed = (words("kb.dutch", "analysis.toml", *keys) for keys in lists)
    return frozenset(folded_word(word) for found in listed for word in found)


@cache
def _keeping_s() -> tuple[str, ...]:
    return tuple(words("kb.dutch", "stem.toml", "keep_s"))


@cache
def own_stems() -> dict[str, str]:
    """Words to the stem that rules would not give them."""
    rows = words("kb.dutch", "stem.toml", "of_their_own")
    return dict(row.split("=") for row in rows)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a folded word; digits and words of under four letters stay as they are.

    >>> stem("vakken"), stem("vaak"), stem("delen"), stem("deel"), stem("deels")
    ('vak', 'vaak', 'deel', 'deel', 'deels')
    >>> stem("dagen"), stem("grenzen"), stem("sociale"), stem("nare")
    ('dag', 'grens', 'social', 'naar~')
    >>> stem("ouders"), stem("oudere"), stem("ouderen")
    ('ouder', 'ouderen', 'ouderen')
    """
    if len(word) < SHORTEST or not word.isalpha() or word in function_words():
        return word
    if word in (own := own_stems()):
        return own[word]
    found = word
    if not (word.endswith("s") and word.endswith(_keeping_s())):
        found = _stemmer().stemWord(word)
    found = _as_it_sounds(found) if len(found) > 3 else found
    found = _with_length(found, word)
    return found + APART if found in function_words() else found


def _as_it_sounds(found: str) -> str:
    """The stem with its end as Dutch writes it at the end of a word.

    >>> _as_it_sounds("grenz"), _as_it_sounds("gezinn"), _as_it_sounds("sociaal")
    ('grens', 'gezin', 'social')
    """
    last = _HARDENED.get(found[-1])
    if last:
        found = found[:-1] + last
    if found[-1] in _CLOSING:
        if found[-1] == found[-2]:
            found = found[:-1]
        if found[-3:-1] in _LONG:
            found = found[:-2] + found[-1]
    return found


def _with_length(found: str, word: str) -> str:
    """A stem of one syllable with its vowel doubled where `word` spells it long.

    >>> _with_length("del", "delen"), _with_length("vak", "vaak"), _with_length("vak", "vakken")
    ('deel', 'vaak', 'vak')
    """
    fits = _ONE_SYLLABLE.fullmatch(found)
    if not fits:
        return found
    vowel, rest = fits[2], word[fits.start(2) + 1 :]
    long = rest.startswith(vowel)
    if not long and found not in words(
        "kb.dutch", "stem.toml", "short_in_singular"
    ):
        long = len(rest) > 1 and rest[0] not in _VOWELS and rest[1] in _VOWELS
    return fits[1] + 2 * vowel + fits[3] if long else found
