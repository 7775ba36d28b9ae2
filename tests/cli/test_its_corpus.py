"""An index that is named speaks with its own corpus, not with the one in the working folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.cli.group import run, settings_of
from kb.pipeline import build
from kb.settings import Settings

NOTE = """# Samenwerking in Ede

De teams werken goed samen met de huisarts, en dat helpt de gezinnen in de wijk vooruit.
"""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus and its index beside a working folder whose corpus says that it is invented."""
    here = tmp_path / "here"
    (here / "corpus").mkdir(parents=True)
    (here / "corpus" / "site.toml").write_text('notice = "Alles verzonnen."')
    monkeypatch.chdir(here)
    sources = tmp_path / "there" / "sources"
    sources.mkdir(parents=True)
    (sources / "ede.md").write_text(NOTE, encoding="utf-8")
    # The command would bound the memory of this process, and of browsers that it opens.
    build(
        Settings(
            corpus_dir=sources.parent, index_dir=tmp_path / "index", workers=1
        )
    )
    return tmp_path


def test_an_export_has_no_notice_of_another_corpus(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(elsewhere / "index")
    capsys.readouterr()
    assert run(["export", "apa", "--all-works", "--index", index]) == 0
    told = capsys.readouterr().out
    assert "Ede" in told
    assert "verzonnen" not in told


def test_what_is_typed_and_what_builds_is_left_as_it_is(
    elsewhere: Path,
) -> None:
    index = str(elsewhere / "index")
    assert settings_of(index_dir=index).corpus_dir == elsewhere / "there"
    typed = settings_of(corpus_dir="other", index_dir=index)
    assert typed.corpus_dir == Path("other")
    assert settings_of(builds=True, index_dir=index).corpus_dir == Path(
        "corpus"
    )


def test_a_corpus_that_went_away_is_not_asked(elsewhere: Path) -> None:
    shutil.rmtree(elsewhere / "there")
    found = settings_of(index_dir=str(elsewhere / "index"))
    assert found.corpus_dir == Path("corpus")
