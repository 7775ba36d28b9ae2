"""A line that tells a source is part of what it stands under."""

from __future__ import annotations

import pytest

from kb.citations import citations_of
from kb.passages import passages_of
from kb.passages.source_lines import source_below
from kb.records import Block

ITEMS = [
    Block("paragraph", "Een team doet vier dingen:"),
    Block("list", "aanbellen bij wie niemand anders nog bezoekt;"),
    Block("list", "luisteren naar wat er speelt en wat er niet speelt."),
]
AFTER = Block(
    "paragraph",
    "Daarna ging het in alle straten zoals het in de eerste straat gegaan was.",
)


@pytest.mark.parametrize(
    "line",
    [
        "Bron: Prins & Vos (2014).",
        "(naar Prins & Vos, 2014)",
        "(Prins & Vos, 2014, p. 3)",
        "Ontleend aan Prins & Vos (2014)",
    ],
)
def test_a_source_below_a_list_is_cited_by_the_list(line: str) -> None:
    found = passages_of("d", [*ITEMS, Block("paragraph", line), AFTER])
    assert [p.text.splitlines()[-1] for p in found] == [line, AFTER.text]
    (cited,) = citations_of(found[0])
    assert (cited.authors, cited.year) == (("Prins", "Vos"), 2014)


def test_a_source_below_a_table_is_its_last_row() -> None:
    rows = (("straat", "bellen"), ("Noord", "12"))
    table = Block("table", "straat | bellen\nNoord | 12", rows=rows)
    source = Block("caption", "Bron: Kantelpers, 2016")
    (found, _after) = passages_of("d", [table, source, AFTER])
    assert found.rows[-1] == (source.text,)
    assert found.text.endswith(source.text)


@pytest.mark.parametrize(
    "text",
    [
        "Naar de wijk gaan kost tijd en levert vertrouwen op in elke straat.",
        "Bronnen van kracht zijn er in 2014 genoeg. Ze worden niet gezien.",
        "De bron: niemand weet waar die in de straat begon, ook de bewoners niet meer.",
    ],
)
def test_a_sentence_below_a_list_stays_apart(text: str) -> None:
    found = passages_of("d", [*ITEMS, Block("paragraph", text), AFTER])
    assert text in [p.text for p in found] or text in found[-1].text
    assert not found[0].text.endswith(text)


def test_the_source_below_is_known_of_a_passage() -> None:
    line = "(naar Prins & Vos, 2014)"
    (found, other) = passages_of(
        "d", [*ITEMS, Block("paragraph", line), AFTER]
    )
    ((start, end),) = source_below(found)
    assert found.text[start:end] == line
    assert source_below(other) == []


@pytest.mark.parametrize("kind", ["paragraph", "quote"])
@pytest.mark.parametrize(
    "line", ["(bewoner, Noord).", "(professional wijkteam)*"]
)
def test_who_said_it_stands_with_the_words(kind: str, line: str) -> None:
    said = (
        "‘Ik wist niet dat iemand in deze straat nog bij een ander aanbelde, en nu "
        "bel ik zelf iedere week bij drie mensen aan.’"
    )
    blocks = [Block(kind, said), Block("paragraph", line), AFTER]
    assert passages_of("d", blocks)[0].text == f"{said} {line}"


def test_a_bracket_below_no_quotation_stays_apart() -> None:
    long = Block("paragraph", f"{AFTER.text} {AFTER.text}")
    blocks = [long, Block("paragraph", "(zie de bijlage)")]
    assert passages_of("d", blocks)[0].text == long.text
