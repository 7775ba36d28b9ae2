"""The invisible text that recognition laid under a scanned page.

Straightened, and its type sizes made even.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from kb.extract.pdf.words import Run
from kb.records import Word

_LETTER_READINGS = ("e", "o", "s", "ee", "«e")  # of a bullet
_SIGNS = re.compile(r"^[«»_*=+~°¢©®¥•■▪-]{1,3}$")
_GLUED = re.compile(r"^(?:[«*=¢©®¥]_{0,2}|_{1,2})(?=[A-ZÀ-Þ‘“„][a-zà-ÿA-Z])")
_MOST_SIGNS = 2
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
    return list(_with_bullets(placed, margin))


def _with_bullets(runs: Sequence[Run], margin: float) -> Iterator[Run]:
    """`runs`, what recognition made of a bullet at the head of a line a bullet again.

    It reads "e", "«", "*_" or a sign glued to the first word, before a capital.
    """
    at = 0
    while at < len(runs):
        run = runs[at]
        if not _opens_line(runs, at):
            yield run
            at += 1
            continue
        signs = _signs_from(runs, at)
        text = runs[at + signs] if at + signs < len(runs) else None
        if signs and text is not None and _is_bullet(run, text, margin, signs):
            yield replace(run, word=replace(run.word, text="•"))
            at += signs
            continue
        yield from _unglued(run)
        at += 1


def _opens_line(runs: Sequence[Run], at: int) -> bool:
    if at == 0:
        return True
    word, before = runs[at].word, runs[at - 1]
    return (
        before.word.x0 > word.x0
        or abs(before.base - runs[at].base) > 0.5 * word.size
    )


def _signs_from(runs: Sequence[Run], at: int) -> int:
    """How many words from `at` on can be the reading of a bullet."""
    if runs[at].word.text in _LETTER_READINGS:
        return 1
    count = 0
    while count < _MOST_SIGNS and at + count < len(runs):
        if not _SIGNS.match(runs[at + count].word.text):
            break
        count += 1
    return count


def _is_bullet(run: Run, text: Run, margin: float, signs: int) -> bool:
    """Whether signs at the head of a line stand before a capital, as a bullet does."""
    word, gap = run.word, text.word.x0 - run.word.x1
    if (
        not text.word.text[:1].isupper()
        or abs(text.base - run.base) > 0.6 * word.size
    ):
        return False
    if word.text not in _LETTER_READINGS and word.text != "-":
        return gap < 4 * word.size
    indented = word.x0 > margin + 0.8 * word.size
    return signs == 1 and indented and 0 < gap < 2 * word.size


def _unglued(run: Run) -> Iterator[Run]:
    """A word, parted from the reading of a bullet that is glued to it."""
    match = _GLUED.match(run.word.text)
    if match is None:
        yield run
        return
    word = run.word
    cut = word.x0 + word.width * match.end() / len(word.text)
    yield replace(run, word=replace(word, text="•", x1=cut - 0.3 * word.size))
    yield replace(
        run, word=replace(word, text=word.text[match.end() :], x0=cut)
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
