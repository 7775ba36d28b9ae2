"""Publisher, ISBN and DOI, as a colophon gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.metadata.words import any_of, word_list

_ISBN = re.compile(r"ISBN(?:-1[03])?\s*:?\s*([\dXx][\dXx\s–-]{8,20}[\dXx])")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>\]]+)")


def publisher_in(lines: Sequence[str]) -> str:
    """The name behind a label such as "Uitgave:"; empty where none stands."""
    labels = any_of(word_list("publisher_labels"))
    pattern = re.compile(
        rf"(?:{labels})\s*:?\s+(?P<name>[A-ZÀ-Þ][^.;\n]{{2,80}})$",
        re.IGNORECASE,
    )
    for line in lines:
        match = pattern.match(line.strip(" ."))
        # The pattern ignores case for its labels, and so asks no capital itself.
        if match and match["name"][0].isupper():
            return match["name"].strip()
    return ""


def isbn_in(lines: Sequence[str]) -> str:
    """The first ISBN with a right check digit, bare."""
    for line in lines:
        for match in _ISBN.finditer(line):
            digits = re.sub(r"[^\dXx]", "", match[1]).upper()
            # Digits behind the word that are another number fail the check.
            if is_isbn(digits):
                return digits
    return ""


def is_isbn(digits: str) -> bool:
    """Whether the check digit of an ISBN-10 or ISBN-13 is right.

    >>> is_isbn("9789088691300"), is_isbn("9789088691301")
    (True, False)
    """
    if re.fullmatch(r"97[89]\d{10}", digits):
        weights = [3 if at % 2 else 1 for at in range(13)]
        return _weighed(digits, weights) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return _weighed(digits, range(10, 0, -1)) % 11 == 0
    return False


def _weighed(digits: str, weights: Sequence[int]) -> int:
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(
        value * weight for value, weight in zip(values, weights, strict=True)
    )


def doi_in(lines: Sequence[str]) -> str:
    """The first DOI."""
    for line in lines:
        if match := _DOI.search(line):
            # A DOI may hold these, but at its end they belong to the sentence.
            return match[1].rstrip(".,;)")
    return ""
