"""Links and records follow what holds now, and go back where a decision is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.curation import Event, State, new_event
from kb.curation.works import Links, apart_id, field_of
from kb.pipeline.live import links
from kb.pipeline.live.links import (
    _as_it_holds,
    _holding,
    _last,
    _others_on,
    _touched,
    _was_decided,
    _works_named,
    _write,
    redo_records,
    stood_before,
)
from kb.pipeline.live.parting import part_again
from kb.records import Citation, Document, Passage, Reference, Work
from kb.settings import Settings
from kb.store import Store, sqlite_url


def cited(passage: str, surface: str, work: str | None) -> Citation:
    entry = f"r-{work}" if work else None
    return Citation(
        passage, surface, 0, len(surface), reference=entry, work=work
    )


def filled(path: Path) -> Store:
    """Two documents that cite two works, which the first of them lists."""
    store = Store.create(sqlite_url(path))
    store.add([Document(id, f"{id}.md", f"Verslag {id}") for id in "ab"])
    store.add([Passage(f"{id}1", id, "Bol en Kok.", 0) for id in "ab"])
    store.add([Reference(f"r-{w}", "a", w, work=w) for w in ("w1", "w2")])
    store.add([Work(w, {"title": w}) for w in ("w1", "w2", "w3")])
    store.add(
        [
            cited("a1", "Bol", "w1"),
            cited("a1", "Kok", "w2"),
            cited("b1", "Bol", "w1"),
            cited("b1", "iemand", None),
        ]
    )
    return store


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """The records of a generation, and the copy of them."""
    base, live = filled(tmp_path / "base"), filled(tmp_path / "live")
    yield base, live
    base.close()
    live.close()


@pytest.fixture
def live(stores: tuple[Store, Store]) -> Store:
    return stores[1]


def linked(store: Store) -> list[tuple[str, str, str | None]]:
    return [(c.passage, c.surface, c.work) for c in store.citations()]


def event(kind: str, target: str, after: Any, **more: Any) -> Event:
    return new_event(kind, target, after, by="Ans", **more)


def on_citation(after: str | None, before: str | None = "w1") -> Event:
    field = field_of(cited("b1", "Bol", "w1"))
    return event("citation", "b1", after, field=field, before=before)


def test_of_decisions_on_one_thing_the_last_counts() -> None:
    first, other, last = (
        event("merge", "w1", "w2"),
        event("merge", "w3", "w2"),
        event("merge", "w1", "w3"),
    )
    assert _last([first, other, last]) == [last, other]


def test_a_decision_says_what_holds_now() -> None:
    one, two = on_citation("w2"), on_citation("w3", "w2")
    assert _as_it_holds(one, State([one, two])).after == "w3"
    back = on_citation(None, "w3")
    assert _as_it_holds(back, State([one, two, back])).after == "w1"
    unlinked = on_citation("w2", None)
    back = on_citation(None, "w2")
    assert _as_it_holds(back, State([unlinked, back])).after == ""
    apart = event("merge", "w1", None)
    assert _as_it_holds(apart, State([apart])).after is None


def test_what_stood_before_is_what_the_first_decision_found() -> None:
    state = State(
        [
            event("record", "a", "x", field="title", before="Verslag a"),
            event("record", "a", "y", field="title", before="x"),
            event("record", "a", "z", field="year", before=2014),
        ]
    )
    assert stood_before(state, "a", "record", "title") == "Verslag a"
    assert stood_before(state, "a", "record", "year") == 2014
    assert stood_before(state, "a", "work", "title") is None
    assert stood_before(state, "b", "record", "title") is None


def test_a_record_has_what_holds_and_what_stood_where_it_was_taken_back() -> (
    None
):
    title = event("record", "a", "Nieuw", field="title", before="Oud")
    year = event("record", "a", 2016, field="year", before=2014)
    back = event("record", "a", None, field="title", before="Nieuw")
    other = event("record", "b", "Ander", field="title", before="B")
    state = State([title, year, back, other])
    found = _holding([back], "a", state)
    assert [(e.field, e.after) for e in found] == [
        ("title", "Oud"),
        ("year", 2016),
    ]
    assert {(e.kind, e.target) for e in found} == {("record", "a")}
    not_now = _holding([year], "a", state)
    assert [(e.field, e.after) for e in not_now] == [("year", 2016)]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (on_citation("w3"), {"w1", "w3"}),
        (on_citation(""), {"w1"}),
        (event("apart", "r-w2", True), {"w2", apart_id("r-w2")}),
        (event("apart", "r-none", True), {apart_id("r-none")}),
        (event("merge", "w1", "w3"), {"w1", "w3"}),
        (event("work", "w1", {"title": "x"}), {"w1"}),
    ],
    ids=range(6),
)
def test_a_decision_names_the_works_that_it_touches(
    live: Store, given: Event, named: set[str]
) -> None:
    assert _works_named(live, given) == named


def test_what_decisions_touch_is_taken_together_and_once(live: Store) -> None:
    found = _touched(live, [on_citation("w3")])
    assert [work.id for work in found.works] == ["w1", "w3"]
    assert [r.id for r in found.references] == ["r-w1"]
    told = [(c.passage, c.surface) for c in found.citations]
    assert told == [("a1", "Bol"), ("b1", "Bol"), ("b1", "iemand")]
    nothing = _touched(live, [])
    assert nothing == Links((), (), ())


HOMES: Mapping[str, str] = {"a1": "a", "b1": "b"}


def test_only_rows_that_differ_are_written(
    live: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _touched(live, [event("merge", "w1", "w3")])
    moved = tuple(
        replace(c, work="w3") if c.passage == "b1" else c
        for c in before.citations
    )
    works = (Work("w3", {"title": "Drie"}),)
    entries = tuple(replace(r, work="w3") for r in before.references)
    written: list[str] = []
    replace_of = live.replace_of

    def noted(document: str, record: type, records: Any) -> None:
        written.append(document)
        replace_of(document, record, records)

    monkeypatch.setattr(live, "replace_of", noted)
    _write(live, before, Links(entries, moved, works), HOMES)
    assert written == ["b"]
    assert linked(live) == [
        ("a1", "Bol", "w1"),
        ("a1", "Kok", "w2"),
        ("b1", "Bol", "w3"),
        ("b1", "iemand", None),
    ]
    assert {w.id: w.csl["title"] for w in live.works()} == {
        "w2": "w2",
        "w3": "Drie",
    }
    assert {r.id: r.work for r in live.references()} == {
        "r-w1": "w3",
        "r-w2": "w2",
    }


def test_a_work_is_parted_where_it_was_decided_on_before() -> None:
    merged, back = event("merge", "w1", "w2"), event("merge", "w1", None)
    state = State([merged, back])
    assert _was_decided(back, state)
    assert not _was_decided(merged, State([merged]))
    linked_twice = State([on_citation("w2"), on_citation("w3")])
    assert not _was_decided(on_citation("w3"), linked_twice)


def test_other_decisions_on_parted_works_are_taken_in_again(
    live: Store,
) -> None:
    merge = event("merge", "w1", "w3")
    record = event("work", "w1", {"title": "Herzien"})
    elsewhere = event("work", "w2", {"title": "Elders"})
    state = State([merge, record, elsewhere])
    assert _others_on({"w1"}, live, state, [merge]) == [record]
    assert _others_on({"w1"}, live, state, []) == [merge, record]
    assert _others_on(set(), live, state, []) == []


def test_works_that_were_one_are_two_again(
    stores: tuple[Store, Store],
) -> None:
    base, live = stores
    merged, back = event("merge", "w1", "w3"), event("merge", "w1", None)
    live.forget(Work, ["w1"])
    live.put_all([Reference("r-w1", "a", "w1", work="w3")])
    for id in "ab":
        live.replace_of(
            id,
            Citation,
            [
                replace(c, work="w3") if c.work == "w1" else c
                for c in live.citations(document=id)
            ],
        )
    restored = part_again(base, live, [back], State([merged, back]))
    assert restored == {"w1", "w3"}
    assert linked(live) == linked(base)
    assert live.references() == base.references()
    assert live.works() == base.works()


def test_a_work_made_of_an_entry_goes_when_it_is_none_any_more(
    stores: tuple[Store, Store],
) -> None:
    base, live = stores
    own = apart_id("r-w1")
    live.add([Work(own, {"title": "Eigen"})])
    live.put_all([Reference("r-w1", "a", "w1", work=own)])
    live.replace_of("a", Citation, [cited("a1", "Bol", own)])
    back = event("apart", "r-w1", None)
    restored = part_again(base, live, [back], State([back]))
    assert restored == {"w1", own}
    assert {r.id: r.work for r in live.references()}["r-w1"] == "w1"
    assert ("a1", "Bol", "w1") in linked(live)
    assert [work.id for work in live.works()] == ["w1", "w2", "w3"]


def test_fields_of_a_record_show_in_the_document_and_its_work(
    settings: Settings,
    stores: tuple[Store, Store],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base, live = stores
    live.put_all([Work("w3", {"title": "Verslag a"}, document="a")])
    formatted: list[Mapping[str, Any]] = []
    monkeypatch.setattr(
        links, "_format", lambda settings, live, csl: formatted.append(csl)
    )
    title = event("record", "a", "Nieuw", field="title", before="Verslag a")
    gone = event("record", "weg", "Nieuw", field="title")
    new = [title, gone]
    redo_records(settings, base, live, new, State(new))
    assert live.document("a").title == "Nieuw"
    assert live.document("b").title == "Verslag b"
    work = live.work("w3")
    assert (work.csl["title"], work.csl["id"]) == ("Nieuw", "w3")
    (told,) = formatted
    assert list(told) == ["a"]
    assert told["a"]["title"] == "Nieuw"
    assert base.document("a").title == "Verslag a"
