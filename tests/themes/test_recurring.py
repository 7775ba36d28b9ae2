"""Recurrence of a theme over documents, years and municipalities."""

from __future__ import annotations

from kb.records import Document, Passage, Tag
from kb.themes.recurring import recurrence

DOCUMENTS = [
    Document("a", "a.txt", "A", year=2014),
    Document("b", "b.txt", "B", year=2017),
    Document("c", "c.txt", "C"),
]
PASSAGES = {
    p.id: p
    for p in (
        Passage("a1", "a", "een", 0, municipalities=("Zwolle",)),
        Passage("a2", "a", "twee", 1, municipalities=("Zwolle", "Elburg")),
        Passage("b1", "b", "een", 0),
        Passage("c1", "c", "drie", 0, municipalities=("Zeist",)),
    )
}
TAGS = [
    Tag("a1", "B1", 0.9),
    Tag("a2", "B1", 0.8),
    Tag("b1", "B1", 0.7),
    Tag("c1", "B1", 0.2, evidence=False),
    Tag("c1", "K1", 0.9),
    Tag("gone", "B1", 1),
]


def test_recurrence_counts_evidence_only() -> None:
    found = recurrence("B1", TAGS, PASSAGES, DOCUMENTS)
    assert found.passages == 3
    assert found.documents == (("a", 2), ("b", 1))
    assert found.years == ((2014, 2), (2017, 1))
    assert found.municipalities == (("Zwolle", 2), ("Elburg", 1))
    assert found.new == ()


def test_what_is_said_again_counts_once() -> None:
    found = recurrence(
        "B1", TAGS, PASSAGES, DOCUMENTS, groups={"a1": "g", "b1": "g"}
    )
    assert found.statements == 2
    assert found.repeated == (("a1", "b1"),)


def test_new_is_of_documents_since_the_year() -> None:
    assert recurrence("B1", TAGS, PASSAGES, DOCUMENTS, since=2015).new == (
        "b1",
    )
    assert recurrence("K1", TAGS, PASSAGES, DOCUMENTS, since=2015).new == ()


def test_theme_that_nobody_speaks_of_recurs_nowhere() -> None:
    found = recurrence("B9", TAGS, PASSAGES, DOCUMENTS)
    assert (found.passages, found.documents, found.years) == (0, (), ())
