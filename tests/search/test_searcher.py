"""Searching a small collection, with either engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.search import Searcher, SearchRequest, build_index
from kb.search.index.collection import Collection
from kb.store import Store, sqlite_url


def ids(searcher: Searcher, query: str, **options: object) -> list[str]:
    request = SearchRequest(query, **options)  # type: ignore[arg-type]
    return [hit.passage for hit in searcher.search(request).hits]


def test_split_and_joined_compounds_meet(searcher: Searcher) -> None:
    for query in (
        "schuldhulpverlening",
        "schuldhulp verlening",
        "hulp bij schulden",
    ):
        assert {"p0", "p4"} <= set(ids(searcher, query)), query


def test_accents_and_case_do_not_matter(searcher: Searcher) -> None:
    assert (
        ids(searcher, "CLIËNT")
        == ids(searcher, "client")
        == ids(searcher, "cliént")
    )
    assert ids(searcher, "client")[0] == "p2"


def test_an_abbreviation_finds_its_expression(searcher: Searcher) -> None:
    assert ids(searcher, "swt")[0] == "p0"


def test_near_duplicates_stand_under_the_best(searcher: Searcher) -> None:
    hits = searcher.search(SearchRequest("caseload gezinnen")).hits
    assert {hits[0].passage, *hits[0].also_in} == {"p1", "p7"}


def test_reference_lists_sink(searcher: Searcher) -> None:
    found = ids(searcher, "werkdruk")
    assert found.index("p3") > found.index("p1")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"caseload van dertig" jaar:2014..2014', {"p1"}),
        ("auteur:Smit preventie", {"p5"}),
        ("thema:b8", {"p5"}),
        ("soort:definitie", {"p6"}),
        ("gemeente:Zwolle schulden", {"p0"}),
        ("document:smit2016 schulden", {"p4"}),
        ("NIET team soort:text", set()),
        ('"individuele hulp"', {"p5"}),
        ("hulp -schulden soort:text", {"p5"}),
        ("preventie EN individuele", {"p5"}),
        ("prevent*", {"p5"}),
    ],
)
def test_query_language_selects(
    searcher: Searcher, query: str, expected: set[str]
) -> None:
    assert set(ids(searcher, query, collapse=False)) == expected


def test_facets_count_what_was_found_and_keep_other_values_of_a_chosen_one(
    searcher: Searcher,
) -> None:
    result = searcher.search(SearchRequest("", filters={"year": ("2014",)}))
    assert result.total == 4
    assert {v.value: v.count for v in result.facets["kind"]} == {
        "finding": 2,
        "recommendation": 1,
        "reference": 1,
    }
    assert {v.value: v.count for v in result.facets["year"]} == {
        "2014": 4,
        "2016": 4,
    }


def test_snippet_is_verbatim_and_marks_what_matched(
    searcher: Searcher,
) -> None:
    hit = searcher.search(SearchRequest("preventie")).hits[0]
    assert (
        hit.snippet.text
        == hit.text[
            hit.snippet.start : hit.snippet.start + len(hit.snippet.text)
        ]
    )
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == [
        "preventie"
    ]
    assert hit.explain[0].found == "preventie"
    assert hit.explain[0].how == "exact"


def test_sorting_by_year_puts_the_newest_first(searcher: Searcher) -> None:
    assert ids(searcher, "", sort="year", collapse=False)[0] == "p4"
    assert ids(searcher, "", sort="page", collapse=False)[0] == "p0"


def test_opened_beside_one_alike_it_says_the_same_of_what_is_its_own(
    index: Path, store: Store, searcher: Searcher, tmp_path: Path
) -> None:
    beside = Searcher.open(index, store, like=searcher)
    shared = beside.collection.lexicon is searcher.collection.lexicon
    assert shared == isinstance(searcher.collection, Collection)
    assert beside.completer is searcher.completer
    engine = searcher.engine.name
    without = Store.derive(sqlite_url(tmp_path / "less.sqlite"), None, store)
    without.remove(["smit2016"])
    build_index(without, tmp_path / "less", engine, previous=index)
    other = Searcher.open(tmp_path / "less", without, like=searcher)
    plain = Searcher.open(tmp_path / "less", without)
    for query in ("schulden", "prevntie", "hulp bij schulden"):
        assert ids(beside, query) == ids(searcher, query)
        assert ids(other, query) == ids(plain, query)
        assert other.suggest(query[:3]) == plain.suggest(query[:3])
    assert other.collection.lexicon is not searcher.collection.lexicon
    for made in (beside, other, plain):
        made.close()
    without.close()
