"""A part that was found in a volume."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.records import Csl


@dataclass(frozen=True, slots=True)
class Found:
    """A part that begins at block `at`.

    `last` is behind its last block, 0 where the next part ends it.
    """

    at: int
    title: str
    names: tuple[Mapping[str, str], ...] = ()
    last: int = 0
    record: Csl = field(default_factory=dict)
