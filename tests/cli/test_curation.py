"""`kb curate` and `kb curation` on an index of one passage."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.check import check
from kb.cli.curation import command, curate_command, curated
from kb.curation import FILE, Event, read_log
from kb.errors import UnknownPassageError, UnknownThemeError
from kb.generations import create_store, new_generation, publish
from kb.records import Document, Passage, Tag
from kb.settings import Settings

ID = "d-0000000001"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"
    )
    (made.corpus_dir / "sources").mkdir(parents=True)
    (made.corpus_dir / "sources" / "d.txt").write_text("Tekst.")
    folder = new_generation(made.index_dir, "one")
    store = create_store(made, folder)
    store.add([Document("d", "d.txt", "D", year=2016)])
    store.add([Passage(ID, "d", "Het team is nabij.", 0)])
    store.add([Tag(ID, "B1", 0.8)])
    store.close()
    publish(made.index_dir, folder)
    return made


def curation(settings: Settings, *words: str) -> Result:
    corpus = ["--corpus", str(settings.corpus_dir)]
    return CliRunner().invoke(command(), [*words, *corpus])


def events(settings: Settings) -> list[Event]:
    return read_log(settings.corpus_dir / FILE).state.events


def test_curate_writes_an_event(settings: Settings) -> None:
    options = ["--corpus", str(settings.corpus_dir)]
    options += ["--index", str(settings.index_dir), "--curator", "Ans"]
    result = CliRunner().invoke(curate_command(), [ID, "b1", "nee", *options])
    assert result.exit_code == 0
    (event,) = events(settings)
    assert (event.target, event.field, event.by) == (ID, "B1", "Ans")
    assert (event.before, event.after) == ("evidence", "none")
    assert event.words == "Het team is nabij."


def test_curate_refuses_what_does_not_exist(settings: Settings) -> None:
    with pytest.raises(UnknownPassageError):
        curated(settings, "p9", "B1", True)
    with pytest.raises(UnknownThemeError):
        curated(settings, ID, "B99", True)


def test_a_decision_is_listed_and_taken_back(settings: Settings) -> None:
    made = curated(settings, ID, "B1", False, "Ans", "te vaag")
    listed = curation(settings, "log", ID).output
    assert made.id in listed
    assert "te vaag" in listed
    assert curation(settings, "revert", made.id).exit_code == 0
    state = read_log(settings.corpus_dir / FILE).state
    assert state.value("theme", ID, "B1") is None


def test_two_logs_join_and_a_difference_waits_for_a_choice(
    settings: Settings, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.jsonl"
    curated(settings, ID, "B1", False, "Bo")
    curated(settings, ID, "K3", True, "Bo")
    theirs.write_text(curation(settings, "export").output)
    (settings.corpus_dir / FILE).unlink()
    curated(settings, ID, "B1", True, "Ans")
    told = curation(settings, "import", str(theirs))
    assert told.exit_code == 1
    assert "B1: Ans zegt evidence, Bo zegt none" in told.output
    assert [e.field for e in events(settings)] == ["B1", "K3"]
    again = curation(settings, "import", str(theirs), "--take", "theirs")
    assert again.exit_code == 0
    assert events(settings)[-1].after == "none"


def test_check_tells_what_hangs_on_nothing_and_what_is_spoilt(
    settings: Settings,
) -> None:
    curated(settings, ID, "B1", False, "Ans")
    path = settings.corpus_dir / FILE
    gone = path.read_text().replace(ID, "d-00000000ff")
    path.write_text(gone.replace("nabij", "overal te vinden") + "{kapot\n")
    found = {p.code: p.values for p in check(settings)}
    assert found["decision_lost"]["target"] == "d-00000000ff"
    assert found["curation_line"]["line"] == 2
