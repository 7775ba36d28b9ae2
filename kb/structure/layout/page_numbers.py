"""Page numbers: how they are written in headers and footers, and which of them rise with the
pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PAGE_WORD = r"p(?:agina|age|ag\.?|\.)|blad(?:zijde)?|blz\.?"
_LABEL = r"\d{1,5}|[ivxl]{1,7}"
_ALONE = re.compile(
    rf"^(?:(?:{_PAGE_WORD}|p|dia|slide)\s*)?"
    rf"[-–|\[( ]*(?P<label>{_LABEL})[-–|\]) ]*"
    r"(?:(?:van|of|/|uit)\s*\d{1,5})?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:{_PAGE_WORD})\s*(?P<label>\d{{1,5}}|[ivxl]{{1,7}})\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^(?P<label>\d{1,5}|[ivxl]{1,5})\s*[|•·/–-]?\s+\D")
_LAST = re.compile(r"\D\s+[|•·/–-]?\s*(?P<label>\d{1,5}|[ivxl]{1,5})$")
_LEAST = 2  # pages whose numbers rise together
_LEAST_UNSURE = 3  # the same, where the number may be a year or a date
_SHORT = 6  # pages of a document in which two must do


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A number that may be that of its page.

    `sure` where its form says so, whatever it counts.
    """

    label: str
    page: int
    sure: bool = True
    x: float = 0.0  # where its middle stands on the page

    @property
    def kind(self) -> str:
        return "arabic" if self.label.isdecimal() else "roman"

    @property
    def value(self) -> int:
        return value_of(self.label)


def value_of(label: str) -> int:
    """The number a label stands for.

    >>> value_of("14"), value_of("xiv")
    (14, 14)
    """
    if label.isdecimal():
        return int(label)
    digits = [_ROMAN_DIGITS.get(c, 0) for c in label.lower()]
    return sum(
        -here if here < after else here
        for here, after in zip(digits, [*digits[1:], 0], strict=True)
    )


def is_number(text: str) -> bool:
    """Whether a text is nothing but a page number: "12", "- iv -", "Pagina 3 van 9"."""
    return bool(_ALONE.match(_plain(text)))


def numbers_in(text: str) -> list[tuple[str, bool]]:
    """The labels that a header or footer may hold, and whether its form leaves no doubt.

    >>> numbers_in("Pagina 3 van 9")
    [('3', True)]
    >>> numbers_in("12 | Samen verder 2030")
    [('12', False), ('2030', False)]
    >>> numbers_in("Samen verder")
    []
    """
    text = _plain(text)
    for pattern in (_ALONE, _NAMED):
        if match := pattern.search(text):
            return [(match["label"], True)]
    found = (pattern.search(text) for pattern in (_FIRST, _LAST))
    return [(match["label"], False) for match in found if match]


def label_in(text: str) -> str | None:
    """The first label that a header or footer may hold."""
    found = numbers_in(text)
    return found[0][0] if found else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class Rising:
    """Which numbers rise from page to page, by one, or by two where a sheet shows two pages."""

    def __init__(self, numbers: Iterable[PageNumber], pages: int) -> None:
        self._short = pages < _SHORT
        self._alone = pages < _LEAST + 1
        self._pages: dict[tuple[str, int, int], set[int]] = defaultdict(set)
        for number in numbers:
            for step in (1, 2):
                self._pages[_key(number, step)].add(number.page)

    def support(self, number: PageNumber, step: int = 1) -> int:
        """How many pages hold a number that rises with this one."""
        return len(self._pages[_key(number, step)])

    def holds(self, number: PageNumber, step: int = 1) -> bool:
        """Whether a number rises with enough others to be that of its page."""
        least = _LEAST if number.sure or self._short else _LEAST_UNSURE
        if self._alone and number.sure:
            least = 1
        return self.support(number, step) >= least


def _key(number: PageNumber, step: int) -> tuple[str, int, int]:
    return number.kind, step, number.value - step * number.page
