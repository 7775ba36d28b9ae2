"""Filters without a question, deep pages, and spelling shown back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kb.records import Document, Passage, Tag
from kb.search import Searcher, SearchRequest, build_index
from kb.store import Store, sqlite_url
from tests.servers import ENGINES, ready

# position: kind, score for theme B8 (None: not tagged), municipality
TAGGED = [
    ("finding", 0.6, "Zwolle"),
    ("table", 0.95, ""),
    ("finding", 0.9, ""),
    ("reference", 0.99, ""),
    ("text", None, "Zwolle"),
    ("finding", 0.7, "Utrecht"),
]
MANY = 700  # more than are ranked


@pytest.fixture(scope="module", params=ENGINES)
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("browse")
    store = Store.create(sqlite_url(folder / "records.sqlite"))
    store.add(
        [
            Document(id="a", source="a.pdf", title="Preventie", year=2014),
            Document(id="b", source="b.pdf", title="Overleg", year=2015),
        ]
    )
    store.add(
        Passage(
            f"a{i}",
            "a",
            f"Over preventie wordt hier iets gezegd, en wel voor de {i}e keer.",
            i,
            kind,
            municipalities=(place,) * bool(place),
        )
        for i, (kind, _, place) in enumerate(TAGGED)
    )
    store.add(
        Passage(
            f"b{i}",
            "b",
            f"De coördinatie van het overleg loopt via vergadering {i} en {i % 7} leden.",
            i,
        )
        for i in range(MANY)
    )
    store.add(
        Tag(f"a{i}", "B8", score)
        for i, (_, score, _) in enumerate(TAGGED)
        if score is not None
    )
    build_index(store, folder / "index", ready(request))
    searcher = Searcher.open(folder / "index", store)
    yield searcher
    searcher.close()
    store.close()


def found(searcher: Searcher, request: SearchRequest) -> list[str]:
    return [hit.passage for hit in searcher.search(request).hits]


def test_a_theme_alone_shows_the_strongest_evidence_first_and_kinds_without_argument_last(
    opened: Searcher,
) -> None:
    request = SearchRequest(filters={"theme": ("B8",)}, per_document=0)
    assert found(opened, request) == ["a2", "a1", "a5", "a0", "a3"]
    assert found(opened, SearchRequest("thema:B8", per_document=0)) == found(
        opened, request
    )


def test_filters_combine_and_exclude_without_a_question(
    opened: Searcher,
) -> None:
    assert found(
        opened,
        SearchRequest(
            filters={"theme": ("B8",), "municipality": ("Zwolle", "Utrecht")},
            per_document=0,
        ),
    ) == ["a5", "a0"]
    assert found(
        opened, SearchRequest("gemeente:Zwolle NIET thema:B8", per_document=0)
    ) == ["a4"]
    assert (
        opened.search(SearchRequest("gemeente:Zwolle NIET thema:B8")).total
        == 1
    )


def test_a_document_alone_is_read_in_its_own_order(opened: Searcher) -> None:
    assert found(
        opened, SearchRequest(filters={"document": ("a",)}, per_document=0)
    ) == [f"a{i}" for i in range(len(TAGGED))]


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest("overleg vergadering leden"),
        SearchRequest(filters={"type": ("report",)}),
    ],
)
def test_no_passage_is_on_two_pages_and_none_is_missed(
    opened: Searcher, request_: SearchRequest
) -> None:
    total = opened.search(request_).total
    pages = [
        found(opened, replace(request_, page=page))
        for page in range(1, -(-total // 10) + 1)
    ]
    shown = [id for page in pages for id in page]
    assert len(shown) == len(set(shown)) == total >= MANY


def test_a_correction_is_spelled_as_the_texts_spell_it(
    opened: Searcher,
) -> None:
    assert (
        opened.search(SearchRequest("coördinatei")).did_you_mean
        == "coördinatie"
    )


def test_a_question_as_mere_words_gives_the_words_that_spacy_gives() -> None:
    from kb.themes.cues.words import bare, words_of

    plain = bare(
        'Hoe regelt het wijkteam (in 2014..2016) de thema\'s "op maat"? auteur:Jansen'
    )
    assert (
        plain
        == "Hoe regelt het wijkteam in 2014 2016 de thema's op maat auteur Jansen"
    )
    assert [word.folded for word in words_of(plain)] == [
        word.folded for word in words_of(plain + " .")
    ]


def test_reading_a_question_for_themes_does_not_load_spacy() -> None:
    code = (
        "import sys; from kb.search.question.intents import theme_reader; from kb.themes "
        "import load_frameworks\n"
        "assert theme_reader(load_frameworks()).read('werkdruk? (jaar:2014) *').counted\n"
        "assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
