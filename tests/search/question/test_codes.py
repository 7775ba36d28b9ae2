"""Names with figures and signs inside, and quoted words that no passage has in a row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.records import Document, Passage
from kb.search import Results, Searcher, SearchRequest, build_index
from kb.store import Store
from kb.store.database import sqlite_url

TEXTS = [
    ("Aanvraag", "Wie verhuist, vult formulier Z-7 in en stuurt het op."),
    ("Aanvraag", "Van de 7 aanvragen kwamen er drie te laat, zei mevrouw Z."),
    ("4.1.2 Toezicht", "De inspecteur kijkt twee keer per jaar mee."),
    ("4.2.1 Klachten", "Op grond van artikel 8.4.2 beslist de commissie."),
    ("Wet", "In hoofdstuk 8 staan 2 artikelen over 4 commissies."),
    ("Pilot", "De proef heette 3D; B&W gaf er geld voor."),
    ("Pilot", "De burgemeester en wethouders B. en W. zwegen."),
    ("Druk", "Een hoge, zelfs te hoge druk op het team."),
    ("Druk", "De druk op het team is hoog, zegt de huisarts."),
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def coded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("codes")
    store = Store.create(sqlite_url(folder / "records.sqlite"))
    store.add([Document(id="map", source="map.pdf", title="Map")])
    store.add(
        Passage(
            id=f"c{number}",
            document="map",
            text=text,
            position=number,
            section=(section,),
        )
        for number, (section, text) in enumerate(TEXTS)
    )
    build_index(store, folder / "engine", request.param)
    searcher = Searcher.open(folder / "engine", store)
    yield searcher
    searcher.close()
    store.close()


def asked(searcher: Searcher, query: str) -> Results:
    return searcher.search(SearchRequest(query, per_document=0))


@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("Z-7", "c0", {"Z-7"}),
        ("formulier z-7", "c0", {"formulier", "Z-7"}),
        ("4.1.2", "c2", set()),
        ("art. 8.4.2", "c3", {"8.4.2"}),
        ("artikel 8.4.2", "c3", {"artikel", "8.4.2"}),
        ("3D", "c5", {"3D"}),
        ("B&W", "c5", {"B&W"}),
    ],
)
def test_a_code_finds_first_what_holds_it(
    coded: Searcher, query: str, first: str, marked: set[str]
) -> None:
    hit = asked(coded, query).hits[0]
    assert hit.passage == first
    assert {hit.snippet.text[a:b] for a, b in hit.snippet.marks} == marked


def test_a_code_is_said_back_as_it_was_typed(coded: Searcher) -> None:
    assert asked(coded, "formulier Z-7").reading.phrases == ("Z-7",)


def test_quoted_words_elsewhere_in_a_passage_are_related(
    coded: Searcher,
) -> None:
    results = asked(coded, '"hoge druk"')
    assert [hit.passage for hit in results.hits if hit.direct] == ["c7"]
    assert [hit.passage for hit in results.hits if not hit.direct] == ["c8"]
    assert results.direct == 1


def test_a_doctor_is_no_article(coded: Searcher) -> None:
    found = asked(coded, "arts").hits
    assert [hit.passage for hit in found if hit.direct] == ["c8"]
    assert not [hit for hit in asked(coded, "art").hits if hit.passage == "c8"]


def test_words_that_no_passage_holds_are_named(coded: Searcher) -> None:
    assert asked(coded, "druk in Purmerend").reading.absent == ("purmerend",)
    assert asked(coded, "druk team").reading.absent == ()


def test_a_compound_is_absent_where_its_parts_stand_apart_only(
    coded: Searcher,
) -> None:
    assert asked(coded, "hogedruk huisarts").reading.absent == ()
    assert asked(coded, "drukteam huisarts").reading.absent == ("drukteam",)
