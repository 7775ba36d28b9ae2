"""An index of Whoosh that somebody made runs no code of his."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields, index

from kb.search.engines import engine_class
from kb.search.engines.whoosh_files import _schema, opened
from kb.search.engines.whoosh_pickles import _loads

# Whoosh leaves it to Python to close the file of its schema.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)


class _Harm:
    """Makes a folder when its pickle is opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.folder),)


def test_schema_that_runs_code_is_refused_and_runs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harmed = tmp_path / "harmed"
    engine_class("whoosh")  # what a search has loaded when it opens an index
    with monkeypatch.context() as patched:
        evil = pickle.dumps(_Harm(harmed), 2)
        patched.setattr(index.pickle, "dumps", lambda *_: evil)
        folder = tmp_path / "index"
        folder.mkdir()
        index.create_in(str(folder), fields.Schema(body=fields.TEXT))
    with pytest.raises(ValueError, match=r"mkdir in a search index"):
        opened(folder)
    assert not harmed.exists()


@pytest.mark.parametrize("named", [os.system, eval, print, Path])
def test_pickle_that_names_what_is_not_of_an_index_is_refused(
    named: Any,
) -> None:
    with pytest.raises(ValueError, match="in a search index"):
        _loads(pickle.dumps(named))


def test_index_of_ours_is_read_by_the_guarded_whoosh(tmp_path: Path) -> None:
    index.create_in(str(tmp_path), _schema())
    assert opened(tmp_path).doc_count() == 0
