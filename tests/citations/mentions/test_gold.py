"""Citations of all kinds in passages of our own: how many are found, how many are right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.citations import citations_of
from kb.dutch.fold import letters
from kb.records import Citation, Passage

HERE = Path(__file__).parent
F1, PRECISION = 0.93, 0.97


def wanted(line: str) -> tuple[str, tuple[str, ...], int | None, str]:
    parts = [part.strip() for part in line.split("|")]
    surface, authors, year, title = [*parts, "", "", ""][:4]
    names = tuple(letters(name) for name in authors.split(",") if name.strip())
    return surface.replace("’", "'"), names, int(year) if year else None, title


def given(citation: Citation) -> tuple[str, tuple[str, ...], int | None, str]:
    title = str(citation.csl.get("title", ""))
    if citation.number is not None:
        title = f"#{citation.number}"
    names = tuple(letters(name) for name in citation.authors)
    return citation.surface.replace("’", "'"), names, citation.year, title


def scores(cases: list[dict[str, Any]]) -> tuple[float, float, list[str]]:
    """Precision, F1, and each miss and each false one in words."""
    right = found = there = 0
    faults = []
    for case in cases:
        kind = "footnote" if case.get("note") else "paragraph"
        passage = Passage("p", "d", case["text"], 0, block=kind)
        expected = {wanted(line) for line in case["cites"]}
        got = {given(citation) for citation in citations_of(passage)}
        right, found, there = (
            right + len(expected & got),
            found + len(got),
            there + len(expected),
        )
        faults += [f"missed {one}" for one in sorted(map(str, expected - got))]
        faults += [f"false {one}" for one in sorted(map(str, got - expected))]
    precision, recall = right / found, right / there
    return precision, 2 * precision * recall / (precision + recall), faults


@pytest.mark.parametrize("name", ["gold_seen.yaml", "gold_unseen.yaml"])
def test_citations_of_all_kinds_are_found_and_few_are_false(name: str) -> None:
    cases = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    precision, f1, faults = scores(cases)
    assert precision >= PRECISION, faults
    assert f1 >= F1, faults


def test_the_gold_is_large_enough_to_tell() -> None:
    halves = [
        yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
        for name in ("gold_seen.yaml", "gold_unseen.yaml")
    ]
    counted = [sum(len(case["cites"]) for case in half) for half in halves]
    assert sum(counted) >= 120
    assert min(counted) >= 60


SENTENCES = [
    "Het team is er voor iedereen en dat blijft zo (Kamerstukken II 2013/14, 33841).",
    "Wij willen dat de gemeente hier werk van maakt en niet wacht (zie bijlage, 2015).",
    "In de wijk wonen veel mensen die het zelf niet redden (nota, 2016; brief, 2017).",
    "Wie Hulp Vraagt Moet Die Krijgen En Dat Is Niet Altijd Zo (2018).",
    "Toen De Raad Dat Besloot (2014) Was Het Al Te Laat.",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_no_sentence_becomes_a_name(text: str) -> None:
    for citation in citations_of(Passage("p", "d", text, 0)):
        assert all(len(author.split()) <= 6 for author in citation.authors)
        assert not {"is", "dat", "niet", "moet"} & set(
            " ".join(citation.authors).lower().split()
        )
