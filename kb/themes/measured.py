"""How often was what the model shows right, on documents by authors it had not seen?

The counts lie beside the model and are written when it is trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from kb.datafiles import table


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of how many tags that were shown how many were evidence; passing mentions left out."""

    right: int
    shown: int


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The counts by theme and by genre, and on how many documents and passages they rest."""

    documents: int
    passages: int
    themes: Mapping[str, Counted]
    genres: Mapping[str, Counted]


@cache
def measured() -> Measured:
    """The counts of the project's own model.

    >>> all(it.right <= it.shown for it in measured().themes.values())
    True
    """
    found = table("kb.themes", "model/measured.json")
    return msgspec.convert(found, Measured)
