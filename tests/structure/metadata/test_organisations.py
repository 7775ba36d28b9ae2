"""Bodies that speak in a document are its authors; bodies that it speaks of are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kb.records import Block, Extraction, Line, Page
from kb.structure.metadata import found_metadata
from kb.structure.metadata.organisations import (
    is_organisation,
    organisations_in,
)


def paper(
    *texts: str, cover: Sequence[tuple[str, float]] = (), **given: object
) -> dict[str, object]:
    """What is found in a PDF with these paragraphs, and a cover of lines with their sizes."""
    lines = [
        Line(text, 70, 100 + 40 * at, 400, 100 + 40 * at + size, size)
        for at, (text, size) in enumerate(cover)
    ]
    blocks = [Block("paragraph", text) for text, _ in cover]
    blocks += [Block("paragraph", text, page=2) for text in texts]
    pages = (Page(1, 595, 842, lines=tuple(lines)), Page(2, 595, 842))
    return found_metadata(blocks, Extraction(pages, metadata=given))


def test_a_municipality_alone_on_the_cover_wrote_it() -> None:
    found = paper(
        "De buurt vraagt om rust.",
        cover=[("Ruimte om te leren", 28), ("Gemeente Oosterlinge", 12)],
    )
    assert found["author"] == [{"literal": "Gemeente Oosterlinge"}]
    assert found["title"] == "Ruimte om te leren"


def test_a_municipality_that_is_studied_did_not_write_it() -> None:
    studied = ["In gemeente Oosterlinge spraken wij met twaalf teams."] * 6
    found = paper(*studied, cover=[("Ruimte om te leren", 28)])
    assert "author" not in found


def test_a_party_speaks_in_its_programme() -> None:
    found = paper(
        "D66 wil dat ieder kind mee kan doen.",
        cover=[("Verkiezingsprogramma", 30), ("Vooruit met de wijk", 14)],
    )
    assert found["author"] == [{"literal": "D66"}]


def test_a_verb_spelled_as_a_party_names_none() -> None:
    found = paper(
        "Denk mee over het plein. Wij denken aan bankjes.",
        cover=[("Verkiezingsprogramma", 30), ("Buurtlijst Zuid", 14)],
    )
    assert "author" not in found


def test_a_letter_is_from_the_body_it_names_most() -> None:
    found = paper(
        "De Inspectie Sociaal Werk heeft uw plan gelezen.",
        "De Inspectie Sociaal Werk ziet drie risico's.",
        "De Inspectie Sociaal Werk vraagt om een reactie.",
        "De Inspectie Sociaal Werk komt in mei terug.",
        cover=[("Onderwerp", 9), ("Toezicht op de nieuwe teams", 9)],
    )
    assert found["author"] == [{"literal": "Inspectie Sociaal Werk"}]
    assert found["title"] == "Toezicht op de nieuwe teams"


def test_who_made_the_file_is_no_author_unless_the_document_names_them() -> (
    None
):
    cover = [("Ruimte om te leren", 28)]
    assert "author" not in paper("Tekst.", cover=cover, author="Kees Vlieger")
    named = paper(
        "Onderzoek door Kees Vlieger.", cover=cover, author="Kees Vlieger"
    )
    assert named["author"] == [{"family": "Vlieger", "given": "Kees"}]


def test_people_named_as_authors_come_before_any_body() -> None:
    found = paper(
        "Auteurs: A. de Boer en K. Vlieger",
        cover=[("Ruimte om te leren", 28), ("Hogeschool Veldrade", 12)],
    )
    assert [name["family"] for name in found["author"]] == ["Boer", "Vlieger"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ministerie van Wonen en Wijken", ["Ministerie van Wonen en Wijken"]),
        ("een brief van Zorgbureau", []),
        ("Zorginstituut Nederland, postbus 9", ["Zorginstituut Nederland"]),
        ("de gemeente betaalt de zorg", []),
    ],
)
def test_names_of_bodies_are_found_and_mere_mentions_of_a_sort_are_not(
    text: str, found: list[str]
) -> None:
    assert list(organisations_in(text)) == found


def test_a_sentence_is_no_name() -> None:
    assert is_organisation("Hogeschool Veldrade")
    assert not is_organisation("Hogeschool Veldrade werkt samen")


def test_letter_that_names_no_organisation_has_no_corporate_author() -> None:
    text = "Onderwerp: regen en wind in het voorjaar"
    found = paper(
        text, "Het regent al weken en het waait.", cover=[(text, 12)]
    )
    assert "author" not in found
