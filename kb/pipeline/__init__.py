"""In what order? From corpus to generation; the only room that knows every other.

Door: `build(settings, on_progress, force) -> BuildReport`; `read_one(path, settings)` reads
a single file with the limits of a build and keeps nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.pipeline.order import build
    from kb.pipeline.report import BuildReport, OnProgress
    from kb.pipeline.single import read_one

__all__ = ["BuildReport", "OnProgress", "build", "read_one"]

_HOMES = {
    "BuildReport": "report",
    "OnProgress": "report",
    "build": "order",
    "read_one": "single",
}


def __getattr__(name: str) -> Any:
    """Loads a door when it is asked for: workers need the store and its database for none."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kb.pipeline' has no attribute {name!r}")
    return getattr(import_module(f"kb.pipeline.{_HOMES[name]}"), name)
