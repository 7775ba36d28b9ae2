"""Which cues people reject or confirm often, and the change to the framework files."""

from __future__ import annotations

from dataclasses import dataclass

from kb.curation import State
from kb.evaluate.decided import Proposed, cues_proposed
from kb.themes.cues.proposing import CueChange
from web.generation import Generation

NEWEST = 3_000  # decided passages that are read: some three seconds


@dataclass(frozen=True, slots=True)
class CuesPage:
    """What decisions propose, file by file."""

    files: tuple[Proposed, ...]
    changes: tuple[CueChange, ...]
    newest: int  # so many passages were read at most


def cues_page(generation: Generation, state: State) -> CuesPage:
    """The proposals; made once for these records."""
    files = generation.once("cues", lambda: _proposed(generation, state))
    changes = [one for file in files for one in (*file.made, *file.left)]
    return CuesPage(files, tuple(changes), NEWEST)


def _proposed(generation: Generation, state: State) -> tuple[Proposed, ...]:
    return tuple(
        cues_proposed(
            generation.settings,
            generation.frameworks,
            state,
            generation.store,
            NEWEST,
        )
    )
