"""All documents through their stages: what is kept is taken, what is not is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from kb.extract.limits import limits_of
from kb.pipeline.document import NAMED, STAGES
from kb.pipeline.document.planning import Plan, files_digest, tagging_files
from kb.pipeline.document.products import Outline
from kb.pipeline.document.work import Job, Made, make, task_of
from kb.pipeline.executor import Executor, Failure
from kb.pipeline.kept import Kept
from kb.pipeline.report import OnProgress
from kb.records import Problem
from kb.settings import Settings

Product = TypeVar("Product")
KEPT = Path("cache") / "stages"


@dataclass
class Ready:
    """A document of which everything that could be made is kept."""

    plan: Plan
    made: bool = False  # whether anything had to be made now
    failed: bool = False  # nothing could be made of it
    without: tuple[str, ...] = ()  # stages that failed
    problems: tuple[Problem, ...] = ()


@dataclass
class Documents:
    """The documents of one build: makes them, and gives their products when asked.

    `seconds` are those of processors, by stage, over all processes.
    """

    settings: Settings
    executor: Executor
    vanished: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.kept = Kept(self.settings.index_dir / KEPT)
        self.limits = limits_of(self.settings)
        self.tagging = files_digest(tagging_files(self.settings.corpus_dir))

    def ready(self, plans: Sequence[Plan], on_progress: OnProgress) -> Iterator[Ready]:
        """Each document that can be built, or that failed, as they come ready."""
        waiting = [plan for plan in plans if self._lacks(plan)]
        lacking = {plan.source.key for plan in waiting}
        done = len(plans) - len(waiting)
        on_progress("read", done, len(plans))
        yield from (Ready(p) for p in plans if p.source.key not in lacking)
        for ready in self._make(waiting):
            done += 1
            on_progress("read", done, len(plans), ready.plan.source.name)
            yield ready

    def product(self, ready: Ready, stage: str, kind: type[Product]) -> Product:
        """What a stage made of a document; made once more when its file is damaged."""
        if ready.failed or stage in ready.without:
            return kind()
        key = ready.plan.keys[stage]
        found = self.kept.get(stage, key, kind)
        if found is None:
            self.kept.forget(stage, key)
            for again in self._make([ready.plan]):
                ready.without, ready.problems = again.without, again.problems
                ready.failed = again.failed
            found = self.kept.get(stage, key, kind)
        return kind() if found is None else found

    def forget_others(self, plans: Sequence[Plan]) -> None:
        """Remove the products that no document asks for any more."""
        for stage in STAGES:
            self.kept.keep_only(stage.name, {plan.keys[stage.name] for plan in plans})

    def _lacks(self, plan: Plan) -> bool:
        return any(not self.kept.has(stage, key) for stage, key in plan.keys.items())

    def _make(self, plans: Sequence[Plan]) -> Iterator[Ready]:
        """Make documents; one that fails in a stage it can do without is made without it."""
        of_document = {plan.source.key: plan for plan in plans}
        jobs = [self._job(plan) for plan in plans]
        failed: dict[str, tuple[Problem, ...]] = {}
        while jobs:
            again = []
            for job, found in self.executor.run(make, [task_of(job) for job in jobs]):
                plan = of_document[job.document]
                problems = failed.get(job.document, ())
                if isinstance(found, Made):
                    self.seconds.update(found.seconds)
                    if found.vanished:
                        self.vanished.append(plan.source.name)
                    yield Ready(plan, True, found.vanished, job.without, problems)
                    continue
                culprit = self._culprit(plan, job.without)
                if culprit is None or NAMED[culprit].vital:
                    problems = (found.problem(job.document),)
                    yield Ready(plan, True, True, problems=problems)
                    continue
                failed[job.document] = (
                    *problems,
                    _left_out(job.document, culprit, found),
                )
                again.append(replace(job, without=(*job.without, culprit)))
            jobs = again

    def _job(self, plan: Plan) -> Job:
        source = plan.source
        return Job(
            source.key, source.path, source.fingerprint, source.size, plan.keys, self.limits,
            self.settings.corpus_dir, self.kept.folder, self.tagging,
            theme_probability=self.settings.theme_probability,
        )  # fmt: skip

    def _culprit(self, plan: Plan, without: Sequence[str]) -> str | None:
        """The first stage without a product: the one that failed."""
        for stage in STAGES:
            if stage.name not in without and not self.kept.has(
                stage.name, plan.keys[stage.name]
            ):
                return stage.name
        return None


def _left_out(document: str, stage: str, failure: Failure) -> Problem:
    values: Mapping[str, str] = {"stage": stage, "detail": _said(failure)}
    return Problem(document, "stage_failed", values=values)


def _said(failure: Failure) -> str:
    return ", ".join([failure.code, *failure.values.values()])


def outline_problems(ready: Ready, outline: Outline) -> list[Problem]:
    """What is wrong with a document, under its id."""
    source = ready.plan.source
    found = [
        *source.problems,
        *(replace(p, document=source.key) for p in outline.problems),
        *ready.problems,
    ]
    failed = any(p.severity == "error" for p in found)
    if failed:  # a file that says nothing lends no title either
        return [p for p in found if p.code != "no_record"]
    if not outline.passages:
        values = {"file": source.name}
        found.append(
            Problem(source.key, "no_passages", values=values, severity="error")
        )
    return found
