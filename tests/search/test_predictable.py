"""The program that tries what people predict finds nothing amiss, and would."""

from __future__ import annotations

from kb.search import Searcher
from scripts.predictable_search import (
    Held,
    bare,
    both,
    declared,
    drawn,
    drawn_pairs,
    literal,
    undeclared,
)


def test_typed_words_come_first_and_marks_are_declared(
    searcher: Searcher,
) -> None:
    passages = [p for p in searcher.store.passages() if p.kind != "reference"]
    held = Held.of(passages)
    words = drawn(passages, held, 40, 3)
    pairs = drawn_pairs(passages, words, 3)
    assert len(words) > 20
    assert literal(searcher, held, words) == (1.0, 1.0)
    assert both(searcher, held, pairs) >= 0.95
    queries = [*words, *(f"{one} {other}" for one, other in pairs)]
    assert list(undeclared(searcher, queries)) == []


def test_what_is_not_declared_is_told(searcher: Searcher) -> None:
    assert declared(searcher, ["schulden"], "schuldhulpverlening")
    assert declared(searcher, ["werkdruk"], "caseload")
    assert not declared(searcher, ["weken"], "werkdruk")
    assert not declared(searcher, ["meten"], "met")


def test_words_are_bared_of_plurals_only() -> None:
    assert [
        bare(word) for word in ("gezinnen", "weken", "brieven", "kosten")
    ] == [
        "gezinn",
        "weken",
        "briev",
        "kost",
    ]
