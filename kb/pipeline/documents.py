"""All documents through their stages: what is kept is taken, what is not is made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kb.bibliography.csl_fields import families_of
from kb.curation import Event, State
from kb.extract.limits import limits_of
from kb.pipeline.document import STAGES
from kb.pipeline.document.planning import Plan, files_digest, tagging_files
from kb.pipeline.document.products import Outline
from kb.pipeline.document.work import File, Job, Made, make, task_of
from kb.pipeline.executor import Executor, Failure
from kb.pipeline.kept import Kept
from kb.pipeline.report import OnProgress
from kb.records import Problem
from kb.settings import Settings

Product = TypeVar("Product")
KEPT = Path("cache") / "stages"


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
        waiting: list[Plan] = []
        kept: list[Plan] = []
        for plan in plans:
            (waiting if self._lacks(plan) else kept).append(plan)
        done = len(kept)
        on_progress("read", done, len(plans))
        for plan in kept:
            yield Ready(plan)
        for ready in self._make(waiting):
            done += 1
            on_progress("read", done, len(plans), ready.plan.source.name)
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
            for again in self._make([ready.plan]):
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

    def _lacks(self, plan: Plan) -> bool:
        return any(
            not self.kept.has(stage, key) for stage, key in plan.keys.items()
        )

    def _make(self, plans: Sequence[Plan]) -> Iterator[Ready]:
        """Make documents; one that fails in a stage it can do without is made without it."""
        of_document = {plan.source.key: plan for plan in plans}
        failed: dict[str, tuple[Problem, ...]] = {}
        jobs = [self._job(plan) for plan in plans]
        while jobs:
            again = []
            tasks = [task_of(job) for job in jobs]
            for job, found in self.executor.run(make, tasks):
                plan = of_document[job.document]
                culprit = self._culprit(plan, job, found)
                if culprit is None:
                    yield self._ready(
                        plan, job, found, failed.get(job.document, ())
                    )
                else:
                    told = _left_out(job.document, culprit, found)
                    failed[job.document] = (
                        *failed.get(job.document, ()),
                        told,
                    )
                    again.append(replace(job, without=(*job.without, culprit)))
            jobs = again

    def _ready(
        self,
        plan: Plan,
        job: Job,
        found: Made | Failure,
        before: tuple[Problem, ...],
    ) -> Ready:
        """The document as it is after its last try."""
        if isinstance(found, Failure):
            problems = (found.problem(job.document),)
            return Ready(plan, made=True, failed=True, problems=problems)
        self.seconds.update(found.seconds)
        if found.vanished:
            self.vanished.append(plan.source.name)
        return Ready(plan, True, found.vanished, job.without, before)

    def _culprit(
        self, plan: Plan, job: Job, found: Made | Failure
    ) -> str | None:
        """The stage that failed, where the document can do without it.

        It is the first one without a product: each is kept as soon as it is made.
        """
        if isinstance(found, Made):
            return None
        lacking = (
            stage
            for stage in STAGES
            if stage.name not in job.without
            and not self.kept.has(stage.name, plan.keys[stage.name])
        )
        failed = next(lacking, None)
        return None if failed is None or failed.vital else failed.name

    def _job(self, plan: Plan) -> Job:
        source = plan.source
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
            self.tagging,
            source.parts,
            families_of(source.csl),
            theme_probability=self.settings.theme_probability,
            edits=plan.decided.edits,
        )


def _left_out(document: str, stage: str, found: Made | Failure) -> Problem:
    """That a document was taken in without the product of a stage."""
    told = (
        [found.code, *found.values.values()]
        if isinstance(found, Failure)
        else []
    )
    values: Mapping[str, str] = {"stage": stage, "detail": ", ".join(told)}
    return Problem(document, "stage_failed", values=values)


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
