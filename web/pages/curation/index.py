"""The overview of a curator: what waits, and what was decided last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from kb.curation import Event, Log
from kb.curation.queues import (
    QUEUES,
    Asked,
    Progress,
    count_unknown,
    progress,
)
from kb.records import Document, Problem
from kb.themes.model import load_model
from web import language
from web.generation import Generation
from web.pages.cards import ThemeChip, chip, newest

LATEST = 10


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue, how far it is, and where it begins."""

    name: str
    progress: Progress
    address: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All that the overview shows."""

    queues: tuple[QueueRow, ...]
    unknown: int
    themes: tuple[ThemeChip, ...]
    documents: tuple[Document, ...]
    latest: tuple[Event, ...]
    problems: tuple[Problem, ...]
    frameworks: tuple[tuple[str, str], ...]  # key and name
    card: Mapping[str, str]  # of the model that learnt here; empty without one


def index_page(generation: Generation, log: Log, bar: float) -> IndexPage:
    """What waits for a curator."""
    state = log.follow()
    store = generation.store
    rows = [
        QueueRow(
            name,
            progress(store, state, Asked(name)),
            url_for("curation.queue", name=name),
        )
        for name in QUEUES
    ]
    return IndexPage(
        queues=tuple(rows),
        unknown=count_unknown(store),
        themes=tuple(
            chip(generation, c) for c in generation.frameworks.themes
        ),
        documents=newest(generation),
        latest=tuple(
            event for event in reversed(state.events) if event.kind != "code"
        )[:LATEST],
        problems=tuple(log.problems),
        frameworks=tuple(
            (f.key, f.name.say(language.chosen()))
            for f in generation.frameworks
        ),
        card=_card(generation),
    )


def _card(generation: Generation) -> Mapping[str, str]:
    """What the model of this corpus says of itself, where it learnt from decisions."""
    own = generation.settings.corpus_dir / "themes-model.json"
    if not own.is_file():
        return {}
    card = load_model(own).card
    return card if "decisions" in card else {}
