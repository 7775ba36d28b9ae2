"""The invisible text that recognition laid under a scanned page.

Straightened, and its type sizes made even.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kb.extract.pdf.words import Run
from kb.records import Word

_BULLET_READINGS = (
    "e",
    "o",
    "*",
    "«",
    "»",
    "¢",
    "©",
    "®",
    "+",
    "°",
    "¥",
    "-",
    "«e",
    "ee",
    "s",
    "=",
)
# sizes this near to the usual one are the usual one: recognition guesses them line by
# line
_EVEN = 0.14


def is_ocr_layer(runs: Sequence[Run]) -> bool:
    """Whether most of the text of a page is invisible."""
    letters = sum(len(run.word.text) for run in runs)
    return (
        letters > 0
        and sum(len(run.word.text) for run in runs if run.invisible)
        > 0.5 * letters
    )


def straightened(runs: Sequence[Run]) -> list[Run]:
    """`runs` of a page that lay askew, with level baselines and even sizes."""
    sizes = Counter(
        round(run.word.size * 2) / 2
        for run in runs
        if not run.turned
        for _ in run.word.text
    )
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    slope = _slope(runs)
    placed = [_placed(run, slope, usual) for run in runs]
    lefts = sorted(run.word.x0 for run in placed if not run.turned)
    margin = lefts[len(lefts) // 50] if lefts else 0.0
    return [
        _as_bullet(
            run,
            placed[at + 1] if at + 1 < len(placed) else None,
            placed[at - 1] if at else None,
            margin,
        )
        for at, run in enumerate(placed)
    ]


def _as_bullet(
    run: Run, after: Run | None, before: Run | None, margin: float
) -> Run:
    """Recognition reads a bullet as "e", "«" or "*".

    At the head of an indented line before a capital it is a bullet.
    """
    word = run.word
    if (
        word.text not in _BULLET_READINGS
        or after is None
        or not after.word.text[:1].isupper()
    ):
        return run
    first = (
        before is None
        or before.word.x0 > word.x0
        or abs(before.base - run.base) > 0.5 * word.size
    )
    indented = (
        word.x0 > margin + 0.8 * word.size
        and 0 < after.word.x0 - word.x1 < 2 * word.size
    )
    return (
        replace(run, word=replace(word, text="•"))
        if first and indented
        else run
    )


def _slope(runs: Sequence[Run]) -> float:
    """How far baselines fall for each point to the right."""
    slopes = []
    first: Run | None = None
    last: Run | None = None
    for run in runs:
        if (
            first is not None
            and last is not None
            and -2 < run.word.x0 - last.word.x1 < 2 * run.word.size
            and abs(run.base - last.base) < 0.4 * run.word.size
        ):
            last = run
            continue
        if (
            first is not None
            and last is not None
            and last.word.x0 - first.word.x0 > 150
        ):
            slopes.append(
                (last.base - first.base) / (last.word.x0 - first.word.x0)
            )
        first = last = run
    return median(slopes) if len(slopes) >= 3 else 0.0


def _placed(run: Run, slope: float, usual: float) -> Run:
    word = run.word
    if run.turned:
        return run
    even = abs(word.size - usual) <= _EVEN * usual or not any(
        c.isalpha() for c in word.text
    )
    size = usual if even else word.size
    base = run.base - slope * word.x0
    moved: Word = replace(
        word, top=base - 0.75 * size, bottom=base + 0.25 * size, size=size
    )
    return replace(run, word=moved, base=base)
