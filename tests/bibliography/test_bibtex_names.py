"""Names with Dutch particles, wherever they are printed."""

from __future__ import annotations

import pytest

from kb.bibliography.bibtex_names import names_of

WAAL = {"family": "Waal", "given": "Vincent", "non-dropping-particle": "de"}


@pytest.mark.parametrize(
    "written",
    [
        "de Waal, Vincent",
        "Vincent de Waal",
        "Waal, Vincent de",
        "De Waal, Vincent",
        "{de Waal}, Vincent",
    ],
)
def test_particle_is_found_wherever_it_stands(written: str) -> None:
    assert names_of(written) == ([WAAL], False)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (
            "Oude Vrielink, Mirjan",
            {"family": "Oude Vrielink", "given": "Mirjan"},
        ),
        (
            "van 't Hof, P.",
            {
                "family": "Hof",
                "given": "P.",
                "non-dropping-particle": "van 't",
            },
        ),
        (
            "{Ministerie van Volksgezondheid and Sport}",
            {"literal": "Ministerie van Volksgezondheid and Sport"},
        ),
        ("Movisie", {"literal": "Movisie"}),
        ("Plato", {"family": "Plato"}),
        (
            "Jansen, Jr., Piet",
            {"family": "Jansen", "given": "Piet", "suffix": "Jr."},
        ),
        ("Jansen, Jr.", {"family": "Jansen", "suffix": "Jr."}),
        ("{\\'E}mile Durkheim", {"family": "Durkheim", "given": "Émile"}),
        (
            "van den Brink",
            {"family": "Brink", "non-dropping-particle": "van den"},
        ),
    ],
)
def test_single_names(written: str, name: dict[str, str]) -> None:
    assert names_of(written) == ([name], False)


def test_list_is_cut_at_and_outside_braces() -> None:
    people, etal = names_of("{Raad and Daad} and de Waal, Vincent and others")
    assert people == [{"literal": "Raad and Daad"}, WAAL]
    assert etal


def test_empty_parts_are_left_out() -> None:
    assert names_of("  and {} and , ") == ([], False)


@pytest.mark.parametrize(
    "written",
    [
        "de Waal, Vincent en Jansen, Erik",
        "de Waal, Vincent & Jansen, Erik",
        "de Waal, Vincent; Jansen, Erik",
    ],
)
def test_other_words_between_inverted_names_are_understood(
    written: str,
) -> None:
    assert names_of(written) == (
        [WAAL, {"family": "Jansen", "given": "Erik"}],
        False,
    )


def test_and_in_an_organisation_stays() -> None:
    assert len(names_of("Beleid en Maatschappij")[0]) == 1
    assert names_of("{Beleid, Zorg en Welzijn, afdeling}")[0] == [
        {"literal": "Beleid, Zorg en Welzijn, afdeling"}
    ]


def test_names_in_their_parts() -> None:
    people, _ = names_of(
        "family=Waal, given=Vincent, prefix=de, useprefix=true and given={Jo An}, family=Bos"
    )
    assert people == [WAAL, {"family": "Bos", "given": "Jo An"}]
