"""Decisions on kind, mention and entry, typed as the site advises them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.curation import command
from kb.cli.deciding import UnknownMentionError, of_link
from kb.curation import FILE, Event, read_log
from kb.errors import UnknownWorkError
from kb.generations import create_store, new_generation, open_store, publish
from kb.records import (
    PASSAGE_KINDS,
    Citation,
    Document,
    Passage,
    Reference,
    Work,
)
from kb.settings import Settings
from web.words import KINDS

ID = "d-0000000001"
TEXT = "Teams leren van elkaar (De Bie, 2014)."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"
    )
    (made.corpus_dir / "sources").mkdir(parents=True)
    folder = new_generation(made.index_dir, "one")
    store = create_store(made, folder)
    store.add([Document("d", "d.txt", "D", year=2016)])
    store.add([Passage(ID, "d", TEXT, 0)])
    store.add([Work("bie-2014", {}), Work("bie-2015", {})])
    store.add([Reference("d:r1", "d", "Bie, T. de (2014). Leren.")])
    store.add([Citation(ID, "De Bie, 2014", 24, 36, work="bie-2014")])
    store.close()
    publish(made.index_dir, folder)
    return made


def decide(settings: Settings, *words: str) -> Result:
    where = ["--corpus", str(settings.corpus_dir)]
    where += ["--index", str(settings.index_dir)]
    return CliRunner().invoke(command(), [*words, *where])


def only_event(settings: Settings) -> Event:
    (event,) = read_log(settings.corpus_dir / FILE).state.events
    return event


def test_a_kind_is_recorded_with_what_stood_there(settings: Settings) -> None:
    assert decide(settings, "kind", ID, "finding").exit_code == 0
    event = only_event(settings)
    assert (event.kind, event.before, event.after) == (
        "kind",
        "text",
        "finding",
    )


@pytest.mark.parametrize("code", PASSAGE_KINDS)
def test_a_kind_is_typed_as_the_site_names_it(
    settings: Settings, code: str
) -> None:
    assert decide(settings, "kind", ID, str(KINDS[code])).exit_code == 0
    assert only_event(settings).after == code


def test_a_kind_that_does_not_exist_names_those_that_do(
    settings: Settings,
) -> None:
    result = decide(settings, "kind", ID, "gedicht")
    assert result.exit_code == 2
    assert "'finding'" in result.output


@pytest.mark.parametrize(
    ("typed", "after"), [("bie-2015", "bie-2015"), ("-", "")]
)
def test_a_mention_is_linked_to_another_work_or_none(
    settings: Settings, typed: str, after: str
) -> None:
    result = decide(settings, "link", ID, "De Bie, 2014", typed)
    assert result.exit_code == 0
    event = only_event(settings)
    assert (event.field, event.before) == ("24:De Bie, 2014", "bie-2014")
    assert event.after == after


def test_an_unknown_mention_or_work_is_said(settings: Settings) -> None:
    store = open_store(settings)
    with pytest.raises(UnknownMentionError, match="De Bie, 2014"):
        of_link(store, ID, "Bos, 2014", "bie-2015")
    with pytest.raises(UnknownWorkError):
        of_link(store, ID, "De Bie, 2014", "nergens-1900")
    store.close()


def test_an_entry_becomes_a_work_of_its_own(settings: Settings) -> None:
    assert decide(settings, "apart", "d:r1").exit_code == 0
    event = only_event(settings)
    assert (event.kind, event.target, event.after) == ("apart", "d:r1", True)
