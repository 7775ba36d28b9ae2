"""Passages are whole sentences of one paragraph, a list with its lead-in.

A table with its caption, a slide.
"""

from hypothesis import given
from hypothesis import strategies as st

from kb.dutch.sentences import split
from kb.passages import passages_of
from kb.passages.sizes import MOST, even_parts, words
from kb.records import Block, Box

SENTENCE = (
    "De medewerkers van de wijkteams werken in de buurt samen met bewoners, huisartsen en "
    "scholen."
)  # 14 words


def _paragraph(sentences: int) -> str:
    return " ".join(
        f"Zin {n} van de tekst. {SENTENCE}" for n in range(sentences)
    )


def test_a_paragraph_is_a_passage() -> None:
    found = passages_of(
        "d",
        [
            Block("paragraph", _paragraph(4), page=3, label="5"),
            Block("paragraph", _paragraph(5), page=3, label="5"),
        ],
    )
    assert [p.text for p in found] == [_paragraph(4), _paragraph(5)]
    assert [(p.page, p.label, p.position, p.kind) for p in found] == [
        (3, "5", 0, "text"),
        (3, "5", 1, "text"),
    ]


def test_a_long_paragraph_is_cut_at_sentence_ends_into_even_parts() -> None:
    text = _paragraph(30)
    found = passages_of("d", [Block("paragraph", text)])
    assert " ".join(p.text for p in found) == text
    sizes = [words(p.text) for p in found]
    assert max(sizes) <= MOST
    assert min(sizes) > 100
    assert all(p.text.endswith(".") for p in found)


def test_a_sentence_longer_than_a_passage_stays_whole() -> None:
    text = (
        "De lange zin begint en "
        + "gaat steeds maar door en " * 80
        + "eindigt."
    )
    assert [p.text for p in passages_of("d", [Block("paragraph", text)])] == [
        text
    ]


def test_headings_make_the_section_path() -> None:
    blocks = [
        Block("heading", "Samen in de wijk", level=0),
        Block("heading", "2 Theorie", level=1),
        Block("heading", "2.3 Preventie", level=2),
        Block("paragraph", _paragraph(3)),
        Block("heading", "3 Methode", level=1),
        Block("paragraph", _paragraph(4)),
    ]
    assert [p.section for p in passages_of("d", blocks)] == [
        ("2 Theorie", "2.3 Preventie"),
        ("3 Methode",),
    ]


def test_a_list_goes_with_its_short_lead_in() -> None:
    blocks = [
        Block("paragraph", "Het gaat om drie zaken:"),
        Block("list", "tijd"),
        Block("list", "geld"),
        Block("list", "ruimte"),
        Block("paragraph", _paragraph(3)),
    ]
    found = passages_of("d", blocks)
    assert found[0].text == "Het gaat om drie zaken:\n• tijd\n• geld\n• ruimte"
    assert (found[0].block, len(found)) == ("list", 2)


def test_of_a_lead_in_that_is_too_long_only_the_last_sentence_goes_with_the_list() -> (
    None
):
    blocks = [
        Block("paragraph", f"{_paragraph(15)} Dit zijn de punten:"),
        Block("list", "1. tijd"),
        Block("list", "2. geld"),
    ]
    assert [p.text for p in passages_of("d", blocks)] == [
        *(
            p.text
            for p in passages_of("d", [Block("paragraph", _paragraph(15))])
        ),
        "Dit zijn de punten:\n1. tijd\n2. geld",
    ]


def test_a_long_list_is_cut_between_items() -> None:
    blocks = [Block("list", f"{n}. {SENTENCE}") for n in range(1, 41)]
    found = passages_of("d", blocks)
    assert len(found) > 1
    assert max(words(p.text) for p in found) <= MOST
    assert "\n".join(p.text for p in found) == "\n".join(
        b.text for b in blocks
    )


def test_a_table_is_a_passage_with_its_caption() -> None:
    blocks = [
        Block("paragraph", _paragraph(3)),
        Block("caption", "Tabel 1. Meldingen"),
        Block(
            "table", "Noord 12", rows=(("Noord", "12"), ("Zuid", "7")), page=4
        ),
    ]
    found = passages_of("d", blocks)
    assert (found[1].text, found[1].kind, found[1].rows) == (
        "Tabel 1. Meldingen\nNoord | 12\nZuid | 7",
        "table",
        (("Noord", "12"), ("Zuid", "7")),
    )


def test_a_caption_below_its_table_belongs_to_it_too() -> None:
    blocks = [
        Block("table", "x", rows=(("Noord", "12"),)),
        Block("caption", "Tabel 1. Meldingen"),
    ]
    assert [p.text for p in passages_of("d", blocks)] == [
        "Tabel 1. Meldingen\nNoord | 12"
    ]


def test_furniture_margin_notes_and_chart_text_are_no_passages() -> None:
    blocks = [
        Block(kind, "Iets aan de rand van de bladzijde")
        for kind in ("furniture", "margin", "figure", "heading")
    ]
    assert passages_of("d", blocks) == ()


def test_references_footnotes_and_contents_have_their_own_kind() -> None:
    blocks = [
        Block("reference", "Vermeer (2014)."),
        Block("footnote", "Zie aldaar.", mark="1"),
        Block("toc", "1 Inleiding 3"),
        Block("toc", "2 Slot 9"),
    ]
    assert [(p.kind, p.text) for p in passages_of("d", blocks)] == [
        ("reference", "Vermeer (2014)."),
        ("footnote", "Zie aldaar."),
        ("contents", "1 Inleiding 3\n2 Slot 9"),
    ]


def test_slides_are_passages_by_title() -> None:
    blocks = []
    for n in range(8):
        blocks += [
            Block("heading", f"Dia {n}", level=1, page=n + 1),
            Block("list", "een punt", page=n + 1),
            Block("list", "nog een punt", page=n + 1),
        ]
    found = passages_of("d", blocks)
    assert [p.text for p in found] == [
        "• een punt\n• nog een punt" for _ in range(8)
    ]
    assert [(p.page, p.section) for p in found][2] == (3, ("Dia 2",))


def test_pages_and_boxes_are_kept() -> None:
    boxes = (Box(2, 50, 700, 300, 760), Box(3, 50, 60, 300, 120))
    found = passages_of(
        "d",
        [
            Block(
                "paragraph",
                _paragraph(3),
                page=2,
                label="iv",
                page_end=3,
                label_end="v",
                boxes=boxes,
            )
        ],
    )
    assert (
        found[0].page,
        found[0].label,
        found[0].page_end,
        found[0].label_end,
        found[0].boxes,
    ) == (2, "iv", 3, "v", boxes)


def test_a_part_of_a_long_paragraph_stands_on_its_own_page() -> None:
    boxes = (Box(2, 50, 100, 300, 700), Box(3, 50, 100, 300, 700))
    block = Block(
        "paragraph",
        _paragraph(20),
        page=2,
        label="8",
        page_end=3,
        label_end="9",
        boxes=boxes,
    )
    found = passages_of("d", [block])
    assert [(p.page, p.label, p.page_end, p.boxes) for p in found] == [
        (2, "8", None, boxes[:1]),
        (3, "9", None, boxes[1:]),
    ]


def test_ocr_of_a_page_layout_is_repaired_in_the_passage_and_its_language_told() -> (
    None
):
    english = (
        "This study shows that the teams have to work together with the residents of the "
        "area."
    )
    found = passages_of(
        "d",
        [
            Block(
                "paragraph",
                "De cliént staat centraal in het werk van het wijkteam, ook als dat moeite kost.",
            ),
            Block("paragraph", english),
        ],
    )
    assert found[0].text.startswith("De cliënt staat")
    assert found[0].raw is not None
    assert found[0].raw.startswith("De cliént staat")
    assert [p.language for p in found] == ["nl", "en"]


def test_printed_text_and_repairs_go_along() -> None:
    found = passages_of(
        "d",
        [
            Block(
                "paragraph",
                "De cliënt komt.",
                raw="De cliént komt.",
                repairs=(("cliént", "cliënt"),),
            )
        ],
    )
    assert (found[0].raw, found[0].repairs) == (
        "De cliént komt.",
        (("cliént", "cliënt"),),
    )


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_even_parts_keep_every_sentence_in_order_and_whole(
    sizes: list[int],
) -> None:
    sentences = [
        " ".join(["Woord", *["woord"] * (size - 1)]) + "." for size in sizes
    ]
    parts = even_parts(sentences)
    assert [piece for part in parts for piece in part] == sentences
    assert all(words(" ".join(part)) <= MOST * 1.2 for part in parts)


@given(
    st.lists(
        st.sampled_from(
            [
                "paragraph",
                "list",
                "heading",
                "table",
                "caption",
                "quote",
                "toc",
                "reference",
                "figure",
            ]
        ),
        max_size=25,
    )
)
def test_no_text_of_the_body_is_lost(kinds: list[str]) -> None:
    blocks = [
        Block(
            kind,
            f"Tekst nummer {n} staat hier.",
            level=1 if kind == "heading" else None,
        )
        for n, kind in enumerate(kinds)
    ]
    said = "\n".join(p.text for p in passages_of("d", blocks))
    for block in blocks:
        if block.kind not in ("heading", "figure"):
            assert block.text in said


def test_every_part_of_a_split_paragraph_is_whole_sentences() -> None:
    text = _paragraph(40)
    sentences = set(split(text))
    for passage in passages_of("d", [Block("paragraph", text)]):
        assert set(split(passage.text)) <= sentences


def test_a_slide_without_text_is_no_passage() -> None:
    blocks = [Block("heading", "Dia met alleen een lange titel", level=1)] * 9
    assert passages_of("d", blocks) == ()


def test_a_lead_in_goes_with_the_paragraph_it_leads_in() -> None:
    blocks = [
        Block("paragraph", "Daarover maken wij deze afspraak:"),
        Block("paragraph", _paragraph(3)),
        Block("paragraph", _paragraph(2)),
    ]
    found = [p.text for p in passages_of("d", blocks)]
    assert found == [f"{blocks[0].text}\n{blocks[1].text}", blocks[2].text]


def test_a_sentence_goes_on_behind_a_figure() -> None:
    blocks = [
        Block(
            "paragraph",
            "De huisarts verwijst vaker naar het wijkteam dan",
            page=2,
        ),
        Block("caption", "Figuur 2. Verwijzingen"),
        Block(
            "paragraph",
            "in het eerste jaar na de overgang gebruikelijk was.",
            page=3,
        ),
    ]
    found = passages_of("d", blocks)
    assert found[0].text == f"{blocks[0].text} {blocks[2].text}"
    assert (found[0].page, found[0].page_end) == (2, 3)


def test_bold_first_words_are_no_heading() -> None:
    blocks = [
        Block("heading", "2 Opzet", level=1),
        Block("heading", "De ouders van het kind", level=2),
        Block(
            "paragraph",
            "worden altijd zelf gehoord, ook als dat meer tijd vraagt.",
        ),
    ]
    found = passages_of("d", blocks)
    assert [(p.section, p.text) for p in found] == [
        (("2 Opzet",), f"{blocks[1].text} {blocks[2].text}")
    ]


def test_a_numbered_heading_stays_one_before_a_small_letter() -> None:
    blocks = [
        Block("heading", "2.1 Opzet van het plan", level=2),
        Block(
            "paragraph", "iedere wijk krijgt een eigen team met eigen budget."
        ),
    ]
    assert passages_of("d", blocks)[0].section == ("2.1 Opzet van het plan",)


def test_text_without_stops_is_cut_at_spaces() -> None:
    text = "en dan nog een stuk zonder punt " * 2000
    found = passages_of("d", [Block("paragraph", text.strip())])
    assert max(len(p.text) for p in found) <= 6000
    assert " ".join(p.text for p in found) == text.strip()


def test_text_without_spaces_is_cut_too() -> None:
    found = passages_of("d", [Block("paragraph", "ab" * 30_000)])
    assert max(len(p.text) for p in found) <= 6000
    assert "".join(p.text for p in found) == "ab" * 30_000


def test_each_passage_of_a_long_table_has_its_own_rows_under_the_head() -> (
    None
):
    head = ("Wijk", "Toelichting")
    rows = tuple(
        (f"Wijk {n}", "Er zijn daar veel vragen over hulp") for n in range(99)
    )
    table = Block("table", "x", rows=(head, *rows))
    found = passages_of("d", [Block("caption", "Tabel 3. Vragen"), table])
    assert len(found) > 2
    assert [p.rows[0] for p in found] == [head] * len(found)
    assert tuple(row for p in found for row in p.rows[1:]) == rows
    assert sum(p.text.count("Tabel 3") for p in found) == 1


def test_a_very_wide_row_is_cut_between_cells() -> None:
    row = tuple(f"cel {n}" for n in range(3000))
    found = passages_of("d", [Block("table", "x", rows=(row,))])
    assert max(len(p.text) for p in found) <= 6000
    assert tuple(cell for p in found for row in p.rows for cell in row) == row


def test_a_lone_figure_or_letter_is_no_passage() -> None:
    blocks = [Block("paragraph", text) for text in ("2", "Q", "- - -", "€ 12")]
    assert passages_of("d", blocks) == ()


def test_a_title_that_names_its_source_is_kept() -> None:
    blocks = [
        Block("heading", "Verkokering (Vermeer, 2008)", level=1),
        Block("paragraph", _paragraph(3)),
        Block("heading", "Begroting (2016)", level=1),
        Block("paragraph", _paragraph(4)),
    ]
    found = [p.text for p in passages_of("d", blocks)]
    assert found == [blocks[0].text, blocks[1].text, blocks[3].text]


def test_a_number_is_shown_once_whether_text_or_mark_holds_it() -> None:
    blocks = [
        Block("list", "1. tijd", mark="1."),
        Block("list", "geld", mark="b)"),
        Block("list", "ruimte"),
    ]
    assert [p.text for p in passages_of("d", blocks)] == [
        "1. tijd\nb) geld\n• ruimte"
    ]
