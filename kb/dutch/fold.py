"""One spelling for what scans and keyboards spell in many ways: lower case, no accents, no ligatures, known misreadings undone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "ĳ": "ij",
        "đ": "d",
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
    }
)
_UNSEEN = ("\u00ad", "\u200b", "\ufeff")
_MISREAD = re.compile("coé(?=[rp])")  # coérdinatie, coéperatie: a scanned ö
_GENITIVE = ("'s", "’s", "`s", "´s")


def spelled(text: str) -> str:
    """`text` in NFKC without soft hyphens and zero-width signs; the text that tokens are taken from."""
    if not text.isascii():
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        for sign in _UNSEEN:
            if sign in text:
                text = text.replace(sign, "")
    return text


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The folded form of one word: `Cliënt`, `cliént` and `client` agree, `thema's` loses its 's."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).lower()
        if "é" in word:
            word = _MISREAD.sub("coo", word)
        word = word.translate(_LETTERS)
        if not word.isascii():
            word = "".join(
                c
                for c in unicodedata.normalize("NFKD", word)
                if not unicodedata.combining(c)
            )
    word = word.lower()
    if word in ("lk", "1k"):
        return "ik"  # a word of its own; "lk" does not occur in Dutch
    return word[:-2] if word.endswith(_GENITIVE) else word
