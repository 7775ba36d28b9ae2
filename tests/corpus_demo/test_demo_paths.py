"""Three paths of a reader on the demo, walked in a browser and counted by the keystroke model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.pipeline import build
from kb.settings import load
from scripts.walks import PATHS, Walk
from tests.corpus_demo.conftest import ROOT
from tests.web.in_chromium import NEEDS_CHROMIUM, chromium, served
from web import create_app

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demo answers, built from nothing."""
    settings = replace(
        load(corpus_dir=ROOT / "corpus"),
        index_dir=tmp_path_factory.mktemp("demo"),
    )
    build(settings)
    app = create_app(settings)
    with served(app) as found:
        yield found
    app.extensions["kb_generation"].close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("name", PATHS)
def test_a_path_ends_with_its_file_within_the_time_asked(
    address: str, browser: Any, tmp_path: Path, name: str
) -> None:
    path, asked = PATHS[name]
    page = browser.new_context(accept_downloads=True).new_page()
    page.goto(address)
    walk = Walk(page, tmp_path, name)
    path(walk)
    page.context.close()
    assert walk.seconds <= asked
    assert walk.steps[-1].startswith("download")
    assert list(tmp_path.glob("*.docx")) or list(tmp_path.glob("*.xlsx"))
