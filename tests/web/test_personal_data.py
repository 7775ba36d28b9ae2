"""A list of respondents is read in its document and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings
from web import create_app

NOTE = """# Vakkennis in Oostdorp

## Bevindingen

Generalisten in het wijkteam verliezen hun vakkennis wanneer zij elkaar niet geregeld spreken.

## Lijst van geïnterviewden

Generalisten in het wijkteam verliezen hun vakkennis, zeggen de generalisten die wij spraken over
hun vakkennis in het wijkteam: Joke Terpstra, Henk van der Molen en Ibrahim El Amrani.
"""
NAME = "Terpstra"
LISTS = (
    "/zoeken?q=generalisten+wijkteam",
    "/zoeken.atom?q=generalisten+wijkteam",
    "/api/v1/search?q=generalisten+wijkteam",
    "/themas/B7",
    "/themas/B7/meenemen/markdown",
    "/leeslijst/?i=p:{}",
    "/leeslijst/meenemen/markdown?i=p:{}",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    base: Path = tmp_path_factory.mktemp("personal")
    settings = Settings(
        corpus_dir=base / "corpus", index_dir=base / "index", workers=1
    )
    sources = settings.corpus_dir / "sources"
    sources.mkdir(parents=True)
    (sources / "oostdorp.md").write_text(NOTE, encoding="utf-8")
    build(settings)
    return settings


@pytest.fixture(scope="module")
def listed(built: Settings) -> str:
    """The id of the passage with the names."""
    store = open_store(built)
    (found,) = [p.id for p in store.passages() if NAME in p.text]
    store.close()
    return found


@pytest.fixture
def site(built: Settings) -> Iterator[FlaskClient]:
    app = create_app(built)
    yield app.test_client()
    app.extensions["kb_generation"].close()


def test_the_document_and_the_passage_itself_have_the_names(
    site: FlaskClient, listed: str
) -> None:
    assert NAME in site.get("/documenten/oostdorp").text
    assert NAME in site.get(f"/passages/{listed}").text


@pytest.mark.parametrize("path", LISTS)
def test_elsewhere_a_sentence_stands_in_their_place(
    site: FlaskClient, listed: str, path: str
) -> None:
    answer = site.get(path.format(listed))
    assert answer.status_code == 200
    assert NAME not in answer.text


def test_a_search_for_a_name_shows_where_and_not_who(
    site: FlaskClient, listed: str
) -> None:
    page = site.get(f"/zoeken?q={NAME}").text
    assert listed in page
    assert "El Amrani" not in page


@pytest.mark.parametrize("path", LISTS)
def test_who_may_show_them_can_say_so(
    built: Settings, listed: str, path: str
) -> None:
    app = create_app(replace(built, personal_data=True))
    assert NAME in app.test_client().get(path.format(listed)).text
    app.extensions["kb_generation"].close()


TYPED = (
    ("search", "generalisten wijkteam"),
    ("search", "generalisten wijkteam", "--json"),
    ("export", "markdown", "--theme", "B7"),
)


def typed(settings: Settings, words: tuple[str, ...]) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", "kb", *words]
    run = subprocess.run(
        [*command, "--index", str(settings.index_dir)],
        env={**os.environ, "KB_PERSONAL_DATA": str(settings.personal_data)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
def test_commands_show_no_names_either_unless_set(
    built: Settings, words: tuple[str, ...]
) -> None:
    assert NAME not in typed(built, words)
    assert NAME in typed(replace(built, personal_data=True), words)
