"""Boxes, headings over two columns.

Drop caps and bullets of symbol fonts keep what belongs together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from kb.records import Block, Box, Line, Page
from kb.structure.layout import layout_blocks
from kb.structure.layout.page.drop_caps import with_drop_caps
from kb.structure.layout.typography import Typography

SetLine = Callable[..., Line]
SetColumn = Callable[..., list[Line]]
SetPage = Callable[..., Page]

LEFT = [f"links vertelt iemand regel {at} over het plein" for at in "abcdefgh"]
RIGHT = [
    f"rechts vertelt iemand regel {at} over de straat" for at in "abcdefgh"
]


def position(blocks: Sequence[Block], text: str) -> int:
    return next(at for at, block in enumerate(blocks) if text in block.text)


def in_order(blocks: Sequence[Block], *texts: str) -> bool:
    return all(
        position(blocks, a) <= position(blocks, b) for a, b in pairwise(texts)
    )


def test_a_heading_over_two_columns_parts_what_stands_above_it_from_what_stands_below(
    column: SetColumn, line: SetLine, page: SetPage
) -> None:
    lines = [
        *column([f"Eerst {text}." for text in LEFT], x=60, top=100),
        *column([f"Eerst {text}." for text in RIGHT], x=320, top=100),
        line("Daarna", x=60, top=230, size=14, bold=True),
        *column([f"Later {text}." for text in LEFT], x=60, top=260),
        *column([f"Later {text}." for text in RIGHT], x=320, top=260),
    ]
    blocks = layout_blocks([page(lines)])
    assert in_order(
        blocks, "Eerst links", "Eerst rechts", "Daarna", "Later links"
    )


def test_a_box_over_the_page_is_read_apart_from_the_text_above_it(
    column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column([f"Boven {text}." for text in LEFT], x=60, top=100),
        *column([f"Boven {text}." for text in RIGHT], x=320, top=100),
        *column([f"Kader {text}." for text in LEFT], x=60, top=300),
        *column([f"Kader {text}." for text in RIGHT], x=320, top=300),
    ]
    box = Box(1, 40, 280, 560, 420)
    blocks = layout_blocks([page(lines, rules=[box])])
    assert in_order(
        blocks, "Boven links", "Boven rechts", "Kader links", "Kader rechts"
    )


def test_a_drop_cap_belongs_to_the_first_word(
    column: SetColumn, line: SetLine
) -> None:
    cap = replace(line("H", x=60, top=100, size=40), bottom=140)
    beside = column(
        ["et plein lag er stil bij", "toen de zon opkwam en"], x=95, top=108
    )
    below = column(["iedereen naar buiten kwam."], x=60, top=132)
    found = with_drop_caps([cap, *beside, *below], Typography(10.0))
    assert found[0].text == "Het plein lag er stil bij"
    assert {one.x0 for one in found} == {60}


def test_signs_of_a_symbol_font_are_bullets_and_numbers_are_none(
    line: SetLine, page: SetPage
) -> None:
    def item(sign: str, text: str, top: float) -> Line:
        found = line(f"{sign} {text}", x=72, top=top, font="Times")
        first = replace(found.words[0], font="Dingbats")
        return replace(found, words=(first, *found.words[1:]))

    texts = [
        "brood halen bij Kees",
        "melk halen",
        "appels plukken",
        "soep koken",
    ]
    items = [item("l", text, 100 + 16 * at) for at, text in enumerate(texts)]
    blocks = layout_blocks([page(items)])
    assert [(b.kind, b.mark, b.text) for b in blocks] == [
        ("list", "•", text) for text in texts
    ]


def test_a_bold_opening_line_is_no_heading(
    column: SetColumn, line: SetLine, page: SetPage
) -> None:
    filler = column([f"{text} en nog meer daarvan." for text in LEFT], top=300)
    opening = line(
        "De buurt heeft een plein gekregen dat iedereen gebruikt en waar kleine",
        bold=True,
    )
    rest = column(["kinderen spelen terwijl ouders praten."], top=112)
    blocks = layout_blocks([page([opening, *rest, *filler])])
    assert blocks[0].kind == "paragraph"
    assert blocks[0].text.endswith(
        "gebruikt en waar kleine kinderen spelen terwijl ouders praten."
    )


def test_a_note_that_goes_on_over_the_page_is_one_note(
    column: SetColumn, line: SetLine, page: SetPage
) -> None:
    body = [f"{text} in het jaar." for text in LEFT]
    first = [
        *column(body, top=100),
        line("1 Dit getal is geschat, omdat de teller", top=760, size=8),
    ]
    second = [
        *column(body, top=100),
        line("in de zomer een maand stil heeft gestaan.", top=760, size=8),
    ]
    notes = [
        block
        for block in layout_blocks([page(first, 1), page(second, 2)])
        if block.kind == "footnote"
    ]
    assert [(note.mark, note.text) for note in notes] == [
        (
            "1",
            "Dit getal is geschat, omdat de teller in de zomer een maand stil heeft gestaan.",
        )
    ]


def test_text_set_to_the_right_is_one_paragraph(
    column: SetColumn, line: SetLine, page: SetPage
) -> None:
    texts = [
        "Het plein is van iedereen die er woont en",
        "van wie er werkt. Op zaterdag staat er een",
        "markt met brood. Op zondag",
        "is het er stil en zit er soms iemand met",
        "een boek onder de grote boom.",
    ]
    set_right = [
        replace(line(text, x=400 - 5 * len(text), top=100 + 12 * at), x1=400)
        for at, text in enumerate(texts)
    ]
    other = column(
        ["Een heel andere alinea staat hieronder, over de volle breedte."],
        x=72,
        top=300,
    )
    blocks = layout_blocks([page([*set_right, *other])])
    assert blocks[0].text == " ".join(texts)


def test_text_that_runs_around_a_picture_is_one_item(
    column: SetColumn, line: SetLine, page: SetPage
) -> None:
    lines = [
        line(
            "• Wij vragen de winkels om op zondag dicht te blijven zodat", x=72
        ),
        line(
            "wie er werkt vrij heeft en mee kan doen aan de loop",
            x=110,
            top=112,
        ),
        line("door de straten van de oude wijk.", x=84, top=124),
    ]
    lines[1] = replace(lines[1], x1=lines[0].x1)
    blocks = layout_blocks([page(lines)])
    assert [block.kind for block in blocks] == ["list"]
    assert blocks[0].text.endswith(
        "aan de loop door de straten van de oude wijk."
    )
