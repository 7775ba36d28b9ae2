"""Counts over a store are those one would make by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.generations import open_store
from kb.records import Document, Passage, Tag
from kb.settings import Settings
from kb.store import Store, counts, evidence, sqlite_url
from kb.store.evidence import Evidence, EvidenceRow


@pytest.fixture(scope="module")
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings)
    yield opened
    opened.close()


def test_passing_mentions_are_not_counted(store: Store) -> None:
    assert counts.passages_per_theme(store) == {
        "B4": 1,
        "B7": 2,
        "B9": 1,
        "K3": 2,
    }


def test_themes_meet_in_both_orders(store: Store) -> None:
    assert counts.themes_together(store) == {("B7", "K3"): 1, ("K3", "B7"): 1}


def test_themes_per_document_and_year(store: Store) -> None:
    assert counts.themes_per_document(store)[("wit2016breed", "K3")] == 2
    assert counts.themes_per_year(store) == {
        (2016, "B4"): 1,
        (2016, "B7"): 1,
        (2016, "K3"): 2,
        (2018, "B9"): 1,
    }


def test_evidence_comes_strongest_first_with_its_setbacks_marked(
    store: Store,
) -> None:
    rows = evidence.evidence_rows(store, "B9", ("knelpunt",))
    assert rows == [
        EvidenceRow(
            "beek2018geld-b1",
            "finding",
            "beek2018geld",
            2018,
            ("Hengelo",),
            True,
        )
    ]
    assert [row.passage for row in evidence.evidence_rows(store, "B7")] == [
        "wit2016breed-a1",
        "raad2014brief-c1",
    ]


def test_passage_is_about_the_only_place_of_its_document_where_the_title_names_it() -> (
    None
):
    assert evidence.only_place(
        "Twee jaar wijkteams in Hengelo", ("Hengelo",)
    ) == ("Hengelo",)
    assert evidence.only_place("Twee jaar wijkteams", ("Hengelo",)) == ()
    assert (
        evidence.only_place(
            "Wijkteams in Hengelo en Zwolle", ("Hengelo", "Zwolle")
        )
        == ()
    )


def test_documents_alternate_and_scraps_come_last() -> None:
    def row(id: str, document: str) -> EvidenceRow:
        return EvidenceRow(id, "text", document, None, (), False)

    found = [
        (0.99, row("a1", "a")),
        (0.98, row("a2", "a")),
        (0.97, row("b1", "b")),
        (0.6, row("c1", "c")),
    ]
    assert [r.passage for r in evidence.alternating(found)] == [
        "a1",
        "b1",
        "a2",
        "c1",
    ]


@pytest.mark.parametrize(
    ("narrow", "left"),
    [
        ({}, 2),
        ({"kind": "finding"}, 1),
        ({"year": 2016}, 1),
        ({"document": "raad2014brief"}, 1),
        ({"municipality": "Zwolle"}, 1),
        ({"critical": True}, 0),
    ],
)
def test_evidence_is_narrowed(
    store: Store, narrow: dict[str, Any], left: int
) -> None:
    assert (
        len(
            evidence.narrowed(
                evidence.evidence_rows(store, "B7"), Evidence("B7", **narrow)
            )
        )
        == left
    )


def test_second_theme_narrows_to_passages_on_both(store: Store) -> None:
    rows = evidence.evidence_rows(store, "B7")
    assert [
        r.passage
        for r in evidence.narrowed(
            rows, Evidence("B7", also="K3"), {"wit2016breed-a1"}
        )
    ] == ["wit2016breed-a1"]


def test_facets_of_evidence(store: Store) -> None:
    rows = evidence.evidence_rows(store, "K3")
    assert evidence.counted(rows, "kind") == [
        ("finding", 1),
        ("recommendation", 1),
    ]
    assert evidence.counted(rows, "municipality") == [("Zwolle", 1)]
    assert evidence.counted(evidence.evidence_rows(store, "B7"), "year") == [
        (2016, 1)
    ]


def test_totals(store: Store) -> None:
    assert counts.totals(store) == {
        "documents": 3,
        "passages": 6,
        "tags": 6,
        "works": 2,
        "citations": 1,
    }


def test_positions_follow_the_document(store: Store) -> None:
    assert [
        (at, theme)
        for at, theme, _, _ in counts.theme_positions(store, "wit2016breed")
    ] == [
        (0, "B7"),
        (0, "K3"),
        (1, "K3"),
        (2, "B4"),
    ]


def test_mentions_and_co_citation(store: Store) -> None:
    assert counts.mentions_per_document(store) == {
        ("wit2016breed", "beek-2018-wat"): 1
    }
    assert counts.cited_together(store, "beek-2018-wat") == []
    assert counts.pairs_cited_together(store) == []


def test_less_sure_passages_come_when_asked(store: Store) -> None:
    sure = evidence.evidence_rows(store, "B9")
    more = evidence.evidence_rows(store, "B9", least=0.35)
    assert {row.passage for row in more} - {row.passage for row in sure} == {
        "wit2016breed-a1"
    }
    assert evidence.evidence_rows(store, "B9", least=0.55) == sure


def test_what_states_nothing_is_in_no_count_and_on_no_list(
    tmp_path: Path,
) -> None:
    store = Store.create(sqlite_url(tmp_path / "records.sqlite"))
    said = "De teams bellen elkaar elke week over bewoners die vastlopen."
    store.add([Document("d", "d.txt", "Bellen", year=2017)])
    store.add(
        [
            Passage("d-1", "d", said, 0, "finding"),
            Passage("d-2", "d", "Figuur 2. Wie belt wie?", 1, "caption"),
            Passage("d-3", "d", "Nora Buys, Teun Akkermans, Lies Verhoef", 2),
        ]
    )
    store.add(
        [Tag(f"d-{n}", code, 0.9) for n in (1, 2, 3) for code in ("B1", "B2")]
    )
    silent = evidence.silent_passages(store)
    assert silent == {"d-2", "d-3"}
    assert counts.passages_per_theme(store, silent) == {"B1": 1, "B2": 1}
    assert counts.themes_together(store, silent)[("B1", "B2")] == 1
    assert counts.themes_per_document(store, silent) == {
        ("d", "B1"): 1,
        ("d", "B2"): 1,
    }
    assert counts.themes_per_year(store, silent)[(2017, "B1")] == 1
    rows = evidence.evidence_rows(store, "B1", without=silent)
    assert [row.passage for row in rows] == ["d-1"]
    store.close()


def test_alike_names_the_others_of_a_group(store: Store) -> None:
    assert evidence.alike(store, ["wit2016breed-a1"]) == {
        "wit2016breed-a1": ("raad2014brief-c1",),
        "raad2014brief-c1": ("wit2016breed-a1",),
    }
    assert evidence.alike(store, ["beek2018geld-b1"]) == {}
