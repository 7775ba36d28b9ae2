"""An index that goes on from the last one is the one that would be made from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.records import Document, Passage, Tag
from kb.search import Searcher, SearchRequest, build_index, search_many
from kb.search.index.building import META
from kb.store import Similar, Store, sqlite_url
from tests.servers import ENGINES, ready

SENTENCES = (
    "Het sociaal wijkteam helpt bewoners met schulden.",
    "De schuldhulpverlening van het wijkteam komt laat op gang.",
    "Wie zorg vraagt, krijgt een gesprek aan de keukentafel.",
    "Bewoners helpen elkaar; het team kijkt mee in de wijk.",
    "Zorgvragers en mantelzorgers klagen over wachttijden.",
    "Een caseload van dertig gezinnen is te hoog.",
)
QUESTIONS = (
    "wijkteam",
    "hulp bij schulden",
    "zorg OF team",
    "bewoners helpen",
    "wacht*",
)

passages = st.lists(
    st.tuples(
        st.sampled_from(SENTENCES),
        st.sampled_from(["text", "finding", "respondent_quote"]),
        st.sampled_from([("1 Inleiding",), ("2 Schulden", "2.1 Hulp"), ()]),
        st.sampled_from([("Zwolle",), ("Zeist", "Zwolle"), ()]),
        st.lists(st.sampled_from(["B1", "B8", "K2"]), max_size=2, unique=True),
    ),
    max_size=4,
)
corpora = st.dictionaries(
    st.sampled_from([f"bron{n}" for n in range(6)]),
    st.tuples(st.sampled_from(["Zorg", "Teams onder druk"]), passages),
    max_size=4,
)
Corpus = dict[
    str,
    tuple[
        str, list[tuple[str, str, tuple[str, ...], tuple[str, ...], list[str]]]
    ],
]


def filled(path: Path, corpus: Corpus) -> Store:
    """A store with the documents of a corpus; passages of one sentence are alike."""
    store = Store.create(sqlite_url(path))
    alike: dict[str, list[str]] = {}
    for document, (title, told) in corpus.items():
        made = [
            Passage(
                f"{document}-{n}",
                document,
                text,
                n,
                kind,
                section=section,
                municipalities=places,
            )
            for n, (text, kind, section, places, _) in enumerate(told)
        ]
        tags = [
            Tag(p.id, theme, 0.5 + 0.1 * p.position)
            for p, (*_, themes) in zip(made, told, strict=True)
            for theme in themes
        ]
        year = 2010 + len(told)
        store.replace_document(
            Document(document, "x.pdf", title, ("Bos",), year), made, tags
        )
        for passage in made:
            alike.setdefault(passage.text, []).append(passage.id)
    groups = [ids for ids in alike.values() if len(ids) > 1]
    store.add(Similar(id, ids[0]) for ids in groups for id in ids)
    return store


def arrays(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def answers(folder: Path, store: Store) -> list[object]:
    searcher = Searcher.open(folder, store)
    found: list[object] = []
    for question in QUESTIONS:
        results = searcher.search(SearchRequest(question))
        found.append([(hit.passage, hit.score) for hit in results.hits])
        found.append((results.total, results.facets))
    searcher.close()
    return found


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return ready(request)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(before=corpora, after=corpora)
def test_going_on_and_beginning_anew_give_the_same(
    engine: str,
    tmp_path_factory: pytest.TempPathFactory,
    before: Corpus,
    after: Corpus,
) -> None:
    folder = tmp_path_factory.mktemp("index")
    old = filled(folder / "old.sqlite", before)
    new = filled(folder / "new.sqlite", after)
    build_index(old, folder / "old", engine)
    kept = arrays(folder / "old")
    changed = {id for id in after if after[id] != before.get(id)}
    build_index(new, folder / "went on", engine, None, folder / "old", changed)
    build_index(new, folder / "anew", engine)
    assert arrays(folder / "went on") == arrays(folder / "anew")
    assert answers(folder / "went on", new) == answers(folder / "anew", new)
    assert arrays(folder / "old") == kept
    for store in (old, new):
        store.close()
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "damaged", [META, "names.json", "bodies.words.npy", "expressions.txt"]
)
def test_an_old_index_that_is_damaged_counts_as_none(
    engine: str, store: Store, tmp_path: Path, damaged: str
) -> None:
    build_index(store, tmp_path / "old", engine)
    (tmp_path / "old" / damaged).write_bytes(b"\x00")
    build_index(store, tmp_path / "new", engine, None, tmp_path / "old")
    searcher = Searcher.open(tmp_path / "new", store)
    assert search_many(searcher, ["schulden"], 3)[0]
    searcher.close()


def test_progress_is_told_for_every_document(
    store: Store, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    build_index(
        store,
        tmp_path,
        "whoosh",
        lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 4), (2, 4), (4, 4)]
