"""Slides are told from reports by their running text."""

from __future__ import annotations

from kb.passages.sections import are_slides, sections_of
from kb.records import Block

SENTENCE = "Het team overlegt elke week met de huisarts en de school. "


def document(words_under: int, lists: bool, articles: int = 7) -> list[Block]:
    """Headings with so much text under each; with short reference lists or without."""
    blocks = []
    for number in range(articles):
        blocks.append(Block("heading", f"Over onderwerp {number}", level=1))
        times = words_under // len(SENTENCE.split()) + 1
        blocks.append(Block("paragraph", (SENTENCE * times).strip()))
        if lists:
            blocks.append(Block("heading", "Literatuur", level=2))
            blocks.append(
                Block("reference", "Duin, K. (2012). *Samen*. Assen: Zand.")
            )
    return blocks


def test_many_headings_with_little_under_each_are_slides() -> None:
    assert are_slides(sections_of(document(20, lists=False)))


def test_short_reference_lists_make_no_slides_of_a_collection() -> None:
    assert not are_slides(sections_of(document(150, lists=True)))


def test_slides_with_sources_stay_slides() -> None:
    assert are_slides(sections_of(document(20, lists=True)))
