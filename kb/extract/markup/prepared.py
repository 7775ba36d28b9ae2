"""What a reader of one format hands to pandoc, and what it told of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """A note that was set apart: its printed mark and its text."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made ready for pandoc.

    `data` holds the marks of `marks`; `kind` is the format it is in now. `inserts` are
    files within the file, `notes` what notes say, both by the number in their mark.
    """

    kind: str
    data: bytes
    metadata: Mapping[str, Any] = field(default_factory=dict)
    numbered_pages: bool = False
    notes: tuple[Note, ...] = ()
    inserts: tuple[Prepared, ...] = ()
