"""What goes on behind a box, a page or a picture, and what begins by its place alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.extract.pdf.lines import line_of
from kb.records import Block, Box, Extraction, Line, Page
from kb.structure import blocks_of
from kb.structure.layout.page.columns import ordered
from tests.structure.conftest import SetColumn, SetLine, SetPage

LEFT = [
    "De ploeg komt op maandag langs in de",
    "zaal en vraagt wat er die week nodig",
    "is en wie er een uurtje kan helpen om",
    "de soep te koken en het brood dat zij",
]
RIGHT = [
    "uit de oven haalt rond te brengen. In",
    "de straat wachten er veertien mensen,",
    "van wie er twee niet meer naar buiten",
    "kunnen door de trap naar hun voordeur",
]
BOX = ["Veertien kommen soep per week", "is wat de buurt nu nodig heeft"]


def texts(pages: list[Page], kind: str) -> list[str]:
    blocks: tuple[Block, ...] = blocks_of(Extraction(pages=tuple(pages)))
    return [block.text for block in blocks if block.kind == kind]


def test_a_sentence_goes_on_behind_a_box_in_type_of_its_own(
    column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column([*LEFT * 2, *LEFT], top=80, font="Serif"),
        *column(BOX, x=300, top=80, size=8, font="Sans"),
        *column(RIGHT * 2, x=300, top=128, font="Serif"),
    ]
    found = texts([page(lines)], "paragraph")
    assert any("het brood dat zij uit de oven" in text for text in found)
    assert " ".join(BOX) in found


def test_a_heading_of_the_same_type_ends_what_stands_before_it(
    column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column([*LEFT * 2, *LEFT], top=80, font="Serif"),
        *column(["Een stuk van iemand anders zonder eind"], x=300, top=80, font="Serif"),
        *column(RIGHT * 2, x=300, top=128, font="Serif"),
    ]  # fmt: skip
    found = texts([page(lines)], "paragraph")
    assert not any("het brood dat zij uit de oven" in text for text in found)


def test_few_lines_in_two_columns_above_a_high_table_are_not_mixed(
    column: SetColumn,
) -> None:
    table = Line("Wie Wat Wanneer", 72, 140, 500, 700, 10)
    lines = [
        *column(LEFT[:3], top=80),
        *column(RIGHT[:3], x=300, top=80),
        table,
    ]
    order = [line.text for line, _ in ordered(lines, 10)]
    assert order == [*LEFT[:3], *RIGHT[:3], table.text]


def test_a_heading_below_both_columns_heads_what_crosses_them(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    wide = "Wie er op donderdag komt eten kan zich tot woensdag opgeven bij de balie in de zaal"
    lines = [
        *column([*LEFT, *LEFT], top=80),
        *column([*RIGHT, *RIGHT], x=300, top=80),
        line("Eten op donderdag", top=200, bold=True),
        *column([wide, wide], top=214),
    ]
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    at = [b.text for b in blocks].index("Eten op donderdag")
    assert blocks[at + 1].text.startswith(wide)
    assert "het brood dat zij uit de oven" in blocks[at - 1].text


def test_an_item_goes_on_at_the_head_of_a_page_where_its_lines_hang(
    column: SetColumn, page: SetPage
) -> None:
    first = [
        *column(["• Soep wordt gekookt door wie dat leuk vindt en er tijd voor heeft."], top=700),
        *column(["Daarna eet iedereen mee, ook de buren die niet koken dit keer."], x=82, top=712),
    ]  # fmt: skip
    second = [
        *column(["Wie afwast krijgt de rest van de soep mee naar huis in een pan."], x=82, top=80),
        *column(["• Brood komt van de bakker."], top=92),
        *column(["De ploeg rekent af op vrijdag."], top=120),
    ]  # fmt: skip
    found = texts([page(first), page(second, number=2)], "list")
    assert len(found) == 2
    assert found[0].endswith("naar huis in een pan.")


TERMS = ["AVB", "BKZ", "CNO", "DOV", "EPA"]
MEANINGS = [
    "Algemene vergadering van buren en vrienden",
    "Bond van koks die de zaal geregeld huren",
    "Centrale voor alle natte oevers en sloten",
    "Dienst voor open velden en hoge bomen",
    "Eerste ploeg van de maand april en mei",
]


def test_a_glossary_in_two_columns_is_read_entry_by_entry(
    column: SetColumn, page: SetPage
) -> None:
    other = ["F", "GAS", "HOP", "IJS", "KAM"]
    lines = [
        *column(TERMS, top=80),
        *column(MEANINGS, x=130, top=80),
        *column(other, x=350, top=80),
        *column(MEANINGS[::-1], x=400, top=80),
    ]
    found = texts([page(lines)], "paragraph")
    assert found[:5] == [
        f"{a} {b}" for a, b in zip(TERMS, MEANINGS, strict=True)
    ]
    assert found[-1] == f"KAM {MEANINGS[0]}"
    assert len(found) == 10


def test_a_definition_of_two_lines_stays_one_entry(
    column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column(TERMS[:2], top=80),
        *column(["en alle andere verenigingen"], x=130, top=104),
        *column(TERMS[2:], top=116),
        *column(MEANINGS[:2], x=130, top=80),
        *column(MEANINGS[2:], x=130, top=116),
    ]
    found = texts([page(lines)], "paragraph")
    assert f"{TERMS[1]} {MEANINGS[1]} en alle andere verenigingen" in found
    assert len(found) == 5


def test_dashes_glued_to_their_words_begin_items_where_several_do(
    column: SetColumn, page: SetPage
) -> None:
    lines = column(
        [
            *LEFT,
            "kopen als:",
            "-het brood is op tijd klaar",
            "-de soep is warm",
        ]
    )
    found = texts([page(lines)], "list")
    assert found == ["het brood is op tijd klaar", "de soep is warm"]


def test_a_word_left_out_at_the_head_of_a_line_is_no_item(
    column: SetColumn, page: SetPage
) -> None:
    lines = column([*LEFT, "-bakkers en -koks die helpen ook mee."])
    assert texts([page(lines)], "list") == []


def test_points_of_an_agenda_in_bold_are_headings_though_they_end_in_a_stop(
    column: SetColumn, page: SetPage
) -> None:
    lines: list[Line] = []
    for at in range(5):
        top = 80 + 80 * at
        title = f"{at + 1}. Voorstel over de soep van week {at + 30}."
        lines += column([title], top=top, bold=True)
        lines += column(LEFT, top=top + 12)
    assert len(texts([page(lines)], "heading")) == 5


def test_bold_items_below_each_other_are_no_headings(
    column: SetColumn, page: SetPage
) -> None:
    items = [f"{at}. Breng een kom soep naar nummer {at}." for at in range(1, 6)]  # fmt: skip
    lines = [*column(LEFT * 3, top=80), *column(items, top=300, bold=True)]
    assert texts([page(lines)], "heading") == []
    assert texts([page(lines)], "list") == items


def test_a_bullet_makes_an_item_of_a_bold_line(
    column: SetColumn, page: SetPage
) -> None:
    lines = [*column(LEFT * 3, top=80)]
    for at, name in enumerate(("Koken", "Eten", "Afwassen")):
        lines += column([f"• {name}"], top=240 + 60 * at, bold=True)
        lines += column(RIGHT[:2], x=82, top=252 + 60 * at)
    assert texts([page(lines)], "list")[0] == "Koken"
    assert texts([page(lines)], "heading") == []


def raised(line: SetLine, mark: str, text: str, top: float) -> Line:
    """A note with a small raised mark."""
    sign = line(mark, 72, top - 1, 6).words[0]
    return line_of([sign, *line(text, 82, top).words])


def test_a_raised_mark_below_a_long_rule_opens_a_note(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    note = raised(line, "2.", "Zie het verslag van de zaal", 700)
    long = Box(1, 72, 692, 500, 692.5)
    wide = [f"{one} {other}" for one, other in zip(LEFT, RIGHT, strict=True)]
    lines = [*column(wide, top=80), note]
    found = texts([page(lines, rules=[long])], "footnote")
    assert found == ["Zie het verslag van de zaal"]


@pytest.mark.parametrize("end", ["", "."])
def test_the_line_under_a_link_in_a_note_does_not_part_the_notes(
    line: SetLine, column: SetColumn, page: SetPage, end: str
) -> None:
    notes = [
        line(f"{n} Verslag van de zaal, deel {n}{end}", top=680 + 10 * n, size=7)
        for n in range(1, 4)
    ]  # fmt: skip
    link = Box(1, 78, notes[1].bottom, notes[1].x1, notes[1].bottom + 0.5)
    lines = [*column(LEFT * 4, top=80), *notes]
    found = texts([page(lines, rules=[link])], "footnote")
    assert len(found) == 3
    assert all(
        replace(n).text.endswith(found[at]) for at, n in enumerate(notes)
    )
