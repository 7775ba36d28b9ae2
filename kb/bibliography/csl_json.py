"""How is this written in CSL-JSON, and what does such a file say?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kb.records import Csl, Problem

_OURS = (
    "etal",
    "list",
    "alt",
)  # fields of our own that the schema of CSL-JSON does not know


def clean(csl: Csl) -> dict[str, Any]:
    """A record with only what CSL-JSON knows; what is ours goes under `custom`."""
    kept = {
        k: v for k, v in csl.items() if k not in _OURS and v not in (None, "", [], {})
    }
    if csl.get("etal"):
        kept["custom"] = {**(kept.get("custom") or {}), "etal": True}
    return kept


def csl_json(items: Iterable[Csl]) -> str:
    """The items as a CSL-JSON array."""
    return (
        json.dumps([clean(csl) for csl in items], ensure_ascii=False, indent=2) + "\n"
    )


def parse_csl_json(
    text: str, name: str = "csl-json"
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Records of a CSL-JSON array, of one object, or of an object with `items`; each wrong one is a problem."""
    try:
        loaded = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        line, reason = (
            (error.lineno, error.msg)
            if isinstance(error, json.JSONDecodeError)
            else (1, "nesting")
        )
        return [], [
            Problem(
                name,
                "json_unreadable",
                values={"line": line, "reason": reason},
                severity="error",
            )
        ]
    rows = loaded.get("items", [loaded]) if isinstance(loaded, dict) else loaded
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        if not isinstance(row, dict) or not (row.get("title") or row.get("author")):
            problems.append(Problem(name, "csl_unreadable", values={"number": number}))
            continue
        found.append(
            {
                **row,
                "id": str(row.get("id") or f"{name}-{number}"),
                "type": str(row.get("type") or "document"),
            }
        )
    return found, problems
