"""Two kinds of hits: what holds the words asked, and what holds only other words for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.records import Document, Passage
from kb.search import Results, Searcher, SearchRequest, build_index
from kb.search.question.concepts import DIRECT
from kb.search.ranking.bm25f import Formula
from kb.store import Store
from kb.store.database import sqlite_url
from tests.servers import ENGINES, ready

TEXTS = [
    "De cliënt koos zelf wie er aan tafel zat bij het gesprek over geld.",
    "Burgers en bewoners, inwoners en burgers: de gemeente spreekt burgers aan als klanten.",
    "Met de cliëntenraad is afgesproken dat brieven korter worden.",
    "De medewerkers vertelden over hun werkdruk, hun agenda en hun overvolle dagen.",
    "Een hoge werkdruk noemt bijna iedereen, en de regeldruk noemt men in een adem.",
    "De administratie kost een halve dag in de week, zegt de coach van de ploeg.",
    "Schuldhulpverlening begint vaak te laat; wie schulden heeft, schaamt zich.",
    "Wie hulp bij schulden zoekt, belt eerst de gemeente en dan een kennis.",
    "Wijkteams en scholen zien elkaar te weinig om van elkaar te leren.",
    "Het team in de wijk leert van scholen, en de school van het team.",
    "Met wie in het vak zit, is goed te praten over wat vaak misgaat.",
    "Meten is weten, zegt de wet; met delen schiet men soms deels iets op.",
    "De generalist leest bij; de specialist belt liever met iemand die zijn vakkennis deelt.",
]
WORDS = [
    "client",
    "burger",
    "werkdruk",
    "administratie",
    "schulden",
    "hulp",
    "wijkteam",
    "school",
    "meten",
    "vak",
    "wet",
    "schuldhulpverlening",
    "team",
    "gemeente",
    "weten",
    "delen",
    "leren",
    "medewerkers",
    "papierwerk",
]


@pytest.fixture(scope="module", params=ENGINES)
def small(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("small")
    store = Store.create(sqlite_url(folder / "records.sqlite"))
    store.add(
        [Document(id="boek", source="boek.pdf", title="Boek over niets")]
    )
    store.add(
        Passage(id=f"t{number}", document="boek", text=text, position=number)
        for number, text in enumerate(TEXTS)
    )
    build_index(store, folder / "engine", ready(request))
    searcher = Searcher.open(folder / "engine", store)
    yield searcher
    searcher.close()
    store.close()


def asked(searcher: Searcher, query: str, **options: object) -> Results:
    request = SearchRequest(query, per_document=0, per_page=50)
    return searcher.search(replace(request, **options))  # type: ignore[arg-type]


def ids(results: Results, direct: bool) -> set[str]:
    return {hit.passage for hit in results.hits if hit.direct is direct}


def test_the_word_typed_comes_before_many_synonyms(small: Searcher) -> None:
    results = asked(small, "cliënt")
    assert [hit.passage for hit in results.hits][:2] == ["t0", "t2"]
    assert ids(results, direct=True) == {"t0", "t2"}
    assert "t1" in ids(results, direct=False)


def test_both_counts_and_where_related_begins_are_told(
    small: Searcher,
) -> None:
    results = asked(small, "cliënt")
    assert results.direct == 2
    assert results.related == len(results.hits) - 2
    assert results.total == results.direct + results.related
    assert results.related_from == 2
    assert asked(small, "adem").related_from is None


def test_facets_count_direct_hits_unless_asked_otherwise(
    small: Searcher,
) -> None:
    results = asked(small, "cliënt")
    assert (
        sum(value.count for value in results.facets["document"])
        == results.direct
    )
    everything = asked(small, "cliënt", count_related=True)
    assert (
        sum(value.count for value in everything.facets["document"])
        == results.total
    )


def test_facets_count_related_hits_where_there_are_no_direct_ones(
    small: Searcher,
) -> None:
    results = asked(small, "papierwerk")
    assert results.direct == 0 < results.related
    counted = sum(value.count for value in results.facets["document"])
    assert counted == results.related


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("vak", {"t10", "t12"}),
        ("meten", {"t11"}),
        ("weten", {"t11"}),
        ("delen", {"t11"}),
        ("schuldhulpverlening", {"t6"}),
        ("wijk team", {"t8", "t9"}),
    ],
)
def test_no_word_is_taken_for_another(
    small: Searcher, query: str, held: set[str]
) -> None:
    results = asked(small, query)
    assert ids(results, direct=True) == held
    marked = {
        hit.snippet.text[start:end].lower()
        for hit in results.hits
        for start, end in hit.snippet.marks
    }
    assert not marked & {"met", "vaak", "deels"}


def test_passages_with_both_words_come_before_those_with_one(
    small: Searcher,
) -> None:
    results = asked(small, "werkdruk medewerkers")
    assert ids(results, direct=True) == {"t3"}
    assert results.hits[0].passage == "t3"
    assert "t4" in ids(results, direct=False)


def test_where_no_passage_has_both_words_one_is_enough(
    small: Searcher,
) -> None:
    assert ids(asked(small, "werkdruk cliëntenraad"), direct=True) == {
        "t2",
        "t3",
        "t4",
    }


def test_one_of_the_words_is_enough_where_that_is_said(
    small: Searcher,
) -> None:
    results = asked(small, "werkdruk OF medewerkers")
    assert ids(results, direct=True) == {"t3", "t4"}


formulas = st.builds(
    Formula,
    k1=st.floats(0.1, 3),
    b=st.floats(0, 1),
    section=st.floats(0, 3),
    proximity=st.floats(0, 3),
    kind=st.floats(0, 3),
    signs=st.floats(0, 3),
    context=st.floats(0, 3),
    feedback=st.floats(0, 3),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    words=st.lists(
        st.sampled_from(WORDS), min_size=1, max_size=2, unique=True
    ),
    formula=formulas,
    sort=st.sampled_from(["relevance", "year", "page"]),
)
def test_direct_hits_come_first_whatever_the_formula(
    small: Searcher, words: list[str], formula: Formula, sort: str
) -> None:
    shipped, small.formula = small.formula, formula
    try:
        results = asked(small, " ".join(words), sort=sort)
    finally:
        small.formula = shipped
    flags = [hit.direct for hit in results.hits]
    assert flags == sorted(flags, reverse=True)
    assert flags.count(True) == results.direct
    for hit in results.hits:
        ways = {match.how for match in hit.explain}
        assert bool(ways & DIRECT) or not hit.direct


def test_pages_put_related_hits_after_all_direct_ones(small: Searcher) -> None:
    flags = []
    for page in range(1, 8):
        results = asked(small, "cliënt", per_page=1, page=page, per_document=1)
        flags += [hit.direct for hit in results.hits]
    assert flags == sorted(flags, reverse=True)
    assert flags.count(True) == 2


LONG = "hulp schulden gemeente kennis werkdruk"


def test_each_hit_of_a_long_question_says_what_it_is(small: Searcher) -> None:
    results = asked(small, LONG)
    assert ids(results, direct=True)
    assert ids(results, direct=False)
    assert len(ids(results, direct=True)) == results.direct
    counted = sum(value.count for value in results.facets["document"])
    assert counted == results.direct
    after = results.hits[results.related_from :]
    assert not any(hit.direct for hit in after)


def test_a_long_question_asks_the_engine_for_passages_once(
    small: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    best = type(small.engine).best_and_total

    def counted(engine: Any, plan: Any, limit: int) -> Any:
        found.append(plan)
        return best(engine, plan, limit)

    monkeypatch.setattr(type(small.engine), "best_and_total", counted)
    asked(small, LONG)
    assert len(found) == 1


def test_the_contrary_of_a_word_asked_is_not_marked(small: Searcher) -> None:
    results = asked(small, "generalisten vakkennis")
    hit = next(hit for hit in results.hits if hit.passage == "t12")
    marked = {hit.snippet.text[start:end] for start, end in hit.snippet.marks}
    assert marked == {"generalist", "vakkennis"}
    assert "specialist" in results.reading.opposites["generalisten"]
