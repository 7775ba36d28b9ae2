"""Every stage of a document has limits; what went beyond them is not tried in every build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.errors import problem_sentence
from kb.extract.limits import Limits, limits_of
from kb.pipeline import BuildReport, build, documents
from kb.pipeline.executor import Failure, Task
from kb.settings import Settings
from tests.pipeline.conftest import Here, everything, text_of

pytestmark = pytest.mark.slow

HANGS = Failure("reader_timeout", {"seconds": "300"})


class _Hanging(Here):
    """An executor under which one document hangs in one stage, and all tasks are noted."""

    def __init__(self, document: str, stage: str) -> None:
        self.document, self.stage = document, stage
        self.begun: list[str] = []

    def run(
        self, work: Any, tasks: Sequence[Task[Any]]
    ) -> Iterator[tuple[Any, Any]]:
        for task in tasks:
            job = task.job
            self.begun.append(job.document)
            hangs = job.document == self.document
            if hangs and self.stage == "read":
                yield job, HANGS
            elif hangs and self.stage not in job.without:
                # What comes before the stage is made and kept, as in a worker.
                left = replace(job, without=(self.stage, "mentions"))
                list(super().run(work, [replace(task, job=left)]))
                yield job, HANGS
            else:
                yield from super().run(work, [task])


def _told(report: BuildReport, document: str) -> list[str]:
    return [
        problem_sentence(p, "nl")
        for p in report.problems
        if p.document == document and p.code != "no_record"
    ]


def test_file_that_hangs_is_not_tried_again_until_it_changes_or_one_asks(
    corpus: Settings, sources: Path
) -> None:
    (sources / "c.txt").write_text(text_of([5], []), encoding="utf-8")
    hanging = _Hanging("c", "read")
    first = build(corpus, executor=hanging)
    assert first.counts["documents"] == 2
    (said,) = [text for text in _told(first, "c") if "300 seconden" in text]
    assert "kb build --retry" in said

    (sources / "d.txt").write_text(text_of([7], []), encoding="utf-8")
    hanging.begun.clear()
    second = build(corpus, executor=hanging)
    assert hanging.begun == ["d"]
    assert said in _told(second, "c")

    assert build(corpus, retry=True, executor=Here()).counts["documents"] == 4
    assert not _told(build(corpus, executor=Here()), "c")


def test_file_that_hung_is_tried_when_its_content_or_a_limit_changes(
    corpus: Settings, sources: Path
) -> None:
    path = sources / "c.txt"
    path.write_text(text_of([5], []), encoding="utf-8")
    hanging = _Hanging("c", "read")
    build(corpus, executor=hanging)
    path.write_text(text_of([5, 6], []), encoding="utf-8")
    build(corpus, executor=hanging)
    assert hanging.begun.count("c") == 2
    patient = replace(corpus, seconds_per_file=600)
    assert build(patient, executor=Here(), force=True).counts["documents"] == 3


def test_document_does_without_a_stage_that_hung_in_every_later_build(
    corpus: Settings, sources: Path
) -> None:
    hanging = _Hanging("b", "themes")
    first = build(corpus, executor=hanging)
    assert first.counts["documents"] == 2
    (sources / "d.txt").write_text(text_of([7], []), encoding="utf-8")
    hanging.begun.clear()
    second = build(corpus, executor=hanging)
    assert hanging.begun == ["d"]
    assert _told(first, "b") == _told(second, "b") != []


def test_full_build_gives_what_an_incremental_one_gave_after_a_hang(
    corpus: Settings, sources: Path
) -> None:
    build(corpus, executor=Here())
    (sources / "c.txt").write_text(text_of([5], []), encoding="utf-8")
    build(corpus, executor=_Hanging("c", "read"))
    grown = everything(corpus)
    build(corpus, executor=Here(), force=True)
    assert everything(corpus) == grown


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"max_passages": 2}, "meer dan 2 passages"),
        ({"max_product": 900}, "groter dan 0 MB"),
    ],
)
def test_document_that_makes_too_much_is_told_and_costs_no_other(
    corpus: Settings,
    sources: Path,
    monkeypatch: pytest.MonkeyPatch,
    bounds: dict[str, int],
    said: str,
) -> None:
    (sources / "a.txt").write_text("Het team helpt snel.", encoding="utf-8")

    def strict(settings: Settings) -> Limits:
        return replace(limits_of(settings), **bounds)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "limits_of", strict)
    report = build(corpus, executor=Here())
    assert report.counts["documents"] == 1
    assert any(said in text for text in _told(report, "b"))


_GREEDY = """
from kb.cli.build import bounded
from kb.settings import Settings

with bounded(Settings(build_memory_mb={limit})):
    try:
        held = [bytearray(1 << 20) for _ in range(300)]
    except MemoryError:
        held = []
        raise {error}("a library says it in its own way") from None
    raise LookupError("another fault")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits are of Linux")
@pytest.mark.parametrize(
    ("limit", "error", "told"),
    [
        (200, "MemoryError", "BuildMemoryError"),
        (200, "RuntimeError", "BuildMemoryError"),
        (2_000, "MemoryError", "LookupError"),
        (0, "MemoryError", "LookupError"),
    ],
)
def test_build_that_asks_for_too_much_memory_is_told_as_that(
    limit: int, error: str, told: str
) -> None:
    program = _GREEDY.format(limit=limit, error=error)
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told in ended.stderr.splitlines()[-1]
