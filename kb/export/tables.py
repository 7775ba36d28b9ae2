"""What stands in formats.json: how types and fields are called in BibTeX, RIS and Zotero, and the media types."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def tables() -> dict[str, Any]:
    """The tables of formats.json, by name."""
    loaded: dict[str, Any] = json.loads(
        files("kb.export").joinpath("formats.json").read_text(encoding="utf-8")
    )
    return loaded
