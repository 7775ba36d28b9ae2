"""Where does a Dutch sentence end? In doubt two stay together, so that no quotation is half.

A stop ends a sentence when white space and then an opening of a sentence follow (capital,
digit, quote, bracket), unless the stop belongs to an abbreviation (sentences.toml), an
initial or a number, or stands within brackets that close further on.
"""

from __future__ import annotations

import re

from kb.datafiles import words

_END = re.compile(r"(?:[.!?…]+)(?:[\"”’»)\]'“]|[¹²³⁴⁵⁶⁷⁸⁹⁰]){0,3}(?=\s+\S)")
_OPENING = re.compile(r"\s+[\"“”‘’'„«(\[¿¡*_-]{0,3}(?:[A-ZÀ-ÖØ-Þ]|\d)")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'„«/]*$")
_WORD_REACH = 40  # characters before a stop in which its word is looked for
_INITIALS = re.compile(
    r"(?:[A-Z]\.?-?|IJ\.?|[A-Z][hj]\.?|(?:[A-Z][a-z]?\.)+[A-Z]?[a-z]?)$"
)
_LONGEST_INITIALS = 8
_LONGEST_DOTTED = (
    6  # letters of an unlisted abbreviation with stops inside (b.g.g.)
)
_OPEN = "(["
_BRACKET = re.compile(r"[()\[\]]")
_LONGEST_ASIDE = (
    600  # characters between brackets; more is an unclosed bracket
)
_ALWAYS_ENDING = ("..", ".”", '."', ".’")


def spans(text: str) -> list[tuple[int, int]]:
    """Half-open character spans of the sentences, without the white space between them.

    >>> spans("Dat werkt. Volgens prof. De Boer (zie p. 3) ook elders.")
    [(0, 10), (11, 55)]
    """
    found, start = [], _skip_space(text, 0)
    bracketed = _bracketed(text)
    for stop in _END.finditer(text):
        inside = stop.end() <= start or bracketed[stop.start()]
        if not inside and _ends(text, stop):
            found.append((start, stop.end()))
            start = _skip_space(text, stop.end())
    end = len(text.rstrip())
    if start < end:
        found.append((start, end))
    return found


def split(text: str) -> list[str]:
    """The sentences of `text`."""
    return [text[start:end] for start, end in spans(text)]


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _bracketed(text: str) -> bytearray:
    """For each character whether it stands between brackets that close within reason."""
    inside = bytearray(len(text))
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        at = bracket.start()
        while opened and at - opened[0] > _LONGEST_ASIDE:
            opened.pop(0)
        if bracket.group() in _OPEN:
            opened.append(at)
        elif opened:
            start = opened.pop()
            if not opened:
                inside[start:at] = b"\x01" * (at - start)
    return inside


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a stop ends a sentence."""
    if not _OPENING.match(text, stop.end()):
        return False
    signs = stop.group()
    if signs.startswith("..."):
        return text[_skip_space(text, stop.end())].isupper()
    if signs[0] != "." or signs.startswith(_ALWAYS_ENDING):
        return True
    reach = max(0, stop.start() - _WORD_REACH)
    word = _LAST_WORD.search(text, reach, stop.start())
    return word is None or not _is_abbreviated(word.group(), text, stop.end())


def _is_abbreviated(word: str, text: str, after: int) -> bool:
    """Whether the stop behind `word`, which ends at `after`, is part of the word."""
    opening = text[_skip_space(text, after) :][:1]
    small = word.lower()
    if small in words("kb.dutch", "sentences.toml", "leading"):
        return True
    et_al = text[max(0, after - 7) : after].lower() == "et al."
    if et_al or small in words("kb.dutch", "sentences.toml", "either"):
        return not opening.isupper()
    if len(word) <= _LONGEST_INITIALS and _INITIALS.fullmatch(word):
        return len(word) == 1 or not word.isupper() or "." in word
    if word.isdigit():
        # "1. Samenwerken" opens a list; "in 2015. Daarna" ends a sentence.
        return len(word) <= 2 and after - len(word) - 1 <= 0
    return (
        "." in word and len(word) <= _LONGEST_DOTTED and not opening.isupper()
    )
