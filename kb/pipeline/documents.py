"""All documents through their stages: what is kept is taken, what is not is made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kb.bibliography.csl_fields import families_of
from kb.corpus import NO_RECORD
from kb.curation import Event, State
from kb.extract.limits import limits_of
from kb.pipeline.document import STAGES, Stage
from kb.pipeline.document.planning import (
    Plan,
    digest,
    files_digest,
    tagging_files,
)
from kb.pipeline.document.products import Outline
from kb.pipeline.document.work import File, Job, Made, make, task_of
from kb.pipeline.executor import Executor, Failure
from kb.pipeline.kept import Kept
from kb.pipeline.report import OnProgress
from kb.pipeline.watching import PAGES, watching
from kb.records import Problem
from kb.settings import Settings

Product = TypeVar("Product")
KEPT = Path("cache") / "stages"
FAILURES = "failures"  # of stages, kept as their products are
# What a reader says where it gave up by itself.
GIVEN_UP = ("reader_timeout", "reader_memory")


@dataclass
class Ready:
    """A document of which everything that could be made is kept.

    Attributes:
        made: whether anything had to be made now.
        failed: that nothing could be made of it.
        without: stages that failed, which the document can do without.
        problems: what went wrong in making it.
    """

    plan: Plan
    made: bool = False
    failed: bool = False
    without: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Documents:
    """The documents of one build: makes them, and gives their products when asked.

    `seconds` are those of processors, by stage, over all processes.
    """

    settings: Settings
    executor: Executor
    state: State = field(default_factory=State)
    vanished: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.kept = Kept(self.settings.index_dir / KEPT)
        self.limits = limits_of(self.settings)
        self.tagging = files_digest(tagging_files(self.settings.corpus_dir))

    @cached_property
    def records(self) -> Mapping[str, Sequence[Event]]:
        """What was decided on the record of each document."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.state.holding("record"):
            found[event.target].append(event)
        return found

    @cached_property
    def known_themes(self) -> frozenset[str]:
        """The codes of all themes that this corpus has."""
        from kb.themes import load_frameworks

        folder = self.settings.corpus_dir / "frameworks"
        return frozenset(load_frameworks(folder).themes)

    def ready(
        self, plans: Sequence[Plan], on_progress: OnProgress
    ) -> Iterator[Ready]:
        """Each document that can be built, or that failed, as they come ready.

        Those of which everything is kept come first: no process is needed for them.
        """
        begun = [self._begun(plan) for plan in plans]
        kept = [ready for ready in begun if not ready.made]
        done = len(kept)
        on_progress("read", done, len(plans))
        yield from kept

        def told(what: str) -> None:
            on_progress("read", done, len(plans), what)

        with watching(self.kept.folder.parent / PAGES, told):
            for ready in self._make([ready for ready in begun if ready.made]):
                done += 1
                told(ready.plan.source.name)
                yield ready

    def product(
        self, ready: Ready, stage: str, kind: type[Product]
    ) -> Product:
        """What a stage made of a document.

        Args:
            ready: the document; what it says of failures may change.
            stage: the name of the stage.
            kind: the class of its product.

        Returns:
            the product, made once more where its file is damaged; an empty one where the
            stage failed.
        """
        if ready.failed or stage in ready.without:
            return kind()
        key = ready.plan.keys[stage]
        found = self.kept.get(stage, key, kind)
        if found is None:
            self.kept.forget(stage, key)
            for again in self._make([replace(ready)]):
                ready.without, ready.problems = again.without, again.problems
                ready.failed = again.failed
            found = self.kept.get(stage, key, kind)
        return kind() if found is None else found

    def forget_others(self, plans: Sequence[Plan]) -> None:
        """Remove the products that no document asks for any more."""
        for stage in STAGES:
            self.kept.keep_only(
                stage.name, {plan.keys[stage.name] for plan in plans}
            )
        failures = {
            self._key_of_failure(plan, stage)
            for plan in plans
            for stage in STAGES
        }
        self.kept.keep_only(FAILURES, failures)

    def forget_failures(self, plans: Sequence[Plan]) -> None:
        """Let what was given up be tried once more."""
        self.kept.forget_all(FAILURES)
        for plan in plans:
            outline = self.kept.get("outline", plan.keys["outline"], Outline)
            if outline and any(p.code in GIVEN_UP for p in outline.problems):
                for stage, key in plan.keys.items():
                    self.kept.forget(stage, key)

    def _begun(self, plan: Plan) -> Ready:
        """How far a document came in earlier builds; `made` where more is to be made.

        What took too long or too much is not tried again while its content, the stage and
        the limits are the same.
        """
        ready = Ready(plan)
        for stage in STAGES:
            if self.kept.has(stage.name, plan.keys[stage.name]):
                continue
            key = self._key_of_failure(plan, stage)
            failure = self.kept.get(FAILURES, key, Failure)
            if failure is None:
                ready.made = True
                return ready
            ready = _after(ready, stage, failure)
            if ready.failed:
                return ready
        return ready

    def _key_of_failure(self, plan: Plan, stage: Stage) -> str:
        limits = self.limits
        bounds = (limits.seconds, limits.memory_mb, limits.ocr)
        return digest(plan.keys[stage.name], *map(str, bounds))

    def _make(self, begun: Sequence[Ready]) -> Iterator[Ready]:
        """Make documents; one that fails in a stage it can do without is made without it."""
        of_document = {ready.plan.source.key: ready for ready in begun}
        jobs = [self._job(ready) for ready in begun]
        while jobs:
            again = []
            tasks = [task_of(job) for job in jobs]
            for job, found in self.executor.run(make, tasks):
                ready = of_document[job.document]
                if isinstance(found, Failure):
                    ready = self._failed(ready, found)
                else:
                    ready = self._made(ready, found)
                of_document[job.document] = ready
                if ready.without == job.without or ready.failed:
                    yield ready
                else:
                    again.append(replace(job, without=ready.without))
            jobs = again

    def _made(self, ready: Ready, found: Made) -> Ready:
        self.seconds.update(found.seconds)
        if found.vanished:
            self.vanished.append(ready.plan.source.name)
        return replace(ready, made=True, failed=found.vanished)

    def _failed(self, ready: Ready, failure: Failure) -> Ready:
        """The document after a failure, which is remembered.

        It was in the first stage without a product: each is kept as soon as it is made.
        """
        keys = ready.plan.keys
        lacking = (
            stage
            for stage in STAGES
            if stage.name not in ready.without
            and not self.kept.has(stage.name, keys[stage.name])
        )
        stage = next(lacking, None)
        if stage is None:  # it failed when all was done
            return replace(ready, made=True)
        if failure.would_come_again:
            key = self._key_of_failure(ready.plan, stage)
            self.kept.put(FAILURES, key, failure)
        return replace(_after(ready, stage, failure), made=True)

    def _job(self, ready: Ready) -> Job:
        plan, source = ready.plan, ready.plan.source
        return Job(
            source.key,
            tuple(
                File(each.name, each.path, each.fingerprint)
                for each in (source, *source.more)
            ),
            source.size + sum(further.size for further in source.more),
            plan.keys,
            self.limits,
            self.settings.corpus_dir,
            self.kept.folder,
            self.settings.theme_probability,
            self.tagging,
            source.parts,
            families_of(source.csl),
            without=ready.without,
            edits=plan.decided.edits,
        )


def _after(ready: Ready, stage: Stage, failure: Failure) -> Ready:
    """A document after a stage of it failed: it may do without that one, or not."""
    document = ready.plan.source.key
    if stage.vital:
        problems: tuple[Problem, ...] = (failure.problem(document),)
        return replace(ready, failed=True, problems=problems)
    told = ", ".join([failure.code, *failure.values.values()])
    values: Mapping[str, str] = {"stage": stage.name, "detail": told}
    problem = Problem(document, "stage_failed", values=values)
    return replace(
        ready,
        without=(*ready.without, stage.name),
        problems=(*ready.problems, problem),
    )


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
        return [p for p in found if p.code != NO_RECORD]
    if not outline.passages:
        values = {"file": source.name}
        found.append(
            Problem(source.key, "no_passages", values=values, severity="error")
        )
    return found
