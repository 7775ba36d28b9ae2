"""Other type within a line: run-in headings, code in a sentence, small capitals set apart."""

from __future__ import annotations

import pytest

from kb.extract.pdf.lines import line_of
from kb.records import Extraction, Line, Word
from kb.structure import blocks_of
from tests.structure.conftest import SetColumn, SetLine, SetPage

TEXT = [
    "De ploeg komt op maandag langs en vraagt wat er die week in de straat",
    "nodig is en wie er een uur kan helpen bij het koken van de soep en het",
    "schoonmaken van de zaal waar het eten om zes uur klaar moet staan.",
]


def told(page: object) -> list[tuple[str, str]]:
    blocks = blocks_of(Extraction(pages=(page,)))  # type: ignore[arg-type]
    return [(block.kind, block.text) for block in blocks]


def _mixed(line: SetLine, *parts: tuple[str, dict[str, object]]) -> Line:
    """One line of parts in types of their own."""
    words: list[Word] = []
    x, top = 72.0, 100.0
    for text, style in parts:
        top = float(style.get("top", top))  # type: ignore[arg-type]
        set_style = {k: v for k, v in style.items() if k != "top"}
        part = line(text, x=x, top=top, **set_style)
        words += part.words
        x = part.x1 + 5
    return line_of(words)


def test_a_run_in_heading_may_take_two_lines_and_stand_before_a_quotation(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines: list[Line] = []
    for at in range(2):
        top = 100.0 + 100 * at
        lines.append(
            line("Wie kookt er en wat staat er op tafel", top=top, bold=True)
        )
        lines.append(
            _mixed(
                line,
                ("in de zaal –", {"bold": True, "top": top + 12}),
                ("‘Soep’, zegt de ploeg die op maandag langs komt", {}),
            )
        )
        lines += column(TEXT, top=top + 24)
    headings = [text for kind, text in told(page(lines)) if kind == "heading"]
    assert (
        headings == ["Wie kookt er en wat staat er op tafel in de zaal –"] * 2
    )


def test_a_line_mostly_of_code_goes_on_in_its_sentence(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    code = _mixed(
        line,
        ("vraagt", {"top": 112}),
        ("tafel.wieKookt.DezeWeek.InDeZaal", {"size": 8.0, "font": "Code"}),
        ("wie er kookt en", {}),
    )
    lines = [line(TEXT[0], top=100), code, *column(TEXT[1:], top=124)]
    lines += column(TEXT, top=200)
    found = [text for kind, text in told(page(lines)) if kind == "paragraph"]
    assert len(found) == 2
    assert "wieKookt" in found[0]


@pytest.mark.parametrize("number", ["1. ", ""])
def test_a_line_in_colour_with_white_above_heads_the_text_below_it(
    column: SetColumn, page: SetPage, number: str
) -> None:
    lines: list[Line] = []
    for at, title in enumerate(("Koken", "Samen eten")):
        numbered = f"{at + 1}. {title}" if number else title
        top = 100 + 120 * at
        lines += column([numbered], top=top, size=11, color="#6a1b9a")
        lines += column([*TEXT, *TEXT], top=top + 20)
    found = [text for kind, text in told(page(lines)) if kind == "heading"]
    assert [
        text.removeprefix("1. ").removeprefix("2. ") for text in found
    ] == [
        "Koken",
        "Samen eten",
    ]


def test_a_capital_set_apart_belongs_to_its_word_in_small_capitals() -> None:
    words = [
        Word("K", 72, 100, 78, 110, 10, "Sierletter"),
        Word("oken", 80, 102, 100, 109.5, 7, "Sierletter"),
        Word("voor", 106, 102, 126, 109.5, 7, "Sierletter"),
    ]
    assert line_of(words).text == "Koken voor"


def test_a_title_in_capitals_ends_above_bold_text(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column(TEXT, top=60),
        line("KOKEN VOOR DE HELE STRAAT", top=120, bold=True),
        line("De ploeg komt op maandag langs.", top=132, bold=True),
        *column(TEXT, top=144),
    ]
    assert ("heading", "KOKEN VOOR DE HELE STRAAT") in told(page(lines))


def test_text_with_open_leading_is_no_column_of_a_table_beside_it(
    column: SetColumn, page: SetPage
) -> None:
    left = [
        "De ploeg komt op maandag langs en vraagt",
        "wat er die week in de straat nodig is en",
        "wie er een uur kan helpen bij het koken",
        "van de soep en het schoonmaken van zaal",
        "waar het eten om zes uur klaar moet staan",
        "zodat iedereen op tijd aan tafel kan gaan",
    ]
    lines = column(left * 3, x=60, top=100, pitch=19)
    lines += column(left * 2, x=320, top=216, pitch=19)
    lines += column(["Tabel 1 Borden"], x=320, top=100, italic=True)
    for at, (place, count) in enumerate(
        (("Straat", "Aantal"), ("Veld", "54"), ("Hof", "22"), ("Laan", "13"))
    ):
        lines += column([place], x=326, top=119 + 19 * at)
        lines += column([count], x=420, top=119 + 19 * at)
    tables = [text for kind, text in told(page(lines)) if kind == "table"]
    assert len(tables) == 1
    assert "ploeg" not in tables[0]
    assert "Veld | 54" in tables[0]


def test_a_line_that_is_a_link_goes_on_in_its_sentence(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines = column(TEXT[:2], top=100)
    lines.append(line(TEXT[2], top=124, color="#0000ee"))
    lines += column([*TEXT, *TEXT], top=180)
    found = [text for kind, text in told(page(lines)) if kind == "paragraph"]
    assert found[0] == " ".join(TEXT)


def test_points_in_large_type_are_items_and_dashes_may_be_titles(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines: list[Line] = []
    for at, text in enumerate(("• Koken", "• Eten")):
        top = 100 + 60 * at
        lines.append(line(text, top=top, size=15))
        lines += column(TEXT, x=90, top=top + 20)
    lines.append(line("– Wassen", top=260, size=15))
    lines += column([*TEXT, *TEXT], top=280)
    found = told(page(lines))
    assert ("list", "Koken") in found
    assert ("list", "Eten") in found
    assert ("heading", "– Wassen") in found


@pytest.mark.parametrize(
    ("color", "kind"), [("#00796b", "heading"), ("#000000", "paragraph")]
)
def test_a_line_in_colour_heads_the_text_it_stands_nearer_to(
    column: SetColumn, page: SetPage, color: str, kind: str
) -> None:
    lines: list[Line] = []
    for at, title in enumerate(("Koken", "Samen eten", "Afwassen")):
        top = 100 + 100 * at
        lines += column([title], top=top, color=color)
        lines += column([*TEXT, *TEXT], top=top + 12)
        lines += column([TEXT[2]], top=top + 84)
    kinds = {text: kind for kind, text in told(page(lines))}
    found = kinds.get("Samen eten", "paragraph")
    assert found == kind
