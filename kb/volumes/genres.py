"""What stands before a title: "Essay", "Artikel 2:", "1.2"."""

from __future__ import annotations

import re

from kb.datafiles import words

GENRES = "|".join(sorted(words("kb.volumes", "parts.toml", "genres")))
_GENRE = re.compile(
    rf"(?:{GENRES})(?:\s\d+)?\s?[:.–-]?\s+(?=[A-Z‘“\"]|\d+\s)", re.I
)
_SECTION = re.compile(r"\d{1,2}(?:(?:\.\d{1,2})+\.?|\.)\s+(?=\S)")


def without_genre(title: str) -> str:
    """A title without a word such as "Essay" or "Artikel 2:" before it."""
    return _GENRE.sub("", title, count=1)


def without_number(title: str) -> str:
    """A title without the number of its section: "1.2 ", "3. ".

    >>> without_number("1.2 De straat"), without_number("10 vragen over buren")
    ('De straat', '10 vragen over buren')
    """
    return _SECTION.sub("", title, count=1)
