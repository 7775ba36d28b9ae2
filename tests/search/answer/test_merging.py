"""What says the same counts once: in totals, facets, pages and lists, with every engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.records import Document, Passage, Tag
from kb.search import Searcher, SearchRequest, build_index
from kb.search.request import FACETS
from kb.store import Similar, Store, sqlite_url

WORDS = ("zorg", "wijk", "team", "hulp", "schuld", "werkdruk")
DOCUMENTS = ("aa2012", "bb2014", "cc2016")
QUESTIONS = (
    "",
    "zorg",
    "wijk hulp",
    "werkdruk team schuld",
    '"zorg wijk"',
    "zorg OF schuld",
    "wijkteam NIET schuld",
)

# A passage: its document, words, place, theme, whether it gives figures, and its group.
passages = st.lists(
    st.tuples(
        st.sampled_from(DOCUMENTS),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
        st.sampled_from(["Zeist", "Utrecht", ""]),
        st.sampled_from(["B1", "B8", ""]),
        st.booleans(),
        st.integers(-2, 2),
    ),
    min_size=1,
    max_size=14,
)


def _filled(folder: Path, rows: list[tuple[object, ...]]) -> Store:
    store = Store.create(sqlite_url(folder / "records.sqlite"))
    store.add(
        Document(
            id=id,
            source=f"{id}.pdf",
            title=id,
            authors=("Bakker, Anna",) if id != "bb2014" else (),
            year=int(id[2:]),
        )
        for id in DOCUMENTS
    )
    made, tags, groups = [], [], []
    for number, (document, words, place, theme, figures, group) in enumerate(
        rows
    ):
        id = f"p{number:02}"
        text = " ".join(words) + (" 42 keer" if figures else "")  # type: ignore[arg-type]
        places = (place,) if place else ()
        made.append(
            Passage(
                id=id,
                document=str(document),
                text=text,
                position=number,
                municipalities=places,  # type: ignore[arg-type]
            )
        )
        if theme:
            tags.append(Tag(id, str(theme), 0.8))
        if int(group) >= 0:  # type: ignore[call-overload]
            groups.append(Similar(id, f"g{group}", 1.0))
    store.add(made)
    store.add(tags)
    store.add(groups)
    return store


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=passages)
def test_a_value_counts_what_choosing_it_shows(
    tmp_path_factory: pytest.TempPathFactory,
    engine: str,
    rows: list[tuple[object, ...]],
) -> None:
    folder = tmp_path_factory.mktemp("merging")
    store = _filled(folder, rows)
    build_index(store, folder / "index", engine)
    searcher = Searcher.open(folder / "index", store)
    for query in QUESTIONS:
        for counting in (False, True):
            _values_hold(
                searcher, SearchRequest(query, count_related=counting)
            )
    searcher.close()
    store.close()


def _values_hold(searcher: Searcher, request: SearchRequest) -> None:
    """Totals are hits on the pages, and counts of values those of choosing one."""
    every = replace(request, per_page=50, per_document=0)
    results = searcher.search(every)
    assert len(results.hits) == results.total
    assert sum(hit.direct for hit in results.hits) == results.direct
    groups = [frozenset((hit.passage, *hit.also_in)) for hit in results.hits]
    assert len(set(groups)) == len(groups)
    if results.reading.operator != "or" or len(results.reading.words) > 1:
        return  # how many words a direct hit must hold hangs on the filters too
    for facet in FACETS:
        for value in results.facets[facet]:
            chosen = replace(every, filters={facet: (value.value,)})
            narrowed = searcher.search(chosen)
            counted = (
                narrowed.total
                if request.count_related or not results.direct
                else narrowed.direct
            )
            assert value.count == counted, (facet, value)


def test_near_duplicates_count_once_everywhere(searcher: Searcher) -> None:
    results = searcher.search(SearchRequest("caseload"))
    assert (
        results.direct,
        [hit.direct for hit in results.hits].count(True),
    ) == (1, 1)
    for facet, value in (
        ("kind", "finding"),
        ("municipality", "Zwolle"),
        ("document", "bakker2014"),
        ("document", "smit2016"),
        ("year", "2014"),
        ("author", "Smit, Jan"),
    ):
        counted = {v.value: v.count for v in results.facets[facet]}
        assert counted[value] == 1, facet


def test_where_else_it_stands_is_told_though_a_filter_leaves_it_out(
    searcher: Searcher,
) -> None:
    request = SearchRequest("caseload", {"document": ("smit2016",)})
    hit = searcher.search(request).hits[0]
    assert (hit.passage, hit.also_in) == ("p7", ("p1",))


def test_apart_they_are_counted_apart(searcher: Searcher) -> None:
    results = searcher.search(SearchRequest("caseload", collapse=False))
    assert results.direct == 2
