"""What people made can be kept in one file and put back, or the file is refused."""

from __future__ import annotations

import os
import shutil
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from kb.backup import MANIFEST, back_up, restore
from kb.cli.dump import DUMPS
from kb.errors import BadBackupError, NotEmptyError
from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings

NAMES = st.lists(
    st.sampled_from(
        ["sources.bib", "curation.jsonl", "sources/nota é.md", "a/b/c.yaml"]
    ),
    unique=True,
    min_size=1,
)
NOTE = "# Nota\n\nHet wijkteam werkt samen met de huisarts en het onderwijs.\n"


def _written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@tuned(max_examples=30, deadline=None)
@given(names=NAMES, content=st.binary(max_size=2_000))
def test_every_file_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], content: bytes
) -> None:
    base = tmp_path_factory.mktemp("backup")
    for name in names:
        path = base / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content + name.encode())
    back_up(base / "corpus", base / "kept.zip")
    restore(base / "kept.zip", base / "again")
    assert _written(base / "again") == _written(base / "corpus")


def test_a_restored_corpus_builds_the_same_records(
    settings: Settings, tmp_path: Path
) -> None:
    (settings.corpus_dir / "sources" / "nota.md").write_text(NOTE)
    back_up(settings.corpus_dir, tmp_path / "kept.zip")
    again = replace(
        settings,
        corpus_dir=tmp_path / "again",
        index_dir=tmp_path / "again-index",
    )
    restore(tmp_path / "kept.zip", again.corpus_dir)
    assert _records(settings) == _records(again)


def _records(settings: Settings) -> list[list[dict[str, Any]]]:
    build(settings)
    store = open_store(settings)
    try:
        return [list(dump(store)) for dump in DUMPS.values()]
    finally:
        store.close()


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Path:
    (settings.corpus_dir / "sources" / "nota.md").write_text(NOTE)
    (settings.corpus_dir / "accounts.json").write_text("{}")
    back_up(settings.corpus_dir, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


def test_others_cannot_read_a_backup(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_documents_may_stay_where_they_are(
    settings: Settings, tmp_path: Path
) -> None:
    (settings.corpus_dir / "sources" / "nota.md").write_text(NOTE)
    (settings.corpus_dir / "sources.bib").write_text("")
    back_up(settings.corpus_dir, tmp_path / "kept.zip", sources=False)
    restore(tmp_path / "kept.zip", tmp_path / "again")
    assert set(_written(tmp_path / "again")) == {"sources.bib"}


@tuned(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_changes_nothing(
    kept: Path, tmp_path: Path, at: float, bit: int
) -> None:
    content = bytearray(kept.read_bytes())
    content[int(at * len(content))] ^= 1 << bit
    flipped, target = tmp_path / "flipped.zip", tmp_path / "again"
    flipped.write_bytes(content)
    with suppress(BadBackupError):
        restore(flipped, target)
    written = _written(target)
    shutil.rmtree(target, ignore_errors=True)
    whole = {"sources/nota.md": NOTE.encode(), "accounts.json": b"{}"}
    assert written in ({}, whole)


def test_every_bit_of_the_directory_of_an_archive_may_be_flipped(
    kept: Path, tmp_path: Path
) -> None:
    whole = kept.read_bytes()
    directory = whole.rindex(
        b"PK\x05\x06"
    )  # its end, which says where it begins
    flipped, target = tmp_path / "flipped.zip", tmp_path / "again"
    for place in range(directory, len(whole)):
        for bit in range(8):
            content = bytearray(whole)
            content[place] ^= 1 << bit
            flipped.write_bytes(content)
            with suppress(BadBackupError):
                restore(flipped, target)
            shutil.rmtree(target, ignore_errors=True)


def test_a_backup_cut_short_is_refused(kept: Path, tmp_path: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-100])
    with pytest.raises(BadBackupError):
        restore(kept, tmp_path / "again")
    assert list(tmp_path.glob(".restore*")) == []


@pytest.mark.parametrize("name", ["../buiten.txt", "/tmp/buiten.txt", "a\\b"])
def test_a_name_that_leads_elsewhere_is_refused(
    tmp_path: Path, name: str
) -> None:
    told = '{"format":1,"files":[{"name":"%s","size":1,"sha256":"x"}]}'
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr(MANIFEST, told % name.replace("\\", "\\\\"))
        archive.writestr("corpus/" + name, "x")
    with pytest.raises(BadBackupError):
        restore(tmp_path / "evil.zip", tmp_path / "again")
    assert not (tmp_path / "buiten.txt").exists()


def test_what_stands_in_a_folder_is_never_written_over(
    kept: Path, settings: Settings
) -> None:
    before = _written(settings.corpus_dir)
    with pytest.raises(NotEmptyError):
        restore(kept, settings.corpus_dir)
    assert _written(settings.corpus_dir) == before


def test_a_full_disk_leaves_the_earlier_backup(
    kept: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        back_up(settings.corpus_dir, kept)
    assert kept.read_bytes() == before
    assert list(kept.parent.glob(".backup*")) == []
