"""Write the typeset documents: `python -m scripts.typeset OUT [FIRST LAST STEP]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.typeset import office, web
from scripts.typeset.layouts import Layout, layout
from scripts.typeset.mixed import MIXED, mixed
from scripts.typeset.reports import report
from scripts.typeset.truth import truth

COUNT = 64
_BATCH = 8  # documents that LibreOffice prints in one go


def write(numbers: Sequence[int], folder: Path) -> None:
    """Documents and their truth."""
    drawn = {folder / f"t{n:03}.pdf": _layout(n) for n in numbers}
    made = {target: report(found) for target, found in drawn.items()}
    sources = []
    for target, found in drawn.items():
        if found.engine == "web":
            web.print_page(made[target], found, target)
        else:
            sources.append(office.write(made[target], found, target))
    office.print_all(sources)
    for target, found in drawn.items():
        right = truth(made[target], found, target)
        text = json.dumps(right, ensure_ascii=False, indent=1)
        target.with_suffix(".json").write_text(text, encoding="utf-8")


def _layout(number: int) -> Layout:
    drawn = layout(number)
    return mixed(drawn) if number >= MIXED else drawn


def main(arguments: list[str]) -> None:
    """The even numbers were looked at while rules were made, the odd ones were not."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    limits = [int(value) for value in arguments[1:]] or [0, COUNT, 1]
    numbers = range(*limits)
    for at in range(0, len(numbers), _BATCH):
        write(numbers[at : at + _BATCH], folder)


if __name__ == "__main__":
    main(sys.argv[1:])
