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
def test_page_that_is_not_there_has_no_picture(settings: Settings, number: int) -> None:
    assert sources.page_image(settings, PDF, number) is None


def test_broken_pdf_has_no_picture(settings: Settings) -> None:
    (settings.corpus_dir / "sources" / "stuk.pdf").write_bytes(
        b"%PDF-1.4 dit is geen pdf"
    )
    assert sources.page_image(settings, replace(PDF, source="stuk.pdf"), 1) is None


@pytest.mark.parametrize(
    "source", ["../sources.bib", "/etc/passwd", "", "..", "weg.pdf"]
)
def test_only_files_among_the_sources_are_found(
    settings: Settings, source: str
) -> None:
    assert sources.source_path(settings, replace(PDF, source=source)) is None


def test_passage_is_marked_on_its_page(client: FlaskClient) -> None:
    page = client.get("/documenten/wit2016breed/blad/1?passage=wit2016breed-a1").text
    assert 'viewBox="0 0 595.0 842.0"' in page
    assert '<rect class="on" x="68.0" y="88.0" width="454.0" height="44.0"/>' in page


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
