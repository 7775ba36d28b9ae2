"""A record of a .bib file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the file gives it: field names in lower case, values with inner braces.

    What the record inherits stands among its fields; `parent` is the key of the record
    that its `crossref` named.
    """

    key: str
    type: str
    fields: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    parent: str = ""
