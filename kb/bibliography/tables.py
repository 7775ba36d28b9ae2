"""How are types, fields and months called elsewhere? bibtex.json and formats.json."""

from __future__ import annotations

from typing import Any

from kb.datafiles import table


def bibtex_tables() -> dict[str, Any]:
    """The tables by which BibTeX is read, by name."""
    found: dict[str, Any] = table("kb.bibliography", "bibtex.json")
    return found


def format_tables() -> dict[str, Any]:
    """The tables by which records are written in other formats, and RIS is read, by name."""
    found: dict[str, Any] = table("kb.bibliography", "formats.json")
    return found
