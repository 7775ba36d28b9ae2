"""Lines that belong together though they begin and end at other places."""

from __future__ import annotations

from kb.extract.pdf.lines import line_of
from kb.records import Extraction, Line, Page
from kb.structure import blocks_of
from tests.structure.conftest import SetColumn, SetLine, SetPage

TEXT = [
    "De ploeg komt op maandag langs en vraagt wat er die week in de straat",
    "nodig is en wie er een uur kan helpen bij het koken van de soep en ook",
    "het schoonmaken van de zaal waar het eten om zes uur klaar moet staan.",
]
WIDTH = 5 * len(TEXT[1])


def texts(page: Page, kind: str = "paragraph") -> list[str]:
    blocks = blocks_of(Extraction(pages=(page,)))
    return [block.text for block in blocks if block.kind == kind]


def test_centred_lines_are_one_quotation(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    said = [
        "Wie hier komt eten hoeft niets te betalen en",
        "hoeft ook niet te zeggen waarom hij er",
        "die avond is of wie hem de weg naar deze",
        "zaal heeft gewezen",
    ]
    centred = [
        line(text, 72 + (WIDTH - 5 * len(text)) / 2, 150 + 12 * at)
        for at, text in enumerate(said)
    ]
    lines = [*column(TEXT, top=80), *centred, *column(TEXT, top=230)]
    assert " ".join(said) in texts(page(lines))


def test_lines_that_begin_at_one_place_are_not_taken_for_centred(
    column: SetColumn, page: SetPage
) -> None:
    short = [*TEXT[:2], "later."]
    lines = [*column(short, top=80), *column(short, top=116)]
    assert texts(page(lines)) == [" ".join(short)] * 2


def test_bullets_on_lines_of_their_own_belong_to_the_text_below(
    column: SetColumn, page: SetPage
) -> None:
    lines = column([*TEXT, "Dit is nodig:"], top=80)
    for at, text in enumerate(("brood voor ieder;", "soep in een pan.")):
        lines += column(["•", text], top=140 + 48 * at, pitch=24)
    assert texts(page(lines), "list") == ["brood voor ieder;", "soep in een pan."]  # fmt: skip


def test_a_numbered_paragraph_goes_on_below_its_first_word(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    number = line("2.8", 72, 150)
    first = line("In de zaal wordt op donderdag gegeten, zo", 110, 150)
    lines = [
        *column(TEXT, top=80),
        line_of([*number.words, *first.words]),
        *column(["begrijpen wij, door wie er maar trek heeft."], x=110, top=162),
        *column(TEXT, top=220),
    ]  # fmt: skip
    found = next(text for text in texts(page(lines)) if "2.8" in text)
    assert found.startswith(
        "2.8 In de zaal wordt op donderdag gegeten, zo begrijpen"
    )
    assert found.endswith("door wie er maar trek heeft.")


def test_an_address_that_runs_on_does_not_make_its_column_wider(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    bold = column([TEXT[0], f"{TEXT[1]} niet"], top=200, bold=True)
    rest = line("(zie aldaar).", top=224)
    url = line("https://voorbeeld.nl/" + "soep" * 16, top=260)
    lines = [*column(TEXT * 3, top=80), *bold, rest, url]
    found = texts(page(lines))
    assert any(text.endswith("niet (zie aldaar).") for text in found)


def test_a_large_figure_that_begins_in_the_gutter_crosses_no_column(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    narrow = [text[:38].strip() for text in TEXT]
    figure = line("3", 270, 190, 30)
    lines = [
        line("Wat wij in deze zaal doen", top=60, size=24),
        *column(narrow * 6, top=120),
        figure,
        *column(["Kiezen voor soep"], x=300, top=200, size=14),
        *column(narrow * 6, x=288, top=232),
    ]
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    left = next(block for block in blocks if block.text.startswith(narrow[0]))
    assert left.text.count(narrow[2]) == 6


def test_a_raised_figure_on_a_line_of_its_own_marks_the_note_beside_it(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines: list[Line] = column(TEXT * 3, top=80)
    for at in (2, 3):
        top = 600 + 30 * at
        lines += [
            line(str(at), 72, top - 0.5, 4.5),
            *column([f"Zie het verslag van de zaal, deel {at}."], x=84, top=top, size=7),
        ]  # fmt: skip
    found = texts(page(lines), "footnote")
    assert found == [f"Zie het verslag van de zaal, deel {n}." for n in (2, 3)]


def test_the_bracket_of_a_note_mark_goes_with_it(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    first = line("Zij kwam op donderdag", 72, 80)
    mark = line("6)", first.x1, 78, 6)
    rest = line("(vroeg) bij de zaal aan en bleef eten.", first.x1 + 12, 80)
    opening = line_of([*first.words, *mark.words, *rest.words])
    lines = [opening, *column(TEXT, top=92)]
    found = texts(page(lines))[0]
    assert found.startswith("Zij kwam op donderdag (vroeg) bij de zaal")
