"""An index of an earlier version in use at once, where only the tables of its records differ.

A build does the same and more, but reads all reports anew when the program is another one.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from kb.checksums import MARK, SEAL, damaged
from kb.errors import OldIndexError
from kb.generations import (
    CURRENT,
    GENERATIONS,
    META,
    RECORDS,
    current,
    derive_store,
    drop_old_records,
    new_generation,
    open_store,
    publish,
)
from kb.pipeline.draft import ENGINE, told_in_use
from kb.search.index.building import FORMAT as SEARCH_FORMAT
from kb.search.index.building import META as SEARCH
from kb.settings import Settings
from kb.store.schema import FORMAT

_OWN = (RECORDS, META, SEAL, MARK)  # made for each generation, never shared


def upgrade(settings: Settings) -> Path | None:
    """Publish the index of an earlier version once more, with its records in tables of now.

    Returns:
        the new generation; None where the index is of this version already.

    Raises:
        NoIndexError: there is no index.
        OldIndexError: more than the tables differs, or a file is damaged: build it anew.
    """
    try:
        current(settings.index_dir)
    except OldIndexError as error:
        before = _named(settings.index_dir)
        if not _differs_in_tables_alone(before):
            raise OldIndexError(**error.values) from None
    else:
        return None
    folder = new_generation(settings.index_dir)
    try:
        return _published(settings, before, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _published(settings: Settings, before: Path, folder: Path) -> Path:
    shutil.copytree(
        before,
        folder,
        ignore=shutil.ignore_patterns(*_OWN),
        copy_function=_shared,
        dirs_exist_ok=True,
    )
    old = open_store(settings, before)
    store = derive_store(settings, folder, old)
    try:
        final = publish(settings.index_dir, folder, settings.keep_generations)
        drop_old_records(settings, store)
    finally:
        store.close()
        old.close()
    told_in_use(settings, final)
    return final


def _named(index_dir: Path) -> Path:
    name = (index_dir / CURRENT).read_text(encoding="utf-8").strip()
    return index_dir / GENERATIONS / name


def _differs_in_tables_alone(folder: Path) -> bool:
    """Whether the rest of a whole generation is of this version."""
    if damaged(folder, deep=False):
        return False
    records, search = _format(folder / META), _format(folder / ENGINE / SEARCH)
    return _meaning(records) == _meaning(FORMAT) and search == str(
        SEARCH_FORMAT
    )


def _format(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _meaning(found: str) -> str:
    """The part of a format that changes when records mean something else.

    >>> _meaning("3.0a2a4372")
    '3'
    """
    return found.partition(".")[0]


def _shared(source: str, target: str) -> None:
    """Let two generations have one file; copy it on a disk without links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
