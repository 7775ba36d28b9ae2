"""Notes that name a source without being an entry, and titles in quotation marks."""

from __future__ import annotations

import pytest

from kb.citations import citations_of, references_of, resolve
from kb.records import Block, Document, Passage

NOTES = [
    (
        "Zie RTV Oost, ‘De buurt belt niet meer aan’, 5 maart 2018, https://www.oost.nl/a/12.",
        ("RTV Oost",),
        2018,
        "De buurt belt niet meer aan",
    ),
    (
        "‘Zorgen over de stilte in de straat’, Bureau Kantelpers (2019)",
        ("Bureau Kantelpers",),
        2019,
        "Zorgen over de stilte in de straat",
    ),
    (
        "Lees verder in: “Wat een plein vertelt”, 15 mei 2017, Ada Prins (Kantelpers).",
        ("Prins",),
        2017,
        "Wat een plein vertelt",
    ),
    (
        "Vgl. ook de Kamerbrief over het plein d.d. 16 juli 2018, p. 6-7.",
        (),
        2018,
        "Kamerbrief over het plein",
    ),
]


def note(text: str) -> Passage:
    return Passage("p", "d", text, 0, kind="footnote", block="footnote")


@pytest.mark.parametrize(("text", "authors", "year", "title"), NOTES)
def test_a_source_named_in_a_note_is_cited(
    text: str, authors: tuple[str, ...], year: int, title: str
) -> None:
    (found,) = citations_of(note(text))
    assert (found.authors, found.year, found.title) == (authors, year, title)
    assert found.surface == text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.kantelpers.nl/straat/12",
        "www.kantelpers.nl/straat/12.",
        "Zie https://kantelpers.nl/straat/12 (geraadpleegd op 3 mei 2016).",
        "https://www.kantelpers.nl/straat/12 – geverifieerd op 3 mei 2016.",
    ],
)
def test_an_address_is_one_work_however_it_is_written(text: str) -> None:
    (found,) = citations_of(note(text))
    assert found.title is None
    assert found.csl["custom"]["identifier"] == "url:kantelpers.nl/straat/12"
    reference = references_of("d", [Block("footnote", text)])[0]
    assert reference.csl["custom"] == found.csl["custom"]


def test_a_note_with_an_address_is_linked_to_its_work() -> None:
    text = "https://www.kantelpers.nl/straat/12"
    blocks = [Block("footnote", text, mark="1")]
    references = references_of("d", blocks)
    cited = citations_of(note(text))
    document = Document("d", "d.pdf", "De straat", csl={"title": "De straat"})
    found = resolve([document], [note(text)], references, cited)
    (linked,) = found.citations
    assert linked.work is not None
    assert linked.work == found.references[0].work


@pytest.mark.parametrize(
    "text",
    [
        "Zes procent van de bewoners wil of kan niet helpen.",
        "Zie paragraaf 17 van dit rapport.",
        "De vraag luidde: “Hoe vaak belde u bij uw buren aan?”",
        "Grafieken staan in de bijlage.",
        "Expanded Edition, 2001",
    ],
)
def test_a_note_that_only_explains_cites_nothing(text: str) -> None:
    assert citations_of(note(text)) == ()


def test_a_note_may_call_a_work_by_a_short_title() -> None:
    text = "4 Zie Leidraad, par. 2.1, p. 8 en 9 en Rapport buurt, blz. 3."
    guide, view = citations_of(note(text))
    assert (guide.title, guide.locator, guide.pages) == (
        "Leidraad",
        "par. 2.1",
        "8,9",
    )
    assert (view.title, view.pages) == ("Rapport buurt", "3")


def test_a_short_title_is_another_work_in_another_document() -> None:
    one, other = (
        citations_of(
            Passage("p", name, "Leidraad, p. 8.", 0, block="footnote")
        )
        for name in ("ede", "epe")
    )
    assert one[0].csl["custom"] != other[0].csl["custom"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "De leidraad buurten is te raadplegen via: https://www.kantelpers.nl/gids",
            "De leidraad buurten",
        ),
        (
            "Ede is een stad met veel pleinen. Meer hierover is te vinden op "
            "https://www.kantelpers.nl/ede",
            None,
        ),
    ],
)
def test_a_sentence_about_an_address_is_no_title(
    text: str, title: str | None
) -> None:
    (found,) = citations_of(note(text))
    assert found.title == title
    blocks = [Block("footnote", text)]
    assert [r.csl.get("title") for r in references_of("d", blocks)] == [title]


NUMBERED_NOTES = (
    "1. Hoekman, T., Het kleine loket, 2014\n"
    "2. Vgl. Van Loon 2016, p. 12.\n"
    "3. Dit geldt niet voor elke wijk."
)


@pytest.mark.parametrize(
    ("heading", "cited"),
    [
        ("Noten bij hoofdstuk 2", [("Hoekman", 2014), ("Loon", 2016)]),
        ("Voetnoten", [("Hoekman", 2014), ("Loon", 2016)]),
        ("Notenbalk", []),
    ],
)
def test_notes_printed_as_paragraphs_are_read_one_by_one(
    heading: str, cited: list[tuple[str, int]]
) -> None:
    passage = Passage(
        "p", "d", NUMBERED_NOTES, 0, section=("De wijk", heading)
    )
    found = citations_of(passage)
    assert [(c.authors[0], c.year) for c in found] == cited
    assert all(NUMBERED_NOTES[c.start : c.end] == c.surface for c in found)


def test_text_under_notes_that_bears_no_number_is_read_as_text() -> None:
    text = "Alle noten staan hier bij elkaar (Bos, 2014)."
    passage = Passage("p", "d", text, 0, section=("Noten",))
    assert [c.surface for c in citations_of(passage)] == ["Bos, 2014"]
