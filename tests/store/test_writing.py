"""Records take the place of those that they replace, and of no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.records import (
    Citation,
    Document,
    Passage,
    Problem,
    Reference,
    Similar,
    Tag,
    Work,
)
from kb.store import Store, sqlite_url


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two documents with one record of each class."""
    store = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    for id in ("a", "b"):
        store.replace_document(
            Document(id, f"{id}.md", f"Verslag {id}"),
            [Passage(f"{id}1", id, "Het team kent de buurt.", 0)],
            [Tag(f"{id}1", "B1", 0.7)],
            [Reference(f"r{id}", id, "Bol (2014).")],
            [Citation(f"{id}1", "Bol", 0, 3, work="w1")],
        )
        store.add([Problem(id, "no_text")])
        store.add([Similar(f"{id}1", "g1", 1.0)])
    store.add([Work("w1", {"title": "Erbij"}), Work("w2", {"title": "Los"})])
    yield store
    store.close()


def of(store: Store, document: str) -> list[object]:
    """All that stands under a document."""
    passages = store.passages(document)
    return [
        *passages,
        *store.tags(document=document),
        *store.references(document),
        *store.citations(document=document),
        *store.problems(document),
        *(one for p in passages for one in store.similar(p.id)),
    ]


def test_what_a_document_says_is_rewritten_in_one_go(store: Store) -> None:
    other = of(store, "b")
    passages = [Passage("a2", "a", "Nu anders.", 0)]
    tags = [Tag("a2", "B7", 0.9)]
    citations = [Citation("a2", "Kok", 0, 3)]
    store.rewrite("a", passages, tags, citations)
    assert store.passages("a") == passages
    assert store.tags(document="a") == tags
    assert store.citations(document="a") == citations
    assert [one.id for one in store.references("a")] == ["ra"]
    assert store.document("a").title == "Verslag a"
    assert of(store, "b")[:4] == other[:4]
    store.rewrite("a", [], [], [])
    assert store.passages("a") == []
    assert store.citations(["a2"]) == []


def test_a_removed_document_goes_with_all_that_stands_under_it(
    store: Store,
) -> None:
    store.remove(["a", "weg"])
    assert store.document_ids() == ["b"]
    assert of(store, "a") == []
    assert [one.passage for one in store.similar("b1")] == ["b1"]
    assert store.tags(["a1"]) == []
    assert store.citations(["a1"]) == []
    assert [one.document for one in store.problems()] == ["b"]


def test_records_are_put_in_the_place_of_those_with_their_keys(
    store: Store,
) -> None:
    new = [Work("w2", {"title": "Nieuw"}), Work("w3", {})]
    store.put_all(new)
    assert store.works() == [Work("w1", {"title": "Erbij"}), *new]
    store.put_all([])
    store.put_all([Tag("a1", "B1", 0.2), Tag("a1", "B2", 0.9)])
    assert [(t.theme, t.score) for t in store.tags(["a1"])] == [
        ("B2", 0.9),
        ("B1", 0.2),
    ]
    assert [t.score for t in store.tags(["b1"])] == [0.7]


def test_records_are_forgotten_by_id_and_a_class_is_emptied(
    store: Store,
) -> None:
    store.forget(Work, ["w1", "weg"])
    assert [work.id for work in store.works()] == ["w2"]
    store.forget(Work, [])
    assert store.count(Work) == 1
    store.clear(Work)
    assert store.works() == []
    assert store.count(Document) == 2


def test_more_records_than_are_written_at_once_all_arrive(
    store: Store,
) -> None:
    store.clear(Tag)
    store.add(Tag(f"p{n}", "B1", 0.5) for n in range(2_001))
    assert store.count(Tag) == 2_001
    store.add([])
    assert store.count(Tag) == 2_001


@pytest.mark.parametrize("record", [Citation, Problem])
def test_records_without_a_key_are_not_compared(
    store: Store, record: type
) -> None:
    with pytest.raises(ValueError, match=record.__name__):
        store.make_equal(record, [])


def test_a_class_of_one_document_is_replaced_alone(store: Store) -> None:
    store.replace_of("a", Reference, [Reference("r9", "a", "Kok.")])
    store.replace_of("b", Problem, [])
    assert [one.id for one in store.references()] == ["r9", "rb"]
    assert [one.document for one in store.problems()] == ["a"]
    assert store.passages("a")[0].id == "a1"
