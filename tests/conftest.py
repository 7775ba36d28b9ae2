"""Fixtures for all tests.

Settings in a temporary folder, and the shared corpus where it lies beside the project.
"""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from kb.settings import Settings
from tests.servers import database as database
from tests.servers import opensearch as opensearch
from tests.servers import postgresql as postgresql

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# Other processes of a busy machine must not fail a test: examples have no time limit of their own.
hypothesis.settings.register_profile("kb", deadline=None)
hypothesis.settings.load_profile("kb")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `shared` are skipped, with the reason.

    Where the shared corpus is absent.
    """
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(
                pytest.mark.skip(
                    reason="the shared corpus does not lie beside the project"
                )
            )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an empty corpus and index folder."""
    (tmp_path / "corpus" / "sources").mkdir(parents=True)
    return Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index", workers=1
    )


@pytest.fixture
def shared() -> Path:
    return SHARED
