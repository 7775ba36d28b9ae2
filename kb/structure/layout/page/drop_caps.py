"""Drop caps: a large first letter beside the first lines of a paragraph belongs to its
first word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.dutch.wordlist import is_word
from kb.records import Line
from kb.structure.layout.typography import Typography

_LARGE = 1.8  # times the size of the text
_MOST_LETTERS = 2
_REACH = 2.0  # sizes of the text between the cap and the lines beside it
_LEVEL = (
    0.9  # sizes of the text between the heads of the cap and of the first line
)


def with_drop_caps(lines: Sequence[Line], usual: Typography) -> list[Line]:
    """`lines`, each drop cap joined to the line beside its head."""
    found = list(lines)
    for cap in [line for line in lines if _is_cap(line, usual)]:
        beside = [line for line in found if _is_beside(line, cap, usual)]
        first = min(beside, key=lambda line: line.bottom, default=None)
        if first is None or not _opens_with(cap, first, usual):
            continue
        beside_ids = {id(line) for line in beside}
        found = [
            _moved(line, cap, line is first)
            if id(line) in beside_ids
            else line
            for line in found
            if line is not cap
        ]
    return found


def _is_cap(line: Line, usual: Typography) -> bool:
    """Whether a line is one or two capitals in very large type."""
    text = line.text.strip().lstrip("‘'“\"")
    return (
        0 < len(text) <= _MOST_LETTERS
        and text.isalpha()
        and text[0].isupper()
        and line.size >= _LARGE * usual.size
    )


def _is_beside(line: Line, cap: Line, usual: Typography) -> bool:
    """Whether a line of text stands right of a cap, between its head and its foot."""
    if line is cap or abs(line.size - usual.size) > 0.1 * usual.size:
        return False
    near = -0.5 * usual.size < line.x0 - cap.x1 < _REACH * usual.size
    within = (
        line.top > cap.top - usual.size
        and line.bottom < cap.bottom + usual.size
    )
    return near and within


def _opens_with(cap: Line, first: Line, usual: Typography) -> bool:
    """Whether `first` goes on where the cap stops.

    Level with its head, in small letters.
    """
    # A cap is as high as about seven tenths of its size, from its baseline up.
    head = cap.bottom - 0.95 * cap.size
    level = abs(first.top + 0.05 * first.size - head) < _LEVEL * usual.size
    letter = first.text.lstrip()[:1]
    return level and (letter.islower() or letter.isupper() or letter in "’'")


def _moved(line: Line, cap: Line, is_first: bool) -> Line:
    """A line beside a cap, as if it began where the cap does.

    The first with its letter.
    """
    if not is_first:
        return replace(line, x0=cap.x0)
    letter, word = cap.text.strip(), line.text.split(" ", 1)[0].strip(".,;:")
    glued = not is_word(word) or _is_one_word(letter, word)
    text = f"{letter}{line.text}" if glued else f"{letter} {line.text}"
    return replace(line, text=text, x0=cap.x0, words=())


def _is_one_word(letter: str, word: str) -> bool:
    """Whether a capital opens the word beside it: D + e, but U + kunt."""
    return len(letter) == 1 and letter not in "UO" and is_word(letter + word)
