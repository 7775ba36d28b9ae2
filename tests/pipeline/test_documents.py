"""A document that fails in a stage does without it, or fails; both are remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.corpus import NO_RECORD, Source
from kb.pipeline.document import STAGES
from kb.pipeline.document.planning import Plan
from kb.pipeline.document.products import Outline, Passages, Tags
from kb.pipeline.document.work import Job, Made
from kb.pipeline.documents import (
    FAILURES,
    Documents,
    Ready,
    outline_problems,
)
from kb.pipeline.executor import Failure, Task
from kb.records import Passage, Problem
from kb.settings import Settings

NAMES = [stage.name for stage in STAGES]
HUNG = Failure("reader_timeout", {"seconds": "300"})
BROKEN = Failure("reader_failed", {"detail": "LookupError: x"})
Answer = Callable[[Job], Made | Failure]


def plan(key: str = "a", **more: Any) -> Plan:
    source = Source(key, Path(f"/{key}.txt"), f"{key}.txt", "abc", 7, **more)
    return Plan(source, {name: f"{key}-{name}" for name in NAMES})


class Answers:
    """An executor that says what it is told to, and notes the jobs."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.answer: Answer = lambda job: Made()

    def run(
        self, work: object, tasks: Sequence[Task[Job]]
    ) -> Iterator[tuple[Job, Any]]:
        for task in tasks:
            self.jobs.append(task.job)
            yield task.job, self.answer(task.job)


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def documents(settings: Settings, answers: Answers) -> Documents:
    return Documents(settings, answers)  # type: ignore[arg-type]


def keep(documents: Documents, one: Plan, *stages: str) -> None:
    """Let products of these stages be there."""
    products = {"passages": Passages(), "themes": Tags()}
    for name in stages:
        product = products.get(name, Outline(passages=1))
        documents.kept.put(name, one.keys[name], product)


def ready_of(documents: Documents, *plans: Plan) -> list[Ready]:
    return list(documents.ready(plans, lambda *told: None))


def test_what_is_kept_whole_needs_no_process_and_comes_first(
    documents: Documents, answers: Answers
) -> None:
    told: list[tuple[object, ...]] = []
    kept, new = plan("z"), plan("a")
    keep(documents, kept, *NAMES)
    found = list(documents.ready([new, kept], lambda *one: told.append(one)))
    assert [(r.plan.source.key, r.made) for r in found] == [
        ("z", False),
        ("a", True),
    ]
    assert [job.document for job in answers.jobs] == ["a"]
    assert told == [("read", 1, 2), ("read", 2, 2, "a.txt")]


def test_a_job_says_all_that_a_worker_needs(
    settings: Settings, answers: Answers
) -> None:
    more = Source("a", Path("/b.txt"), "b.txt", "def", 5)
    record = {"author": [{"family": "Bos", "given": "An"}]}
    one = plan("a", more=(more,), csl=record, parts=({"title": "Deel"},))
    ready_of(Documents(settings, answers), one)  # type: ignore[arg-type]
    (job,) = answers.jobs
    files = [(f.name, f.path, f.contents) for f in job.files]
    assert files == [
        ("a.txt", Path("/a.txt"), "abc"),
        ("b.txt", Path("/b.txt"), "def"),
    ]
    assert job.size == 12
    assert job.keys == one.keys
    assert job.kept_dir == settings.index_dir / "cache" / "stages"
    assert job.corpus_dir == settings.corpus_dir
    assert job.theme_probability == settings.theme_probability
    assert (job.makers, job.parts) == (("Bos",), ({"title": "Deel"},))
    assert (job.without, job.edits, job.recognise) == ((), (), False)
    assert job.limits.seconds == settings.seconds_per_file


def test_seconds_of_stages_add_up_over_documents(
    documents: Documents, answers: Answers
) -> None:
    answers.answer = lambda job: Made({"read": 1.5, "themes": 0.25})
    ready_of(documents, plan("a"), plan("b"))
    assert documents.seconds == {"read": 3.0, "themes": 0.5}


def test_a_file_that_vanished_fails_and_is_named(
    documents: Documents, answers: Answers
) -> None:
    answers.answer = lambda job: Made(vanished=job.document == "b")
    found = ready_of(documents, plan("a"), plan("b"))
    assert [(r.failed, r.made) for r in found] == [(False, True), (True, True)]
    assert documents.vanished == ["b.txt"]


@pytest.mark.parametrize("failure", [HUNG, BROKEN])
def test_a_file_that_cannot_be_read_fails_alone(
    documents: Documents, answers: Answers, failure: Failure
) -> None:
    answers.answer = lambda job: failure if job.document == "a" else Made()
    bad, good = ready_of(documents, plan("a"), plan("b"))
    assert (bad.failed, good.failed) == (True, False)
    assert bad.problems == (failure.problem("a"),)
    assert documents.product(bad, "outline", Outline) == Outline()
    assert len(answers.jobs) == 2
    again = ready_of(documents, plan("a"))
    tried_again = failure is BROKEN
    assert (len(answers.jobs) == 3) is tried_again
    assert again[0].failed
    assert again[0].problems == bad.problems
    assert again[0].made is tried_again


def hangs_in_themes(documents: Documents, failure: Failure) -> Answer:
    """Everything is made but the themes, where they are not left out."""

    def answer(job: Job) -> Made | Failure:
        made = plan(job.document)
        if "themes" not in job.without:
            keep(documents, made, "read", "passages", "outline")
            return failure
        keep(documents, made, "mentions")
        return Made()

    return answer


@pytest.mark.parametrize("failure", [HUNG, BROKEN])
def test_a_document_does_without_a_stage_that_is_not_vital(
    documents: Documents, answers: Answers, failure: Failure
) -> None:
    answers.answer = hangs_in_themes(documents, failure)
    (found,) = ready_of(documents, plan())
    assert (found.failed, found.made) == (False, True)
    assert found.without == ("themes",)
    (told,) = found.problems
    assert (told.document, told.code) == ("a", "stage_failed")
    assert told.values["stage"] == "themes"
    assert told.values["detail"].startswith(f"{failure.code}, ")
    assert [job.without for job in answers.jobs] == [(), ("themes",)]
    assert documents.product(found, "themes", Tags) == Tags()
    assert documents.product(found, "passages", Passages) == Passages()
    (later,) = ready_of(documents, plan())
    assert later.without == ("themes",)
    assert later.problems == found.problems
    assert later.made is (failure is BROKEN)


def test_a_failure_when_all_was_done_costs_nothing(
    documents: Documents, answers: Answers
) -> None:
    def answer(job: Job) -> Made | Failure:
        keep(documents, plan(), *NAMES)
        return BROKEN

    answers.answer = answer
    (found,) = ready_of(documents, plan())
    assert (found.failed, found.made, found.problems) == (False, True, ())


def test_a_failure_holds_as_long_as_the_limits_that_it_met(
    settings: Settings, answers: Answers
) -> None:
    def build(**limits: Any) -> None:
        given = replace(settings, **limits)
        ready_of(Documents(given, answers), plan())  # type: ignore[arg-type]

    answers.answer = lambda job: HUNG
    build()
    build()
    assert len(answers.jobs) == 1
    build(seconds_per_file=settings.seconds_per_file + 1)
    build(memory_mb=settings.memory_mb + 1)
    build(ocr=not settings.ocr)
    assert len(answers.jobs) == 4
    build()
    assert len(answers.jobs) == 4


def test_a_product_that_is_damaged_is_made_once_more(
    documents: Documents, answers: Answers
) -> None:
    one = plan()
    keep(documents, one, *NAMES)
    (found,) = ready_of(documents, one)
    assert answers.jobs == []
    path = documents.kept.folder / "themes" / "a-themes.kept"
    path.write_bytes(b"?")

    def answer(job: Job) -> Made:
        assert not path.exists()
        keep(documents, one, "themes")
        return Made()

    answers.answer = answer
    assert documents.product(found, "themes", Tags) == Tags()
    assert len(answers.jobs) == 1
    path.write_bytes(b"?")
    answers.answer = lambda job: BROKEN
    assert documents.product(found, "themes", Tags) == Tags()
    assert found.without == ("themes",)
    assert [p.code for p in found.problems] == ["stage_failed"]


def test_only_what_is_asked_for_is_kept(
    documents: Documents, answers: Answers
) -> None:
    for key in ("a", "b"):
        keep(documents, plan(key), *NAMES)
    answers.answer = lambda job: HUNG
    ready_of(documents, plan("c"), plan("d"))
    documents.forget_others([plan("a"), plan("c")])
    kept = [documents.kept.has("read", f"{key}-read") for key in "ab"]
    assert kept == [True, False]
    assert len(list((documents.kept.folder / FAILURES).iterdir())) == 1
    assert [r.failed for r in ready_of(documents, plan("c"))] == [True]
    assert len(answers.jobs) == 2


@pytest.mark.parametrize("code", ["reader_timeout", "reader_memory", "other"])
def test_one_may_ask_to_try_again_what_was_given_up(
    documents: Documents, answers: Answers, code: str
) -> None:
    answers.answer = lambda job: HUNG
    ready_of(documents, plan("a"))
    gave_up = plan("b")
    keep(documents, gave_up, *NAMES)
    said = Outline(problems=(Problem("", code), Problem("", "no_text")))
    documents.kept.put("outline", gave_up.keys["outline"], said)
    documents.forget_failures([plan("a"), gave_up])
    ready_of(documents, plan("a"))
    assert len(answers.jobs) == 2
    stays = code == "other"
    assert documents.kept.has("read", "b-read") is stays
    assert documents.kept.has("outline", "b-outline") is stays


def problems(
    ready: Ready, *codes: str, passages: int = 1, severity: str = "warning"
) -> list[tuple[str, str]]:
    told = tuple(Problem("x", code, severity=severity) for code in codes)
    found = outline_problems(ready, Outline(problems=told, passages=passages))
    return [(problem.document, problem.code) for problem in found]


def test_all_that_is_wrong_is_told_under_the_id_of_the_document() -> None:
    no_record = Problem("a", NO_RECORD, severity="note")
    ready = Ready(plan("a", problems=(no_record,)))
    late = replace(ready, problems=(Problem("a", "stage_failed"),))
    assert problems(late, "no_text") == [
        ("a", NO_RECORD),
        ("a", "no_text"),
        ("a", "stage_failed"),
    ]
    assert problems(ready, passages=0) == [
        ("a", NO_RECORD),
        ("a", "no_passages"),
    ]
    assert problems(ready, "reader_failed", severity="error", passages=0) == [
        ("a", "reader_failed")
    ]
    found = outline_problems(Ready(plan("b")), Outline())
    assert [(p.severity, p.values) for p in found] == [
        ("error", {"file": "b.txt"})
    ]


def test_an_outline_says_pages_and_the_language_of_most_passages() -> None:
    card = {"pages": 12, "languages": {"nl": 3, "en": 9, "de": 9}}
    assert (Outline(card=card).pages, Outline(card=card).language) == (
        12,
        "en",
    )
    assert (Outline().pages, Outline().language) == (0, "")
    assert Outline(card={"pages": None}).pages == 0
    assert Passages((Passage("p", "d", "x", 0),)).parts == ()
