"""What is wrong with corpus, index and settings, and what to do about it?"""

from __future__ import annotations

from collections.abc import Mapping
from shutil import which
from textwrap import shorten
from typing import Any

from kb.checksums import damaged
from kb.corpus import NO_RECORD, Corpus, read_corpus
from kb.curation import FILE, read_log
from kb.curation.events import Event
from kb.curation.lost import lost_decisions
from kb.errors import FrameworkError, KbError
from kb.generations import in_use, leave, open_store
from kb.pipeline.document.planning import OCR_PROGRAMS
from kb.pipeline.fingerprint import fingerprint
from kb.records import Problem
from kb.settings import Settings
from kb.site import read_site

WORDS_TOLD = 80  # characters of a passage by which its reader knows it again
_SEVERITIES = ("error", "warning", "note")  # gravest first


def check(settings: Settings, deep: bool = False) -> list[Problem]:
    """Problems of corpus, frameworks, decisions, index and outside programs.

    Args:
        settings: where corpus and index are.
        deep: read every file of the index and compare it with its checksum.

    Returns:
        the gravest first; the sentence of each says the remedy.
    """
    if (settings.corpus_dir / "sources").is_dir():
        corpus = read_corpus(settings.corpus_dir, settings.max_file_mb)
        problems = _corpus_problems(settings, corpus)
    else:
        corpus = Corpus()
        problems = [_error("corpus", "no_corpus", path=settings.corpus_dir)]
    if corpus.sources:
        problems += _framework_problems(settings)
        problems += _curation_problems(settings)
        problems += _damage(settings, deep)
        problems += _index_problems(settings, corpus)
        problems += read_site(settings.corpus_dir)[1]
    problems += _tool_problems(settings)
    different = {_told(problem): problem for problem in problems}
    return sorted(
        different.values(), key=lambda p: _SEVERITIES.index(p.severity)
    )


def _error(document: str, code: str, **values: Any) -> Problem:
    return Problem(document, code, values=values, severity="error")


def _told(problem: Problem) -> tuple[object, ...]:
    """What makes two problems the same to a reader."""
    values: Mapping[str, Any] = problem.values
    return (
        problem.document,
        problem.code,
        problem.page,
        str(sorted(values.items())),
    )


def _corpus_problems(settings: Settings, corpus: Corpus) -> list[Problem]:
    if not corpus.sources:
        return [
            _error(
                "corpus", "empty_corpus", path=settings.corpus_dir / "sources"
            )
        ]
    state = read_log(settings.corpus_dir / FILE).state
    typed = {event.target for event in state.holding("record")}
    of_sources = (
        problem
        for source in corpus.sources
        for problem in source.problems
        if problem.code != NO_RECORD or source.key not in typed
    )
    return [*corpus.problems, *of_sources]


def _framework_problems(settings: Settings) -> list[Problem]:
    from kb.themes import load_frameworks

    try:
        load_frameworks(settings.corpus_dir / "frameworks")
    except FrameworkError as error:
        return [_error("frameworks", error.code, **error.values)]
    return []


def _curation_problems(settings: Settings) -> list[Problem]:
    """Lines that are no decisions, and decisions on what is not there any more."""
    log = read_log(settings.corpus_dir / FILE)
    problems = list(log.problems)
    try:
        store = open_store(settings)
    except KbError:
        return problems  # told among the problems of the index
    try:
        lost = lost_decisions(log.state, store)
    finally:
        store.close()
    return [*problems, *map(_lost, lost)]


def _lost(event: Event) -> Problem:
    values = {
        "kind": event.kind,
        "target": event.target,
        "field": event.field,
        "words": shorten(event.words, WORDS_TOLD, placeholder=" …"),
        "by": event.by or "?",
        "id": event.id,
    }
    return Problem("curation", "decision_lost", values=values)


def _index_problems(settings: Settings, corpus: Corpus) -> list[Problem]:
    """That the index is absent, old or damaged, and what its build told."""
    try:
        store = open_store(settings)
        try:
            store.check()
            kept = store.problems()
            built_from = store.get("fingerprint")
        finally:
            store.close()
    except KbError as error:
        return [_error("index", error.code, **error.values)]
    problems = [problem for problem in kept if problem.severity != "note"]
    if built_from != fingerprint(settings, corpus):
        values = {"path": settings.index_dir}
        problems.insert(0, Problem("index", "stale_index", values=values))
    return problems


def _damage(settings: Settings, deep: bool) -> list[Problem]:
    """That files of the index are not as the build left them.

    Args:
        settings: where the index is.
        deep: read all of it. What is found so is left for the index before it.
    """
    try:
        found = in_use(settings.index_dir)
        if deep and leave(found.folder):
            found = in_use(settings.index_dir)
    except KbError:
        return []  # told with the rest of the index
    if older := found.problem():
        return [older]
    names = ", ".join(damaged(found.folder, deep=False))
    if not names:
        return []
    values = {"path": found.folder, "files": names}
    return [_error("index", "damaged_files", **values)]


def _tool_problems(settings: Settings) -> list[Problem]:
    return [*_ocr_problems(settings), *_sandbox_problems()]


def _sandbox_problems() -> list[Problem]:
    from kb.pipeline.sandbox import can_cut_network

    if can_cut_network():
        return []
    return [Problem("build", "network_open", severity="note")]


def _ocr_problems(settings: Settings) -> list[Problem]:
    missing = [name for name in OCR_PROGRAMS if which(name) is None]
    if not settings.ocr or not missing:
        return []
    values = {"missing": ", ".join(missing)}
    return [Problem("ocr", "no_ocr", values=values, severity="note")]
