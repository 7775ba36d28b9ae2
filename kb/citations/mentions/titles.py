"""Works cited by their title: "het rapport ‘Samen op weg’ (2015)"."""

from __future__ import annotations

import re

from kb.citations.mentions.authors import Source
from kb.citations.wordlists import alternation, longest_first

_OPENING = {"’": "‘", "”": '“„"', "'": "'‘", '"': '"“„'}
_LONGEST = 220  # characters of a title, its quotation marks included
_UNCLOSED = re.compile(
    rf"(?:{alternation(longest_first('words', 'works_named'))})\s+(?P<q>[‘“\"])"
    r"(?P<t>[^‘’“”\"()]{8,160}(?:\([^()]{1,20}\)[^‘’“”\"()]{0,120})?)$",
    re.I,
)
# "In haar boek Dichtbij huis (2014)": whose it is the sentence says.
_POSSESSED = re.compile(
    rf"\b(?:zijn|haar|hun|diens|his|her|their)\s(?:[a-zë]+\s)?"
    rf"(?:{alternation(longest_first('words', 'works_named'))})\s(?P<q>[‘“\"'])?"
    r"(?P<t>[A-Z][^.;:()‘’“”\"]{3,120}?)(?(q)[’”\"'])$"
)


def possessed_title(text: str, end: int) -> Source | None:
    """The title of someone's work that ends right before `end`, in quotes or not.

    >>> possessed_title("In haar boek Dichtbij huis (2014)", 26).title
    'Dichtbij huis'
    """
    window = max(0, end - _LONGEST)
    found = _POSSESSED.search(text[window:end])
    if found is None:
        return None
    start = window + found.start("q" if found["q"] else "t")
    return Source(start, end, title=found["t"].strip(" ,"))


def title_before(text: str, end: int) -> Source | None:
    """A title between quotation marks that ends right before `end`.

    A closing mark that has no opening one may be that of a forgotten title behind a
    word such as "rapport".

    >>> text = "het rapport ‘Samen op weg’ (2015)"
    >>> title_before(text, text.index(" (")).title
    'Samen op weg'
    """
    close = text[end - 1]
    if close not in _OPENING:
        return _unclosed(text, end)
    for opening in _OPENING[close] + '‘“"':
        at = text.rfind(opening, max(0, end - _LONGEST), end - 1)
        if at < 0 or end - at <= 5 or (at > 0 and text[at - 1].isalnum()):
            continue
        title = text[at + 1 : end - 1].strip()
        if len(title) > 6 or (title[:1].isalnum() and " " in title):
            return Source(at, end, title=title.rstrip(" .,"))
    return None


def _unclosed(text: str, end: int) -> Source | None:
    """A title whose closing mark was forgotten, behind a word such as "rapport"."""
    window = max(0, end - 260)
    found = _UNCLOSED.search(text[window:end])
    if found is None:
        return None
    return Source(
        window + found.start("q"), end, title=found.group("t").strip(" .,")
    )
