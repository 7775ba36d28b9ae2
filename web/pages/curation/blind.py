"""Coding blind by two: the next passage without any theme on it, and how coders agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from kb.curation import Event, State, new_event
from kb.curation.blind import (
    VALUES,
    Agreement,
    Difference,
    agreements,
    differences,
    next_to_code,
    said_of,
    twice,
)
from kb.errors import UnknownThemeError
from kb.records import Passage
from web import language
from web.generation import Generation
from web.pages.cards import ThemeChip, chip

SHOWN = 30  # differences on one page


@dataclass(frozen=True, slots=True)
class CodingPage:
    """A passage to code; None when all were."""

    key: str
    framework: str
    passage: Passage | None
    themes: tuple[tuple[ThemeChip, str], ...]  # with their definitions
    version: str
    done: int


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """How coders agree on each theme, and what they see differently."""

    key: str
    framework: str
    rows: tuple[tuple[ThemeChip, Agreement], ...]
    differences: tuple[tuple[Difference, Passage, ThemeChip, str], ...]
    left: int
    coded: int
    twice: int


def framework_of(generation: Generation, key: str) -> Any:
    """A framework by its key. Raises UnknownThemeError."""
    for framework in generation.frameworks:
        if framework.key == key:
            return framework
    raise UnknownThemeError(id=key)


def coding_page(
    generation: Generation, state: State, key: str, coder: str
) -> CodingPage:
    """The next passage for a coder. Raises UnknownThemeError."""
    framework = framework_of(generation, key)
    said = said_of(state, key)
    passage = next_to_code(generation.store, said, coder)
    chosen = language.chosen()
    return CodingPage(
        key=key,
        framework=framework.name.say(chosen),
        passage=passage,
        themes=tuple(
            (chip(generation, t.code), t.definition.say(chosen))
            for t in framework.themes
        ),
        version=state.version(passage.id) if passage else "",
        done=sum(coder in views for views in said.values()),
    )


def coded_event(
    generation: Generation, form: MultiDict[str, str], key: str, coder: str
) -> Event:
    """What a coder said of a passage.

    Raises:
        UnknownPassageError, UnknownThemeError: it is on nothing.
        ValueError: a view that is none.
    """
    framework = framework_of(generation, key)
    passage = generation.store.passage(form.get("doel", ""))
    views = {t.code: form.get(f"t:{t.code}", "none") for t in framework.themes}
    if not set(views.values()) <= VALUES.keys():
        raise ValueError("t:")
    named = {theme: view for theme, view in views.items() if view != "none"}
    return new_event(
        "code", passage.id, named, by=coder, field=key, words=passage.text
    )


def agreement_page(
    generation: Generation, state: State, key: str
) -> AgreementPage:
    """How coders agree in a framework. Raises UnknownThemeError."""
    framework = framework_of(generation, key)
    themes = [theme.code for theme in framework.themes]
    said = said_of(state, key)
    open_ = list(differences(state, said, themes))
    shown = open_[:SHOWN]
    ids = [difference.passage for difference in shown]
    passages = {p.id: p for p in generation.store.passages(ids=ids)}
    return AgreementPage(
        key=key,
        framework=framework.name.say(language.chosen()),
        rows=tuple(
            (chip(generation, row.theme), row)
            for row in agreements(said, themes)
        ),
        differences=tuple(
            (
                difference,
                passages[difference.passage],
                chip(generation, difference.theme),
                state.version(difference.passage),
            )
            for difference in shown
            if difference.passage in passages
        ),
        left=len(open_),
        coded=len(said),
        twice=len(twice(said)),
    )
