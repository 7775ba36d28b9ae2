"""The front page: where to begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.records import Document
from kb.site import Site
from kb.store import counts
from web import language
from web.generation import Generation
from web.pages.cards import ThemeChip, chip, newest, silent

EXAMPLES = 3
FRAMEWORKS = 2
NEWEST = 6  # documents


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
    shown: tuple[FrameworkEntry, ...]

    @property
    def others(self) -> tuple[FrameworkEntry, ...]:
        """The frameworks that are only named."""
        return tuple(
            entry for entry in self.entries if entry not in self.shown
        )


def per_theme(generation: Generation) -> Mapping[str, int]:
    """Evidence passages per theme."""
    return generation.once(
        "per_theme",
        lambda: counts.passages_per_theme(
            generation.store, silent(generation)
        ),
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


def _questions(
    site: Site, entries: tuple[FrameworkEntry, ...]
) -> tuple[str, ...]:
    """The owner's examples; without them the themes on which most was found."""
    if site.examples:
        return site.examples
    counted = [
        (n, theme.name) for entry in entries for theme, n in entry.themes if n
    ]
    counted.sort(key=lambda pair: -pair[0])
    return tuple(name.lower() for _, name in counted[:EXAMPLES])


def _shown(
    site: Site, entries: tuple[FrameworkEntry, ...]
) -> tuple[FrameworkEntry, ...]:
    """The frameworks that stand on the page with their themes."""
    by_key = {entry.key: entry for entry in entries}
    chosen = tuple(by_key[key] for key in site.frameworks if key in by_key)
    return chosen or entries[:FRAMEWORKS]


def home_page(generation: Generation, site: Site) -> HomePage:
    """The front page of this generation."""
    entries = framework_entries(generation)
    return HomePage(
        totals=totals(generation),
        entries=entries,
        newest=newest(generation)[:NEWEST],
        questions=_questions(site, entries),
        shown=_shown(site, entries),
    )
