"""One name, whoever wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography import bibtex, csl_json, parse_literature, ris
from kb.bibliography.names import Name, inverted, is_organisation, name_of

LANS: Name = {
    "family": "Lans",
    "given": "Jos",
    "non-dropping-particle": "van der",
}


@pytest.mark.parametrize(
    "written",
    [
        "Lans, Jos van der",
        "van der Lans, Jos",
        "Van der Lans, Jos",
        "Jos van der Lans",
        "Jos Van der Lans",
        "Lans, van der, Jos",
        "dr. Jos van der Lans (red.)",
    ],
)
def test_a_person_is_the_same_however_written(written: str) -> None:
    assert name_of(written) == LANS


@pytest.mark.parametrize(
    "written",
    [
        "Ministerie van Onderwijs, Cultuur en Wetenschap",
        "Raad voor Cultuur",
        "Gemeente Borne, afdeling Zorg",
        "Stichting Buurtkracht",
        "Universiteit Utrecht",
    ],
)
def test_an_organisation_needs_no_braces(written: str) -> None:
    assert name_of(written) == {"literal": written}


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("Raad, Jan", "Raad"),
        ("de Raad, B.", "Raad"),
        ("Jan Kamer", "Kamer"),
        ("A. van der Groep", "Groep"),
        ("Fonds, M.", "Fonds"),
    ],
)
def test_a_person_may_be_called_like_an_organisation(
    written: str, family: str
) -> None:
    name = name_of(written)
    assert name is not None
    assert name["family"] == family


@pytest.mark.parametrize(
    "written", ["et al.", "e.a.", "en anderen", "others", " , ", ""]
)
def test_further_authors_are_nobody(written: str) -> None:
    assert name_of(written) is None


FAMILIES = st.sampled_from(
    ["Lans", "Oude Vrielink", "Öztürk", "'t Hart", "D'Hondt", "Smit-Bos"]
)
PARTICLES = st.sampled_from(["", "van", "van der", "de", "ten", "van 't"])
GIVEN = st.sampled_from(["", "J.", "A.B.", "Jos", "Jan-Willem", "P.-J."])


@given(FAMILIES, PARTICLES, GIVEN)
def test_every_format_keeps_every_name(
    family: str, particle: str, given: str
) -> None:
    name: Name = {"family": family}
    if given:
        name["given"] = given
    if particle and not family.startswith("'"):
        name["non-dropping-particle"] = particle
    item = {"id": "a", "type": "book", "title": "T", "author": [name]}
    for text in (bibtex([item]), ris([item]), csl_json([item])):
        (read,), problems = parse_literature(text)
        assert problems == []
        assert [inverted(n) for n in read["author"]] == [inverted(name)]
        assert not any(n.get("literal") for n in read["author"])


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_nobody(text: str) -> None:
    name = name_of(text)
    assert name is None or name.get("family") or name.get("literal")
    assert isinstance(is_organisation(text), bool)


def test_a_person_by_family_name_alone_is_no_institution() -> None:
    names: list[Name] = [
        {"family": "Lans", "non-dropping-particle": "van der"},
        {"family": "Oude Vrielink"},
        {"family": "Smit"},
    ]
    text = bibtex([{"id": "a", "type": "book", "title": "T", "author": names}])
    assert "author = {van der Lans and Oude Vrielink, and Smit}" in text


def test_a_name_in_capitals_is_written_as_people_do() -> None:
    name = name_of("VAN DER KUIPER-IJMA, ANNA")
    assert name is not None
    assert name["family"] == "Kuiper-IJma"
    assert name_of("SCP, J.") == {"family": "SCP", "given": "J."}
