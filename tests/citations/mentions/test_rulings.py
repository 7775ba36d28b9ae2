"""Rulings by court and day, with what tells them apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citations.official.rulings import rulings_in

NAMED = [
    (
        "Dat zei de Hoge Raad al (HR 4 april 2014, nr. 13/01234).",
        [("HR 4 april 2014, nr. 13/01234", "ruling:hr-13/01234")],
    ),
    (
        "de arresten van de Hoge Raad van 4 april 2014, nr. 41.222, 9 mei 2014, nr. 41.333",
        [
            ("HR 4 april 2014, nr. 41.222", "ruling:hr-41.222"),
            ("HR 9 mei 2014, nr. 41.333", "ruling:hr-41.333"),
        ],
    ),
    (
        "Centrale Raad van Beroep van 9-5-2018, ECLI:NL:CRVB:2018:4321",
        [
            (
                "CRvB 9 mei 2018, ECLI:NL:CRVB:2018:4321",
                "ecli:ECLI:NL:CRVB:2018:4321",
            )
        ],
    ),
    (
        "het arrest van het HvJ van 2 juni 2011, zaak C-12/10 (Het Loket)",
        [("HvJ EU 2 juni 2011, zaak C-12/10", "case:C-12/10")],
    ),
    (
        "zoals in zaak C-12/10 is uitgemaakt",
        [("zaak C-12/10", "case:C-12/10")],
    ),
    (
        "Gerechtshof Den Haag besliste daarna op 2 maart 2015, nr. 14/00777, dat",
        [
            (
                "Gerechtshof Den Haag 2 maart 2015, nr. 14/00777",
                "ruling:gerechtshofdenhaag-14/00777",
            )
        ],
    ),
    (
        "de uitspraak van 3 juli 2019 van de Afdeling bestuursrechtspraak",
        [("ABRvS 3 juli 2019", "ruling:abrvs-2019-07-03")],
    ),
    (
        "Rb. ’s-Hertogenbosch 3 juli 2009, LJN BQ1234",
        [
            (
                "Rb. ’s-Hertogenbosch 3 juli 2009, LJN BQ1234",
                "ljn:BQ1234",
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), NAMED)
def test_a_ruling_is_called_by_court_day_and_number(
    text: str, wanted: list[tuple[str, str]]
) -> None:
    found = rulings_in(text)
    assert [(o.title, o.identifier) for o in found] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "De Hoge Raad heeft op 4 april 2014 een nieuw gebouw geopend.",
        "De rechtbank vergaderde in mei 2014.",
        "Het hof van 3 huizen staat er sinds 4 april 2014.",
        "Bij besluit van 4 april 2014, nr. 12, is dat vastgesteld.",
    ],
)
def test_a_court_without_a_ruling_is_none(text: str) -> None:
    assert rulings_in(text) == []


@given(st.text(max_size=200))
def test_what_is_found_stands_in_the_text_once(text: str) -> None:
    told = f"HR 4 april 2014, nr. 13/01234 {text}"
    found = rulings_in(told)
    spans = [(o.start, o.end) for o in found]
    assert all(0 <= start < end <= len(told) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
