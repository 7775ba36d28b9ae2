"""Articles are found in whole files of many shapes, and in none that only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb.extract import extract
from kb.extract.limits import Limits
from kb.records import Block, Part
from kb.structure import blocks_of
from kb.volumes import parts_of

SHAPES = Path(__file__).parent / "shapes"
TRUTH = yaml.safe_load((SHAPES / "truth.yaml").read_text(encoding="utf-8"))
TEXT = "Wie aanbelt zonder aanleiding, hoort wat er speelt. Dat kost tijd en levert rust op."


def told(part: Part) -> list[object]:
    names = [name.get("family") or name["literal"] for name in part.names]
    return [part.title, names, part.pages]


@pytest.mark.parametrize("shape", TRUTH)
def test_articles_of_a_file(shape: str) -> None:
    file = SHAPES / f"{shape}.md"
    blocks = blocks_of(extract(file, Limits(ocr=False)))
    assert list(map(told, parts_of(shape, blocks))) == TRUTH[shape]


def section(title: str, *lines: str, level: int = 1) -> list[Block]:
    blocks = [Block("heading", title, level=level)]
    return blocks + [Block("paragraph", line) for line in lines]


NO_COLLECTIONS = {
    "speakers under what they said": [
        *section("De straat spreekt", TEXT, TEXT, TEXT, "Karin de Jong"),
        *section("Het plein zwijgt", TEXT, TEXT, TEXT, "Johan Visser"),
        *section("Colofon", TEXT),
    ],
    "speakers before a heading, a name under the title": [
        *section("De straat", "Rob Bos"),
        *section("De straat spreekt", TEXT, TEXT, TEXT, "Karin de Jong"),
        *section("Het plein zwijgt", TEXT, TEXT, TEXT),
    ],
    "who took part": [
        *section("Bijlage 1. Respondenten", "Gemeente Rijnoord", TEXT, TEXT),
        *section("Bijlage 2. Begeleiding", "Karin de Jong", TEXT, TEXT),
    ],
    "bodies in annexes": [
        *section("Bijlage 1. Het noorden", "Stichting De Brug", "Bos", "Vos"),
        *section("Bijlage 2. Het zuiden", "Gemeente Rijnoord", "Bos", "Vos"),
    ],
    "chapters with numbers": [
        *section("1.1 De straat", TEXT, TEXT, TEXT),
        *section("1.2 Het plein", TEXT, TEXT, TEXT),
    ],
}


@pytest.mark.parametrize("shape", NO_COLLECTIONS)
def test_no_articles_where_names_are_of_others(shape: str) -> None:
    assert parts_of("r", NO_COLLECTIONS[shape]) == ()


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("1.2 De straat waakt", "De straat waakt"),
        ("3. De straat waakt", "De straat waakt"),
        ("12 straten die waken", "12 straten die waken"),
    ],
)
def test_the_number_of_a_section_is_no_part_of_its_title(
    heading: str, title: str
) -> None:
    blocks = [
        *section(heading, "Auteur: Karin de Jong", TEXT, TEXT, TEXT),
        *section("Het plein slaapt", "Auteur: Rob Bos", TEXT, TEXT, TEXT),
    ]
    assert parts_of("r", blocks)[0].title == title
