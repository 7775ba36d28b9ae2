"""One spelling for what scans, keyboards and word processors spell in many ways.

`fold` is the one way the house makes two texts comparable; `folded_word` goes further and
gives the form in which a word is searched. `spelled` only takes out what nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Soft hyphen, zero-width space and (non-)joiners, word joiner, byte order mark.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SAME = str.maketrans(
    dict.fromkeys(_UNSEEN, "")
    | dict.fromkeys("’‘`´ʼ", "'")
    | dict.fromkeys("“”„", '"')
    | dict.fromkeys("–—‐‑", "-")
    | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o"}
    | {"ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
)
_KEPT = 60  # characters of a text of which the folded form is remembered
# The blocks of combining marks.
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_NO_LETTERS = re.compile(r"[\W_]+")
_MISREAD = re.compile("coé(?=[rp])")  # coérdinatie, coéperatie: a scanned ö
_MISREAD_IK = ("lk", "1k")  # "lk" does not occur in Dutch


def fold(text: str) -> str:
    """Lower case without accents, one kind of quotation mark, dash and white space.

    Args:
        text: a word or a whole text; lengths are not kept.

    >>> fold("De Cliënt  – ‘ﬁnanciële’ hulp\u00advraag")
    "de client - 'financiele' hulpvraag"
    """
    return _fold_kept(text) if len(text) <= _KEPT else _folded(text)


def _folded(text: str) -> str:
    plain = text.translate(_SAME)
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return " ".join(plain.casefold().split())


_fold_kept = lru_cache(maxsize=20_000)(_folded)


def unaccented(text: str) -> str:
    """Lower case without accents; every other sign stays as it is.

    >>> unaccented("Eén ‘Cliënt’")
    'een ‘client’'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.lower()))


def letters(text: str) -> str:
    """Only the folded letters and digits: what survives hyphens, quotes and markup.

    >>> letters("2.3 Sociaal-emotioneel: ‘één’")
    '23sociaalemotioneeleen'
    """
    return _NO_LETTERS.sub("", fold(text))


def spelled(text: str) -> str:
    """`text` in NFKC without signs that nobody sees: what search takes its words from.

    >>> spelled("wo\u00adord")
    'woord'
    """
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    for sign in _UNSEEN:
        if sign in text:
            text = text.replace(sign, "")
    return text


@lru_cache(maxsize=20_000)
def folded_word(word: str) -> str:
    """The form in which one word is searched: folded, a scanned ö undone, without genitive.

    >>> folded_word("Cliënt"), folded_word("cliént"), folded_word("coérdinatie")
    ('client', 'client', 'coordinatie')
    >>> folded_word("thema’s"), folded_word("lk")
    ('thema', 'ik')
    """
    if "é" in word:
        word = _MISREAD.sub("coo", word.lower())
    folded = fold(word)
    if folded in _MISREAD_IK:
        return "ik"
    return folded.removesuffix("'s")
