"""The key of a product changes with all that it is made of, and with nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.corpus import Source
from kb.curation import State, new_event
from kb.pipeline.document.planning import (
    digest,
    files_digest,
    plans_of,
    tagging_files,
)
from kb.records import Problem
from kb.settings import Settings

ALL = {"read", "passages", "outline", "themes", "mentions"}
AFTER_READING = ALL - {"read"}
SOURCE = Source("a", Path("/a.pdf"), "a.pdf", "f1", 9, csl={"title": "A"})


def keys(
    settings: Settings, source: Source = SOURCE, *events: Any
) -> Mapping[str, str]:
    (plan,) = plans_of([source], settings, State(events))
    return plan.keys


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    return {stage for stage in before if before[stage] != now[stage]}


MAKER = [{"family": "Bos", "given": "An"}]


@pytest.mark.parametrize(
    ("source", "stages"),
    [
        (replace(SOURCE, path=Path("/b.pdf"), size=3), set()),
        (replace(SOURCE, csl={"title": "B", "issued": "2014"}), set()),
        (replace(SOURCE, fingerprint="f2"), ALL),
        (replace(SOURCE, name="b.pdf"), ALL),
        (replace(SOURCE, more=(SOURCE,)), ALL),
        (replace(SOURCE, key="b"), AFTER_READING),
        (replace(SOURCE, csl={"author": MAKER}), AFTER_READING),
        (replace(SOURCE, parts=({"title": "Deel"},)), AFTER_READING),
    ],
    ids=range(8),
)
def test_a_source_changes_the_stages_that_read_of_it(
    settings: Settings, source: Source, stages: set[str]
) -> None:
    assert changed(keys(settings), keys(settings, source)) == stages


@pytest.mark.parametrize(
    ("event", "stages"),
    [
        (
            new_event("text", "a-923c5b1170-2", "Anders."),
            {"outline", "themes", "mentions"},
        ),
        (new_event("theme", "a-923c5b1170-2", "none", field="B1"), set()),
        (new_event("text", "b-923c5b1170-2", "Anders."), set()),
        (new_event("record", "a", "Titel", field="title"), set()),
    ],
    ids=range(4),
)
def test_a_decision_changes_the_stages_after_passages(
    settings: Settings, event: Any, stages: set[str]
) -> None:
    now = keys(settings, SOURCE, event)
    assert changed(keys(settings), now) == stages


@pytest.mark.parametrize(
    ("setting", "stages"),
    [
        ({"max_file_mb": 3}, ALL),
        ({"max_pages": 3}, ALL),
        ({"theme_probability": 0.9}, {"themes"}),
        ({"seconds_per_file": 3, "memory_mb": 999, "workers": 3}, set()),
        ({"style": "mla"}, set()),
    ],
    ids=range(5),
)
def test_a_setting_changes_the_stages_that_ask_for_it(
    settings: Settings, setting: dict[str, Any], stages: set[str]
) -> None:
    now = keys(replace(settings, **setting))
    assert changed(keys(settings), now) == stages


def test_scans_are_read_anew_where_they_can_be_recognised(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: set[str] = set()
    monkeypatch.setattr(
        "shutil.which",
        lambda name: name if name in there else None,
    )
    seen = []
    for programs in ((), ("tesseract",), ("tesseract", "ocrmypdf")):
        there |= set(programs)
        seen.append(keys(settings)["read"])
    assert len(set(seen)) == 3
    without = keys(replace(settings, ocr=False))
    assert without["read"] == seen[0]


def test_frameworks_and_model_change_themes_alone(settings: Settings) -> None:
    before = keys(settings)
    folder = settings.corpus_dir / "frameworks"
    folder.mkdir()
    (folder / "eigen.yaml").write_text("name: x")
    (folder / "notes.txt").write_text("terzijde")
    own = keys(settings)
    assert changed(before, own) == {"themes"}
    (folder / "notes.txt").write_text("anders")
    assert keys(settings) == own
    (settings.corpus_dir / "themes-model.json").write_text("{}")
    model = keys(settings)
    assert changed(own, model) == {"themes"}
    named = [path.name for path in tagging_files(settings.corpus_dir)]
    assert named == ["eigen.yaml", "themes-model.json"]


def test_files_are_told_by_name_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    none = files_digest([])
    assert files_digest([one]) == none
    one.write_text("x")
    two.write_text("x")
    seen = {none, files_digest([one]), files_digest([two])}
    one.write_text("y")
    seen.add(files_digest([one]))
    assert len(seen) == 4


def test_parts_of_a_digest_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("x")) == 40
    assert digest("\udcff")  # a name of a file that is no text


def test_what_cannot_be_read_or_is_kept_out_has_no_plan(
    settings: Settings,
) -> None:
    broken = Problem("b", "reader_failed", severity="error")
    noted = Problem("c", "no_record", severity="note")
    sources = [
        replace(SOURCE, key="d"),
        replace(SOURCE, key="c", problems=(noted,)),
        replace(SOURCE, key="b", problems=(broken,)),
        SOURCE,
    ]
    plans = plans_of(sources, settings)
    assert [plan.source.key for plan in plans] == ["a", "c", "d"]
    event = new_event("withdraw", "c", True)
    text = new_event("text", "a-923c5b1170-2", "Anders.")
    plans = plans_of(sources, settings, State([event, text]))
    assert [plan.source.key for plan in plans] == ["a", "d"]
    assert [plan.decided.edits for plan in plans] == [(text,), ()]
