"""Works named by a short title and a place: "Handreiking, par. 3.2, p. 10".

What the short title stands for is said once, in the document itself; beyond that document
it means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.citations.wordlists import alternation, words

_NUMBERS = r"\d[\d.]*(?:\s?(?:-|–|en|t/m|tot en met)\s?\d[\d.]*)*"
_PART = (
    rf"(?:par\.|paragraaf|§|[Hh]\.|hfst\.|hoofdstuk|onderdeel)\s?{_NUMBERS}"
)
_PAGE = rf"(?:pp?|blz)\.\s?{_NUMBERS}"
_PLACE = (
    rf"(?={_PART}|{_PAGE})(?P<part>{_PART}(?:(?:,|\sen)\s{_PART})*)?"
    rf"(?:,?\s?(?P<page>{_PAGE}))?"
)
_KINDS = ("works_named", "programmes", "short_titles")


@dataclass(frozen=True, slots=True)
class ShortTitle:
    """One mention: `text[start:end]` is it, with its place; "" for what is not said."""

    start: int
    end: int
    title: str
    part: str
    pages: str


@cache
def _pattern() -> re.Pattern[str]:
    """A kind of work with a capital, with a few words behind it at most, and a place."""
    every = {kind for key in _KINDS for kind in words("words", key)}
    kinds = alternation(sorted(every, key=lambda kind: (-len(kind), kind)))
    return re.compile(
        rf"(?<![\w’'-])(?P<title>(?=[A-Z])(?i:{kinds})(?:\s[\w-]+){{0,4}}?),?\s{_PLACE}"
    )


def short_titles_in(text: str) -> Iterator[ShortTitle]:
    """The works that `text` names by kind and place.

    >>> text = "Zie Standpunt, p. 3 en Handreiking, par. 4.3, p. 12."
    >>> [(s.title, s.part, s.pages) for s in short_titles_in(text)]
    [('Standpunt', '', '3'), ('Handreiking', 'par. 4.3', '12')]
    """
    for match in _pattern().finditer(text):
        title, part, page = match.group("title", "part", "page")
        surface = match.group().rstrip(" .")
        yield ShortTitle(
            start=match.start(),
            end=match.start() + len(surface),
            title=title,
            part=(part or "").rstrip("."),
            pages=_dashed(page or ""),
        )


def _dashed(pages: str) -> str:
    """Pages as they are written everywhere.

    >>> _dashed("p. 12 t/m 14"), _dashed("blz. 2 en 3.")
    ('12-14', '2,3')
    """
    numbers = pages.lstrip("plbz. ").rstrip(".")
    ranged = re.sub(r"\s?(?:-|–|t/m|tot en met)\s?", "-", numbers)
    return re.sub(r"\sen\s", ",", ranged)
