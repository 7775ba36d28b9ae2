"""From placed lines to blocks.

What a reader of the page would call each piece, in the order in which it is read.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kb.records import Block, Box, Extraction, Line, Page
from kb.structure import blocks_of
from kb.structure.layout import layout_blocks

SetLine = Callable[..., Line]
SetColumn = Callable[..., list[Line]]
SetPage = Callable[..., Page]

FULL = (
    "Het wijkteam bespreekt elke week de vragen van bewoners uit de wijk en de"
)
SHORT = "buurt eromheen."


def kinds(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


def test_blocks_that_a_reader_gives_are_left_alone() -> None:
    given_blocks = (Block("paragraph", "Een alinea."),)
    assert blocks_of(Extraction(blocks=given_blocks)) == given_blocks
    assert blocks_of(Extraction()) == ()


def test_headings_paragraphs_and_items_are_told_apart(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines = [
        line("De wijk aan zet", top=60, size=20, bold=True),
        line("1 Aanleiding", top=110, size=14, bold=True),
        *column([FULL, FULL, SHORT], top=140),
        line("1.1 Vraag", top=190, size=11, bold=True),
        *column([FULL, SHORT], top=210),
        line(
            "• Ten eerste kijken we naar de teams zelf en wat zij doen voor wie",
            x=90,
            top=245,
        ),
        line("hulp zoekt;", x=98, top=257),
        line("• ten tweede naar de gemeente.", x=90, top=269),
    ]
    blocks = layout_blocks([page(lines)])
    assert kinds(blocks) == [
        ("heading", "De wijk aan zet"),
        ("heading", "1 Aanleiding"),
        ("paragraph", f"{FULL} {FULL} {SHORT}"),
        ("heading", "1.1 Vraag"),
        ("paragraph", f"{FULL} {SHORT}"),
        (
            "list",
            "Ten eerste kijken we naar de teams zelf en wat zij doen voor wie hulp zoekt;",
        ),
        ("list", "ten tweede naar de gemeente."),
    ]
    assert [block.level for block in blocks if block.kind == "heading"] == [
        0,
        1,
        2,
    ]
    assert blocks[2].boxes[0] == Box(1, 72, 140, lines[2].x1, 150)


def test_a_paragraph_over_a_page_is_one_block_with_both_pages_and_labels(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    pages = []
    for number in (1, 2, 3):
        body = column(
            [FULL] * 5
            + ["en dat werkt samen met de be-" if number == 1 else SHORT],
            top=100,
        )
        if number == 2:
            body = column(
                ["woners in de wijk verder uit.", FULL, SHORT], top=100
            )
        pages.append(
            page(
                [
                    line("Wijkteams in beeld", top=40, size=8),
                    *body,
                    line(str(number + 6), x=290, top=800, size=8),
                ],
                number,
            )
        )
    blocks = [
        block for block in layout_blocks(pages) if block.kind == "paragraph"
    ]
    assert (
        "en dat werkt samen met de bewoners in de wijk verder uit."
        in blocks[0].text
    )
    assert (
        blocks[0].page,
        blocks[0].page_end,
        blocks[0].label,
        blocks[0].label_end,
    ) == (
        1,
        2,
        "7",
        "8",
    )
    assert {box.page for box in blocks[0].boxes} == {1, 2}


def test_footnotes_keep_their_mark_and_leave_the_sentence(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    body = column([FULL] * 20, top=100)
    marked = line("Zo werkt het.", top=340)
    raised = line("1", x=marked.x1, top=338, size=6)
    marked = Line(
        "Zo werkt het.1",
        72,
        340,
        raised.x1,
        350,
        10,
        words=(*marked.words, *raised.words),
    )
    mark = line("1", x=72, top=700, size=5)
    note = line("Zie het jaarverslag van de gemeente.", x=76, top=700, size=8)
    note = Line(
        "1 Zie het jaarverslag van de gemeente.",
        72,
        700,
        note.x1,
        708,
        8,
        words=(*mark.words, *note.words),
    )
    blocks = layout_blocks(
        [page([*body, marked, note], rules=[Box(1, 72, 690, 200, 691)])]
    )
    assert blocks[-1].kind == "footnote"
    assert (blocks[-1].mark, blocks[-1].text) == (
        "1",
        "Zie het jaarverslag van de gemeente.",
    )
    (paragraph,) = [block for block in blocks if block.kind == "paragraph"]
    assert paragraph.text.endswith("Zo werkt het.")
    assert paragraph.raw is not None
    assert paragraph.raw.endswith("Zo werkt het.1")


def test_two_columns_are_read_one_after_the_other(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    left = column(
        ["De eerste kolom vertelt wat het"] * 4 + ["team in de wijk"], x=60
    )
    right = column(
        ["en ook doet."]
        + ["Daarna volgt nog een alinea die"] * 3
        + ["hier eindigt."],
        x=310,
    )
    mixed = [piece for pair in zip(left, right, strict=True) for piece in pair]
    texts = [
        block.text
        for block in layout_blocks(
            [
                page(
                    [
                        line(
                            "Een kop over de hele breedte van deze bladzijde hier",
                            x=60,
                            top=70,
                            size=16,
                        ),
                        *mixed,
                    ]
                )
            ]
        )
    ]
    assert texts[1].endswith("team in de wijk en ook doet.")
    assert texts[2].startswith("Daarna volgt")


def test_a_reference_list_is_cut_by_its_hanging_indent(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column([FULL] * 6, top=60),
        line("Literatuur", top=160, size=14, bold=True),
        line(
            "Bakker, A., & Vries, B. de (2014). Werken in de wijk: een handreiking voor",
            top=190,
        ),
        line("teams. Utrecht: Eigen Uitgave.", x=90, top=202),
        line(
            "Dijk, C. van (2016). Dichtbij blijven. Zwolle: Het Huis.", top=214
        ),
        line(
            "Evers, D. (2015). Over grenzen in de zorg en wat bewoners daarvan merken in",
            top=226,
        ),
        line("hun buurt. Den Haag: Bureau Stad.", x=90, top=238),
    ]
    references = [
        block.text
        for block in layout_blocks([page(lines)])
        if block.kind == "reference"
    ]
    assert [text.split(" (")[0] for text in references] == [
        "Bakker, A., & Vries, B. de",
        "Dijk, C. van",
        "Evers, D.",
    ]
    assert references[0].endswith(
        "handreiking voor teams. Utrecht: Eigen Uitgave."
    )


def test_a_table_of_contents_gives_entries_without_dots_and_page(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    entries = [
        "1 Aanleiding .......................... 3",
        "2 Werkwijze .......................... 7",
        "2.1 Vragen .......................... 8",
    ]
    blocks = layout_blocks(
        [
            page(
                [
                    line("Inhoud", top=60, size=14, bold=True),
                    *column(entries, top=90),
                ]
            ),
            page(column([FULL] * 8), 2),
        ]
    )
    assert kinds(blocks)[:4] == [
        ("heading", "Inhoud"),
        ("toc", "1 Aanleiding"),
        ("toc", "2 Werkwijze"),
        ("toc", "2.1 Vragen"),
    ]


def test_a_sentence_set_again_in_large_type_is_a_pull_quote(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    body = column(
        [
            FULL,
            "Vertrouwen groeit pas wanneer iemand gewoon langskomt en",
            "luistert.",
            FULL,
            SHORT,
        ]
    )
    quote = column(
        [
            "Vertrouwen groeit pas wanneer",
            "iemand gewoon langskomt en luistert.",
        ],
        top=200,
        pitch=20,
        size=15,
        color="#cc0000",
    )
    blocks = layout_blocks(
        [page([*body, *quote, *column([FULL] * 4, top=260)])]
    )
    assert [block.kind for block in blocks if "langskomt" in block.text] == [
        "paragraph",
        "quote",
    ]


def test_notes_beside_the_text_are_margin(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    body = column([FULL[:50]] * 12, top=100)
    beside = column(
        ["Bewoners eerst", "en dan de rest"], x=440, top=120, pitch=9, size=7
    )
    assert ("margin", "Bewoners eerst en dan de rest") in kinds(
        layout_blocks([page([*body, *beside])])
    )


def test_the_labels_of_bars_are_a_figure_and_the_caption_is_not(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    bars = [
        Box(1, 100 + 60 * at, 300 - height, 130 + 60 * at, 300)
        for at, height in enumerate((80, 50, 30))
    ]
    labels = [
        line(text, x=100 + 60 * at, top=304)
        for at, text in enumerate(("Jeugd", "Zorg", "Werk"))
    ]
    values = [
        line(text, x=105 + 60 * at, top=288 - height)
        for at, (text, height) in enumerate(
            (("52%", 80), ("31%", 50), ("17%", 30))
        )
    ]
    caption = line("Figuur 1. Meldingen naar domein", top=330)
    blocks = layout_blocks(
        [
            page(
                [
                    *column([FULL] * 5, top=100),
                    *labels,
                    *values,
                    caption,
                    *column([FULL, SHORT], top=360),
                ],
                rules=bars,
            )
        ]
    )
    assert [block.kind for block in blocks] == [
        "paragraph",
        "figure",
        "caption",
        "paragraph",
    ]


def test_turned_text_stays_out_of_the_body(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    stamp = line("Concept", top=300, size=60)
    stamp = Line(
        "Concept",
        100,
        100,
        500,
        600,
        60,
        words=tuple(
            type(w)(w.text, 100, 100, 500, 600, 60) for w in stamp.words
        ),
    )
    blocks = layout_blocks([page([*column([FULL] * 6 + [SHORT]), stamp])])
    assert [block.kind for block in blocks] == ["paragraph", "figure"]


@given(
    st.lists(
        st.tuples(
            st.text(
                st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
                min_size=1,
                max_size=30,
            ),
            st.floats(0, 595),
            st.floats(0, 842),
            st.floats(0.1, 60),
            st.floats(0, 300),
            st.booleans(),
        ),
        max_size=25,
    ),
    st.lists(
        st.tuples(
            st.floats(0, 595),
            st.floats(0, 842),
            st.floats(0, 300),
            st.floats(0, 300),
        ),
        max_size=8,
    ),
)
def test_no_page_however_odd_makes_it_fail(
    drawn: list[tuple[str, float, float, float, float, bool]],
    shapes: list[tuple[float, float, float, float]],
) -> None:
    lines = tuple(
        Line(text, x, top, x + width, top + size, size, bold=bold)
        for text, x, top, size, width, bold in drawn
    )
    rules = tuple(
        Box(1, x, top, x + width, top + height)
        for x, top, width, height in shapes
    )
    blocks = layout_blocks(
        [Page(1, 595, 842, None, lines, rules), Page(2, 595, 842, "ii", lines)]
    )
    assert all(block.text and block.page in (1, 2) for block in blocks)
