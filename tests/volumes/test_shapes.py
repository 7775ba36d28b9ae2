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


MORE = yaml.safe_load(
    (SHAPES.parent / "more_shapes.yaml").read_text(encoding="utf-8")
)
PARAGRAPHS = [
    "Op maandag stond de deur van het buurthuis open en kwam er niemand binnen.",
    "Een maand later zaten er elf mensen, en drie van hen hadden nooit eerder iets gevraagd.",
    "Het team schreef op wat er gebeurde en las dat in juni nog eens terug.",
    "Wie lang genoeg blijft zitten, hoort vanzelf waar het om gaat. Dat helpt wel.",
]
FILLED = {
    "<tekst>": "\n\n".join(PARAGRAPHS),
    "<kort>": "\n\n".join(PARAGRAPHS[:2]),
    "<lijst>": "## Literatuur\n\nHazelaar, W. (2013). *De stilte*. Ede: Kantelpers.",
}


@pytest.mark.parametrize("shape", MORE)
def test_articles_of_files_of_more_shapes(shape: str, tmp_path: Path) -> None:
    text = MORE[shape]["file"]
    for mark, filled in FILLED.items():
        text = text.replace(mark, filled)
    file = tmp_path / f"{shape}.md"
    file.write_text(text, encoding="utf-8")
    blocks = blocks_of(extract(file, Limits(ocr=False)))
    assert list(map(told, parts_of(shape, blocks))) == MORE[shape]["articles"]


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
    "portraits with a name under some headings": [
        *section("De straat", TEXT, TEXT, TEXT),
        *section("Het plein", "Karin de Jong", TEXT, TEXT, TEXT),
        *section("De brug", "Johan Visser", TEXT, TEXT, TEXT),
        *section("Het park", "Rob Bos", TEXT, TEXT, TEXT),
    ],
    "who is quoted below the first lines": [
        *section("De straat", TEXT, "Karin de Jong", TEXT, TEXT),
        *section("Het plein", TEXT, "Johan Visser", TEXT, TEXT),
        *section("De brug", TEXT, TEXT, TEXT),
    ],
    "what somebody is, in a report": [
        *section("De straat", "Karin de Jong is wethouder.", TEXT, TEXT, TEXT),
        *section("Het plein", TEXT, TEXT, TEXT),
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
