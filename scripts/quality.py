"""Build the shared corpus from nothing, measure it, and fail when a figure has fallen below its floor.

    python scripts/quality.py [SHARED]

The shared corpus is no part of the project; without it there is nothing to measure.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kb.cli.evaluate import evaluate_citations, evaluate_search, evaluate_themes
from kb.pipeline import build
from kb.settings import load

# Figure → lowest value that may land. Well below what is measured: differences of a few hundredths mean little on this gold.
FLOORS = {
    "coverage": 0.98, "macro-F1": 0.70, "nDCG@10": 0.58, "recall@20": 0.55,
    "mean of fields": 0.93, "whole record": 0.75, "F1": 0.93,
}  # fmt: skip


def figures(lines: Iterable[str]) -> dict[str, float]:
    """The last value printed for each figure that has a floor."""
    found: dict[str, float] = {}
    for line in lines:
        print(line)
        for name in FLOORS:
            for value in re.findall(rf"(?<![\w-]){re.escape(name)} ([01]\.\d+)", line):
                found[name] = float(value)
    return found


def main(shared: Path) -> int:
    gold = shared / "gold"
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(load(corpus_dir=shared / "corpus"), index_dir=Path(folder))
        report = build(settings)
        began = time.perf_counter()
        build(settings)
        print(
            f"built in {report.seconds:.1f} s {dict(report.stages)}; unchanged rebuild {time.perf_counter() - began:.2f} s"
        )
        found = figures(
            line
            for line in evaluate_themes(settings, gold / "themes.dev.jsonl")
            if not re.match(r"[BK]\d+ ", line)
        )
        found |= figures(
            evaluate_search(
                settings,
                gold / "queries.dev.jsonl",
                gold / "qrels.dev.json",
                gold / "paragraphs.jsonl",
            )
        )
        found |= figures(evaluate_citations(settings, gold / "references.dev.jsonl"))
        found |= figures(evaluate_citations(settings, gold / "intext.dev.jsonl"))
    low = [
        f"{name} {found.get(name, 0.0):.3f} < {floor}"
        for name, floor in FLOORS.items()
        if found.get(name, 0.0) < floor
    ]
    print(
        "below the floor: " + "; ".join(low)
        if low
        else f"{len(FLOORS)} figures at or above their floors"
    )
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
