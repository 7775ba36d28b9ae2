"""The front page: where to begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.records import Document
from kb.store import counts
from web import language
from web.generation import Generation
from web.pages.cards import ThemeChip, chip, newest


@dataclass(frozen=True, slots=True)
class FrameworkEntry:
    """A framework with its themes and how many passages are evidence on each."""

    key: str
    name: str
    source: str
    note: str
    slot: int
    themes: tuple[tuple[ThemeChip, int], ...]

    @property
    def most(self) -> int:
        return max((n for _, n in self.themes), default=0)


@dataclass(frozen=True, slots=True)
class HomePage:
    """Totals, entries by framework, and the newest documents."""

    totals: Mapping[str, int]
    entries: tuple[FrameworkEntry, ...]
    newest: tuple[Document, ...]
    questions: tuple[str, ...]


QUESTIONS = (
    "hoe houden generalisten hun vakkennis bij?",
    "wat levert vroegsignalering op?",
    "wanneer helpt een vrijwilliger en wanneer een professional?",
)


def per_theme(generation: Generation) -> Mapping[str, int]:
    """Evidence passages per theme."""
    return generation.once(
        "per_theme", lambda: counts.passages_per_theme(generation.store)
    )


def totals(generation: Generation) -> Mapping[str, int]:
    """Totals of the generation."""
    return generation.once("totals", lambda: counts.totals(generation.store))


def framework_entries(generation: Generation) -> tuple[FrameworkEntry, ...]:
    """Every framework, in order."""
    n, chosen = per_theme(generation), language.chosen()
    return tuple(
        FrameworkEntry(
            key=f.key,
            name=f.name.say(chosen),
            source=f.source,
            note=f.note.say(chosen) if f.note else "",
            slot=at % 8,
            themes=tuple(
                (chip(generation, t.code), n.get(t.code, 0)) for t in f.themes
            ),
        )
        for at, f in enumerate(generation.frameworks)
    )


def home_page(generation: Generation) -> HomePage:
    """The front page of this generation."""
    return HomePage(
        totals(generation),
        framework_entries(generation),
        newest(generation)[:6],
        QUESTIONS,
    )
