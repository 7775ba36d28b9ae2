"""Marks of notes in running text.

Small raised figures and signs, which are no part of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.extract.pdf.lines import spaced
from kb.records import Line, Word

_MARK = re.compile(
    r"^(?P<mark>\d{1,3}(?:\s?,\s?\d{1,3})*|[*†‡]{1,3}|[ivx]{1,4}|[a-e]),?(?P<rest>[.;:)]?)$"
)
_UNIT = re.compile(r"(?:^|[^a-z])(?:[kcdm]?m|10)$")
_SYMBOL = re.compile(r"^[(\[]?[A-Za-zα-ω]{1,2}$")
_COUNTED = re.compile(
    r"(?:\d|^[IVXLC]+)$"
)  # 1e, XIXe: the letter is part of the word
_SMALL = 0.85  # of the size of the line
_RAISED = 0.12  # sizes of type above its baseline


def unmarked(line: Line, notes: Collection[str] = ()) -> str:
    """The text of `line` without marks of notes; one at its very beginning names a note and stays.

    Args:
        notes: the numbers of the notes that this document has.
    """
    words = line.words
    marks = {
        at
        for at in range(1, len(words))
        if is_mark(words[at], line)
        and not _belongs(words[at], words[at - 1], notes)
    }
    if not marks:
        return line.text
    text = ""
    for at, word in enumerate(words):
        own = _after_mark(word.text, text) if at in marks else word.text
        parted = at > 0 and at not in marks and spaced(words[at - 1], word)
        text += f" {own}" if parted else own
    return text


def is_mark(word: Word, line: Line) -> bool:
    """Whether a word is small, raised, and of the form of a mark."""
    if word.size >= _SMALL * line.size:
        return False
    raised = word.bottom < line.bottom - _RAISED * line.size
    return raised and bool(_MARK.match(word.text))


def _belongs(mark: Word, before: Word, notes: Collection[str]) -> bool:
    """Whether something small and raised is part of the word before it: m², 1e, R²."""
    if _UNIT.search(before.text):
        return True
    if mark.text[:1].isalpha() and _COUNTED.search(before.text):
        return True
    return bool(_SYMBOL.match(before.text)) and mark.text not in notes


def _after_mark(mark: str, before: str) -> str:
    """What stands behind a mark in the same raised type.

    A comma leads to another mark; a bracket is part of it but where one is open.

    >>> _after_mark("6)", "bij het koken"), _after_mark("6)", "(bij het koken")
    ('', ')')
    """
    match = _MARK.match(mark)
    rest = match["rest"] if match else mark
    opened = before.count("(") > before.count(")")
    return "" if rest == ")" and not opened else rest
