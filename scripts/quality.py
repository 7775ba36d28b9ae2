"""Build the shared corpus from nothing, measure it, and fail below a bound.

    python -m scripts.quality [SHARED]

The shared corpus is no part of the project; without it there is nothing to measure.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kb.cli.evaluate import (
    evaluate_citations,
    evaluate_search,
    evaluate_themes,
)
from kb.pipeline import build
from kb.settings import Settings, load

_THEME_LINE = re.compile(r"[BK]\d+ ")


@dataclass(frozen=True)
class Gate:
    """A figure as a report prints it, the least that may land, and its last value."""

    of: str
    name: str
    bound: float
    last: float


# Last values of 2026-11-30. Bounds lie a few hundredths below: less means little on this gold.
GATES = (
    Gate("themes", "coverage", 0.99, 1.000),
    Gate("themes", "macro-F1", 0.85, 0.941),  # the model saw these labels
    Gate("search", "nDCG@10", 0.66, 0.679),
    Gate("search", "recall@20", 0.67, 0.699),
    Gate("references", "mean of fields", 0.97, 0.997),
    Gate("references", "whole record", 0.95, 0.983),
    Gate("citations", "F1", 0.95, 0.971),
)


def reports(
    settings: Settings, gold: Path
) -> Iterator[tuple[str, Iterable[str]]]:
    """What is measured, and the lines that the command prints for it."""
    themes = evaluate_themes(settings, gold / "themes.dev.jsonl")
    yield "themes", (line for line in themes if not _THEME_LINE.match(line))
    questions, grades = gold / "queries.dev.jsonl", gold / "qrels.dev.json"
    paragraphs = gold / "paragraphs.jsonl"
    yield "search", evaluate_search(settings, questions, grades, paragraphs)
    yield (
        "references",
        evaluate_citations(settings, gold / "references.dev.jsonl"),
    )
    yield "citations", evaluate_citations(settings, gold / "intext.dev.jsonl")


def value_of(gate: Gate, lines: Iterable[str]) -> float:
    """The last value that the lines print for a figure; 0 when they print none."""
    wanted = re.compile(rf"(?<![\w-]){re.escape(gate.name)} ([01]\.\d+)")
    values = [float(value) for line in lines for value in wanted.findall(line)]
    return values[-1] if values else 0.0


def main(shared: Path) -> int:
    """Measure, print the gates, and tell by the exit code whether all hold."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(
            load(corpus_dir=shared / "corpus"), index_dir=Path(folder)
        )
        print(f"built in {build(settings).seconds:.1f} s")
        measured = {
            of: list(lines) for of, lines in reports(settings, shared / "gold")
        }
    for lines in measured.values():
        print("\n".join(lines))
    found = [(gate, value_of(gate, measured[gate.of])) for gate in GATES]
    for gate, value in found:
        mark = "ok" if value >= gate.bound else "LOW"
        figures = (
            f"{value:.3f}, at least {gate.bound:.2f}, last {gate.last:.2f}"
        )
        print(f"{mark:4}{gate.of} {gate.name}: {figures}")
    return int(any(value < gate.bound for gate, value in found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
