"""Words → lines, in the order of the file.

A jump, a wide gap or another baseline begins one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kb.extract.bullets import DRAWN
from kb.extract.pdf.words import Run
from kb.records import Line, Word

# Shares of the size of type.
_WIDE = 1.5  # a wider gap ends a line
_WIDE_MARKED = 2.6  # behind the sign or number of an item
_APART = (
    0.6  # a wider gap between two sizes of type does: a note in the margin
)
_BACK = 0.5  # how far a word may begin before the end of the last
_DRIFT = 0.28  # of a baseline along a line
_RAISED = 0.55  # how far a mark stands above the baseline
_FULL = 0.85  # of the size of a line: smaller words are marks
_SMALL = 0.92  # of the size beside it: text of its own
_HUGE = 1.8  # times the type beside it: a large figure
_LEVEL = 0.1  # baselines this near are one
_MARK = 0.08  # white before a mark that is a space
_CAPITAL = (
    0.22  # the same behind the capital of a letter-spaced word in small ones
)
_SMALL_CAPITALS = 0.65, 0.87  # of the large ones
_LEAST = 3  # characters of a text that may end before other type

_MARKER = re.compile(
    rf"^(?:[{DRAWN}–—-]|\(\d{{1,2}}\)|\(?[a-z]\)|\d{{1,2}}\))$"
)

Style = tuple[float, str, bool, bool, str]


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """Words on one baseline, which may drift a little.

    Raised marks join the line they stand in.
    """
    lines: list[list[Run]] = []
    for run in runs:
        if lines and _continues(lines[-1], run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [line_of([run.word for run in line]) for line in lines]


def _continues(line: list[Run], run: Run) -> bool:
    """Whether `run` stands on the same line, right of its last word."""
    last = line[-1]
    if last.turned or run.turned:
        return False
    size = max(run.word.size, *(other.word.size for other in line[-3:]))
    small = min(run.word.size, last.word.size)
    gap = run.word.x0 - last.word.x1
    fall = abs(run.base - last.base)
    huge = (
        size > _HUGE * small > 0 and fall < _LEVEL * size
    )  # a figure beside a heading
    wide = _WIDE_MARKED if _is_marker(line) else _WIDE
    if (
        huge
        or _is_large_sign(line, run)
        or not -_BACK * size < gap < wide * size
    ):
        return False
    if gap > _APART * size and _is_other_text(line, run, size):
        return False
    if small >= _FULL * size:
        return fall <= _DRIFT * size
    return _is_beside_mark(line, run, size)


def _is_large_sign(line: list[Run], run: Run) -> bool:
    """Whether a line so far is one large sign, such as "!", set before a whole paragraph."""
    sign = line[0].word
    alone = len(line) == 1 and len(sign.text) == 1
    return alone and sign.text in "!?" and sign.size > _HUGE * run.word.size


def _is_marker(line: list[Run]) -> bool:
    """Whether a line so far is the sign or number of an item, from which its text stands apart."""
    return len(line) == 1 and bool(_MARKER.match(line[0].word.text))


def _is_beside_mark(line: list[Run], run: Run, size: float) -> bool:
    """Whether a mark, or text behind one, is on the line: its last full word shows the baseline."""
    full = next(
        (r for r in reversed(line) if r.word.size >= _FULL * size), None
    )
    level = _DRIFT if full and run.word.size >= _FULL * size else _RAISED
    return abs(run.base - (full or line[-1]).base) <= level * size


def _is_other_text(line: list[Run], run: Run, size: float) -> bool:
    """Whether `run` is of other type on the baseline of a whole text.

    A note in the margin.
    """
    last = line[-1]
    if run.invisible or abs(run.base - last.base) >= _LEVEL * size:
        return False
    uneven = min(run.word.size, last.word.size) < _SMALL * size
    return uneven and sum(len(other.word.text) for other in line) > _LEAST


def line_of(words: Sequence[Word]) -> Line:
    """One line of `words`, with the type of its larger part."""
    size, font, bold, italic, color = _type(words)
    text = text_of(words)
    if text.isupper():  # small capitals: the size is that of the large ones
        large = [
            w.size for w in words if w.text.isalpha() and w.size < 1.5 * size
        ]
        size = max([size, *large])
    size = _capitals_of(words) or size
    main = [word for word in words if word.size >= _FULL * size] or words
    return Line(
        text,
        min(word.x0 for word in words),
        min(word.top for word in main),
        max(word.x1 for word in words),
        max(word.bottom for word in main),
        size,
        font,
        bold,
        italic,
        color,
        tuple(words),
    )


def _capitals_of(words: Sequence[Word]) -> float:
    """The size of the capitals where a line is in small ones; else 0.0.

    Small capitals written as small letters: every capital is a run of the larger size.
    """
    large = {round(w.size, 1) for w in words if w.text.isupper()}
    small = {round(w.size, 1) for w in words if w.text.islower()}
    if any(map(_is_mixed, words)) or len(large) != 1 or len(small) != 1:
        return 0.0
    least, most = _SMALL_CAPITALS
    size = large.pop()
    return size if least < small.pop() / size < most else 0.0


def _is_mixed(word: Word) -> bool:
    """Whether a word has both capitals and small letters in one size."""
    return word.text.lower() != word.text != word.text.upper()


def _type(words: Sequence[Word]) -> Style:
    """Size, font, weight, slant and colour of the larger part of `words`."""
    weights: Counter[Style] = Counter()
    for word in words:
        style = (word.size, word.font, word.bold, word.italic, word.color)
        weights[style] += len(word.text)
    return weights.most_common(1)[0][0]


def text_of(words: Sequence[Word]) -> str:
    """The text of words on one line.

    Before a mark a space only where one is to be seen.
    """
    text = words[0].text if words else ""
    for last, word in pairwise(words):
        text += f" {word.text}" if spaced(last, word) else word.text
    return text


def spaced(last: Word, word: Word) -> bool:
    """Whether a space stands between two words of a line.

    A raised mark may follow without one.
    """
    near = _LEVEL * word.size
    even = (
        abs(word.size - last.size) < near
        and abs(word.bottom - last.bottom) < near
    )
    least = _CAPITAL if _is_large_capital(last, word) else _MARK
    return even or word.x0 - last.x1 > least * max(last.size, word.size)


def _is_large_capital(last: Word, word: Word) -> bool:
    """Whether `last` is the capital of a word whose other letters are small capitals."""
    least, most = _SMALL_CAPITALS
    alone = len(last.text) == 1 and last.text.isupper()
    return (
        alone and word.text.islower() and least < word.size / last.size < most
    )
