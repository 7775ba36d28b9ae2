"""Where does a Dutch sentence end? Conservative: in doubt two sentences stay together, so that no quotation is half.

A stop ends a sentence when white space and then an opening of a sentence follow (capital, digit, quote, bracket), unless
the stop belongs to an abbreviation (sentences.toml), an initial or a number, or stands within brackets or a quotation that
closes further on in the same sentence.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_END = re.compile(r"(?:[.!?…]+)(?:[\"”’»)\]'“]|[¹²³⁴⁵⁶⁷⁸⁹⁰]){0,3}(?=\s+\S)")
_OPENING = re.compile(r"\s+[\"“”‘’'„«(\[¿¡*_-]{0,3}(?:[A-ZÀ-ÖØ-Þ]|\d)")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'„«/]*$")
_INITIALS = re.compile(
    r"(?:[A-Z]\.?-?|IJ\.?|[A-Z][hj]\.?|(?:[A-Z][a-z]?\.)+[A-Z]?[a-z]?)$"
)
_OPEN = "(["
_BRACKET = re.compile(r"[()\[\]]")
_LONGEST_ASIDE = 600  # characters between brackets; more is an unclosed bracket
_TIME_OR_NUMBER = re.compile(r"\d+$")
_TITLE_WORD = re.compile(r"\s+(?:van|de|der|den|ten|ter|te|het|'t|’t)\b")


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads(
        files("kb.dutch").joinpath("sentences.toml").read_text(encoding="utf-8")
    )
    return frozenset(data["leading"]), frozenset(data["either"])


def spans(text: str) -> list[tuple[int, int]]:
    """Half-open character spans of the sentences of `text`, without the white space between them."""
    found, start = [], _skip_space(text, 0)
    closed = _closed_until(text)
    for match in _END.finditer(text):
        if match.end() <= start or closed[match.start()] or not _ends(text, match):
            continue
        found.append((start, match.end()))
        start = _skip_space(text, match.end())
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


def _closed_until(text: str) -> bytearray:
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


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the stop that matched ends a sentence."""
    if not _OPENING.match(text, match.end()):
        return False
    marks = match.group()
    if marks[0] != "." or marks.startswith(("..", ".”", '."', ".’")):
        return (
            not marks.startswith("...")
            or text[_skip_space(text, match.end())].isupper()
        )
    word = _LAST_WORD.search(text, max(0, match.start() - 40), match.start())
    return word is None or not _is_abbreviated(word.group(), text, match.end())


def _is_abbreviated(word: str, text: str, after: int) -> bool:
    leading, either = _abbreviations()
    small = word.lower()
    following = text[_skip_space(text, after) : after + 30]
    if small in leading:
        return True
    if small in either or text[max(0, after - 7) : after].lower() == "et al.":
        return not following[:1].isupper() or following[:1] == "("
    if _INITIALS.fullmatch(word) and len(word) <= 8:
        return not (len(word) > 1 and word.isupper() and "." not in word)
    if _TIME_OR_NUMBER.fullmatch(word):
        # "1. Samenwerken" opens a list; "in 2015. Daarna" ends a sentence.
        return len(word) <= 2 and after - len(word) - 1 <= 0
    return "." in word and len(word) <= 6 and not following[:1].isupper()
