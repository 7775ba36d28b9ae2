"""Bad moments: the result is right or the old index stays, and one sentence says which."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb import curation
from kb.checksums import damaged
from kb.cli.search import searcher_of
from kb.curation import new_event, write_events
from kb.errors import BuildRunningError, SourcesVanishedError
from kb.generations import GENERATIONS, current, published
from kb.pipeline import build, order
from kb.pipeline.document import planning, work
from kb.pipeline.documents import KEPT
from kb.pipeline.ledger import FILE
from kb.pipeline.lock import only_builder
from kb.search.request import SearchRequest
from kb.settings import Settings
from tests.pipeline.conftest import Here, everything, record_of, text_of

pytestmark = pytest.mark.slow


def _kept(settings: Settings, stage: str) -> list[Path]:
    return sorted((settings.index_dir / KEPT / stage).glob("*.kept"))


def test_cache_files_cut_short_are_made_again(
    corpus: Settings, sources: Path
) -> None:
    build(corpus, executor=Here())
    for stage in ("read", "passages", "outline", "themes", "mentions"):
        for path in _kept(corpus, stage):
            path.write_bytes(path.read_bytes()[:40])
    (sources / "c.txt").write_text(text_of([5, 7], [3]), encoding="utf-8")
    build(corpus, executor=Here())
    fresh = replace(corpus, index_dir=corpus.index_dir / "fresh")
    build(fresh, executor=Here())
    assert everything(corpus) == everything(fresh)


def test_stage_whose_code_changed_is_done_again_and_those_after_it(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus, executor=Here())
    before = {
        stage: _kept(corpus, stage) for stage in ("read", "themes", "mentions")
    }
    real = planning.plans_of

    def changed(*given: Any) -> Any:
        plans = real(*given)
        return [
            replace(p, keys={**p.keys, "themes": p.keys["themes"][::-1]})
            for p in plans
        ]

    monkeypatch.setattr(order, "plans_of", changed)
    monkeypatch.setattr(order, "fingerprint", lambda *_: "of another program")
    assert build(corpus, executor=Here()).made == 2
    after = {stage: _kept(corpus, stage) for stage in before}
    assert after["themes"] != before["themes"]
    assert (after["read"], after["mentions"]) == (
        before["read"],
        before["mentions"],
    )


def test_second_build_is_told_which_process_builds(corpus: Settings) -> None:
    with (
        only_builder(corpus.index_dir),
        pytest.raises(BuildRunningError, match=str(os.getpid())),
    ):
        build(corpus, executor=Here())
    assert build(corpus, executor=Here()).counts["documents"] == 2


class _Meanwhile(Here):
    """An executor under which something happens before the first task is done."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def run(self, work: Any, tasks: Any) -> Any:
        self.happens()
        return super().run(work, tasks)


@pytest.mark.parametrize("happens", ["unlink", "write"])
def test_sources_that_vanish_or_change_meanwhile_leave_the_old_index(
    corpus: Settings, sources: Path, happens: str
) -> None:
    first = build(corpus, executor=Here())
    path = sources / "c.txt"
    path.write_text(text_of([5], []), encoding="utf-8")

    def meanwhile() -> None:
        if happens == "unlink":
            path.unlink()
        else:
            path.write_text("Heel iets anders staat er nu.", encoding="utf-8")

    with pytest.raises(SourcesVanishedError, match=r"c\.txt"):
        build(corpus, executor=_Meanwhile(meanwhile))
    assert current(corpus.index_dir).name == first.generation
    assert build(corpus, executor=Here()).counts["documents"] == (
        2 if happens == "unlink" else 3
    )


def test_share_that_goes_away_leaves_the_old_index(
    corpus: Settings, sources: Path
) -> None:
    first = build(corpus, executor=Here())
    (sources / "c.txt").write_text(text_of([5], []), encoding="utf-8")
    gone = _Meanwhile(lambda: sources.rename(sources.with_name("away")))
    with pytest.raises(SourcesVanishedError):
        build(corpus, executor=gone)
    assert current(corpus.index_dir).name == first.generation


STEPS = ("assemble", "mark_duplicates", "link", "formatting", "index", "_note")


@pytest.mark.parametrize("step", STEPS)
def test_full_disk_leaves_the_old_index_and_no_leftovers(
    corpus: Settings, sources: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = build(corpus, executor=Here())
    (sources / "c.txt").write_text(text_of([5], []), encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(order, step, full)
        with pytest.raises(OSError, match="No space"):
            build(corpus, executor=Here())
    assert current(corpus.index_dir).name == first.generation
    folders = [
        path.name for path in (corpus.index_dir / GENERATIONS).iterdir()
    ]
    assert folders == [first.generation]
    assert build(corpus, executor=Here()).counts["documents"] == 3


def test_disk_that_fills_while_publishing_leaves_the_old_index(
    corpus: Settings, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(corpus, executor=Here())
    (sources / "c.txt").write_text(text_of([5], []), encoding="utf-8")
    real = os.replace

    def full(source: Path, target: Path) -> None:
        if Path(target).name == "current":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("kb.generations.os.replace", full)
        with pytest.raises(OSError, match="No space"):
            build(corpus, executor=Here())
    assert current(corpus.index_dir).name == first.generation
    assert build(corpus, executor=Here()).counts["documents"] == 3


def test_clock_that_goes_back_does_not_cost_the_new_index(
    corpus: Settings, sources: Path
) -> None:
    for name in ("20991230T000000000000", "20991231T000000000000"):
        old = build(corpus, force=True, executor=Here()).generation
        folder = corpus.index_dir / GENERATIONS
        (folder / old).rename(folder / name)
        (corpus.index_dir / "current").write_text(name, encoding="utf-8")
    now = build(corpus, force=True, executor=Here()).generation
    assert current(corpus.index_dir).name == now > name
    assert published(corpus.index_dir)[-1].name == now


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no named pipes in folders"
)
def test_pipe_and_device_are_told_and_cost_nothing(
    corpus: Settings, sources: Path
) -> None:
    os.mkfifo(sources / "pijp.txt")
    (sources / "nul.txt").symlink_to("/dev/zero")
    report = build(corpus, executor=Here())
    told = sorted(
        p.values["file"] for p in report.problems if p.code == "source_no_file"
    )
    assert (told, report.counts["documents"]) == (["nul.txt", "pijp.txt"], 2)


@pytest.mark.parametrize(
    "damage", ["ledger", "records", "engine", "signatures"]
)
def test_damaged_last_index_is_not_gone_on_from(
    corpus: Settings, sources: Path, damage: str
) -> None:
    build(corpus, executor=Here())
    folder = current(corpus.index_dir)
    if damage == "ledger":
        (folder / FILE).write_text("{", encoding="utf-8")
    elif damage == "records":
        with (folder / "records.sqlite").open("r+b") as handle:
            handle.write(b"\x07" * 9000)
    elif damage == "signatures":
        (folder / "signatures.npz").write_bytes(b"PK")
    else:
        shutil.rmtree(folder / "engine")
    (sources / "c.txt").write_text(text_of([5, 7], [3]), encoding="utf-8")
    build(corpus, executor=Here())
    fresh = replace(corpus, index_dir=corpus.index_dir / "fresh")
    build(fresh, executor=Here())
    assert everything(corpus) == everything(fresh)


def test_stage_that_fails_costs_its_own_product_alone(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a monster")

    makers = {**work._MAKERS, "themes": fail}
    with monkeypatch.context() as patched:
        patched.setattr(work, "_MAKERS", makers)
        report = build(corpus, executor=Here())
    assert (report.counts["documents"], report.counts["tags"]) == (2, 0)
    assert report.counts["citations"] > 0
    assert [
        p.values["stage"] for p in report.problems if p.code == "stage_failed"
    ] == ["themes"] * 2
    monkeypatch.setattr(order, "fingerprint", lambda *_: "mended")
    assert build(corpus, executor=Here()).counts["tags"] > 0


def test_failed_source_does_not_take_the_rest_along(
    corpus: Settings, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Any = work._MAKERS["passages"]

    def fail(making: Any) -> object:
        if making.job.document == "b":
            raise LookupError("a monster")
        return real(making)

    monkeypatch.setattr(work, "_MAKERS", {**work._MAKERS, "passages": fail})
    report = build(corpus, executor=Here())
    assert report.counts["documents"] == 1
    assert [p.document for p in report.problems if p.severity == "error"] == [
        "b"
    ]


def test_search_files_that_were_cut_short_are_made_again(
    corpus: Settings,
) -> None:
    first = build(corpus, executor=Here())
    engine = current(corpus.index_dir) / "engine"
    for path in engine.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    again = build(corpus, executor=Here())
    assert not again.unchanged
    assert again.generation != first.generation
    assert damaged(current(corpus.index_dir)) == []


def _withheld(*keys: str) -> str:
    """Records of reports that are withheld."""
    kept_out = "year={2016}, withheld={ja}"
    return "\n".join(
        record_of(key, 2016).replace("year={2016}", kept_out) for key in keys
    )


def _withdraw(corpus: Settings, *keys: str) -> None:
    events = [new_event("withdraw", key, True) for key in keys]
    write_events(corpus.corpus_dir / curation.FILE, events)


def test_all_that_is_withheld_or_withdrawn_goes_at_the_next_build(
    corpus: Settings,
) -> None:
    first = build(corpus, executor=Here())
    bib = corpus.corpus_dir / "sources.bib"
    bib.write_text(_withheld("a"), encoding="utf-8")
    _withdraw(corpus, "b")
    now = build(corpus, executor=Here())
    assert current(corpus.index_dir).name == now.generation != first.generation
    assert searcher_of(corpus).search(SearchRequest("wijkteams")).hits == ()
    assert build(corpus, executor=Here()).unchanged
    bib.write_text("", encoding="utf-8")
    assert build(corpus, executor=Here()).counts["documents"] == 1


@pytest.mark.parametrize("force", [False, True])
def test_withheld_document_goes_also_where_no_other_can_be_built(
    corpus: Settings, sources: Path, force: bool
) -> None:
    build(corpus, executor=Here())
    bib = corpus.corpus_dir / "sources.bib"
    bib.write_text(_withheld("a"), encoding="utf-8")
    (sources / "b.txt").write_text("", encoding="utf-8")
    report = build(corpus, force=force, executor=Here())
    assert current(corpus.index_dir).name == report.generation


def test_documents_that_fail_beside_a_withheld_one_leave_the_old_index(
    corpus: Settings, sources: Path
) -> None:
    bib = corpus.corpus_dir / "sources.bib"
    bib.write_text(_withheld("a"), encoding="utf-8")
    first = build(corpus, executor=Here())
    (sources / "b.txt").write_text("", encoding="utf-8")
    assert build(corpus, executor=Here()).generation == ""
    assert current(corpus.index_dir).name == first.generation
