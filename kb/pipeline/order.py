"""The order of a build, from corpus to generation; it reads like a table of contents."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from kb.checksums import damaged
from kb.corpus import Corpus, Source, read_corpus
from kb.curation import FILE, State, read_log, withdrawn
from kb.curation.state import decisions_of
from kb.errors import (
    EmptyCorpusError,
    KbError,
    NoCorpusError,
    SourcesVanishedError,
)
from kb.generations import in_use, open_store
from kb.pipeline.ahead import load_ahead
from kb.pipeline.document.planning import plans_of
from kb.pipeline.documents import Documents, Ready
from kb.pipeline.draft import ENGINE, Draft, draft_of, sources_shown
from kb.pipeline.executor import Executor, LocalExecutor, warm_up
from kb.pipeline.fingerprint import fingerprint
from kb.pipeline.garbage import collecting_rarely, forget_remembered
from kb.pipeline.lock import only_builder
from kb.pipeline.report import COUNTS, BuildReport, OnProgress, silent
from kb.pipeline.whole.assembling import assemble
from kb.pipeline.whole.duplicates import mark_duplicates
from kb.pipeline.whole.formatting import formatting
from kb.pipeline.whole.indexing import index
from kb.pipeline.whole.linking import link
from kb.records import Problem, Reference
from kb.search.index.memory import give_back
from kb.settings import Settings


def build(
    settings: Settings,
    on_progress: OnProgress = silent,
    force: bool = False,
    retry: bool = False,
    executor: Executor | None = None,
) -> BuildReport:
    """Build a generation from the corpus, or say that nothing changed.

    Args:
        settings: where corpus and index are, and how to build.
        on_progress: told of every document and stage.
        force: take nothing from the generation in use, only what is kept of documents.
        retry: try files again that took too long or too much before.
        executor: where documents are made; by default processes on this machine.

    Raises:
        NoCorpusError, EmptyCorpusError: there is nothing to build from.
        BuildRunningError: another process is building in this folder.
        SourcesVanishedError: files went away meanwhile; the old generation stays.
        UnknownStyleError, FrameworkError, InputFileError: something to be mended first.

    Faults of single sources are in the report.
    """
    began = time.perf_counter()
    if not settings.corpus_dir.is_dir():
        raise NoCorpusError(path=settings.corpus_dir)
    with only_builder(settings.index_dir), collecting_rarely():
        corpus = read_corpus(settings.corpus_dir, settings.max_file_mb)
        if not corpus.sources and not corpus.withheld:
            raise EmptyCorpusError(path=settings.corpus_dir / "sources")
        wanted = fingerprint(settings, corpus)
        _check_style(settings)
        report = None if force or retry else _unchanged(settings, wanted)
        if report is None:
            if executor is None:
                warm_up()
                load_ahead()
                executor = LocalExecutor(settings.workers)
            under_way = _Build(settings, executor, on_progress)
            report = under_way.run(corpus, wanted, force, retry)
    return replace(report, seconds=time.perf_counter() - began)


@dataclass
class _Build:
    """One build under way: its stages in order, and the time each took."""

    settings: Settings
    executor: Executor
    on_progress: OnProgress
    stages: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def run(
        self, corpus: Corpus, wanted: str, afresh: bool, retry: bool
    ) -> BuildReport:
        """Every stage of a build."""
        log = read_log(self.settings.corpus_dir / FILE)
        plans = plans_of(corpus.sources, self.settings, log.state)
        documents = Documents(self.settings, self.executor, log.state)
        if retry:
            documents.forget_failures(plans)
        self.problems += corpus.problems
        self.problems += _unreadable(corpus.sources)
        self.problems += log.problems
        with draft_of(self.settings, afresh) as draft:
            with self._stage("read"):
                # Written while others are still being made: no text is held.
                coming = documents.ready(plans, self.on_progress)
                built, found = assemble(draft, documents, coming)
                self.problems += found
            self._note_seconds(documents)
            # Before anything is built on what is only half of the corpus.
            if documents.vanished:
                raise _vanished(documents.vanished)
            if not built and not self._goes_empty(corpus, log.state):
                return self._nothing(corpus)
            with self._stage("duplicates"):
                mark_duplicates(draft)
            with self._stage("citations"):
                self.on_progress("citations", 0, 1)
                self.problems += link(draft, documents, built)
                self.on_progress("citations", 1, 1)
            with (
                self._stage("index"),
                formatting(draft, self.on_progress),
            ):
                engine = index(draft, self.on_progress)
            self.problems += draft.ledger.open_citations
            report = self._report(draft, corpus.sources, built)
            _note(draft, report, wanted, engine, decisions_of(log.state))
            draft.publish()
        # Only now: had anything failed, the next build would want what is kept.
        documents.forget_others(plans)
        return report

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        forget_remembered()
        give_back()
        self.stages[name] = round(time.perf_counter() - began, 3)

    def _note_seconds(self, documents: Documents) -> None:
        """What the stages of documents cost, over all processes."""
        for stage, seconds in documents.seconds.items():
            self.stages[f"document.{stage}"] = round(seconds, 3)

    def _goes_empty(self, corpus: Corpus, state: State) -> bool:
        """Whether an index without documents must take the place of the one in use.

        That is so where all are kept out, by record or decision, or one that is kept out
        is still shown. Where documents only failed, the index in use is the better one.
        """
        sources = {source.key for source in corpus.sources}
        withdrawn_now = withdrawn(state) & sources
        kept_out = corpus.withheld | withdrawn_now
        failed = sources - withdrawn_now
        shown = sources_shown(self.settings)
        return bool(kept_out & shown) or (bool(kept_out) and not failed)

    def _nothing(self, corpus: Corpus) -> BuildReport:
        """No source could be built: what was in use stays so."""
        counts = dict.fromkeys(COUNTS, 0) | {"sources": len(corpus.sources)}
        return BuildReport(
            "", counts, _sorted(self.problems), stages=self.stages
        )

    def _report(
        self, draft: Draft, sources: Sequence[Source], built: Sequence[Ready]
    ) -> BuildReport:
        from kb.store.counts import totals

        counts = {
            **totals(draft.store),
            "references": draft.store.count(Reference),
            "sources": len(sources),
            "linked": draft.ledger.linked,
            "problems": len(self.problems),
        }
        return BuildReport(
            draft.name,
            {name: counts[name] for name in COUNTS},
            _sorted(self.problems),
            stages=self.stages,
            made=sum(ready.made for ready in built),
        )


def _note(
    draft: Draft,
    report: BuildReport,
    wanted: str,
    engine: str,
    decisions: Mapping[str, Any],
) -> None:
    """Write into the store what it tells of itself."""
    draft.store.clear(Problem)
    draft.store.add(report.problems)
    facts = {
        "report": msgspec.to_builtins(report),
        "fingerprint": wanted,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": engine,
        "decisions": decisions,
    }
    for key, value in facts.items():
        draft.store.put(key, value)


def _unchanged(settings: Settings, wanted: str) -> BuildReport | None:
    """The report of the current generation when it was built from just this."""
    try:
        found = in_use(settings.index_dir)
        if found.left:
            return None
        generation = found.folder
        store = open_store(settings, generation)
        try:
            same = store.get("fingerprint") == wanted
            if not same or damaged(generation, deep=False):
                return None
            store.check()
            kept = store.get("report")
        finally:
            store.close()
    except KbError:
        return None
    if kept is None or not any((generation / ENGINE).glob("*/*")):
        return None
    return replace(msgspec.convert(kept, BuildReport), unchanged=True)


def _unreadable(sources: Sequence[Source]) -> list[Problem]:
    """The problems of sources that no stage will see."""
    return [
        p for source in sources if not source.readable for p in source.problems
    ]


def _vanished(names: Sequence[str]) -> SourcesVanishedError:
    return SourcesVanishedError(count=len(names), first=min(names))


def _sorted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems in an order that hangs on nothing but what they say."""

    def place(problem: Problem) -> tuple[str, int, str, str]:
        values = repr(sorted(problem.values.items()))
        return problem.document, problem.page or 0, problem.code, values

    return tuple(sorted(problems, key=place))


def _check_style(settings: Settings) -> None:
    """Raises UnknownStyleError before an hour of reading rather than after it."""
    from kb.citing.style import style_xml

    style_xml(settings.style)
