"""The front page: where to begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    newest: tuple[Document, ...]
    questions: tuple[str, ...]
    shown: tuple[FrameworkEntry, ...]
    others: tuple[FrameworkEntry, ...]  # that are only named


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


def occurring(
    entries: tuple[FrameworkEntry, ...],
) -> tuple[FrameworkEntry, ...]:
    """The frameworks on which a passage was found: others belong to another corpus."""
    return tuple(entry for entry in entries if entry.most)


def _questions(
    site: Site,
    entries: tuple[FrameworkEntry, ...],
    documents: Sequence[Document],
) -> tuple[str, ...]:
    """The owner's examples.

    Without them the themes on which most was found, and else titles.
    """
    if site.examples:
        return site.examples
    counted = [
        (n, theme.name) for entry in entries for theme, n in entry.themes if n
    ]
    counted.sort(key=lambda pair: -pair[0])
    names = [name.lower() for _, name in counted]
    titles = [document.title for document in documents]
    return tuple((names or titles)[:EXAMPLES])


def _shown(
    site: Site, entries: tuple[FrameworkEntry, ...]
) -> tuple[FrameworkEntry, ...]:
    """The frameworks that stand on the page with their themes."""
    by_key = {entry.key: entry for entry in entries}
    chosen = tuple(by_key[key] for key in site.frameworks if key in by_key)
    return chosen or occurring(entries)[:FRAMEWORKS]


def home_page(generation: Generation, site: Site) -> HomePage:
    """The front page of this generation."""
    entries, documents = framework_entries(generation), newest(generation)
    shown = _shown(site, entries)
    return HomePage(
        totals=totals(generation),
        newest=documents[:NEWEST],
        questions=_questions(site, entries, documents),
        shown=shown,
        others=tuple(e for e in occurring(entries) if e not in shown),
    )
