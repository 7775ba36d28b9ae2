"""Pictures of pages: made in a process of their own, kept, and absent rather than wrong."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from kb.records import Document
from kb.settings import Settings
from web import sources

PDF = Document("wit2016breed", "wit2016breed.pdf", "Breed kijken", pages=2)


def test_page_is_drawn_once_and_then_kept(settings: Settings) -> None:
    path = sources.page_image(settings, PDF, 1)
    assert path is not None
    made = path.stat().st_mtime_ns
    assert sources.page_image(settings, PDF, 1) == path
    assert path.stat().st_mtime_ns == made
    assert sources.page_size(settings, PDF, 1) == (595.0, 842.0)


def test_picture_is_served(client: FlaskClient) -> None:
    with client.get("/documenten/wit2016breed/blad/2.png") as response:
        assert response.mimetype == "image/png"
        assert Image.open(BytesIO(response.data)).width == sources.WIDTH


@pytest.mark.parametrize("number", [0, 3, 10**9])
def test_page_that_is_not_there_has_no_picture(
    settings: Settings, number: int
) -> None:
    assert sources.page_image(settings, PDF, number) is None


def test_pages_of_a_file_that_is_kept_back_are_kept_back(
    settings: Settings,
) -> None:
    kept_back = replace(PDF, downloadable=False)
    assert sources.page_image(settings, kept_back, 1) is None
    assert sources.page_size(settings, kept_back, 1) is None


def test_broken_pdf_has_no_picture(settings: Settings) -> None:
    (settings.corpus_dir / "sources" / "stuk.pdf").write_bytes(
        b"%PDF-1.4 dit is geen pdf"
    )
    assert (
        sources.page_image(settings, replace(PDF, source="stuk.pdf"), 1)
        is None
    )


@pytest.mark.parametrize(
    "source", ["../sources.bib", "/etc/passwd", "", "..", "weg.pdf"]
)
def test_only_files_among_the_sources_are_found(
    settings: Settings, source: str
) -> None:
    assert sources.source_path(settings, replace(PDF, source=source)) is None


def test_passage_is_marked_on_its_page(client: FlaskClient) -> None:
    page = client.get(
        "/documenten/wit2016breed/blad/1?passage=wit2016breed-a1"
    ).text
    assert 'viewBox="0 0 595.0 842.0"' in page
    assert (
        '<rect class="on" x="68.0" y="88.0" width="454.0" height="44.0"/>'
        in page
    )


def test_page_images_made_longest_ago_make_room(tmp_path: Path) -> None:
    for number in range(4):
        image = tmp_path / f"{number}.png"
        image.write_bytes(b"x" * 100)
        image.with_suffix(".size").write_text("595 842", encoding="ascii")
        os.utime(image, (number, number))
    sources.make_room(tmp_path, 250)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "2.png",
        "2.size",
        "3.png",
        "3.size",
    ]
    sources.make_room(tmp_path, 10)
    assert sorted(p.name for p in tmp_path.glob("*.png")) == ["3.png"]


def test_page_that_cannot_be_drawn_is_not_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settings.corpus_dir / "sources" / "kapot.pdf").write_bytes(
        b"%PDF-1.4 kapot"
    )
    broken = replace(PDF, source="kapot.pdf")
    assert sources.page_image(settings, broken, 1) is None

    def never(*_: object, **__: object) -> None:
        raise AssertionError("drawn twice")

    monkeypatch.setattr("subprocess.run", never)
    assert sources.page_image(settings, broken, 1) is None
    assert sources.page_size(settings, broken, 1) is None


def test_page_that_was_mended_is_drawn(settings: Settings) -> None:
    path = settings.corpus_dir / "sources" / "later.pdf"
    path.write_bytes(b"%PDF-1.4 kapot")
    later = replace(PDF, source="later.pdf")
    assert sources.page_image(settings, later, 1) is None
    good = settings.corpus_dir / "sources" / PDF.source
    path.write_bytes(good.read_bytes())
    os.utime(path, ns=(1, 1))
    assert sources.page_image(settings, later, 1) is not None


def test_page_size_does_not_wait_for_a_picture(settings: Settings) -> None:
    good = settings.corpus_dir / "sources" / PDF.source
    (settings.corpus_dir / "sources" / "maat.pdf").write_bytes(
        good.read_bytes()
    )
    with sources.AT_ONCE, sources.AT_ONCE:
        assert sources.page_size(settings, replace(PDF, source="maat.pdf"), 2)


def test_too_many_pictures_at_once_are_asked_again_later(
    settings: Settings, client: FlaskClient
) -> None:
    good = settings.corpus_dir / "sources" / PDF.source
    good.write_bytes(
        good.read_bytes()
    )  # another time of writing: not drawn yet
    held = 0
    while sources.WAITING.acquire(blocking=False):
        held += 1
    try:
        response = client.get("/documenten/wit2016breed/blad/1.png")
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert client.get("/documenten/wit2016breed/blad/1").status_code == 200
    finally:
        for _ in range(held):
            sources.WAITING.release()


def test_the_file_itself_is_asked_again_each_time(client: FlaskClient) -> None:
    with client.get("/documenten/wit2016breed/bestand") as response:
        assert "no-cache" in response.headers["Cache-Control"]
        assert response.headers["ETag"]
