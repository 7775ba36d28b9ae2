"""Headings in a column of their own, left of the text they head."""

from __future__ import annotations

import pytest

from kb.extract.pdf.lines import line_of
from kb.records import Extraction, Line, Page
from kb.structure import blocks_of
from tests.structure.conftest import SetColumn, SetLine, SetPage

TEXT = [
    "De ploeg komt op maandag langs en vraagt wat er die week in de straat",
    "nodig is en wie er een uur kan helpen bij het koken van de soep en ook",
    "het schoonmaken van de zaal.",
]


def told(page: Page) -> list[tuple[str, str]]:
    blocks = blocks_of(Extraction(pages=(page,)))
    return [(block.kind, block.text) for block in blocks]


@pytest.mark.parametrize(
    "style",
    [{"bold": True}, {"font": "Kop"}, {"color": "#800000", "font": "Kop"}],
)
def test_a_heading_beside_its_text_is_read_before_it(
    column: SetColumn, page: SetPage, style: dict[str, str]
) -> None:
    lines: list[Line] = []
    for at, title in enumerate((["Koken met", "de buren"], ["Eten"])):
        lines += column(title, x=60, top=80 + 80 * at, **style)
        lines += column([*TEXT, *TEXT], x=180, top=80 + 80 * at)
    text = " ".join(TEXT)
    found = told(page(lines))
    assert found[0] == ("heading", "Koken met de buren")
    assert found[1][1].startswith(text)
    assert ("heading", "Eten") in found


def test_a_heading_written_on_the_line_of_its_text_is_parted_from_it(
    line: SetLine, column: SetColumn, page: SetPage
) -> None:
    title = line("Koken", x=60, top=80, bold=True)
    first, *others = column([*TEXT, *TEXT], x=180, top=80)
    joined = line_of([*title.words, *first.words])
    found = told(page([joined, *others]))
    assert found[0] == ("heading", "Koken")
    assert found[1][1].startswith(TEXT[0])


def test_a_number_before_a_paragraph_is_no_heading_of_it(
    column: SetColumn, page: SetPage
) -> None:
    lines = [
        *column(["1."], x=160, top=80, bold=True),
        *column([*TEXT, *TEXT], x=180, top=80),
    ]
    assert "heading" not in [kind for kind, _ in told(page(lines))]
