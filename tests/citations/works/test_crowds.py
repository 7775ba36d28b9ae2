"""Thousands of works that look alike: linking takes time with their number, not its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kb.citations import resolve
from kb.citations.entries.parse import parse_entry
from kb.records import Citation, Document, Passage, Reference

MANY = 1500
# Processor seconds. Comparing each with all took 41 s for 4,000 of one shape.
ENOUGH = 8.0

Entry = Callable[[int], str | None]
Cited = Callable[[int], tuple[str, ...]]


def _name(number: int) -> str:
    """A different name for each number, one letter from that of its neighbours."""
    letters = "abcdefghijklmnop"
    digits = (number // 16**place % 16 for place in range(3))
    return "ver" + "".join(letters[digit] for digit in digits) + "kamp"


SHAPES: dict[str, tuple[Entry, Cited]] = {
    "one author, cited with others": (
        lambda n: f"Vos, K. (2015). Over team {n} in de wijk. Bureau Wijk.",
        lambda n: ("Vos", _name(n)),
    ),
    "names that differ in a letter": (
        lambda n: f"{_name(n).title()}, K. (2015). Over de wijk. Bureau Wijk.",
        lambda n: (_name(n).title(),),
    ),
    "no list, names that differ in a letter": (
        lambda n: None,
        lambda n: (_name(n).title(),),
    ),
    "no list, one author with others": (
        lambda n: None,
        lambda n: ("Vos", _name(n).title()),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_many_works_alike_are_linked_in_seconds(shape: str) -> None:
    entry, cited = SHAPES[shape]
    raws = [(n, raw) for n in range(MANY) if (raw := entry(n))]
    references = [
        Reference(f"r{n}", "d", raw, parse_entry(raw), list_number=1)
        for n, raw in raws
    ]
    passages = [Passage(f"p{n}", "d", "", n) for n in range(MANY)]
    citations = [
        Citation(f"p{n}", "", 0, 0, cited(n), 2015) for n in range(MANY)
    ]
    began = time.process_time()
    found = resolve(
        [Document("d", "d.md", "Een lijst")], passages, references, citations
    )
    assert time.process_time() - began < ENOUGH
    assert len(found.citations) == MANY


def test_a_work_mentioned_in_many_documents_is_one() -> None:
    documents = [
        Document(f"d{n}", f"d{n}.md", f"Deel {n}") for n in range(MANY)
    ]
    passages = [Passage(f"p{n}", f"d{n}", "", 0) for n in range(MANY)]
    citations = [
        Citation(f"p{n}", "", 0, 0, ("Verkamp", "Vos"), 2015)
        for n in range(MANY)
    ]
    found = resolve(documents, passages, [], citations)
    (work,) = [work for work in found.works if work.origin == "mention"]
    assert work.mentions == len(work.cited_by) == MANY
