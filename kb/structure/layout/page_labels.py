"""Which number is printed on each page, and how do we know?

Numbers in headers and footers count where they rise from page to page: a year, a date or a
number that comes back on every page does not. A page without one takes its place between its
neighbours, where these leave one possibility; else it has what the PDF declares, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.records import Page
from kb.structure.layout.page_numbers import (
    PageNumber,
    Rising,
    numbers_in,
    value_of,
)

_REACH = 4  # pages beyond the first or last printed number that still get one
_SPREADS = 0.5  # share of numbered pages that hold two numbers where sheets show two pages

Between = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class PageLabel:
    """The label of a page: "printed" on it, worked out "between" others, or "none".

    A sheet that shows two book pages has a second label for what stands right of its middle.
    """

    text: str | None = None
    origin: str = "none"
    between: Between = (
        None,
        None,
    )  # the nearest printed labels, where worked out
    right: str | None = None
    middle: float = 0.0

    def at(self, x: float) -> str | None:
        """The label of what stands at `x` on the page."""
        return (
            self.right
            if self.right is not None and x > self.middle
            else self.text
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """A text of a header or footer and where its middle stands."""

    text: str
    x: float = 0.0


def labels_of(
    pages: Sequence[Page], furniture: Mapping[int, Sequence[Printed]]
) -> dict[int, PageLabel]:
    """The label of each page by its number.

    Args:
        furniture: headers and footers by page number.
    """
    numbers = {
        page.number: list(
            _numbers(page.number, furniture.get(page.number, ()))
        )
        for page in pages
    }
    rising = Rising(
        (n for found in numbers.values() for n in found), len(pages)
    )
    pairs = {number: _pair(found, rising) for number, found in numbers.items()}
    numbered = sum(any(n.sure for n in found) for found in numbers.values())
    paired = sum(pair is not None for pair in pairs.values())
    if paired >= 2 and paired >= _SPREADS * numbered:
        return _spread_labels(pages, numbers, rising, pairs)
    best = {number: _best(found, rising) for number, found in numbers.items()}
    return _filled(
        pages, {n: found.label for n, found in best.items() if found}
    )


def _numbers(page: int, furniture: Sequence[Printed]) -> Iterator[PageNumber]:
    """The numbers that the headers and footers of a page hold."""
    for printed in furniture:
        for label, sure in numbers_in(printed.text):
            yield PageNumber(label, page, sure, printed.x)


def _best(numbers: Iterable[PageNumber], rising: Rising) -> PageNumber | None:
    """The number of a page that rises with most others."""
    held = [number for number in numbers if rising.holds(number)]
    return max(held, key=lambda n: (rising.support(n), n.sure), default=None)


# -- two book pages on a sheet


def _pair(
    numbers: Sequence[PageNumber], rising: Rising
) -> tuple[PageNumber, PageNumber] | None:
    """Two successive numbers of one sheet, left and right, that rise by two with others."""
    for left in numbers:
        for right in numbers:
            if right.value == left.value + 1 and left.kind == right.kind:
                held = rising.holds(left, 2) and rising.holds(right, 2)
                if held and left.x < right.x:
                    return left, right
    return None


def _spread_labels(
    pages: Sequence[Page],
    numbers: Mapping[int, Sequence[PageNumber]],
    rising: Rising,
    pairs: Mapping[int, tuple[PageNumber, PageNumber] | None],
) -> dict[int, PageLabel]:
    """Labels of a document of which a sheet shows two pages; a cover may show one."""
    found: dict[int, PageLabel] = {}
    for page in pages:
        pair = pairs[page.number]
        middle = page.width / 2
        if pair is not None:
            left, right = (number.label for number in pair)
            found[page.number] = PageLabel(
                left, "printed", right=right, middle=middle
            )
            continue
        held = [n for n in numbers[page.number] if rising.holds(n, 2)]
        one = max(held, key=lambda n: rising.support(n, 2), default=None)
        found[page.number] = _half_label(one, page)
    return found


def _half_label(number: PageNumber | None, page: Page) -> PageLabel:
    """Both labels of a sheet on which one of them is printed.

    A narrow page has but one.
    """
    if number is None or number.kind != "arabic":
        return PageLabel(number.label, "printed") if number else PageLabel()
    middle = page.width / 2
    if page.width < page.height:
        return PageLabel(number.label, "printed")
    first = number.value if number.x < middle else number.value - 1
    return PageLabel(
        str(first), "printed", right=str(first + 1), middle=middle
    )


# -- pages without a number


def _filled(
    pages: Sequence[Page], printed: Mapping[int, str]
) -> dict[int, PageLabel]:
    """`printed` labels, and what they and the PDF tell of the pages without one."""
    declared = {page.number: page.label for page in pages}
    trusted = _agree(declared, printed)
    found = {}
    for page in pages:
        number = page.number
        if number in printed:
            found[number] = PageLabel(printed[number], "printed")
            continue
        own = declared[number]
        if own and trusted:
            found[number] = PageLabel(own, "printed")
        elif own and not printed:
            found[number] = PageLabel(own, "between")
        else:
            found[number] = _worked_out(number, printed)
    return found


def _agree(
    declared: Mapping[int, str | None], printed: Mapping[int, str]
) -> bool:
    """Whether what the PDF declares is what is printed.

    On every page where both are known.
    """
    both = [
        (label, declared[number])
        for number, label in printed.items()
        if declared[number]
    ]
    return len(both) >= 2 and all(
        one.casefold() == (other or "").casefold() for one, other in both
    )


def _worked_out(number: int, printed: Mapping[int, str]) -> PageLabel:
    """The label that the nearest printed ones leave to a page.

    None where they leave more than one possibility, or where the only one is far.
    Page 5 between page 4, "2", and page 6, "4", is "3"; if page 6 is "5" it could
    be "3" or "4", and gets none.
    """
    before = max((n for n in printed if n < number), default=None)
    after = min((n for n in printed if n > number), default=None)
    between = _label_on(before, printed), _label_on(after, printed)
    near = [n for n in (before, after) if n is not None]
    label = _only_possible(number, near, printed)
    if label is None or not _is_within_reach(number, near):
        return PageLabel(between=between)
    return PageLabel(str(label), "between", between)


def _label_on(number: int | None, printed: Mapping[int, str]) -> str | None:
    return None if number is None else printed[number]


def _only_possible(
    number: int, near: Sequence[int], printed: Mapping[int, str]
) -> int | None:
    """The label to which counting from every page of `near` leads.

    A roman label leads to none, and so leaves doubt about what the other says.
    """
    possible = {_counted(printed[n], number - n) for n in near}
    return possible.pop() if len(possible) == 1 else None


def _is_within_reach(number: int, near: Sequence[int]) -> bool:
    """Whether a page stands between two of `near`, or is close to the only one."""
    enclosed = len(near) == 2
    return enclosed or min(abs(number - n) for n in near) <= _REACH


def _counted(label: str | None, step: int) -> int | None:
    """The number `step` pages on from an arabic label."""
    if label is None or not label.isdecimal():
        return None
    value = value_of(label) + step
    return value if value > 0 else None
