"""An index of an earlier version in use at once, where its tables alone are of before."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from kb.checksums import seal
from kb.errors import OldIndexError
from kb.generations import META, RECORDS, current
from kb.pipeline import build
from kb.pipeline.upgrading import upgrade
from kb.settings import Settings
from tests.pipeline.conftest import Here, everything

BEFORE = "3.00000000"


def _aged(folder: Path) -> None:
    """Have a generation be as 0.2.0 left it: without two columns, of another format."""
    records = sqlite3.connect(folder / RECORDS)
    for column in ("noted_in", "noted_at"):
        records.execute(f"alter table citations drop column {column}")
    records.execute("drop table alembic_version")
    records.close()
    (folder / META).write_text(json.dumps({"format": BEFORE}))
    seal(folder)


@pytest.fixture
def aged(corpus: Settings) -> Settings:
    """Two reports in an index of before."""
    build(corpus, executor=Here())
    _aged(current(corpus.index_dir))
    return corpus


def test_index_of_before_is_in_use_with_all_that_it_knew(
    corpus: Settings,
) -> None:
    build(corpus, executor=Here())
    folder = current(corpus.index_dir)
    known = everything(corpus)
    _aged(folder)
    untouched = (folder / RECORDS).read_bytes()
    with pytest.raises(OldIndexError):
        current(corpus.index_dir)
    new = upgrade(corpus)
    assert new == current(corpus.index_dir) != folder
    assert everything(corpus) == known
    assert (folder / RECORDS).read_bytes() == untouched
    assert build(corpus, executor=Here()).counts["documents"] == 2
    assert everything(corpus) == known


def test_index_of_this_version_is_let_be(corpus: Settings) -> None:
    build(corpus, executor=Here())
    folder = current(corpus.index_dir)
    assert upgrade(corpus) is None
    assert current(corpus.index_dir) == folder


def test_records_that_mean_something_else_are_built_anew(
    aged: Settings,
) -> None:
    (folder,) = (aged.index_dir / "generations").glob("2*")
    (folder / META).write_text(json.dumps({"format": "2.00000000"}))
    seal(folder)
    with pytest.raises(OldIndexError, match="kb build"):
        upgrade(aged)


def test_search_of_another_format_is_built_anew(aged: Settings) -> None:
    (folder,) = (aged.index_dir / "generations").glob("2*")
    written = folder / "engine" / "search.json"
    told = json.loads(written.read_text())
    written.write_text(json.dumps({**told, "format": 1}))
    seal(folder)
    with pytest.raises(OldIndexError, match="kb build"):
        upgrade(aged)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_damaged_index_of_before_is_built_anew(aged: Settings) -> None:
    (folder,) = (aged.index_dir / "generations").glob("2*")
    (folder / "ledger.json").unlink()
    with pytest.raises(OldIndexError, match="kb build"):
        upgrade(aged)
