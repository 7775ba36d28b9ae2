"""Which sentences give figures? Shares, sums and numbers of what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from kb.datafiles import table, words
from kb.dutch import sentences

_FILE = ("kb.passages", "figures.toml")
_REACH = 2  # words between a number and what it counts
_LEAST = 4  # words of a sentence; fewer are a label of a chart
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_NEXT = re.compile(r"[\w’'-]+|[.;:(]")
_BEFORE = 25  # characters in which a word such as "paragraaf" is looked for


@dataclass(frozen=True, slots=True)
class FigureSentence:
    """A sentence with a figure: its place in the text, half-open, and its words."""

    start: int
    end: int
    text: str


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table(*_FILE)[name], re.IGNORECASE)


@cache
def _small(name: str) -> re.Pattern[str]:
    """A pattern for text in small letters: `re` then looks for first letters, which is fast."""
    return re.compile(table(*_FILE)[name])


def figure_sentences(text: str) -> tuple[FigureSentence, ...]:
    """The sentences of a text that give figures.

    >>> [f.text for f in figure_sentences("Er zijn 12 teams. Zie p. 14 van De Wit (2016).")]
    ['Er zijn 12 teams.']
    """
    if not _has_a_number(text.lower()):
        return ()
    return tuple(
        FigureSentence(start, end, text[start:end])
        for start, end in _pieces(text)
        if len(text[start:end].split()) >= _LEAST
        and gives_figures(text[start:end])
    )


def _has_a_number(small: str) -> bool:
    """Whether there is a digit or a word for a number in a text in small letters.

    Most sentences have neither, and this tells it at a third of the price of the rules.
    """
    return _DIGIT.search(small) is not None or _says_a_number(small)


def _says_a_number(small: str) -> bool:
    spoken = words(*_FILE, "spoken")
    return not spoken.isdisjoint(_WORD.findall(small))


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Numbers in digits, then in words."""
    if _DIGIT.search(text):
        yield from _small("number").finditer(text)
    if _says_a_number(text.lower()):
        yield from _pattern("word").finditer(text)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences; an item of a list on a line of its own is one too."""
    for start, end in sentences.spans(text):
        at = start
        for line in text[start:end].split("\n"):
            yield at, at + len(line)
            at += len(line) + 1


def gives_figures(sentence: str) -> bool:
    """Whether a sentence gives a share, a sum or a number of what was counted.

    >>> gives_figures("Zeven van de tien teams hebben een wachtlijst.")
    True
    >>> gives_figures("Hoofdstuk 3 beschrijft de aanpak sinds 2015.")
    False
    """
    if not _has_a_number(sentence.lower()):
        return False
    bare = _pattern("citation").sub(_blank, sentence)
    if _gives_share(bare.lower()):
        return True
    return any(_is_count(bare, match) for match in _numbers(bare))


def _gives_share(small: str) -> bool:
    """Whether there is a share or a sum in a text in small letters."""
    if _small("share_in_words").search(small):
        return True
    return bool(_DIGIT.search(small) and _small("share").search(small))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_count(sentence: str, match: re.Match[str]) -> bool:
    """Whether a number counts something that follows it."""
    number = match.group()
    before = sentence[max(0, match.start() - _BEFORE) : match.start()]
    after = sentence[match.end() :]
    is_date = _pattern("month").match(after) is not None
    # "3 Ouderen verdienen rust": the number of an item, for a word in a sentence is small.
    is_item = not before.strip() and after[1:2].isupper()
    is_numbered = before.endswith("(") and after.startswith(")")
    if is_date or is_item or is_numbered:
        return False
    if _is_year(number) or _is_numbering(before, number):
        return False
    return _counts_soon(after)


def _counts_soon(after: str) -> bool:
    """Whether one of the next words is a thing that can be counted."""
    counted = words(*_FILE, "counted")
    for match in islice(_NEXT.finditer(after), _REACH + 1):
        word = match.group()
        if not word[0].isalnum():
            return False
        if word.lower() in counted:
            return True
    return False


def _is_numbering(before: str, number: str) -> bool:
    """Whether a number says where something stands: "paragraaf 3"."""
    return number.isdecimal() and _pattern("place").search(before) is not None


def _is_year(number: str) -> bool:
    return number.isdecimal() and _FIRST_YEAR <= int(number) <= _LAST_YEAR
