"""How a counter is printed: 3, c, C, iii, III; names as Word, Writer and pandoc use them."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LETTERS = 26


def _letter(number: int) -> str:
    """a to z, then aa, bb, … as word processors count.

    >>> _letter(3), _letter(28)
    ('c', 'bb')
    """
    turn, place = divmod(number - 1, _LETTERS)
    return chr(ord("a") + place) * (turn + 1)


def _roman(number: int) -> str:
    """
    >>> _roman(14)
    'xiv'
    """
    found = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        found += sign * times
    return found


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "letter": _letter,
    "roman": _roman,
    "Letter": lambda number: _letter(number).upper(),
    "Roman": lambda number: _roman(number).upper(),
    "zero": lambda number: f"{number:02}",
    "ordinal": lambda number: f"{number}e",
    "none": lambda number: "",
}
# From the names in a Word file, a Writer file, a pandoc tree and HTML.
_NAMES = {
    "lowerLetter": "letter",
    "upperLetter": "Letter",
    "lowerRoman": "roman",
    "upperRoman": "Roman",
    "decimalZero": "zero",
    "ordinal": "ordinal",
    "none": "none",
    "a": "letter",
    "A": "Letter",
    "i": "roman",
    "I": "Roman",
    "": "none",
    "LowerAlpha": "letter",
    "UpperAlpha": "Letter",
    "LowerRoman": "roman",
    "UpperRoman": "Roman",
}


def numeral(number: int, name: str) -> str:
    """A number as printed in a format of that name; an unknown name counts in figures.

    >>> numeral(2, "lowerLetter"), numeral(4, "I"), numeral(7, "1"), numeral(3, "")
    ('b', 'IV', '7', '')
    """
    form = _NAMES.get(name, "decimal")
    return _FORMATS[form](number) if number > 0 else str(number)
