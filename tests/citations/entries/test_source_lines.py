"""Source lines that say in a sentence who made a work, and where it is."""

from __future__ import annotations

import pytest

from kb.citations import references_of
from kb.citations.entries.parse import parse_entry
from kb.records import Block


@pytest.mark.parametrize(
    ("line", "authors", "title"),
    [
        (
            "Bron: Gemaakt door Pharos, GGD IJsselland en Stichting Lezen met geld van "
            "het Oranje Fonds. "
            "Bekijk de Buurtmonitor online: www.buurtmonitor-voorbeeld.nl",
            ["Pharos", "GGD IJsselland", "Stichting Lezen"],
            "Buurtmonitor",
        ),
        (
            (
                "Ontwikkeld door een consortium van Nivel en Vilans. Download het Werkboek "
                "Samen Wonen via: www.werkboek-voorbeeld.nl"
            ),
            ["Nivel", "Vilans"],
            "Werkboek Samen Wonen",
        ),
    ],
)
def test_makers_are_authors_and_what_one_is_sent_to_is_the_title(
    line: str, authors: list[str], title: str
) -> None:
    csl = parse_entry(line)
    assert [n["literal"] for n in csl["author"]] == authors
    assert (csl["title"], csl["type"]) == (title, "webpage")


def test_a_line_that_credits_nobody_by_name_gives_no_author() -> None:
    assert "author" not in parse_entry(
        "Bron: Gemaakt door studenten en bewoners. Bekijk de kaart online: www.kaart-voorbeeld.nl"
    )


def test_a_sentence_behind_bron_is_no_source() -> None:
    text = (
        "Bron: Het stuk van Vink & Mol (2016) laat zien hoe stoepen leeglopen."
    )
    assert references_of("d", [Block("paragraph", text)]) == ()


def test_a_source_behind_bron_is_one() -> None:
    text = "Bron: Jaarboek van stoepen en straten, Vink & Mol (2016)"
    assert len(references_of("d", [Block("paragraph", text)])) == 1
