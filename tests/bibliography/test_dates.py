"""Dates as records have them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography.dates import date_of, date_parts_of, month_of, status_of


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("2016", [[2016]]),
        ("2016-05-12", [[2016, 5, 12]]),
        ("2016/5/12", [[2016, 5, 12]]),
        ("12-5-2016", [[2016, 5, 12]]),
        ("12.05.2016", [[2016, 5, 12]]),
        ("05/27/2016", [[2016, 5, 27]]),
        ("12 mei 2016", [[2016, 5, 12]]),
        ("mei 2016", [[2016, 5]]),
        ("May 12, 2016", [[2016, 5, 12]]),
        ("2016 mrt 3", [[2016, 3, 3]]),
        ("2016/mei/12", [[2016, 5, 12]]),
        ("2014/2016", [[2014], [2016]]),
        ("2014-05/2014-07", [[2014, 5], [2014, 7]]),
        ("2014--2016", [[2014], [2016]]),
        ("2014/15", [[2014], [2015]]),
        ("2014/..", [[2014]]),
        ("voorjaar 2016", [[2016]]),
        ("2016-21", [[2016]]),  # EDTF: spring
        ("c2016a", [[2016]]),
    ],
)
def test_a_date_in_any_form(written: str, parts: list[list[int]]) -> None:
    assert date_of(written) == {"date-parts": parts}


@pytest.mark.parametrize("written", ["", "z.d.", "in druk", "123", "s.a."])
def test_no_year_is_no_date(written: str) -> None:
    assert date_of(written) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_each_order(day: date) -> None:
    written = str(day)
    year, month, number = (int(part) for part in written.split("-"))
    assert date_parts_of(written) == [year, month, number]
    assert date_parts_of(f"{number}-{month}-{year}") == [year, month, number]


def test_months_and_states_in_two_languages() -> None:
    assert [
        month_of(text) for text in ("maart", "March", "dec.", "0", "")
    ] == [
        3,
        3,
        12,
        None,
        None,
    ]
    assert [
        status_of(text)
        for text in ("In druk", "to appear", "ter perse.", "1999")
    ] == [
        "in press",
        "forthcoming",
        "in press",
        "",
    ]
