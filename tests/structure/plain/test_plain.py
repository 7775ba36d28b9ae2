"""Plain text becomes blocks.

Pages and furniture, paragraphs that go on, headings, lists, notes, references.
"""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.limits import Limits
from kb.extract.plain_text import pages_of
from kb.records import Block, Extraction
from kb.structure.plain import plain_blocks


def blocks_of(text: str) -> tuple[Block, ...]:
    return plain_blocks(Extraction(pages=pages_of(text, Limits())))


def kinds(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


LONG = (
    "De medewerkers van de wijkteams geven aan dat de samenwerking met de huisartsen en de "
    "scholen in het afgelopen jaar beter is geworden."
)
OTHER = (
    "Bewoners zeggen daarover dat zij nu beter weten bij wie zij met hun vragen over zorg "
    "en inkomen terechtkunnen in hun eigen wijk."
)


def wrapped(text: str, width: int = 60) -> str:
    """`text` in lines of at most `width` characters."""
    import textwrap

    return "\n".join(
        textwrap.wrap(
            text, width, break_long_words=False, break_on_hyphens=False
        )
    )


def paper(
    number: int | str, body: str, title: str = "Samen in de wijk"
) -> str:
    return f"{title}\n\n{body}\n\n{number}"


def test_lines_become_one_paragraph_and_line_end_hyphens_are_undone() -> None:
    """
    De wijkteams in de ge-
    meente werken samen met
    welzijns- en zorgorganisaties.
    """
    text = "De wijkteams in de ge-\nmeente werken samen met de\nwelzijns- en zorgorganisaties."
    assert kinds(blocks_of(text)) == [
        (
            "paragraph",
            "De wijkteams in de gemeente werken samen met de welzijns- en zorgorganisaties.",
        )
    ]


def test_running_header_and_page_number_between_halves_of_a_sentence_are_removed() -> (
    None
):
    halves = [
        "Het blijkt dat de medewerkers van de teams in de praktijk",
        "veel meer met elkaar overleggen dan in het begin van het jaar.",
    ]
    text = "\f".join(
        [
            paper(11, f"{wrapped(LONG)}\n\n{halves[0]}"),
            paper(12, f"{halves[1]}\n\n{wrapped(OTHER)}"),
            paper(13, wrapped(LONG.replace("medewerkers", "professionals"))),
        ]
    )
    found = blocks_of(text)
    assert [block.kind for block in found] == ["paragraph"] * 4
    joined = found[1]
    assert joined.text == " ".join(halves)
    assert (joined.page, joined.page_end, joined.label, joined.label_end) == (
        1,
        2,
        "11",
        "12",
    )


def test_printed_labels_come_from_the_numbers_on_the_pages() -> None:
    text = "\f".join(paper(number, wrapped(LONG)) for number in (7, 8, 9))
    assert [(block.page, block.label) for block in blocks_of(text)] == [
        (1, "7"),
        (2, "8"),
        (3, "9"),
    ]


def test_blank_pages_between_form_feeds_count() -> None:
    text = "\f".join(
        [
            paper(5, wrapped(LONG)),
            "",
            paper(7, wrapped(OTHER)),
            paper(8, wrapped(LONG)),
        ]
    )
    assert [(block.page, block.label) for block in blocks_of(text)] == [
        (1, "5"),
        (3, "7"),
        (4, "8"),
    ]


def test_roman_numbers_of_the_front_matter_are_labels() -> None:
    text = "\f".join(
        paper(number, wrapped(LONG)) for number in ("ii", "iii", "iv", 1, 2, 3)
    )
    assert [block.label for block in blocks_of(text)] == [
        "ii",
        "iii",
        "iv",
        "1",
        "2",
        "3",
    ]


def test_headers_that_no_blank_line_parts_from_the_text_are_furniture() -> (
    None
):
    text = "\f".join(
        (
            f"Samen in de wijk\nKenniscentrum De "
            f"Brug\n{wrapped(LONG)}\n{wrapped(OTHER)}\nPagina {n} van 9"
        )
        for n in range(1, 6)
    )
    found = blocks_of(text)
    assert [block.text for block in found] == [LONG, OTHER] * 5
    assert [block.label for block in found][::2] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "footer",
    [
        "Pagina {n} van 30",
        "{n} | Jaarverslag wijkteams",
        "Jaarverslag wijkteams {n}",
        "- {n} -",
    ],
)
def test_footers_of_every_usual_shape_are_furniture(footer: str) -> None:
    text = "\f".join(
        f"{wrapped(LONG)}\n\n{footer.format(n=number)}"
        for number in (21, 22, 23, 24)
    )
    found = blocks_of(text)
    assert [block.text for block in found] == [LONG] * 4
    assert [block.label for block in found] == ["21", "22", "23", "24"]


def test_a_chapter_title_is_a_heading_first_and_a_running_header_after() -> (
    None
):
    pages = [f"2 Samenwerking\n\n{wrapped(LONG)}"] + [
        f"{wrapped(OTHER)}\n\n2 Samenwerking {n}" for n in (15, 17, 19)
    ]
    found = blocks_of("\f".join(pages))
    assert [block.text for block in found if block.kind == "heading"] == [
        "2 Samenwerking"
    ]
    assert all(
        "2 Samenwerking" not in block.text
        for block in found
        if block.kind != "heading"
    )


def spaced(number: int) -> str:
    return (
        "\n\n".join(
            [wrapped(LONG), wrapped(OTHER), wrapped(LONG + " " + OTHER)]
        )
        + f"\n\nDit is deel {number} van de tekst over de wijk."
    )


def test_lines_with_one_leading_space_begin_pages_where_the_document_shows_that_pattern() -> (
    None
):
    text = "\n".join(" " + spaced(number) for number in range(1, 5))
    assert sorted({block.page for block in blocks_of(text)}) == [1, 2, 3, 4]


def test_a_single_indented_line_is_no_page() -> None:
    text = f"{wrapped(LONG)}\n\n {wrapped(OTHER)}\n\n{wrapped(LONG)}"
    assert {block.page for block in blocks_of(text)} == {1}


def test_a_paragraph_goes_on_after_a_figure_and_a_footnote() -> None:
    text = (
        f"{wrapped(LONG)}\n\nIn de tweede plaats blijkt uit de gesprekken met bewoners dat\n\n"
        "Figuur 3. Aantal meldingen per wijk\n\n¹ Deze gesprekken zijn in het voorjaar "
        "gehouden.\n\n"
        "zij vaker dan vroeger zelf een oplossing zoeken.\n\n" + wrapped(OTHER)
    )
    found = blocks_of(text)
    assert (
        "In de tweede plaats blijkt uit de gesprekken met bewoners dat zij vaker dan "
        "vroeger zelf een oplossing zoeken."
    ) in [block.text for block in found]
    assert ("caption", "Figuur 3. Aantal meldingen per wijk") in kinds(found)
    assert [
        (block.mark, block.text) for block in found if block.kind == "footnote"
    ] == [("¹", "Deze gesprekken zijn in het voorjaar gehouden.")]


def test_a_finished_paragraph_does_not_swallow_the_next() -> None:
    assert [
        block.text
        for block in blocks_of(f"{wrapped(LONG)}\n\n{wrapped(OTHER)}")
    ] == [
        LONG,
        OTHER,
    ]


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("1 Inleiding", 1),
        ("2.3 Samenwerken in de wijk", 2),
        ("2.3.8 Preventie", 3),
        ("Hoofdstuk 4 Resultaten", 1),
        ("Bijlage 2 Vragenlijst", 1),
    ],
)
def test_numbered_headings_have_the_level_of_their_number(
    heading: str, level: int
) -> None:
    found = blocks_of(f"{wrapped(LONG)}\n\n{heading}\n\n{wrapped(OTHER)}")
    assert [
        (block.text, block.level) for block in found if block.kind == "heading"
    ] == [(heading, level)]


def test_a_short_line_on_its_own_before_a_paragraph_is_a_heading() -> None:
    found = blocks_of(
        f"{wrapped(LONG)}\n\nEigen kracht van bewoners\n\n{wrapped(OTHER)}"
    )
    assert kinds(found)[1] == ("heading", "Eigen kracht van bewoners")


@pytest.mark.parametrize(
    "line",
    [
        "Jan de Boer",
        "Zwolle, 19 december 2016",
        "www.wijkteam.nl",
        "Met vriendelijke groet,",
        "Dat is het.",
    ],
)
def test_names_dates_and_addresses_are_no_headings(line: str) -> None:
    found = blocks_of(f"{wrapped(LONG)}\n\n{line}\n\n{wrapped(OTHER)}")
    assert not [block for block in found if block.kind == "heading"]


@pytest.mark.parametrize("bullet", ["•", "-", "–", "e", "o", "°", "¢"])
def test_list_items_are_blocks_of_their_own_whatever_ocr_made_of_the_bullet(
    bullet: str,
) -> None:
    items = (
        f"{bullet} betere samenwerking in de wijk\n{bullet} minder regels\n{bullet} meer "
        f"vertrouwen"
    )
    text = f"{wrapped(LONG)}\n\nHet gaat om drie zaken:\n\n{items}"
    assert [
        block.text for block in blocks_of(text) if block.kind == "list"
    ] == [
        "betere samenwerking in de wijk",
        "minder regels",
        "meer vertrouwen",
    ]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next_line() -> None:
    text = f"{wrapped(LONG)}\n\n•\n\nBetere samenwerking in de wijk.\n\n•\n\nMinder regels."
    assert [
        block.text for block in blocks_of(text) if block.kind == "list"
    ] == [
        "Betere samenwerking in de wijk.",
        "Minder regels.",
    ]


def test_numbers_of_list_items_stay() -> None:
    text = (
        f"{wrapped(LONG)}\n\nDe vragen zijn:\n\n1. Wat werkt?\n\n2. Voor wie werkt "
        f"het?\n\n3. Wat kost het?"
    )
    assert [
        block.text for block in blocks_of(text) if block.kind == "list"
    ] == [
        "1. Wat werkt?",
        "2. Voor wie werkt het?",
        "3. Wat kost het?",
    ]


def test_a_quotation_with_its_speaker_is_a_quote() -> None:
    text = (
        f"{wrapped(LONG)}\n\n“Wij zien elkaar nu elke week en dat scheelt heel veel tijd” "
        f"(wijkverpleegkundige).\n\n{wrapped(OTHER)}"
    )
    assert [block.kind for block in blocks_of(text)] == [
        "paragraph",
        "quote",
        "paragraph",
    ]


REFERENCES = """Literatuur

Vermeer, A. (2014). Samen in de wijk. Utrecht:
Uitgeverij De Brug.
Jansen, P. & Smit, B. (2012). Werken met burgers. Tijdschrift
voor Zorg, 12(3), 4-9.
Raad voor de Wijk (2016). Nabij en betrokken. Den Haag: Raad."""


def test_a_reference_list_is_cut_into_its_entries() -> None:
    found = blocks_of(f"{wrapped(LONG)}\n\n{REFERENCES}")
    assert [block.text for block in found if block.kind == "reference"] == [
        "Vermeer, A. (2014). Samen in de wijk. Utrecht: Uitgeverij De Brug.",
        "Jansen, P. & Smit, B. (2012). Werken met burgers. Tijdschrift voor Zorg, 12(3), 4-9.",
        "Raad voor de Wijk (2016). Nabij en betrokken. Den Haag: Raad.",
    ]


def test_an_entry_that_a_false_bullet_cut_in_two_is_one() -> None:
    text = (
        f"{LONG}\n\nLiteratuur\n\n- Vermeer, A. (2014). *Samen in de wijk*. Utrecht: De Brug.\n"
        "- Smit, B. (2015). *Werken met burgers*. Den Haag:\n- Raad voor de Wijk.\n- "
        "Zuid, C. (2016). *Nabij*. Zwolle: Uitgeverij."
    )
    entries = [
        block.text for block in blocks_of(text) if block.kind == "reference"
    ]
    assert len(entries) == 3
    assert entries[1].startswith("Smit")
    assert entries[1].endswith("Raad voor de Wijk.")


def test_rows_of_figures_under_a_caption_are_a_table() -> None:
    text = (
        f"{wrapped(LONG)}\n\nTabel 1. Meldingen per wijk\n\nNoord 32 40 12\nZuid 22 77 "
        f"25\nOost 24 38 13\n\n{wrapped(OTHER)}"
    )
    found = blocks_of(text)
    assert [block.rows for block in found if block.kind == "table"] == [
        (
            ("Noord", "32", "40", "12"),
            ("Zuid", "22", "77", "25"),
            ("Oost", "24", "38", "13"),
        )
    ]
    assert found[-1].kind == "paragraph"


def test_scraps_of_a_chart_are_kept_out_of_the_body() -> None:
    text = (
        f"{wrapped(LONG)}\n\n4,5\n3,5\n2,5\n\n= Man = Vrouw\n\nFiguur 6, Verdeling van de "
        f"respondenten\n\n{wrapped(OTHER)}"
    )
    found = blocks_of(text)
    assert [block.kind for block in found if block.kind != "figure"] == [
        "paragraph",
        "caption",
        "paragraph",
    ]


def test_contents_are_recognised_and_are_no_headings() -> None:
    text = (
        "Inhoud\n\n1 Inleiding ............ 5\n2 Samenwerking ............ 9\n2.1 Met "
        "huisartsen ............ 11\n"
        "3 Conclusies ............ 15\n\n"
        f"1 Inleiding\n\n{wrapped(LONG)}\n\n2 Samenwerking\n\n{wrapped(OTHER)}\n\n2.1 "
        f"Met huisartsen\n\n{wrapped(LONG)}"
    )
    found = blocks_of(text)
    assert sum(block.kind == "toc" for block in found) == 4
    headings = [
        (block.text, block.level) for block in found if block.kind == "heading"
    ]
    assert headings == [
        ("Inhoud", 1),
        ("1 Inleiding", 1),
        ("2 Samenwerking", 1),
        ("2.1 Met huisartsen", 2),
    ]


def test_markdown_signs_are_read_and_removed() -> None:
    link = "[de site](https://wijk.nl/a_(b))"
    text = (
        f"# Samen in de wijk\n\n## **Eigen kracht**\n\nDit is *heel* belangrijk, zie "
        f"{link}.\n\n- **eerst** dit\n- dan dat\n\n{LONG}"
    )
    found = blocks_of(text)
    assert kinds(found)[:5] == [
        ("heading", "Samen in de wijk"),
        ("heading", "Eigen kracht"),
        ("paragraph", "Dit is heel belangrijk, zie de site."),
        ("list", "eerst dit"),
        ("list", "dan dat"),
    ]
    assert (
        found[2].raw
        == "Dit is *heel* belangrijk, zie [de site](https://wijk.nl/a_(b))."
    )


def test_nothing_gives_nothing() -> None:
    assert blocks_of("") == ()
    assert blocks_of("\n\n \f \n") == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "12",
                "1 Inleiding",
                "• item",
                "e item",
                LONG[:60],
                "en zo",
                "Figuur 1. Een",
                "\f",
                " Pagina",
                "Vermeer, A. (2014). B.",
            ]
        ),
        max_size=40,
    )
)
def test_no_letters_are_lost_or_made_up_but_for_furniture(
    lines: list[str],
) -> None:
    text = "\n".join(lines)
    kept = "".join(
        c
        for block in blocks_of(text)
        for c in (block.raw or block.text)
        if c.isalnum()
    )
    given_letters = "".join(c for c in text if c.isalnum())
    assert len(kept) <= len(given_letters)
    assert all(
        1
        <= block.page
        <= text.count("\f") + text.count("\n Pagina") + 1 + len(lines)
        for block in blocks_of(text)
    )


@pytest.mark.parametrize(
    "line", ["b. Wat doet een buurtcoach?", "c) Wie betaalt de speeltuin?"]
)
def test_a_lettered_question_alone_between_paragraphs_is_a_heading(
    line: str,
) -> None:
    found = kinds(blocks_of(f"{wrapped(LONG)}\n\n{line}\n\n{wrapped(OTHER)}"))
    assert ("heading", line) in found


def test_a_table_drawn_with_bars_is_a_table() -> None:
    text = (
        f"{LONG}\n\n| Wijk | Teams |\n|:-----|------:|\n| Noord | 12 |\n| Zuid | |\n\n"
        f"+------+----+\n| Oost | 3 |\n+------+----+\n| West | 4 |\n+------+----+\n\n{OTHER}"
    )
    found = blocks_of(text)
    assert [block.kind for block in found] == [
        "paragraph",
        "table",
        "table",
        "paragraph",
    ]
    assert found[1].rows == (("Wijk", "Teams"), ("Noord", "12"), ("Zuid", ""))
    assert found[2].rows == (("Oost", "3"), ("West", "4"))
