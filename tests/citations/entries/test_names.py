"""Lists of names in the ways Dutch lists print them."""

from __future__ import annotations

import pytest

from kb.citations.entries.names import (
    is_initials,
    is_organisation,
    parse_names,
    split_particle,
)


def plain(text: str) -> list[str]:
    return [
        "=" + n["literal"]
        if "literal" in n
        else "|".join(
            (
                n["family"],
                n.get("given", ""),
                n.get("non-dropping-particle", ""),
            )
        ).rstrip("|")
        for n in parse_names(text).names
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Waal, V. de", ["Waal|V.|de"]),
        ("Dartel, van H. & Molewijk, B.", ["Dartel|H.|van", "Molewijk|B."]),
        ("Boer, A., de & de Klerk, M.", ["Boer|A.|de", "Klerk|M.|de"]),
        ("Van der Lans, J.", ["Lans|J.|van der"]),
        (
            "Vries, S., A. Bakker en M. de Wit",
            ["Vries|S.", "Bakker|A.", "Wit|M.|de"],
        ),
        (
            "Dorsman, E., Kuil, D. Brinkhorst, M., & Vos, M.",
            ["Dorsman|E.", "Kuil|D.", "Brinkhorst|M.", "Vos|M."],
        ),
        (
            "Hofman, P. Van Eerde, J., & Smits, L.",
            ["Hofman|P.", "Eerde|J.|van", "Smits|L."],
        ),
        (
            "Oude Vrielink, M., H. van der Kolk en P.J. Klok",
            ["Oude Vrielink|M.", "Kolk|H.|van der", "Klok|P.J."],
        ),
        (
            "Pruim, E. & M. Jager-Vreugdenhil, M.",
            ["Pruim|E.", "Jager-Vreugdenhil|M."],
        ),
        (
            "Wenger, E., McDermott, R. & Snyder W.",
            ["Wenger|E.", "McDermott|R.", "Snyder|W."],
        ),
        ("Ewijk, Hans van", ["Ewijk|Hans|van"]),
        (
            "Maat, J. W van de en Chr. Veldhuysen",
            ["Maat|J. W|van de", "Veldhuysen|Chr."],
        ),
        ("Movisie en Divosa", ["=Movisie", "=Divosa"]),
        (
            "Centrum voor Ethiek en Gezondheid",
            ["=Centrum voor Ethiek en Gezondheid"],
        ),
        (
            "Onderzoek Informatie & Statistiek",
            ["=Onderzoek Informatie & Statistiek"],
        ),
        (
            "Ministerie van Volksgezondheid, Welzijn en Sport",
            ["=Ministerie van Volksgezondheid, Welzijn en Sport"],
        ),
    ],
)
def test_names_are_read_wherever_the_particle_stands(
    text: str, names: list[str]
) -> None:
    found = plain(text)
    assert [n.lstrip("=") for n in found] == [n.lstrip("=") for n in names]


def test_et_al_and_editors_are_marks_not_names() -> None:
    found = parse_names("Kullberg, J., L. van Noije e.a. (red.)")
    assert (found.etal, found.editors, len(found.names)) == (True, True, 2)


@pytest.mark.parametrize("word", ["M.", "J.P.", "A", "R.-J.", "Chr.", "IJ."])
def test_initials_are_told_from_words(word: str) -> None:
    assert is_initials(word)


@pytest.mark.parametrize("word", ["Vos", "en", "SCP", "de", "Wmo", ""])
def test_words_are_no_initials(word: str) -> None:
    assert not is_initials(word)


def test_organisations_are_told_by_their_words() -> None:
    assert is_organisation("Tympaaninstituut")
    assert is_organisation("Rekenkamer Zaanstad")
    assert not is_organisation("Teekman")


def test_a_particle_is_split_from_the_surname() -> None:
    assert split_particle("Van der Lans") == ("van der", "Lans")
    assert split_particle("Oude Vrielink") == ("", "Oude Vrielink")


def test_a_sentence_is_no_list_of_names() -> None:
    assert parse_names("De buurt is aan zet en dat blijft zo").score < 0.5
