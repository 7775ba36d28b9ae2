"""Who wrote a document that has no label "auteur": its byline, its imprint, its letterhead."""

from __future__ import annotations

import pytest

from kb.records import Block, Extraction, Line, Page
from kb.structure.metadata import found_metadata
from kb.structure.metadata.organisations import organisations_in


def _found(*texts: str, table: str = "", **given: object) -> dict[str, object]:
    """What is found in a PDF whose first page has these lines below its title."""
    blocks = [Block("heading", "Pleinen van de stad", level=0)]
    blocks += [Block("table", table)] if table else []
    blocks += [Block("paragraph", text) for text in texts]
    pages = (Page(1, 595, 842),)
    return found_metadata(blocks, Extraction(pages, metadata=given))


def _families(found: dict[str, object]) -> list[str]:
    authors = found.get("author", [])
    assert isinstance(authors, list)
    return [name.get("family", name.get("literal", "")) for name in authors]


@pytest.mark.parametrize(
    ("line", "families"),
    [
        ("Anna Prins", ["Prins"]),
        ("Anna Prins1 en Jan de Boer2", ["Prins", "Boer"]),
        ("door Anna Prins", ["Prins"]),
        ("Aanbevelingen voor de buurt", []),
        ("Naam: Anna Prins", []),
        ("Anna Prins is de heldin van dit verhaal.", []),
        ("Prettig Wonen", []),
    ],
)
def test_a_line_of_names_below_the_title_is_a_byline(
    line: str, families: list[str]
) -> None:
    found = _found(line, "Op elk plein zit iemand op een bankje. " * 5)
    assert _families(found) == families


@pytest.mark.parametrize("label", ["Aanwezig", "Fotografie", "Aan:"])
def test_names_below_a_label_of_others_are_no_byline(label: str) -> None:
    assert _families(_found(label, "Anna Prins")) == []


def test_names_within_the_text_are_no_byline() -> None:
    text = "Op elk plein zit iemand op een bankje. " * 5
    assert _families(_found(text, "Anna Prins")) == []


@pytest.mark.parametrize(
    "label", ["Schrijvers", "Opgesteld door", "Gemaakt door", "Rapporteur"]
)
def test_many_words_say_who_wrote_it(label: str) -> None:
    assert _families(_found(f"{label}: Anna Prins, J. Smit")) == [
        "Prins",
        "Smit",
    ]


def test_what_a_writer_does_is_no_writer() -> None:
    found = _found("Auteur", "mr. Anna Prins CISA, adviseur")
    assert found["author"] == [{"family": "Prins", "given": "Anna"}]


IMPRINT = ("Dorpsplein 1", "1234 AB Veld", "www.stadslab-veld.nl")


def test_the_body_whose_site_is_in_the_imprint_wrote_it() -> None:
    found = _found("Bij Stadslab Veld denken wij na over pleinen.", *IMPRINT)
    assert _families(found) == ["Stadslab Veld"]


def test_an_imprint_of_two_bodies_names_neither() -> None:
    text = "Stadslab Veld en Bureau Baken denken na."
    found = _found(text, *IMPRINT, "info@bureaubaken.nl")
    assert "author" not in found


def test_a_site_within_a_sentence_is_no_imprint() -> None:
    found = _found("Lees meer van Stadslab Veld op www.stadslab-veld.nl.")
    assert "author" not in found


def test_who_asked_for_a_report_did_not_write_it() -> None:
    found = _found(
        table="Opdrachtgever | Gemeente Oosterlinge\nUitgave van | Veld & Baken B.V."
    )
    assert _families(found) == ["Veld & Baken B.V."]


def test_a_company_goes_by_its_legal_form() -> None:
    assert list(organisations_in("advies van Veld & Baken B.V. in mei")) == [
        "Veld & Baken B.V."
    ]


def test_an_account_of_a_word_processor_is_no_author() -> None:
    blocks = [
        Block("heading", "Pleinen", level=0),
        Block("paragraph", "Tekst."),
    ]
    word = Extraction(blocks=tuple(blocks), metadata={"account": ["Jan Smit"]})
    assert "author" not in found_metadata(blocks, word)
    named = [*blocks, Block("paragraph", "Dit schreef Jan Smit in mei.")]
    assert found_metadata(named, word)["author"] == [
        {"family": "Smit", "given": "Jan"}
    ]


def _cover(*lines: tuple[str, float, float]) -> dict[str, object]:
    """What is found behind a cover of lines: text, size, and how far down they end."""
    printed = tuple(
        Line(text, 70, bottom - size, 400, bottom, size)
        for text, size, bottom in lines
    )
    blocks = [Block("paragraph", text) for text, _, _ in lines]
    pages = (Page(1, 595, 842, lines=printed),)
    return found_metadata(blocks, Extraction(pages))


def test_a_title_ends_where_a_gap_begins() -> None:
    found = _cover(
        ("Pleinen van", 24, 100),
        ("de stad", 24, 130),
        ("Over u", 24, 230),
        ("Vul hier uw naam in", 10, 260),
        ("en uw straat", 10, 275),
    )
    assert found["title"] == "Pleinen van de stad"


def test_an_abbreviation_in_large_type_is_a_sign_and_no_title() -> None:
    assert "title" not in _cover(("SLV", 90, 100), ("Versie 2", 9, 700))


def test_authors_of_a_colophon_stand_below_each_other() -> None:
    found = _found(
        "Auteurs: Anna Prins", "Jan de Boer", "Kees Smit", "Veld, mei 2020"
    )
    assert _families(found) == ["Prins", "Boer", "Smit"]


def test_a_body_may_stand_behind_the_label_of_authors() -> None:
    found = _found("Opgesteld door: VELD", "De wijk is groen.")
    assert _families(found) == ["VELD"]
    assert "author" not in _found("Opgesteld door: een groep uit de wijk")


def test_a_colophon_gives_the_title() -> None:
    assert _found("Titel: Bankjes op pleinen")["title"] == "Bankjes op pleinen"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("3 mei 2019 - versie 1.0", [2019, 5, 3]),
        ("Versie 0.5, 19 mei 2019", [2019, 5, 19]),
        ("Datum: 03-05-2019", [2019]),
    ],
)
def test_dates_stand_beside_a_version_or_in_numbers(
    line: str, date: list[int]
) -> None:
    found = _found(line, created="D:20230101")
    assert found["issued"] == {"date-parts": [date]}


def test_who_asked_is_known_from_a_running_title() -> None:
    blocks = [Block("heading", "Pleinen van de stad", level=0)]
    blocks += [
        Block("furniture", "Veld & Baken B.V. in opdracht van VNG", page=page)
        for page in (1, 2, 3)
    ]
    found = found_metadata(blocks, Extraction((Page(1, 595, 842),)))
    assert _families(found) == ["Veld & Baken B.V."]
