"""The label of each page is read from headers and footers.

Where their numbers rise with the pages.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.records import Page
from kb.structure.layout.page_labels import PageLabel, Printed, labels_of
from kb.structure.layout.page_numbers import label_in, value_of

SetPage = Callable[..., Page]


def labels(pages: list[Page], *texts: list[str]) -> list[str | None]:
    """Labels of pages that hold these texts as furniture.

    From the left to the right.
    """
    printed = {
        number: [Printed(text, 100.0 * at) for at, text in enumerate(found)]
        for number, found in enumerate(texts, start=1)
    }
    return [label.text for label in labels_of(pages, printed).values()]


@pytest.fixture
def bare(page: SetPage) -> Callable[[int], list[Page]]:
    return lambda count: [page([], number) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Pagina 3 van 9", "3"),
        ("- 12 -", "12"),
        ("iv", "iv"),
        ("14 | Samen sterk", "14"),
        ("Samen sterk 14", "14"),
        ("p. 7", "7"),
        ("13/30", "13"),
        ("blad 2 van 3", "2"),
        ("Blz. 8", "8"),
        ("Kenmerk 17, bladzijde 4", "4"),
        ("Page 5 of 9", "5"),
        ("10412", "10412"),
        ("Samen sterk", None),
        ("", None),
    ],
)
def test_the_label_is_read_from_the_furniture(
    text: str, label: str | None
) -> None:
    assert label_in(text) == label


def test_roman_numbers_have_a_value() -> None:
    found = [value_of(label) for label in ("i", "iv", "ix", "xiv", "12")]
    assert found == [1, 4, 9, 14, 12]


def test_labels_restart_after_roman_front_matter_and_fill_the_pages_between(
    bare: Callable[[int], list[Page]],
) -> None:
    found = labels(bare(6), ["i"], ["ii"], ["1"], [], ["3"], ["4"])
    assert found == ["i", "ii", "1", "2", "3", "4"]


def test_a_worked_out_label_names_the_printed_ones_around_it(
    bare: Callable[[int], list[Page]],
) -> None:
    printed = {n: [Printed(str(n + 20))] for n in (1, 2, 4, 5)}
    found = labels_of(bare(5), printed)
    assert found[3] == PageLabel("23", "between", ("22", "24"))
    assert {found[n].origin for n in (1, 2, 4, 5)} == {"printed"}


def test_a_gap_that_does_not_fit_leaves_its_pages_without_label(
    bare: Callable[[int], list[Page]],
) -> None:
    found = labels(bare(6), ["7"], ["8"], [], [], ["9"], ["10"])
    assert found == ["7", "8", None, None, "9", "10"]


def test_years_and_dates_in_a_footer_are_no_page_numbers(
    bare: Callable[[int], list[Page]],
) -> None:
    footers = [
        [f"{n} Buurtplan 2031 - 2034", "4 mei 2031"] for n in range(5, 11)
    ]
    assert labels(bare(6), *footers) == ["5", "6", "7", "8", "9", "10"]


def test_a_number_that_comes_back_on_every_page_is_none(
    bare: Callable[[int], list[Page]],
) -> None:
    assert labels(bare(5), *[["Dossier 12"]] * 5) == [None] * 5


def test_two_book_pages_on_one_sheet_have_a_label_each() -> None:
    sheets = [Page(n, 842, 595) for n in (1, 2, 3)]
    printed = {
        n: [Printed(str(2 * n + 6), 40), Printed(str(2 * n + 7), 800)]
        for n in (1, 2, 3)
    }
    found = labels_of(sheets, printed)
    assert [(found[n].at(100), found[n].at(700)) for n in (1, 2, 3)] == [
        ("8", "9"),
        ("10", "11"),
        ("12", "13"),
    ]


def test_without_printed_labels_those_of_the_pdf_hold(page: SetPage) -> None:
    pages = [
        page([], number, label=label)
        for number, label in ((1, "A-1"), (2, "A-2"))
    ]
    found = labels_of(pages, {})
    assert [label.text for label in found.values()] == ["A-1", "A-2"]
    assert {label.origin for label in found.values()} == {"between"}


@given(st.integers(1, 400), st.sets(st.integers(1, 12), min_size=4))
def test_labels_rise_by_one_whatever_pages_are_numbered(
    first: int, numbered: set[int]
) -> None:
    pages = [Page(number, 595, 842) for number in range(1, 13)]
    printed = {n: [Printed(str(first + n))] for n in numbered}
    for number, label in labels_of(pages, printed).items():
        assert label.text in (None, str(first + number))
        assert (label.origin == "printed") == (number in numbered)
