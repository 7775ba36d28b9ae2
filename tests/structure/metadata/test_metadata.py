"""What a document says of itself is found; what it does not say is left out."""

import pytest

from kb.records import Block, Extraction, Line, Page
from kb.structure.metadata import found_metadata
from kb.structure.metadata.people import names_of
from kb.structure.metadata.publication import is_isbn


def _found(*texts: str, **given: object) -> dict[str, object]:
    blocks = [Block("paragraph", text) for text in texts]
    return found_metadata(blocks, Extraction(metadata=given))


def test_a_colophon_gives_authors_date_publisher_and_isbn() -> None:
    found = _found(
        "Colofon",
        "Auteurs: drs. Anna de Boer, P.J. Jansen en dr. B. van der Meer",
        "Een uitgave van Kenniscentrum De Brug",
        "Utrecht, maart 2016",
        "ISBN: 978-90-8869-130-0",
        (
            "Dit rapport gaat over de samenwerking in de wijken van de gemeente en hoe de "
            "teams werken."
        ),
    )
    assert found["author"] == [
        {"family": "Boer", "given": "Anna", "non-dropping-particle": "de"},
        {"family": "Jansen", "given": "P. J."},
        {"family": "Meer", "given": "B.", "non-dropping-particle": "van der"},
    ]
    assert found["publisher"] == "Kenniscentrum De Brug"
    assert found["issued"] == {"date-parts": [[2016, 3]]}
    assert found["ISBN"] == "9789088691300"
    assert found["language"] == "nl"


def test_names_may_stand_on_the_line_below_their_label() -> None:
    assert _found("Author(s)", "Jansen, Erik; de Boer, Anna")["author"] == [
        {"family": "Jansen", "given": "Erik"},
        {"family": "Boer", "given": "Anna", "non-dropping-particle": "de"},
    ]


def test_editors_are_no_authors() -> None:
    found = _found("Redactie: Erik Jansen en Anna de Boer")
    assert "author" not in found
    assert [name["family"] for name in found["editor"]] == ["Jansen", "Boer"]  # type: ignore[attr-defined]


def test_what_the_file_says_of_itself_is_used_where_it_makes_sense() -> None:
    found = _found(
        "Tekst.",
        title="Samen in de wijk",
        author=["A. Vermeer"],
        issued="2019-03-01",
    )
    assert (found["title"], found["issued"]) == (
        "Samen in de wijk",
        {"date-parts": [[2019]]},
    )
    assert found["author"] == [{"family": "Vermeer", "given": "A."}]


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - rapport.docx",
        "rapport_def_v3",
        "Document1",
        "untitled",
        "layout.indd",
        "Inleiding",
        "1 Over deze gesprekken",
    ],
)
def test_names_of_files_and_defaults_are_no_titles(title: str) -> None:
    assert "title" not in _found("Tekst.", title=title)


@pytest.mark.parametrize(
    "author",
    ["Administrator", "python-docx", "Gebruiker", "Microsoft Office User"],
)
def test_accounts_and_programs_are_no_authors(author: str) -> None:
    assert "author" not in _found("Tekst.", author=author)


def test_the_printed_title_goes_before_that_of_the_file() -> None:
    blocks = [
        Block("heading", "Samen sterk in de wijk", level=0),
        Block("paragraph", "Tekst."),
    ]
    assert (
        found_metadata(
            blocks, Extraction(metadata={"title": "Concept versie drie"})
        )["title"]
        == "Samen sterk in de wijk"
    )


def test_doi_and_copyright_year_are_found_but_not_in_references() -> None:
    blocks = [
        Block("paragraph", "© 2017 Alle rechten voorbehouden."),
        Block("paragraph", "https://doi.org/10.1234/wijk.2017.5."),
        Block(
            "reference", "Vermeer, A. (2014). https://doi.org/10.9999/ander"
        ),
    ]
    found = found_metadata(blocks, Extraction())
    assert (found["DOI"], found["issued"]) == (
        "10.1234/wijk.2017.5",
        {"date-parts": [[2017]]},
    )


def test_an_isbn_with_a_wrong_check_digit_is_no_isbn() -> None:
    assert is_isbn("9789088691300")
    assert not is_isbn("9789088691301")
    assert is_isbn("080442957X")
    assert "ISBN" not in _found("ISBN 978-90-8869-130-1")


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("A. de Boer, Erik Jansen & dr. X. Smit", ["Boer", "Jansen", "Smit"]),
        ("Boer, A. de", ["Boer"]),
        ("Leijen-Brouwer, mw. J.", ["Leijen-Brouwer"]),
        ("Christel van Til-Teekman", ["Til-Teekman"]),
    ],
)
def test_names_are_taken_apart(text: str, families: list[str]) -> None:
    assert [name["family"] for name in names_of(text)] == families


@pytest.mark.parametrize(
    "name",
    [
        "Hogeschool Utrecht",
        "Ministerie van Volksgezondheid, Welzijn en Sport",
        "Tweede Kamer der Staten-Generaal",
    ],
)
def test_an_organisation_stays_whole(name: str) -> None:
    assert names_of(name) == [{"literal": name}]


def test_nothing_said_is_nothing_found() -> None:
    assert found_metadata([], Extraction()) == {}


def test_the_cover_of_a_thesis_names_its_writer_above_the_degree() -> None:
    found = _found(
        "Faculteit Zorg",
        "Pleinen en portieken",
        "Anna de Boer",
        "Masterscriptie ingediend tot het behalen van de graad van master",
        "Promotor:",
        "Erik Jansen",
        title="Title",
        author="Author",
        producer="pdfTeX",
    )
    assert found["title"] == "Pleinen en portieken"
    assert found["author"] == [
        {"family": "Boer", "given": "Anna", "non-dropping-particle": "de"}
    ]


def test_a_line_above_a_degree_that_is_no_name_makes_no_writer() -> None:
    found = _found(
        "Pleinen en portieken",
        "Een onderzoek in twee wijken",
        "Scriptie ter verkrijging van de graad van master",
    )
    assert "author" not in found


def test_a_body_that_a_pdf_declares_is_no_person() -> None:
    blocks = [Block("paragraph", "Stevige Grond, 6 oktober 2021")]
    given = {"author": "Stevige Grond"}
    pages = (Page(1, 595, 842),)
    found = found_metadata(blocks, Extraction(pages=pages, metadata=given))
    assert found.get("author") in (None, [{"literal": "Stevige Grond"}])


def test_a_short_name_in_quotation_marks_is_not_the_title() -> None:
    words = ("Een kader voor stevige", "pleinen in de wijk", "“Het kader”")
    lines = tuple(
        Line(text, 60, 100 + 30 * n, 300, 118 + 30 * n, 18)
        for n, text in enumerate(words)
    )
    blocks = [
        Block("paragraph", words[0]),
        Block("paragraph", words[1]),
        Block("heading", words[2], level=0),
    ]
    pages = (Page(1, 595, 842, lines=lines),)
    found = found_metadata(blocks, Extraction(pages=pages))
    assert found["title"] == "Een kader voor stevige pleinen in de wijk"


def test_the_name_of_a_site_behind_a_bar_is_no_part_of_the_title() -> None:
    found = _found("Pleinen in de wijk", title="Pleinen in de wijk | De Brug")
    assert found["title"] == "Pleinen in de wijk"
