"""The site notices a new generation, keeps the old one until then.

And says what to do when there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.errors import NoIndexError
from kb.generations import CURRENT
from kb.records import Document
from kb.settings import Settings
from web import create_app, warm
from web.generation import Generation

Reader = Callable[[Settings], FlaskClient]
NEW = Document(
    "nieuw2020stuk",
    "nieuw2020stuk.txt",
    "Een stuk dat er eerst niet was",
    ("Nieuw, Anouk",),
    2020,
)


@pytest.fixture
def own(tmp_path: Path, lay_out_sources: Callable[[Path], None]) -> Settings:
    lay_out_sources(tmp_path / "corpus")
    (tmp_path / "index").mkdir()
    return Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"
    )


@pytest.fixture
def reader() -> Iterator[Reader]:
    """Opens a site and gives a reader of it; closes what was opened."""
    opened: list[Flask] = []

    def read(settings: Settings) -> FlaskClient:
        opened.append(create_app(settings))
        return opened[-1].test_client()

    yield read
    for app in opened:
        app.extensions["kb_generation"].close()


def test_without_an_index_every_page_says_to_build(
    own: Settings, reader: Reader
) -> None:
    client = reader(own)
    for path in ("/", "/zoeken?q=x", "/themas/", "/api/v1/documents"):
        response = client.get(path)
        assert response.status_code == 503
        assert "kb build" in response.text
        assert response.headers["Retry-After"] == "60"


def test_index_that_appears_is_taken_up_without_restart(
    own: Settings, publish_library: Callable[..., Path], reader: Reader
) -> None:
    client = reader(own)
    assert client.get("/").status_code == 503
    publish_library(own)
    assert client.get("/").status_code == 200


def test_warming_opens_the_search_engine(
    own: Settings, publish_library: Callable[..., Path]
) -> None:
    app = create_app(own)
    with pytest.raises(NoIndexError):
        warm(app)
    publish_library(own)
    warm(app)
    assert app.test_client().get("/zoeken?q=vakkennis").status_code == 200
    app.extensions["kb_generation"].close()


def test_new_generation_is_taken_up_at_the_next_request(
    own: Settings, publish_library: Callable[..., Path], reader: Reader
) -> None:
    publish_library(own, "one")
    client = reader(own)
    assert (
        "Een stuk dat er eerst niet was" not in client.get("/documenten/").text
    )
    publish_library(own, "two", (NEW,))
    assert "Een stuk dat er eerst niet was" in client.get("/documenten/").text


def test_old_generation_serves_while_the_new_one_cannot_be_read(
    own: Settings, publish_library: Callable[..., Path], reader: Reader
) -> None:
    publish_library(own)
    client = reader(own)
    assert client.get("/documenten/").status_code == 200
    (own.index_dir / CURRENT).write_text("bestaat-niet\n", encoding="utf-8")
    assert client.get("/documenten/").status_code == 200
    assert client.get("/themas/B7").status_code == 200


def test_index_of_an_old_format_says_to_build_again(
    own: Settings, publish_library: Callable[..., Path], reader: Reader
) -> None:
    folder = publish_library(own)
    (folder / "meta.json").write_text('{"format": -1}', encoding="utf-8")
    response = reader(own).get("/")
    assert response.status_code == 503
    assert "kb build" in response.text


def test_broken_search_index_says_to_build_again_and_leaves_reading_alone(
    own: Settings, publish_library: Callable[..., Path], reader: Reader
) -> None:
    folder = publish_library(own)
    for file in (folder / "engine").rglob("*"):
        if file.is_file():
            file.write_bytes(b"")
    client = reader(own)
    search = client.get("/zoeken?q=vakkennis")
    assert search.status_code == 503
    assert "kb build" in search.text
    assert client.get("/passages/wit2016breed-a1").status_code == 200


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    """Change bytes in the middle of a file, but not its size."""
    held = bytearray(path.read_bytes())
    for at in range(len(held) // 10, len(held), 40):
        held[at] ^= 0xFF
    path.write_bytes(held)


@pytest.mark.parametrize("harm", [_cut, _flip])
@pytest.mark.parametrize("file", ["records.sqlite", "engine/search.json"])
def test_damaged_index_is_left_for_the_one_before_it_and_said(
    own: Settings,
    publish_library: Callable[..., Path],
    reader: Reader,
    harm: Callable[[Path], None],
    file: str,
) -> None:
    publish_library(own, "one")
    harm(publish_library(own, "two", (NEW,)) / file)
    client = reader(own)
    for path in ("/zoeken?q=vakkennis", "/documenten/", "/readyz"):
        assert client.get(path).status_code == 200
    assert "&#39;two&#39; is beschadigd" in client.get("/verslag").text
    publish_library(own, "zzz", (NEW,))
    assert "beschadigd" not in client.get("/verslag").text


def test_damage_without_an_older_index_is_said(
    own: Settings, publish_library: Callable[..., Path], reader: Reader
) -> None:
    _flip(publish_library(own, "one") / "records.sqlite")
    client = reader(own)
    for _ in range(2):
        response = client.get("/documenten/")
        assert response.status_code == 503
        assert "kb build" in response.text


def test_who_asks_first_waits_for_no_count(
    own: Settings,
    publish_library: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish_library(own)
    app = create_app(own)
    warm(app)
    shelf = app.extensions["kb_generation"]
    shelf.settle()
    made: list[object] = []
    once = Generation.once

    def noted(
        self: Generation, key: object, make: Callable[[], object]
    ) -> object:
        if key not in self._known:
            made.append(key)
        return once(self, key, make)

    monkeypatch.setattr(Generation, "once", noted)
    client = app.test_client()
    for view in ("", "/cijfers", "/tijdlijn", "/vergelijk", "/paragraaf"):
        assert client.get(f"/themas/B7{view}").status_code == 200
    for path in ("/", "/documenten/", "/themas/jaren", "/themas/gemeenten"):
        assert client.get(path).status_code == 200
    shelf.close()
    assert made == []


def test_once_warm_the_old_generation_serves_until_the_new_one_is_counted(
    own: Settings, publish_library: Callable[..., Path]
) -> None:
    publish_library(own, "one")
    app = create_app(own)
    warm(app)
    shelf = app.extensions["kb_generation"]
    client = app.test_client()
    shelf.settle()
    publish_library(own, "two", (NEW,))
    assert client.get("/documenten/").status_code == 200
    shelf.settle()
    assert NEW.title in client.get("/documenten/").text
    shelf.close()
