"""The coding of a corpus goes out, is changed by another program, and comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.cli.coding import as_csv, rendered
from kb.exchange import (
    Coded,
    Project,
    Selection,
    decisions_of,
    project_of,
    read_project,
    write_project,
)
from kb.exchange.coding import guid
from kb.records import Document, Passage, Tag
from kb.store import Store, sqlite_url
from kb.themes import Frameworks, load_frameworks

FIRST = Passage(
    "d-0000000001", "d", "Het team is nabij, één straat verder.", 0
)
SECOND = Passage("d-0000000002", "d", "=SOM(A1) en\r\ntwee regels 𝄞.", 1)


@pytest.fixture(scope="module")
def frameworks() -> Frameworks:
    return load_frameworks()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    made.add([Document("d", "d.txt", "D")])
    made.add([FIRST, SECOND])
    made.add(
        [
            Tag(FIRST.id, "B1", 0.9),
            Tag(FIRST.id, "K3", 0.3, evidence=False, origin="model"),
            Tag(SECOND.id, "B7", 0.0, evidence=False, origin="curator"),
        ]
    )
    yield made
    made.close()


def back(project: Project) -> Project:
    return read_project(write_project(project))


def test_what_comes_back_unchanged_decides_nothing(
    store: Store, frameworks: Frameworks
) -> None:
    project = back(project_of(store, frameworks, "proef"))
    found = decisions_of(project, store, frameworks)
    assert (found.events, found.strange_codes) == ((), ())
    assert found.strange_sources == ()


def test_every_difference_is_a_decision_by_who_coded_it(
    store: Store, frameworks: Frameworks
) -> None:
    project = project_of(store, frameworks, "proef")
    (source,) = project.sources
    bo = guid("user", "Bo")
    at = source.text.index("twee")
    chosen = (
        Selection(at, at + 4, (Coded(guid("theme", "K5"), bo),)),
        Selection(0, 10, (Coded(guid("mention", "B1"), bo),)),
    )
    changed = replace(
        project,
        sources=(replace(source, selections=chosen),),
        users=((bo, "Bo"),),
    )
    events = decisions_of(back(changed), store, frameworks).events
    assert {(e.target, e.field, e.before, e.after, e.by) for e in events} == {
        (FIRST.id, "B1", "evidence", "mention", "Bo"),
        (SECOND.id, "B7", "mention", "none", ""),
        (SECOND.id, "K5", "none", "evidence", "Bo"),
    }


def test_codes_and_texts_that_are_not_ours_are_named(
    store: Store, frameworks: Frameworks
) -> None:
    project = project_of(store, frameworks, "proef")
    (source,) = project.sources
    other = replace(source, guid="aa", name="anders")
    longer = replace(source, text=source.text + " Meer.")
    mine = replace(source, selections=(Selection(0, 3, (Coded("bb", ""),)),))
    found = decisions_of(
        replace(project, sources=(other, longer, mine)), store, frameworks
    )
    assert found.strange_sources == ("anders", "d")
    assert found.strange_codes == ("bb",)


def test_tables_hold_every_code_and_run_no_formula(
    store: Store, frameworks: Frameworks
) -> None:
    table = as_csv(store)
    assert "'=SOM(A1)" in table
    lines = rendered(store, frameworks, "json", "proef").decode().splitlines()
    rows = [json.loads(line) for line in lines]
    assert {(r["passage"], r["theme"], r["view"]) for r in rows} == {
        (FIRST.id, "B1", "evidence"),
        (SECOND.id, "B7", "mention"),
    }
    assert b"CodeBook" in rendered(store, frameworks, "qdc", "proef")
