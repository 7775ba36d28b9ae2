"""Does a passage give figures? Amounts, shares and sample sizes, not years."""

from __future__ import annotations

import re

# Shares and sample sizes count whatever their number; other numbers from two digits on,
# for one digit is as often a chapter or a list item.
_SHARE = re.compile(
    r"\d\s?%|\b(?:procent|percent|percentage)\b|\bn\s?=\s?\d", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.,])\d{2,}(?:[.,]\d+)*(?!\w)")
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


def has_figures(text: str) -> bool:
    """Whether a text has a number that is no year.

    >>> has_figures("In 2015 begonnen de wijkteams."), has_figures("Dertig van de 42 teams.")
    (False, True)
    >>> has_figures("Ruim 8% wacht."), has_figures("Zie hoofdstuk 3 en artikel 2.3.2.")
    (True, False)
    """
    if _SHARE.search(text):
        return True
    return any(not _is_year(found.group()) for found in _NUMBER.finditer(text))


def _is_year(number: str) -> bool:
    return number.isdecimal() and _FIRST_YEAR <= int(number) <= _LAST_YEAR
