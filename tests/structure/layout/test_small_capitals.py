"""Small capitals that a file writes as small letters, and bold lines above bold leads."""

from kb.extract.pdf.lines import line_of
from kb.records import Extraction, Line, Word
from kb.structure import blocks_of
from tests.structure.conftest import SetColumn, SetLine, SetPage

TEXT = [
    "de ploeg komt op maandag langs en vraagt wat er die week in de straat",
    "nodig is en wie er een uur kan helpen bij het koken van de soep en het",
    "schoonmaken van de zaal waar het eten om zes uur klaar moet staan.",
]


def small_capitals(text: str, top: float, large: float, small: float) -> Line:
    """`text` of which capitals are `large` and small letters `small`."""
    words, at = [], 72.0
    for part in text.split():
        for piece in (part[:1], part[1:]) if part[0].isupper() else (part,):
            size = large if piece.isupper() else small
            end = at + 0.5 * size * len(piece)
            base = top + 0.75 * large
            box = (at, base - 0.75 * size, end, base + 0.25 * size)
            if piece:
                words.append(Word(piece, *box, size, "Sierletter"))
            at = end
        at += 0.4 * small
    return line_of(words)


def test_size_of_small_capitals_is_that_of_the_large_ones() -> None:
    line = small_capitals("De Tafel in Zuid", 100, 12, 9)
    assert line.size == 12
    assert line.text == "De Tafel in Zuid"


def test_a_line_of_two_sizes_that_are_no_small_capitals_keeps_that_of_most() -> (
    None
):
    words = [
        Word("Wijk", 72, 100, 92, 112, 12.0),
        Word("en buurt samen aan tafel", 95, 102, 200, 111, 9.0),
    ]
    assert line_of(words).size == 9.0


def test_a_heading_in_small_capitals_over_two_lines_is_one_heading(
    column: SetColumn, page: SetPage
) -> None:
    head = [
        small_capitals("Wat er in de keuken van het buurthuis", 80, 15, 10.5),
        small_capitals("gebeurt als de soep op is", 98, 15, 10.5),
    ]
    body = column([line.capitalize() for line in TEXT] * 3, top=130)
    blocks = blocks_of(Extraction(pages=(page([*head, *body]),)))
    headings = [block.text for block in blocks if block.kind == "heading"]
    assert headings == [
        "Wat er in de keuken van het buurthuis gebeurt als de soep op is"
    ]


def test_a_short_bold_line_above_text_with_a_bold_opening_is_a_heading(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    lines, top = [], 80.0
    for name in ("Koken", "Eten", "Afwassen"):
        lead = line(f"{name}.", 72, top + 12, bold=True)
        rest = line("Eerst komt de ploeg van dienst langs de deuren van de hele "
                    "straat en daarna", lead.x1 + 5, top + 12)  # fmt: skip
        lines.append(line(f"Hoe gaat {name.lower()} hier", 72, top, bold=True))
        lines.append(line_of([*lead.words, *rest.words]))
        lines += column(TEXT, top=top + 24)
        top += 90
    blocks = blocks_of(Extraction(pages=(page(lines),)))
    headings = [block.text for block in blocks if block.kind == "heading"]
    assert headings[:2] == ["Hoe gaat koken hier", "Koken."]
    assert len(headings) == 6
