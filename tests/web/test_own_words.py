"""A corpus on another subject, without settings: no other corpus' words stand on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.generations import RECORDS, new_generation, publish
from kb.records import Document, Passage
from kb.search import build_index
from kb.settings import Settings
from kb.store import Store, sqlite_url
from web import create_app

BEES = Document("bijen", "bijen.md", "Bestuivers langs de dijk")
COUNT = Passage(
    "bijen-1", "bijen", "Langs de dijk vlogen 412 bijen.", 0, "finding"
)
OF_ANOTHER = ("belofte", "kwestie", "Generalist", "Wmo", "wijk")


@pytest.fixture(scope="module")
def bees(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The site of one document on which no theme occurs."""
    base: Path = tmp_path_factory.mktemp("bijen")
    settings = Settings(corpus_dir=base / "corpus", index_dir=base / "index")
    (settings.corpus_dir / "sources").mkdir(parents=True)
    settings.index_dir.mkdir()
    folder = new_generation(settings.index_dir, "one")
    store = Store.create(sqlite_url(folder / RECORDS))
    store.add((BEES,))
    store.add((COUNT,))
    store.put("built", "2026-11-20T09:30:00+00:00")
    build_index(store, folder / "engine", "whoosh")
    store.close()
    publish(settings.index_dir, folder, 2)
    app = create_app(settings)
    yield app.test_client()
    app.extensions["kb_generation"].close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/over",
        "/documenten/",
        "/documenten/bijen",
        "/passages/bijen-1",
        "/zoeken?q=dijk",
        "/zoeken?q=qqzz",
        "/leeslijst/",
        "/werken/",
        "/verslag",
    ],
)
def test_pages_have_no_words_of_another_corpus(
    bees: FlaskClient, path: str
) -> None:
    page = bees.get(path).text
    assert not [word for word in OF_ANOTHER if word in page]


def test_titles_are_the_example_questions(bees: FlaskClient) -> None:
    home = bees.get("/").text
    assert 'class="examples"' in home
    assert ">Bestuivers langs de dijk</a>" in home.partition("</section>")[0]


def test_frameworks_without_a_passage_are_folded_away(
    bees: FlaskClient,
) -> None:
    page = bees.get("/themas/").text
    shown, _, folded = page.partition("<details>")
    assert "nog geen passage over een thema" in shown
    assert "B7" not in shown
    assert "B7" in folded


@pytest.mark.parametrize(
    "path", ["kaart", "documenten", "jaren", "gemeenten", "soorten"]
)
def test_pictures_over_all_themes_still_answer(
    bees: FlaskClient, path: str
) -> None:
    assert bees.get(f"/themas/{path}").status_code == 200
