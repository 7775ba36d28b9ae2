"""Records are found by what is asked of them, in an order that does not hang on writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import (
    DamagedIndexError,
    UnknownDocumentError,
    UnknownPassageError,
    UnknownWorkError,
)
from kb.records import (
    Citation,
    Document,
    Formatted,
    Passage,
    Problem,
    Reference,
    Similar,
    Tag,
    Work,
)
from kb.store import Store, counts, evidence, sqlite_url
from kb.store.reading import in_parts

NAMES = "Anna de Wit en Karel Smeets vertelden ons hoe het team werkt en wat het mist."
PASSAGES = [  # written against their order
    Passage("b-2", "b", "Het team van Ede kent de buurt.", 2),
    Passage("b-1", "b", "Tabel 2", 1, kind="table"),
    Passage("b-0", "b", "De huisarts belt.", 0),
    Passage("a-9", "a", "Tabel 1", 0, kind="table"),
    Passage("a-3", "a", "Tabel 3", 2, kind="table"),
    Passage("a-0", "a", "De raad besluit later.", 3),
    Passage("a-1", "a", NAMES, 1, section=("Dankwoord",)),
]
REFERENCES = [
    Reference("r3", "a", "Bol (2014).", {"title": "Erbij"}, "w1"),
    Reference("r1", "b", "Bol (2014).", {"title": "Erbij"}, "w1"),
    Reference("r2", "a", "Kok (2016).", {"title": "Nabij"}, "w2"),
]
CITATIONS = [
    Citation("b-2", "Kok, 2016", 9, 18, work="w2"),
    Citation("b-2", "Bol, 2014", 2, 11, work="w1", noted_in="b-0"),
    Citation("b-0", "Kok, 2016", 5, 14, work="w2"),
    Citation("b-0", "Bol", 5, 8, work="w1"),
    Citation("a-1", "Bol, 2014", 0, 9, work="w1"),
    Citation("b-0", "iemand", 0, 6),
]
WORKS = [
    Work("w2", {"title": "Nabij"}),
    Work("w3", {"title": "Los"}, document="b"),
    Work("w1", {"title": "Erbij"}, document="a"),
]
TAGS = [
    Tag("b-2", "B7", 0.7),
    Tag("b-2", "B1", 0.9),
    Tag("b-0", "B3", 0.7),
    Tag("b-0", "B1", 0.7),
    Tag("b-0", "K1", 0.3, evidence=False),
    Tag("a-1", "B1", 0.8),
    Tag("b-1", "B7", 0.8),
]
FORMATTED = [
    Formatted(work, style, language, f"{work} {style} {language}", "", "", "")
    for work in ("w2", "w1")
    for style in ("apa", "mla")
    for language in ("nl", "en")
]
PROBLEMS = [
    Problem("b", "open_citations", 3),
    Problem("a", "no_text"),
    Problem("b", "no_text", 1),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("reading")
    store = Store.create(sqlite_url(folder / "records.sqlite"))
    store.add([Document(id, f"{id}.md", f"Verslag {id}") for id in "ba"])
    for records in (
        PASSAGES,
        REFERENCES,
        CITATIONS,
        WORKS,
        TAGS,
        FORMATTED,
        PROBLEMS,
    ):
        store.add(list[object](records))
    store.add([Similar("b-2", "g1", 0.8), Similar("b-0", "g1", 0.9)])
    yield store
    store.close()


def test_references_are_asked_by_document_work_or_id(store: Store) -> None:
    def ids(found: list[Reference]) -> list[str]:
        return [reference.id for reference in found]

    assert ids(store.references()) == ["r1", "r2", "r3"]
    assert ids(store.references("a")) == ["r2", "r3"]
    assert ids(store.references(work="w1")) == ["r1", "r3"]
    assert ids(store.references("a", "w1")) == ["r3"]
    assert ids(store.references(ids=["r3", "weg", "r1"])) == ["r1", "r3"]
    assert store.references(ids=[]) == []
    assert store.references(ids=["r2"]) == [REFERENCES[2]]


def test_citations_are_asked_by_where_they_stand_and_what_they_cite(
    store: Store,
) -> None:
    def told(found: list[Citation]) -> list[tuple[str, int, int]]:
        return [(one.passage, one.start, one.end) for one in found]

    a = [("a-1", 0, 9)]
    b0 = [("b-0", 0, 6), ("b-0", 5, 8), ("b-0", 5, 14)]
    b2 = [("b-2", 2, 11), ("b-2", 9, 18)]
    assert told(store.citations()) == a + b0 + b2
    assert told(store.citations(["b-2", "a-1"])) == a + b2
    assert store.citations([]) == []
    assert told(store.citations(document="b")) == b0 + b2
    assert told(store.citations(work="w1")) == [*a, b0[1], b2[0]]
    assert told(store.citations(["b-0"], work="w2")) == [b0[2]]
    assert told(store.citations(document="b", work="w1")) == [b0[1], b2[0]]
    assert told(store.citations(noted_in=["b-0", "b-1"])) == [b2[0]]
    assert store.citations(noted_in=["b-2"]) == []
    assert store.citations(noted_in=["b-0"], work="w2") == []


def test_mentions_at_one_place_come_as_they_were_written(
    tmp_path: Path,
) -> None:
    twice = [
        Citation("p", surface, 3, 9, work=work)
        for surface, work in (("b", "w1"), ("a", "w3"), ("a", "w2"))
    ]
    store = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    store.add(twice)
    found = store.citations(["p"])
    store.close()
    assert found == [twice[1], twice[2], twice[0]]


def test_works_are_asked_by_id_or_document(store: Store) -> None:
    assert [work.id for work in store.works()] == ["w1", "w2", "w3"]
    assert [work.id for work in store.works(["w3", "x", "w1"])] == ["w1", "w3"]
    assert store.works([]) == []
    assert store.works(document="b") == [WORKS[1]]
    assert store.works(["w1"], document="b") == [WORKS[1]]
    assert store.works(document="c") == []
    assert store.work("w2") == WORKS[0]


def test_tags_are_asked_together_by_passage_theme_and_document(
    store: Store,
) -> None:
    def told(found: list[Tag]) -> list[tuple[str, str]]:
        return [(tag.passage, tag.theme) for tag in found]

    assert told(store.tags(document="b")) == [
        ("b-2", "B1"),
        ("b-1", "B7"),
        ("b-0", "B1"),
        ("b-0", "B3"),
        ("b-2", "B7"),
    ]
    assert told(store.tags(theme="B1")) == [
        ("b-2", "B1"),
        ("a-1", "B1"),
        ("b-0", "B1"),
    ]
    assert told(store.tags(["b-0"], theme="B1")) == [("b-0", "B1")]
    assert told(store.tags(["b-0"], theme="K1", shown=False)) == [
        ("b-0", "K1")
    ]
    assert store.tags(["b-0"], theme="K1") == []
    assert store.tags([]) == []


def test_texts_and_ids_are_given_alone(store: Store) -> None:
    assert store.document_ids() == ["a", "b"]
    assert store.texts("b") == [
        ("b-0", "De huisarts belt."),
        ("b-1", "Tabel 2"),
        ("b-2", "Het team van Ede kent de buurt."),
    ]
    assert store.texts("c") == []
    of_a = ["a-9", "a-1", "a-3", "a-0"]
    assert [id for id, _ in store.texts("a")] == of_a
    everything = [passage.id for passage in store.passages()]
    assert everything == [*of_a, "b-0", "b-1", "b-2"]
    assert store.passages("c") == []
    assert store.passages(ids=[]) == []
    assert store.passages("a", ids=["b-2"]) == [PASSAGES[0]]


def test_strings_of_a_work_are_those_of_one_style_and_language(
    store: Store,
) -> None:
    assert {
        w: f.reference for w, f in store.formatted(["w1", "w2"]).items()
    } == {
        "w1": "w1 apa nl",
        "w2": "w2 apa nl",
    }
    mla = store.formatted(["w2", "weg"], "mla", "en")
    assert [found.reference for found in mla.values()] == ["w2 mla en"]
    assert store.formatted([]) == {}


def test_problems_come_as_they_were_met(store: Store) -> None:
    assert store.problems() == PROBLEMS
    assert store.problems("b") == [PROBLEMS[0], PROBLEMS[2]]
    assert store.problems("c") == []


def test_what_stands_on_either_side_is_as_much_as_asked(store: Store) -> None:
    def around(before: int, after: int) -> tuple[list[str], list[str]]:
        found = store.neighbours(PASSAGES[1], before, after)
        return [p.id for p in found[0]], [p.id for p in found[1]]

    assert around(1, 1) == (["b-0"], ["b-2"])
    assert around(0, 1) == ([], ["b-2"])
    assert around(5, 0) == (["b-0"], [])
    _, later = store.neighbours(PASSAGES[-1], 0, 2)
    assert [passage.id for passage in later] == ["a-3", "a-0"]


def test_what_is_not_there_is_named(store: Store) -> None:
    for call, error in (
        (store.document, UnknownDocumentError),
        (store.passage, UnknownPassageError),
        (store.work, UnknownWorkError),
    ):
        with pytest.raises(error) as raised:
            call("weg")
        assert raised.value.values == {"id": "weg"}


def test_counts_are_of_the_class_asked(store: Store) -> None:
    assert (store.count(Passage), store.count(Work)) == (7, 3)
    assert store.get("built") is None
    store.check()


def test_records_that_are_cut_short_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    store = Store.create(sqlite_url(path))
    store.add(Passage(f"p{n}", "d", "tekst " * 50, n) for n in range(300))
    store.close()
    content = path.read_bytes()
    path.write_bytes(content[:20_000] + bytes(8_000) + content[28_000:])
    reader = Store(sqlite_url(path))
    with pytest.raises(DamagedIndexError) as raised:
        reader.check()
    assert raised.value.values["path"] == str(path)
    reader.close()


@pytest.mark.parametrize(
    ("number", "sizes"), [(0, []), (500, [500]), (1_001, [500, 500, 1])]
)
def test_ids_go_in_parts_in_their_order(number: int, sizes: list[int]) -> None:
    ids = [f"x{n}" for n in reversed(range(number))]
    parts = list(in_parts([*ids, *ids]))
    assert [len(part) for part in parts] == sizes
    assert [id for part in parts for id in part] == ids


def test_names_of_who_took_part_are_silent_unless_shown(store: Store) -> None:
    """`a-1` thanks three people by name."""
    assert evidence.silent_passages(store) == {"a-1"}
    assert evidence.silent_passages(store, personal=True) == set()


@pytest.mark.parametrize(
    ("kind", "length", "is_silent"),
    [("contents", 2_000, True), ("contents", 9, True), ("text", 2_000, False)],
)
def test_some_kinds_are_silent_at_any_length(
    kind: str, length: int, is_silent: bool, tmp_path: Path
) -> None:
    words = "1 Aanleiding ... 3 " * 200
    store = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    store.add([Passage("p", "d", words[:length], 0, kind=kind)])
    store.add([Tag("p", "B1", 0.9)])
    assert evidence.silent_passages(store) == ({"p"} if is_silent else set())
    store.close()


def test_tables_come_in_reading_order_whatever_is_asked_first(
    store: Store,
) -> None:
    found = [table.id for table in evidence.tables_of(store, ["b", "a"])]
    assert found == ["a-9", "a-3", "b-1"]
    assert evidence.tables_of(store, ["a"])[0] == PASSAGES[3]
    assert evidence.tables_of(store, []) == []


def test_themes_of_a_document_follow_its_passages_strongest_first(
    store: Store,
) -> None:
    assert counts.theme_positions(store, "b") == [
        (0, "B1", "b-0", 0.7),
        (0, "B3", "b-0", 0.7),
        (1, "B7", "b-1", 0.8),
        (2, "B1", "b-2", 0.9),
        (2, "B7", "b-2", 0.7),
    ]
    assert counts.theme_positions(store, "c") == []
