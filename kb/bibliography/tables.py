"""How are types, fields, months and scripts called elsewhere? bibtex.json and formats.json."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _loaded(name: str) -> dict[str, Any]:
    text = files("kb.bibliography").joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def bibtex_tables() -> dict[str, Any]:
    """The tables by which BibTeX is read, by name."""
    return _loaded("bibtex.json")


def format_tables() -> dict[str, Any]:
    """The tables by which records are written in other formats, and RIS is read, by name."""
    return _loaded("formats.json")
