"""A process makes what is not kept of a document, within its limits, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.corpus.sources import fingerprint_of
from kb.extract.limits import MEGABYTE, Limits
from kb.pipeline.document import STAGES, work
from kb.pipeline.document.products import (
    FileRead,
    Mentions,
    Outline,
    Passages,
    Tags,
)
from kb.pipeline.document.reading import OCR_PATIENCE, wants_ocr
from kb.pipeline.document.work import File, Job, Made, make, task_of
from kb.pipeline.executor import GivenUpError, Task
from kb.pipeline.kept import Kept
from kb.records import Block, Passage, Problem

NAMES = [stage.name for stage in STAGES]
SCAN = FileRead(problems=(Problem("", "pdf_no_text_layer"),))
READ = FileRead((Block("paragraph", "Het team kent de buurt."),))
Read = Callable[[Path, Limits], FileRead]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    path = tmp_path / "a.txt"
    path.write_text("Het team kent de buurt.")
    return Job(
        "a",
        (File("a.txt", path, fingerprint_of(path)),),
        9,
        {name: f"k-{name}" for name in NAMES},
        Limits(seconds=30.0, memory_mb=400, ocr=False),
        tmp_path,
        tmp_path / "cache" / "stages",
        0.6,
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Limits]:
    """Stages that are quick; the limits with which a file was read."""
    limits: list[Limits] = []

    def read(path: Path, given: Limits) -> FileRead:
        limits.append(given)
        return READ

    monkeypatch.setattr(work, "read", read)
    monkeypatch.setattr(work, "tags_of", lambda job, made: Tags())
    return limits


def reading(monkeypatch: pytest.MonkeyPatch, found: FileRead) -> None:
    monkeypatch.setattr(work, "read", lambda path, limits: found)


def test_every_stage_is_made_once_and_timed(
    job: Job, asked: list[Limits]
) -> None:
    made = make(job)
    assert isinstance(made, Made)
    assert (list(made.seconds), made.vanished) == (NAMES, False)
    assert all(0 <= spent < 30 for spent in made.seconds.values())
    kept = Kept(job.kept_dir)
    assert all(kept.has(name, f"k-{name}") for name in NAMES)
    passages = kept.get("passages", "k-passages", Passages)
    assert passages is not None
    assert [p.text for p in passages.passages] == ["Het team kent de buurt."]
    outline = kept.get("outline", "k-outline", Outline)
    assert outline is not None
    assert outline.passages == 1
    assert len(asked) == 1
    again = make(job)
    assert isinstance(again, Made)
    assert again.seconds == {}


def test_only_what_is_lacking_is_made(job: Job, asked: list[Limits]) -> None:
    make(job)
    kept = Kept(job.kept_dir)
    kept.forget("mentions", "k-mentions")
    made = make(job)
    assert isinstance(made, Made)
    assert list(made.seconds) == ["mentions"]
    kept.forget("mentions", "k-mentions")
    left_out = make(replace(job, without=("mentions",)))
    assert left_out == Made({})
    assert kept.get("mentions", "k-mentions", Mentions) is None
    assert len(asked) == 1


def test_a_file_is_read_as_it_was_planned(
    job: Job, asked: list[Limits]
) -> None:
    path = job.files[0].path
    path.write_text("Iets anders.")
    assert make(job) == Made(vanished=True)
    path.unlink()
    assert make(job) == Made(vanished=True)
    assert not Kept(job.kept_dir).has("read", "k-read")


def test_a_file_that_cannot_be_opened_any_more_has_vanished(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path, limits: Limits) -> FileRead:
        raise OSError(5, "input/output error")

    monkeypatch.setattr(work, "read", gone)
    assert make(job) == Made(vanished=True)


def test_a_scan_asks_for_a_longer_try(
    job: Job, asked: list[Limits], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading(monkeypatch, SCAN)
    patient = replace(job, limits=replace(job.limits, ocr=True))
    again = make(patient)
    assert isinstance(again, Task)
    assert again.job == replace(patient, recognise=True)
    assert again == task_of(again.job)
    made = make(again.job)
    assert isinstance(made, Made)
    assert "read" in made.seconds
    assert isinstance(make(job), Made)  # nothing to recognise it by


def test_a_scan_is_recognised_with_more_time(
    job: Job, asked: list[Limits]
) -> None:
    make(replace(job, recognise=True))
    assert [(limits.ocr, limits.seconds) for limits in asked] == [
        (True, 30.0 * OCR_PATIENCE)
    ]
    Kept(job.kept_dir).forget("read", "k-read")
    make(job)
    assert (asked[-1].ocr, asked[-1].seconds) == (False, 30.0)


def test_a_task_may_take_the_time_of_its_files_and_once_more(
    job: Job,
) -> None:
    task = task_of(job)
    assert (task.seconds, task.memory_mb, task.weight) == (60.0, 400, 9)
    two = replace(job, files=job.files * 2)
    assert task_of(two).seconds == 120.0
    scan = replace(job, recognise=True)
    assert task_of(scan).seconds == 30.0 * (OCR_PATIENCE + 1)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("pdf_no_text_layer", True), ("pdf_garbled", True), ("other", False)],
)
def test_a_scan_is_told_by_its_problems(code: str, wanted: bool) -> None:
    assert wants_ocr(FileRead(problems=(Problem("", code),))) is wanted


def given_up(job: Job) -> GivenUpError:
    with pytest.raises(GivenUpError) as raised:
        make(job)
    return raised.value


def test_a_document_of_too_many_passages_is_given_up(
    job: Job, asked: list[Limits], monkeypatch: pytest.MonkeyPatch
) -> None:
    def of(count: int) -> None:
        made = Passages(
            tuple(Passage(f"a-{n}", "a", "x", n) for n in range(count))
        )
        monkeypatch.setattr(work, "passages_of_document", lambda *given: made)

    few = replace(job, limits=replace(job.limits, max_passages=2))
    of(3)
    error = given_up(few)
    assert (error.code, error.values) == ("stage_passages", {"limit": "2"})
    of(2)
    assert isinstance(make(few), Made)


def test_a_product_that_is_too_large_is_given_up(
    job: Job, asked: list[Limits], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Block("paragraph", "zorg " * 500_000)
    reading(monkeypatch, FileRead((long,)))
    small = replace(job.limits, max_product=2 * MEGABYTE)
    error = given_up(replace(job, limits=small))
    assert error.code == "stage_output"
    assert error.values == {"stage": "read", "limit": "2"}


def test_what_a_stage_needs_is_made_where_it_is_damaged(
    job: Job, asked: list[Limits]
) -> None:
    make(job)
    kept = Kept(job.kept_dir)
    kept.forget("mentions", "k-mentions")
    (job.kept_dir / "read" / "k-read.kept").write_bytes(b"?")
    made: Any = make(job)
    assert set(made.seconds) == {"read", "mentions"}
    assert kept.get("read", "k-read", FileRead) == READ
