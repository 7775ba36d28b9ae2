"""Which copy of what is said twice stands on the page, and what is near a quotation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.records import Document, Passage
from kb.search import Searcher, SearchRequest, build_index
from kb.store import Similar, Store, sqlite_url

SAID_TWICE = "Geef ons meer uren, dan is de werkdruk minder hoog."
ROWS = [
    ("p0", "4 Wat de teams zeggen", SAID_TWICE),
    ("p1", "5 Wat volgt", "De leiding zoekt geld voor uren."),
    ("p2", "Bijlage: werkdruk, hoge werkdruk", SAID_TWICE),
    ("p3", "6 Motto", "Eén loket, één plan, één regisseur: zo begon het."),
    ("p4", "6 Motto", "Later heette het één loket en één plan."),
    ("p5", "6 Motto", "Een plan is nog geen praktijk."),
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def twice(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("twice")
    store = Store.create(sqlite_url(folder / "records.sqlite"))
    store.add([Document("aa2015", "a.pdf", "Uren en plannen")])
    store.add(
        Passage(id, "aa2015", text, position=place, section=(heading,))
        for place, (id, heading, text) in enumerate(ROWS)
    )
    store.add([Similar("p0", "g0", 1.0), Similar("p2", "g0", 1.0)])
    build_index(store, folder / "index", request.param)
    searcher = Searcher.open(folder / "index", store)
    yield searcher
    searcher.close()
    store.close()


def test_what_an_annex_says_again_is_shown_where_the_text_says_it(
    twice: Searcher,
) -> None:
    apart = twice.search(SearchRequest("hoge werkdruk", collapse=False))
    assert [hit.passage for hit in apart.hits][:2] == ["p2", "p0"]
    hits = twice.search(SearchRequest("hoge werkdruk")).hits
    assert [(hit.passage, hit.also_in) for hit in hits] == [("p0", ("p2",))]


def test_a_copy_that_lacks_what_was_asked_does_not_stand_for_one_that_has_it(
    twice: Searcher,
) -> None:
    hits = twice.search(SearchRequest("bijlage")).hits
    assert [hit.passage for hit in hits if hit.direct] == ["p2"]


def test_most_words_of_a_quotation_are_related_to_it(twice: Searcher) -> None:
    asked = '"één loket, één plan, één regisseur"'
    hits = twice.search(SearchRequest(asked)).hits
    assert [(hit.passage, hit.direct) for hit in hits] == [
        ("p3", True),
        ("p4", False),
    ]
