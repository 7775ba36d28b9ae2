"""Headings and items of shapes that other makers use, each line set by hand."""

from __future__ import annotations

import pytest

from kb.extract.pdf.lines import line_of
from kb.records import Block, Box, Extraction, Line
from kb.structure import blocks_of
from tests.structure.conftest import SetColumn, SetLine, SetPage

TEXT = [
    "De ploeg komt op maandag langs en vraagt wat er die week in de straat",
    "nodig is en wie er een uur kan helpen bij het koken van de soep en het",
    "schoonmaken van de zaal waar het eten om zes uur klaar moet staan.",
]


def of_kind(blocks: tuple[Block, ...], kind: str) -> list[str]:
    return [block.text for block in blocks if block.kind == kind]


def under(line: Line) -> Box:
    """A thin rule right below the letters of a line."""
    base = line.bottom - 0.25 * line.size
    return Box(1, line.x0, base + 0.8, line.x1, base + 1.3)


def test_a_line_underlined_from_end_to_end_is_a_heading_and_a_link_is_none(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    title = line("Wie kookt er op maandag", top=80)
    link = line("https://voorbeeld.nl/soep", top=150)
    lines = [title, *column(TEXT, top=92), link, *column(TEXT, top=170)]
    rules = [under(title), under(link)]
    blocks = blocks_of(Extraction(pages=(page(lines, rules=rules),)))
    assert of_kind(blocks, "heading") == ["Wie kookt er op maandag"]


def test_a_word_underlined_in_a_line_makes_no_heading(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    opening = line("Wie kookt er op maandag in de zaal", top=80)
    rule = under(line("kookt", opening.words[1].x0, 80))
    lines = [opening, *column(TEXT, top=140)]
    blocks = blocks_of(Extraction(pages=(page(lines, rules=[rule]),)))
    assert of_kind(blocks, "heading") == []


@pytest.mark.parametrize("end", [".", ":", " –"])
def test_bold_openings_that_end_in_a_sign_are_headings_of_their_own(
    line: SetLine, column: SetColumn, page: SetPage, end: str
) -> None:
    lines: list[Line] = []
    for at, name in enumerate(("Koken", "Eten", "Afwassen")):
        top = 80 + 60 * at
        lead = line(f"{name} met de buren{end}", top=top, bold=True)
        rest = line("Eerst komt de ploeg van dienst langs", lead.x1 + 5, top)
        lines += [line_of([*lead.words, *rest.words])]
        lines += column(
            ["de deuren en daarna wordt er samen gegeten."], top=top + 12
        )
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    assert of_kind(blocks, "heading")[0].startswith("Koken met de buren")
    assert len(of_kind(blocks, "heading")) == 3
    assert of_kind(blocks, "paragraph")[0].startswith("Eerst komt de ploeg")


def test_bold_items_counted_by_letters_are_items_each(
    column: SetColumn, page: SetPage
) -> None:
    items = ["a. soep koken met de buren;", "b. brood bakken;", "c. afwassen."]
    lines = [*column(TEXT, top=80), *column(items, top=130, bold=True)]
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    assert of_kind(blocks, "list") == items


def test_lines_under_the_text_of_an_item_stay_in_it_though_one_ends_early(
    column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column(TEXT, top=80),
        *column(["- Soep: wat zit er vandaag in en wie heeft hem geproefd;"], top=130),
        *column(["ook de buren die later komen krijgen een kom soep."], x=82, top=142),
        *column(["- Brood: wie bakt het en hoe laat is de oven warm?"], top=154),
    ]  # fmt: skip
    found = of_kind(blocks_of(Extraction(pages=(page(lines),))), "list")
    assert len(found) == 2
    assert found[0].endswith("een kom soep.")


def test_a_block_set_narrower_than_the_page_is_one_paragraph(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    narrow = [
        "Samenvatting. Wij keken in acht straten wie er kookte.",
        "Dat deden wij in het najaar bij elk van de buurthuizen",
        "die de gemeente kent. Daarna spraken wij met hun koks.",
        "Zij vertellen wat er nodig is om dit jaren vol te doen",
    ]
    block = column(narrow, x=110, top=80)
    body = column([text + " en meer dan dat" for text in TEXT] * 3, top=150)
    blocks = blocks_of(Extraction(pages=(page([*block, *body]),)))
    assert of_kind(blocks, "paragraph")[0].startswith("Samenvatting.")
    assert "jaren vol te doen" in of_kind(blocks, "paragraph")[0]


def test_titles_listed_as_contents_are_headings_and_no_pull_quotes(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    title = "Wat de koks van de acht buurthuizen van elkaar leren in een jaar tijd en verder"
    first = page(column([title, "Wie er eet", "Wie er wast"], pitch=30))
    head = line(title, top=80, size=12, bold=True)
    second = page([head, *column(TEXT, top=110)], number=2)
    blocks = blocks_of(Extraction(pages=(first, second)))
    assert of_kind(blocks, "quote") == []
    assert title in of_kind(blocks, "heading")


def test_chapters_that_begin_a_page_are_no_running_titles(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    names = ["Koken", "Eten", "Wassen", "Drogen", "Opruimen", "Rusten"]
    pages = [
        page([line(f"{at}. {name} in de zaal", top=60, bold=True),
              *column(TEXT, top=90)], number=at)
        for at, name in enumerate(names, 1)
    ]  # fmt: skip
    blocks = blocks_of(Extraction(pages=tuple(pages)))
    assert len(of_kind(blocks, "heading")) == len(names)
    assert of_kind(blocks, "furniture") == []


def test_a_numbered_paragraph_whose_first_line_ends_early_is_no_heading(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    first = "2.1 De ploeg komt op maandag langs en vraagt wat er die dag"
    rest = [
        "onverwachtsgebeurdemetdesoep en wie er een uur kan helpen bij het",
        *TEXT,
    ]
    head = line(first, top=110)
    lines = [*column(TEXT, top=70), head, *column(rest, x=92, top=122)]
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    assert of_kind(blocks, "heading") == []
    assert any(
        text.startswith(first) and len(text) > 100
        for text in of_kind(blocks, "paragraph")
    )


def test_text_that_leaves_a_picture_on_its_left_goes_on_below_it(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    beside = [
        "De ploeg komt op maandag langs en vraagt wat er die",
        "week in de straat nodig is en wie er een uur helpt met",
        "het koken van de soep waar iedereen van eet; ook de",
    ]
    below = ["buurtbewonersvereniging, die de zaal schoonmaakt en de stoelen zet voor",
             "wie er om zes uur komt eten en daarna blijft tot de afwas is gedaan."]  # fmt: skip
    lines = [*column(beside, x=150, top=80), *column(below, top=116)]
    lines += column(TEXT, top=170)
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    assert "ook de buurtbewonersvereniging" in of_kind(blocks, "paragraph")[0]


def test_a_title_beside_a_line_of_text_is_no_part_of_it(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    title = line("Soep", x=72, top=86, size=40)
    text = column([one[:40] for one in TEXT], x=300, top=92, pitch=12)
    blocks = blocks_of(Extraction(pages=(page([title, *text]),)))
    assert not any("Soep" in t for t in of_kind(blocks, "paragraph"))


def test_a_bold_line_of_two_questions_is_a_heading(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    asked = "Wat is er op maandag te eten in de zaal? Wat vinden de buren van de soep?"
    lines = [line(asked, top=80, bold=True), *column(TEXT, top=100)]
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    assert of_kind(blocks, "heading") == [asked]
