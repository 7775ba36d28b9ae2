"""Two curators at once: what the other decided, beside what this one wants."""

from __future__ import annotations

from dataclasses import dataclass

from kb.curation import Event, State
from web.generation import Generation
from web.pages.curation.asking import Asked
from web.pages.curation.history import Row, row_of


@dataclass(frozen=True, slots=True)
class MeanwhilePage:
    """What was decided since, what is wanted, and the version to decide on now."""

    target: str
    since: tuple[Row, ...]
    wanted: tuple[Row, ...]
    version: str
    note: str


def meanwhile_page(
    generation: Generation, state: State, asked: Asked, note: str
) -> MeanwhilePage:
    """Both sides of a decision that was overtaken."""
    wanted = [
        Event("", "", "", asked.kind, asked.target, field, after=after)
        for field, after in asked.values.items()
    ]
    events = state.history(asked.target)[-5:]
    return MeanwhilePage(
        asked.target,
        tuple(row_of(state, event) for event in events),
        tuple(row_of(state, event) for event in wanted),
        state.version(asked.target),
        note,
    )
