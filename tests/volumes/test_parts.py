"""Articles of a collection have their own authors and first pages; other documents have none."""

from __future__ import annotations

import pytest

from kb.records import Block, Document, Passage
from kb.volumes import assign, document_of_part, parts_of

VOLUME = Document(
    "loon2020klein",
    "klein.md",
    "Klein werk",
    year=2020,
    csl={
        "title": "Klein werk",
        "editor": [
            {"family": "Loon", "given": "E.", "non-dropping-particle": "van"}
        ],
        "issued": {"date-parts": [[2020]]},
        "publisher": "Kantelpers",
    },
)
TEXT = "Wie aanbelt zonder aanleiding, hoort wat er speelt. Dat kost tijd en levert rust op."
ENTRY = "Vos, K. de (2014). Werken in de wijk. Utrecht: Movisie."


def article(title: str, byline: str, *, listed: bool = True) -> list[Block]:
    blocks = [Block("heading", title, level=1)]
    blocks += [Block("paragraph", byline)] if byline else []
    blocks += [Block("paragraph", TEXT)] * 3
    if listed:
        blocks += [
            Block("heading", "Literatuur", level=2),
            Block("reference", ENTRY),
        ]
    return blocks


def contents(*rows: tuple[str, str]) -> list[Block]:
    head = [Block("heading", "Inhoud", level=1)]
    return head + [Block("toc", "\t".join(row), rows=(row,)) for row in rows]


def told(blocks: list[Block]) -> list[tuple[str, tuple[str, ...], str | None]]:
    found = [document_of_part(VOLUME, p) for p in parts_of(VOLUME.id, blocks)]
    return [(d.title, d.authors, d.csl.get("page")) for d in found]


COLLECTION = [
    *contents(
        ("Voorwoord", "3"),
        ("Aanbellen zonder aanleiding Fenna Hofstra", "5"),
        ("De vraag na de vraag Kofi Mensah en Lotte de Wilde", "14"),
        ("Over de auteurs", "22"),
    ),
    *article("Voorwoord", "Marjolein Prins", listed=False),
    *article("Aanbellen zonder aanleiding", "Fenna Hofstra"),
    *article("De vraag na de vraag", "Kofi Mensah en Lotte de Wilde"),
    *article("Over de auteurs", "", listed=False),
]
SHAPES = {
    "a line of names under each title, pages in the contents": (
        COLLECTION,
        [
            ("Aanbellen zonder aanleiding", ("Fenna Hofstra",), "5-13"),
            (
                "De vraag na de vraag",
                ("Kofi Mensah", "Lotte de Wilde"),
                "14-21",
            ),
        ],
    ),
    "names behind a word": (
        [
            *article("Artikel 1: Wie klopt daar", "door Anna Bos"),
            *article(
                "Artikel 2: Wie luistert er", "door Pieter de Groot & Anna Bos"
            ),
        ],
        [
            ("Wie klopt daar", ("Anna Bos",), None),
            ("Wie luistert er", ("Pieter de Groot", "Anna Bos"), None),
        ],
    ),
    "names in the contents only": (
        [
            *contents(
                ("De eerste honderd dagen, Hans Timmer", "7"),
                ("Na de eerste honderd dagen, Esther van Dijk", "19"),
            ),
            *article("De eerste honderd dagen", "", listed=False),
            *article("Na de eerste honderd dagen", "", listed=False),
        ],
        [
            ("De eerste honderd dagen", ("Hans Timmer",), "7-18"),
            ("Na de eerste honderd dagen", ("Esther van Dijk",), "19"),
        ],
    ),
    "a magazine": (
        [
            *contents(
                ("Koffie in de hal", "4"), ("De sleutel van nummer negen", "9")
            ),
            *article("Koffie in de hal", "Tekst: Karin de Jong"),
            *article("De sleutel van nummer negen", "Tekst: Johan Visser"),
        ],
        [
            ("Koffie in de hal", ("Karin de Jong",), "4-8"),
            ("De sleutel van nummer negen", ("Johan Visser",), "9"),
        ],
    ),
    "initials": (
        [
            *article("Regie bij de bewoner", "A. Bos, P. de Groot"),
            *article("Regie bij het team", "M. Visser"),
        ],
        [
            ("Regie bij de bewoner", ("A. Bos", "P. de Groot"), None),
            ("Regie bij het team", ("M. Visser",), None),
        ],
    ),
    "one author of a report": (
        [
            Block("heading", "Werken aan de wijk", level=1),
            Block("paragraph", "Anna Bos"),
            *article("Eerste bevindingen", ""),
            *article("Tweede bevindingen", ""),
        ],
        [],
    ),
    "people who are described": (
        [
            *article("Een gezin in Noord", "Marieke Visser", listed=False),
            *article("Een gezin in Zuid", "Karin de Jong", listed=False),
        ],
        [],
    ),
    "organisations under headings": (
        [
            *article("Partners in het noorden", "Stichting De Brug"),
            *article("Partners in het zuiden", "Gemeente Rijnoord"),
        ],
        [],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_parts_are_found_in_collections_only(shape: str) -> None:
    blocks, expected = SHAPES[shape]
    assert told(blocks) == expected


def test_a_record_of_a_part_wins_over_what_is_found() -> None:
    record = {
        "id": "hofstra2020aanbellen",
        "type": "chapter",
        "title": "Aanbellen zonder aanleiding",
        "author": [{"family": "Hofstra", "given": "F."}],
        "page": "5-12",
    }
    parts = parts_of(VOLUME.id, COLLECTION)
    first, second = (
        document_of_part(VOLUME, part, [record]) for part in parts
    )
    assert (first.csl["page"], first.authors) == ("5-12", ("F. Hofstra",))
    assert (second.csl["page"], second.id) == (
        "14-21",
        "loon2020klein-mensahvraag",
    )


def test_a_part_is_cited_as_a_chapter_of_its_volume() -> None:
    part = document_of_part(VOLUME, parts_of(VOLUME.id, COLLECTION)[0])
    assert (part.type, part.volume) == ("chapter", VOLUME.id)
    assert part.csl["container-title"] == "Klein werk"
    assert part.csl["editor"] == VOLUME.csl["editor"]
    assert part.csl["publisher"] == "Kantelpers"


def test_passages_of_an_article_get_its_document_and_the_others_keep_theirs() -> (
    None
):
    parts = parts_of(VOLUME.id, COLLECTION)
    sections = [("Voorwoord",), ("Aanbellen zonder aanleiding", "Slot"), ()]
    passages = [
        Passage(f"p{n}", VOLUME.id, TEXT, n, section=section)
        for n, section in enumerate(sections)
    ]
    assert [p.document for p in assign(parts, passages)] == [
        VOLUME.id,
        parts[0].id,
        VOLUME.id,
    ]
