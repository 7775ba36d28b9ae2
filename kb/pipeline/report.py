"""What a build tells: progress while it runs, a report when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kb.records import Problem

COUNTS = (
    "sources",
    "documents",
    "passages",
    "tags",
    "references",
    "citations",
    "linked",
    "works",
    "problems",
)


class OnProgress(Protocol):
    """Called with the stage (read, citations, works, index) and how far it is.

    `what` names what the stage is at: a document, of a long one the page too. It may be
    called from another thread.
    """

    def __call__(
        self, stage: str, done: int, total: int, what: str = ""
    ) -> None: ...


def silent(stage: str, done: int, total: int, what: str = "") -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build; also kept in the generation as "report".

    `made` counts the documents of which something had to be made anew.
    """

    generation: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    stages: Mapping[str, float] = field(default_factory=dict)
    unchanged: bool = False
    made: int = 0
