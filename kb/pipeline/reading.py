"""From one file to blocks: extract, structure, what the file says of itself, and how well it could be read."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.extract.cache import ReadingCache
from kb.extract.isolation import OnProgress, read_isolated
from kb.extract.limits import Limits, limits_of
from kb.records import Block, Problem
from kb.settings import Settings


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave. `metadata` are CSL fields the file states of itself; `seconds` the time it took."""

    blocks: tuple[Block, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    card: Mapping[str, Any] = field(default_factory=dict)
    pages: int = 0
    language: str = ""
    reader: str = ""
    seconds: float = 0.0


def read(path: Path, limits: Limits) -> Reading:
    """Read one file in this process. Never raises for a bad file: what is wrong stands in `problems`."""
    from kb.extract import extract
    from kb.passages import passages_of, report_card
    from kb.structure import blocks_of
    from kb.structure.metadata import found_metadata

    began = time.perf_counter()
    extraction = extract(path, limits)
    blocks = blocks_of(extraction)
    card = report_card(extraction, blocks, passages_of("-", blocks))
    languages = card.get("languages") or {}
    return Reading(
        blocks,
        found_metadata(blocks, extraction),
        extraction.problems,
        card,
        card.get("pages", 0),
        max(languages, key=lambda code: languages[code], default=""),
        extraction.reader,
        time.perf_counter() - began,
    )


def _outcome(found: Reading | Problem) -> Reading:
    return Reading(problems=(found,)) if isinstance(found, Problem) else found


def read_all(
    paths: Sequence[Path], settings: Settings, cache_dir: Path, on_progress: OnProgress
) -> dict[Path, Reading]:
    """Read each file in a worker with limits, or take what was kept of an unchanged one; what nobody asks for any more is forgotten."""
    kept = ReadingCache(cache_dir / "readings", Reading)
    found = {
        path: _outcome(reading)
        for path, reading in read_isolated(read, paths, settings, on_progress, kept)
    }
    limits = limits_of(settings)
    kept.keep_only({kept.key(path, limits) for path in paths if path.is_file()})
    return found


def read_one(path: Path, settings: Settings) -> Reading:
    """Read one file in a worker with limits, keeping nothing."""
    return _outcome(
        next(
            found for _, found in read_isolated(read, [path], settings, lambda *_: None)
        )
    )
