"""What an operator types: look at an index, go back, make a backup and bring it back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.check import check
from kb.cli.group import root
from kb.generations import current
from kb.pipeline import build
from kb.settings import Settings
from tests.pipeline.conftest import Here

REPORT = "1 Bevindingen\n\nDe gemeente gaf elk team vaste uren om te leren.\n"


@pytest.fixture
def built(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A corpus of one report, built twice."""
    monkeypatch.setenv("KB_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("KB_INDEX_DIR", str(settings.index_dir))
    monkeypatch.setenv("KB_LANGUAGE", "en")
    report = settings.corpus_dir / "sources" / "a.txt"
    report.write_text(REPORT)
    build(settings, executor=Here())
    report.write_text(f"{REPORT}\nEn dat hielp.\n")
    build(settings, executor=Here())
    return settings


def kb(*typed: str) -> Result:
    return CliRunner().invoke(root(), list(typed))


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def codes(settings: Settings, deep: bool) -> set[str]:
    return {problem.code for problem in check(settings, deep)}


def test_a_flipped_bit_is_found_where_one_asks_to_read_all(
    built: Settings,
) -> None:
    newest = current(built.index_dir)
    shutil.copyfile(newest / "ledger.json", newest / "copy")
    (newest / "ledger.json").unlink()
    (newest / "copy").rename(newest / "ledger.json")  # shared with no other
    _flip(newest / "ledger.json")
    assert "index_left" not in codes(built, deep=False)
    told = kb("check", "--deep")
    assert newest.name in told.output
    assert "ledger.json" in told.output
    assert current(built.index_dir) != newest
    assert "index_left" in codes(built, deep=False)


def test_who_goes_back_has_the_index_of_before(built: Settings) -> None:
    newest = current(built.index_dir)
    done = kb("rollback")
    assert done.exit_code == 0, done.output
    before = current(built.index_dir)
    assert before.name < newest.name
    assert before.name in done.output
    again = kb("rollback")
    assert again.exit_code != 0
    assert again.exception is not None
    assert current(built.index_dir) == before


def test_a_backup_is_one_command_and_so_is_bringing_it_back(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "backup.zip"
    made = kb("backup", str(kept))
    assert made.exit_code == 0, made.output
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("KB_CORPUS_DIR", str(elsewhere))
    back = kb("restore", str(kept))
    assert back.exit_code == 0, back.output
    report = elsewhere / "sources" / "a.txt"
    assert report.read_text() == f"{REPORT}\nEn dat hielp.\n"
