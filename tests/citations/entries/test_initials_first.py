"""Lists of names with their initials in front, as numbered lists have them."""

from __future__ import annotations

import pytest

from kb.citations.entries.initials_first import initials_first
from kb.citations.entries.parse import parse_entry

ENTRIES = [
    (
        "[3] D. Vos, M.J. van Dam, and P. Smit, Wie belt er aan, Buurtwerk 3 (2014) 12–18.",
        ["Vos", "Dam", "Smit"],
        "Wie belt er aan",
        2014,
    ),
    (
        "[12] A. Olde Kuiper, J. de Wit e.a., De straat als team. Utrecht: Kantelpers, 2016.",
        ["Olde Kuiper", "Wit"],
        "De straat als team",
        2016,
    ),
    (
        "K. Prins, Het plein, Kantelpers 2018, p. 3-5",
        ["Prins"],
        "Het plein",
        2018,
    ),
]


@pytest.mark.parametrize(("raw", "families", "title", "year"), ENTRIES)
def test_every_name_is_an_author_and_none_is_in_the_title(
    raw: str, families: list[str], title: str, year: int
) -> None:
    record = parse_entry(raw)
    assert [name["family"] for name in record["author"]] == families
    assert record["title"] == title
    assert record["issued"]["date-parts"][0][0] == year


@pytest.mark.parametrize(
    "text",
    [
        "Vos, D., & Dam, M. van (2014). Wie belt er aan.",
        "D. wil niet dat de buurt dit hoort, zegt zij.",
        "De heer P. Smit, wethouder",
    ],
)
def test_other_orders_are_left_to_others(text: str) -> None:
    assert initials_first(text) is None
