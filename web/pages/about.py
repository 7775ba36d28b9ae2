"""What is this, and how well was it built?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb import __version__
from kb.errors import problem_sentence, sentence
from kb.records import Document, Problem
from kb.themes.measured import Measured, measured
from web import language
from web.generation import Generation
from web.pages.cards import documents
from web.pages.home import (
    FrameworkEntry,
    framework_entries,
    occurring,
    totals,
)
from web.pages.works import most_cited


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Facts of this installation."""

    version: str
    built: str
    totals: Mapping[str, int]
    entries: tuple[FrameworkEntry, ...]
    measured: Measured  # how often the themes were right


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report of the build: problems by severity, a row per document."""

    built: str
    older: str  # that a newer index is damaged, where it is
    totals: Mapping[str, int]
    cited: int
    facts: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, tuple[tuple[Problem, str], ...]], ...]
    documents: tuple[tuple[Document, int], ...]


def about_page(generation: Generation) -> AboutPage:
    return AboutPage(
        __version__,
        str(generation.store.get("built", "")),
        totals(generation),
        occurring(framework_entries(generation)),
        measured(),
    )


def _facts(report: Any) -> tuple[tuple[str, str], ...]:
    plain = report.items() if isinstance(report, Mapping) else ()
    return tuple(
        (str(k), str(v))
        for k, v in plain
        if isinstance(v, (str, int, float)) and not isinstance(v, bool)
    )


def _older(generation: Generation) -> str:
    older = generation.older
    if older is None:
        return ""
    return sentence(older.code, older.values, language.chosen())


def report_page(generation: Generation) -> ReportPage:
    problems = generation.store.problems()
    chosen = language.chosen()
    by = {
        s: tuple(
            (p, problem_sentence(p, chosen))
            for p in problems
            if p.severity == s
        )
        for s in ("error", "warning", "note")
    }
    per = {
        d: sum(p.document == d for p in problems)
        for d in documents(generation)
    }
    return ReportPage(
        built=str(generation.store.get("built", "")),
        older=_older(generation),
        totals=totals(generation),
        cited=len(most_cited(generation)),
        facts=_facts(generation.store.get("report", {})),
        problems=tuple(
            (severity, found) for severity, found in by.items() if found
        ),
        documents=tuple(
            (d, per[d.id]) for d in documents(generation).values()
        ),
    )
