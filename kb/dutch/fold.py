"""One spelling for what scans and keyboards spell in many ways: lower case, no accents, no ligatures, known misreadings undone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "ĳ": "ij", "đ": "d", "\u00ad": "", "\u200b": "", "\ufeff": ""}
)
_MISREAD = (
    (re.compile(r"co[eé]́?(?=[rp])(?<=[é́])"), "coo"),  # coérdinatie, coéperatie: a scanned ö
    (re.compile(r"^(?:l|1)k$"), "ik"),  # a word of its own; "lk" does not occur in Dutch
)
_GENITIVE = re.compile(r"['’`´]s$")


def spelled(text: str) -> str:
    """`text` in NFKC without soft hyphens and zero-width signs; the text that tokens are taken from."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate({0xAD: None, 0x200B: None, 0xFEFF: None})


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The folded form of one word: `Cliënt`, `cliént` and `client` agree, `thema's` loses its 's."""
    word = unicodedata.normalize("NFKC", word).lower()
    for pattern, replacement in _MISREAD:
        word = pattern.sub(replacement, word)
    if not word.isascii():
        word = word.translate(_LETTERS)
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _GENITIVE.sub("", word)
