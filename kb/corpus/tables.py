"""What stands in records.json: how BibTeX types, fields, months and scripts are called elsewhere."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def tables() -> dict[str, Any]:
    """The tables of records.json, by name."""
    loaded: dict[str, Any] = json.loads(
        files("kb.corpus").joinpath("records.json").read_text(encoding="utf-8")
    )
    return loaded
