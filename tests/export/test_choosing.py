"""Selections from the store, and `kb export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.cli.group import run
from kb.errors import (
    UnknownDocumentError,
    UnknownPassageError,
    UnknownWorkError,
)
from kb.export import Selection, choose
from kb.records import Document, Passage, Tag, Work
from kb.store import Store, sqlite_url

NAMES = {"B1": "Eerste", "B2": "Tweede"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    made.add(
        [
            Document(
                d,
                f"{d}.pdf",
                f"Titel {d}",
                year=y,
                csl={"type": "report", "title": f"Titel {d}"},
            )
            for d, y in (("oud", 2010), ("nieuw", 2016))
        ]
    )
    rows = [
        ("p1", "oud", "text"),
        ("p2", "nieuw", "finding"),
        ("p3", "oud", "table"),
        ("p4", "nieuw", "text"),
    ]
    made.add(
        [
            Passage(p, d, f"Tekst van {p}.", n, kind=k, label=str(n + 1))
            for n, (p, d, k) in enumerate(rows)
        ]
    )
    made.add(
        [
            Tag("p1", "B1", 0.9),
            Tag("p2", "B1", 0.8),
            Tag("p3", "B1", 0.99),
            Tag("p4", "B2", 0.7),
            Tag("p1", "B2", 0.5),
            Tag("p4", "B1", 0.4, evidence=False),
        ]
    )
    made.add(
        [
            Work("w1", {"type": "book", "title": "Boek"}),
            Work("w2", {"type": "book", "title": "Zelf"}, document="oud"),
        ]
    )
    return made


def _titles(store: Store, **asked: Any) -> list[tuple[str, list[str]]]:
    return [
        (g.title, [p.id for p in g.passages])
        for g in choose(store, theme_names=NAMES, **asked).groups
    ]


def test_nothing_named_is_all_documents(store: Store) -> None:
    selection = choose(store)
    assert sorted(d.id for d in selection.documents) == ["nieuw", "oud"]
    assert selection.groups == ()


def test_nothing_named_in_a_section_is_every_theme(store: Store) -> None:
    assert _titles(store, quotes=True) == [
        ("Eerste", ["p2", "p1"]),
        ("Tweede", ["p4", "p1"]),
    ]


def test_theme_brings_passages_that_argue_and_their_documents(
    store: Store,
) -> None:
    selection = choose(store, themes=["B1"], theme_names=NAMES)
    assert [p.id for p in selection.passages] == ["p2", "p1"]
    assert sorted(d.id for d in selection.documents) == ["nieuw", "oud"]
    assert _titles(store, themes=["B1"], most=1) == [("Eerste", ["p1"])]


def test_passages_are_grouped_by_their_strongest_theme(store: Store) -> None:
    store.add([Passage("p9", "oud", "Zonder thema.", 9)])
    assert _titles(store, passages=["p9", "p4", "p1"]) == [
        ("Eerste", ["p1"]),
        ("Tweede", ["p4"]),
        ("Overige passages", ["p9"]),
    ]


def test_query_is_asked_and_named(store: Store) -> None:
    asked: list[tuple[str, int]] = []

    def found(query: str, most: int) -> list[str]:
        asked.append((query, most))
        return ["p4", "weg"]

    assert _titles(store, query="mandaat", found=found, most=7) == [
        ("Passages bij ‘mandaat’", ["p4"])
    ]
    assert asked == [("mandaat", 7)]


def test_works_alone_bring_no_documents(store: Store) -> None:
    selection = choose(store, works=["w1", "w1"])
    assert [csl["id"] for csl in selection.items()] == ["w1"]
    assert {
        csl["id"]
        for csl in choose(store, all_works=True, documents=["oud"]).items()
    } == {
        "oud",
        "w1",
    }


def test_all_works_alone_come_beside_all_documents(store: Store) -> None:
    everything = choose(store)
    with_works = choose(store, all_works=True)
    assert with_works.documents == everything.documents != ()
    assert {"w1", "w2"} <= {work.id for work in with_works.works}


def test_unknown_ids_are_named(store: Store) -> None:
    with pytest.raises(UnknownDocumentError):
        choose(store, documents=["x"])
    with pytest.raises(UnknownWorkError):
        choose(store, works=["x"])
    with pytest.raises(UnknownPassageError):
        choose(store, passages=["x"])


@pytest.fixture
def exported(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Any:
    monkeypatch.setattr("kb.cli.export.open_store", lambda settings: store)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, bytes]:
        code = run(["export", *arguments, "--output", "uit"])
        return code, (tmp_path / "uit").read_bytes() if (
            tmp_path / "uit"
        ).exists() else b""

    return call


def test_command_writes_the_file(exported: Any) -> None:
    code, data = exported("csl-json", "--document", "oud")
    assert code == 0
    assert [row["id"] for row in json.loads(data)] == ["oud"]


def test_command_writes_word(exported: Any) -> None:
    code, data = exported("docx", "--passage", "p1", "--title", "Proef")
    assert (code, data[:2]) == (0, b"PK")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ris", "--document", "x"), "Onbekend document 'x'"),
        (("apa", "--style", "zzz"), "Onbekende citeerstijl 'zzz'"),
        (("ris", "--theme", "Q9"), "Onbekend thema 'Q9'"),
    ],
)
def test_command_says_what_is_wrong(
    exported: Any,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    code, data = exported(*arguments)
    assert code != 0
    assert data == b""
    assert said in capsys.readouterr().err


def test_to_standard_output_goes_the_file_and_nothing_else(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setattr("kb.cli.export.open_store", lambda settings: store)
    assert run(["export", "ris", "--work", "w1"]) == 0
    captured = capfdbinary.readouterr()
    assert captured.out.startswith(b"TY  - BOOK\nID  - w1\n")
    assert captured.err == b""


ODD = {
    "type": 7,
    "title": ["T"],
    "author": "Jan",
    "issued": "2015",
    "page": None,
    "volume": {"a": 1},
    "abstract": "\ud800",
    "editor": [{"family": ["x"]}, 3],
}


@pytest.mark.parametrize(
    "format", ["bibtex", "ris", "csl-json", "apa", "docx", "markdown"]
)
def test_odd_record_breaks_no_format(format: str) -> None:
    from kb.bibliography import coins, head_tags
    from kb.export import render

    work = Work("w", ODD)
    assert render(format, Selection(works=(work,)))
    assert coins(ODD)
    assert head_tags(work)


def test_a_work_that_is_a_chosen_document_is_exported_once() -> None:
    document = Document(
        "waal13", "x.pdf", "T", csl={"type": "report", "title": "T"}
    )
    work = Work("w1", {"title": "T"}, document="waal13")
    assert [
        item["id"] for item in Selection((document,), (work,)).items()
    ] == ["waal13"]


def test_works_known_from_mentions_only_are_not_in_a_list_of_all(
    store: Store,
) -> None:
    store.add(
        [
            Work("gezien", {"title": "Gezien"}),
            Work("genoemd", {}, origin="mention"),
            Work("eigen", {"title": "Eigen"}, origin="corpus"),
            Work("eigen2", {"title": "E2"}, cited_by=("x",), origin="corpus"),
        ]
    )
    ids = [work.id for work in choose(store, all_works=True).works]
    assert {"gezien", "eigen2"} <= set(ids)
    assert not {"genoemd", "eigen"} & set(ids)
