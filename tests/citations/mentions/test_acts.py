"""Articles that share one act, whatever joins them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from kb.citations.official.acts import acts_in

SLOWEST = 2.0  # seconds of the processor; backtracking took forty

CHAINS = [
    (
        "artikel 8, onderdelen a tot en met e, of l, van de Vreemdelingenwet 2000",
        [
            (
                "artikel 8, onderdelen a tot en met e, of l",
                "Vreemdelingenwet 2000",
            )
        ],
    ),
    (
        "artikel 453 van boek 7 van het Burgerlijk Wetboek",
        [("artikel 453", "Burgerlijk Wetboek")],
    ),
    (
        "De Jeugdwet schrijft in de artikelen 2. 9, 2. 10 en 2. 12 voor",
        [("artikelen 2.9, 2.10 en 2.12", "Jeugdwet")],
    ),
    (
        "artikel 21, onderdeel e, onder 2°, van de Gemeentewet",
        [("artikel 21, onderdeel e, onder 2°", "Gemeentewet")],
    ),
    (
        "artikel 4 van het Rangenbesluit portiers gebruik maken",
        [("artikel 4", "Rangenbesluit portiers")],
    ),
    (
        "artikel 10 van de Uitvoeringsregeling vrije stoepen 2001 geldt",
        [("artikel 10", "Uitvoeringsregeling vrije stoepen 2001")],
    ),
    (
        "artikel 6a, aanhef en letter i, van de Gemeentewet",
        [("artikel 6a, aanhef en letter i", "Gemeentewet")],
    ),
    (
        "de artikelen 1, aanhef en onder i, 5 en 22 van de Gemeentewet",
        [("artikelen 1, aanhef en onder i, 5 en 22", "Gemeentewet")],
    ),
    ("Gemeentewet, art 11.4 (nieuw)", [("art 11.4", "Gemeentewet")]),
    (
        "zie artikel 2. 11, eerste lid, Jeugdwet",
        [("artikel 2.11, eerste lid", "Jeugdwet")],
    ),
    (
        "op grond van artikel 3, eerste lid, jo. artikel 12, tweede lid, Jeugdwet",
        [
            ("artikel 3, eerste lid", "Jeugdwet"),
            ("artikel 12, tweede lid", "Jeugdwet"),
        ],
    ),
    (
        "artikel 4, onderdeel b, alsmede artikel 9, onder c, van de Gemeentewet",
        [
            ("artikel 4, onderdeel b", "Gemeentewet"),
            ("artikel 9, onder c", "Gemeentewet"),
        ],
    ),
    (
        "artikel 5, eerste lid, AVG jo. artikel 8, tweede lid jo. artikel 9, sub a, UAVG",
        [
            (
                "artikel 5, eerste lid",
                "Algemene verordening gegevensbescherming",
            ),
            (
                "artikel 8, tweede lid",
                "Uitvoeringswet Algemene verordening gegevensbescherming",
            ),
            (
                "artikel 9, sub a",
                "Uitvoeringswet Algemene verordening gegevensbescherming",
            ),
        ],
    ),
    (
        "dat artikel 21 AVG en 40 UAVG hierin voorzien",
        [
            ("artikel 21", "Algemene verordening gegevensbescherming"),
            ("40", "Uitvoeringswet Algemene verordening gegevensbescherming"),
        ],
    ),
    (
        "artikel 6, aanhef en onder c, artikel 7 en de overwegingen 12 en 14 van de AVG",
        [
            (
                "artikel 6, aanhef en onder c",
                "Algemene verordening gegevensbescherming",
            ),
            ("artikel 7", "Algemene verordening gegevensbescherming"),
            (
                "overwegingen 12 en 14",
                "Algemene verordening gegevensbescherming",
            ),
        ],
    ),
    (
        "Besluit speelpleinen Ede (Bse), art. 4",
        [("art. 4", "Besluit speelpleinen Ede")],
    ),
    (
        "zoals artikel 3, tweede lid, van de Buurt-verordening zegt",
        [("artikel 3, tweede lid", "Buurt-verordening")],
    ),
    (
        "De Jeugdwet bepaalt daarover in artikel 2.7 het volgende",
        [("artikel 2.7", "Jeugdwet")],
    ),
    (
        "dat volgt uit art. 6(1)(e) AVG",
        [("art. 6(1)(e)", "Algemene verordening gegevensbescherming")],
    ),
    (
        "artikel 2 van de Uitvoeringswet AVG",
        [
            (
                "artikel 2",
                "Uitvoeringswet Algemene verordening gegevensbescherming",
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_articles_before_an_act_belong_to_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = acts_in(text)
    assert [(act.locator, act.title) for act in found] == expected
    spans = [(act.start, act.end) for act in found]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "artikel 3 gaat over bellen, artikel 4 van de Jeugdwet niet",
        "In artikel 7 staat meer. Zie artikel 4 van de Jeugdwet.",
    ],
)
def test_an_article_apart_is_not_of_the_act_behind(text: str) -> None:
    assert [act.locator for act in acts_in(text)] == ["artikel 4"]


def test_a_long_row_of_articles_is_read_in_no_time() -> None:
    text = "artikel 1, tweede lid, " * 400 + " en " + "3, " * 500
    begun = time.process_time()
    acts_in(text)
    assert time.process_time() - begun < SLOWEST


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Op grond van artikel 4 van de Subsidieregeling groene stoepen kan het dicht.",
            "Subsidieregeling groene stoepen",
        ),
        (
            "In artikel 5 van de Plantsoenverordening Rijnoord staat meer.",
            "Plantsoenverordening Rijnoord",
        ),
        (
            "Artikel 3 van de Beleidsregel lenen van fietsen geldt niet.",
            "Beleidsregel lenen van fietsen",
        ),
        (
            "Zie artikel 9 van de Nadere regels buurtbus Oostmeer.",
            "Nadere regels buurtbus Oostmeer",
        ),
        (
            "Artikel 3 van de Subsidieregeling kan hier niet helpen.",
            "Subsidieregeling",
        ),
    ],
)
def test_a_regulation_goes_by_its_whole_name(text: str, title: str) -> None:
    assert [act.title for act in acts_in(text)] == [title]


def test_an_article_may_stand_behind_the_verb_and_the_act() -> None:
    text = "Sinds 1994 kent de Belgische Grondwet het artikel 23 over wonen."
    (act,) = acts_in(text)
    assert (act.title, act.locator) == ("Belgische Grondwet", "artikel 23")
