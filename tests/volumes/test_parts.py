"""Articles of a collection have their own authors and first pages; other documents have none."""

from __future__ import annotations

import pytest

from kb.records import Block, Document, Passage
from kb.volumes import assign, document_of_part, parts_of
from kb.volumes.titles import lines_of_title

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
            ("Voorwoord", ("Marjolein Prins",), "3-4"),
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
    "a foreword of one page": (
        [
            *contents(
                ("Voorwoord", "3"), ("De lift", "4"), ("Het plein", "9")
            ),
            *article("Voorwoord", "Marjolein Prins", listed=False),
            *article("De lift", "Karin de Jong"),
            *article("Het plein", "Johan Visser"),
        ],
        [
            ("Voorwoord", ("Marjolein Prins",), "3"),
            ("De lift", ("Karin de Jong",), "4-8"),
            ("Het plein", ("Johan Visser",), "9"),
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
    "a reader, with where people work": (
        [
            *article(
                "De lege stoel", "Karin de Jong, lector aan Hogeschool De Brug"
            ),
            *article("Het volle plein", "Johan Visser, Stichting De Brug"),
        ],
        [
            ("De lege stoel", ("Karin de Jong",), None),
            ("Het volle plein", ("Johan Visser",), None),
        ],
    ),
    "a magazine with who made the pictures": (
        [
            *contents(("Koffie in de hal", "4"), ("De sleutel", "9")),
            *article(
                "Koffie in de hal", "Tekst: Karin de Jong, foto’s Rob Bos"
            ),
            *article("De sleutel", "Tekst: Johan Visser | Beeld: Rob Bos"),
        ],
        [
            ("Koffie in de hal", ("Karin de Jong",), "4-8"),
            ("De sleutel", ("Johan Visser",), "9"),
        ],
    ),
    "a thesis by article": (
        [
            *article("1 Inleiding op de straat", "", listed=False),
            *article(
                "2 Wie belt er aan",
                "Dit hoofdstuk is gepubliceerd als: Vos, K., & Prins, A. (2014). "
                "Wie belt er aan. Buurt, 3(1), 1-9.",
            ),
            *article(
                "3 Wie doet er open",
                "Gepubliceerd als: Vos, K., & Bos, I. (2016). Wie doet er open. "
                "Buurt, 5(2), 10-19.",
            ),
            *article("4 Slotbeschouwing", "", listed=False),
        ],
        [
            ("Wie belt er aan", ("K. Vos", "A. Prins"), None),
            ("Wie doet er open", ("K. Vos", "I. Bos"), None),
        ],
    ),
    "annexes of a paper of the council": (
        [
            *article("Raadsvoorstel", "", listed=False),
            *article(
                "Bijlage 1: Verkenning van de straat",
                "Opgesteld door: Bureau Kantelpers",
                listed=False,
            ),
            *article(
                "Bijlage 2: Cijfers van het plein",
                "Auteur: Karin de Jong",
                listed=False,
            ),
        ],
        [
            ("Verkenning van de straat", ("Bureau Kantelpers",), None),
            ("Cijfers van het plein", ("Karin de Jong",), None),
        ],
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
    parts = parts_of(VOLUME.id, COLLECTION, [record])
    _foreword, first, second = (document_of_part(VOLUME, p) for p in parts)
    assert (first.csl["page"], first.authors) == ("5-12", ("F. Hofstra",))
    assert first.id == record["id"]
    assert (second.csl["page"], second.id) == (
        "14-21",
        "loon2020klein-mensahvraag",
    )


def test_a_part_is_cited_as_a_chapter_of_its_volume() -> None:
    part = document_of_part(VOLUME, parts_of(VOLUME.id, COLLECTION)[1])
    assert (part.type, part.volume) == ("chapter", VOLUME.id)
    assert part.csl["container-title"] == "Klein werk"
    assert part.csl["editor"] == VOLUME.csl["editor"]
    assert part.csl["publisher"] == "Kantelpers"


def test_passages_of_an_article_get_its_document_and_the_others_keep_theirs() -> (
    None
):
    parts = parts_of(VOLUME.id, COLLECTION)[1:]
    first = parts[0].first
    places = [0, first, parts[0].last - 1, parts[-1].last]
    placed = [
        (Passage(f"p{n}", VOLUME.id, TEXT, n), at)
        for n, at in enumerate(places)
    ]
    assert [p.document for p in assign(parts, placed)] == [
        VOLUME.id,
        parts[0].id,
        parts[0].id,
        VOLUME.id,
    ]


def record_of(key: str, title: str, pages: str = "") -> dict[str, object]:
    author = [{"family": "Bos", "given": "A."}]
    found: dict[str, object] = {"id": key, "type": "chapter", "title": title}
    found["author"] = author
    if pages:
        found["page"] = pages
    return found


def magazine(*titles: str, labels: bool = True) -> list[Block]:
    """A magazine that names nobody: a title and three paragraphs on each page."""
    blocks: list[Block] = []
    for page, title in enumerate(titles, 1):
        label = str(page + 9) if labels else None
        blocks.append(Block("heading", title, page, label, level=1))
        blocks += [Block("paragraph", TEXT, page, label)] * 3
    return blocks


def test_parts_that_only_records_know_are_found_by_their_titles() -> None:
    blocks = magazine("Vooraf", "De lift", "Het plein", "Tot slot")
    records = [record_of("lift", "De lift"), record_of("plein", "Het plein!")]
    parts = parts_of("blad", blocks, records)
    assert [(part.id, part.first) for part in parts] == [
        ("lift", 4),
        ("plein", 8),
    ]


def test_pages_of_a_record_end_its_part() -> None:
    blocks = magazine("Vooraf", "De lift", "Het plein", "De brug", "Tot slot")
    parts = parts_of("blad", blocks, [record_of("lift", "De lift", "11-12")])
    assert [(part.first, part.last) for part in parts] == [(4, 12)]


def test_a_part_without_a_printed_title_is_found_by_its_page() -> None:
    blocks = magazine("Vooraf", "D e l i f t", "Het plein")
    parts = parts_of("blad", blocks, [record_of("l", "Omhoog", "11-11")])
    assert [(part.id, part.first, part.last) for part in parts] == [
        ("l", 4, 8)
    ]


def test_a_record_of_nothing_in_the_text_makes_no_part() -> None:
    blocks = magazine("Vooraf", "De lift")
    assert (
        parts_of("blad", blocks, [record_of("x", "Elders geschreven")]) == ()
    )


@pytest.mark.parametrize("title", ["Inleiding", "2 De straat", "Literatuur"])
def test_sections_of_the_same_rank_belong_to_a_part(title: str) -> None:
    blocks = magazine("Vooraf", "De lift", title, "Het plein", labels=False)
    parts = parts_of("blad", blocks, [record_of("lift", "De lift")])
    assert [(part.first, part.last) for part in parts] == [(4, 12)]


def test_headings_below_its_own_belong_to_a_part() -> None:
    blocks = magazine("Vooraf", "De lift", "Het plein", labels=False)
    below = Block("heading", "Waar hij stopt", level=2)
    blocks.insert(6, below)
    parts = parts_of("blad", blocks, [record_of("lift", "De lift")])
    assert [(part.first, part.last) for part in parts] == [(4, 9)]


def foreword(*signature: str, title: str = "Woord vooraf") -> list[Block]:
    lines = [Block("paragraph", TEXT)] * 2
    lines += [Block("paragraph", line) for line in signature]
    after = [Block("heading", "Samenvatting", level=1)]
    after += [Block("paragraph", TEXT)] * 3
    return [Block("heading", title, level=1), *lines, *after]


@pytest.mark.parametrize(
    "signature",
    [
        ("Karin de Jong", "Wethouder zorg en welzijn"),
        ("Karin de Jong, directeur van Stichting De Brug",),
        ("Rijnoord, mei 2016", "Karin de Jong, programmamanager"),
        ("Karin de Jong", "Rijnoord, 3 mei 2016"),
        ("Namens de stuurgroep, Karin de Jong",),
        ("Ylvie de Jong", "Lector Samen leven"),
    ],
)
def test_a_signed_foreword_is_its_signers(signature: tuple[str, ...]) -> None:
    (part,) = parts_of("r", foreword(*signature), authors=["Vos", "Prins"])
    assert [name["family"] for name in part.names] == ["Jong"]
    assert (part.title, part.first, part.last - part.first) == (
        "Woord vooraf",
        0,
        3 + len(signature),
    )


@pytest.mark.parametrize(
    ("signature", "authors"),
    [
        (("Karin de Jong",), ["Jong"]),
        (("Karin de Jong en Rob Bos",), ["Bos", "Jong"]),
        (("Veel leesplezier gewenst.",), ["Vos"]),
        (("Rijnoord, mei 2016",), ["Vos"]),
        (("Namens alle teams",), ["Vos"]),
        (("Stichting De Brug",), ["Vos"]),
    ],
)
def test_a_foreword_of_the_authors_or_of_nobody_is_no_part(
    signature: tuple[str, ...], authors: list[str]
) -> None:
    assert parts_of("r", foreword(*signature), authors=authors) == ()


def test_who_wrote_the_whole_is_no_editor_of_it() -> None:
    blocks = foreword("Karin de Jong", "Wethouder zorg")
    author = [{"family": "Vos", "given": "K."}]
    report = Document("r", "r.md", "De straat", csl={"author": author})
    part = document_of_part(report, parts_of("r", blocks, authors=["Vos"])[0])
    assert part.csl["container-author"] == author
    assert "editor" not in part.csl


def test_an_open_list_of_authors_stays_open_around_a_part() -> None:
    author = [{"family": "Vos", "given": "K."}]
    csl = {"author": author, "custom": {"etal": True}}
    report = Document("r", "r.md", "De straat", csl=csl)
    (part,) = parts_of("r", foreword("Karin de Jong", "Wethouder zorg"))
    made = document_of_part(report, part)
    assert made.csl["container-author"] == [*author, {"literal": "others"}]


@pytest.mark.parametrize(
    ("of_volume", "of_part"),
    [((), ("title", "author")), (("issued",), ("title", "author", "issued"))],
)
def test_a_part_says_what_no_record_tells_of_it_or_its_volume(
    of_volume: tuple[str, ...], of_part: tuple[str, ...]
) -> None:
    report = Document("r", "r.md", "De straat", found=of_volume)
    (part,) = parts_of("r", foreword("Karin de Jong", "Wethouder zorg"))
    assert document_of_part(report, part).found == of_part


def test_a_title_may_be_a_quotation_or_stand_on_lines_above_its_writer() -> (
    None
):
    under = [
        Block("paragraph", "Een gesprek over wonen"),
        Block("paragraph", "en over wie er blijft"),
        Block("paragraph", "Door Anna de Wit"),
    ]
    assert lines_of_title(under) == 2
    assert (
        lines_of_title([*under[:1], Block("paragraph", "Zij woont hier.")])
        == 0
    )
