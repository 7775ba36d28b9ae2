"""Marks of notes in running text: small raised figures and signs, which are no part of the sentence."""

from __future__ import annotations

import re

from kb.records import Line, Word
from kb.structure.layout.typography import spaced

_MARK = re.compile(
    r"^(?:\d{1,3}(?:\s?,\s?\d{1,3})*|[*†‡]{1,3}|[ivx]{1,4}|[a-e])[.,;:)]?$"
)
_UNIT = re.compile(r"(?:^|[^a-z])(?:[kcdm]?m|10)$")


def unmarked(line: Line) -> str:
    """The text of `line` without marks of notes, except a mark at its very beginning (there it names the note)."""
    words = line.words
    if len(words) < 2 or all(not is_mark(word, line) for word in words[1:]):
        return line.text
    parts: list[str] = []
    last: Word | None = None
    for index, word in enumerate(words):
        if index and is_mark(word, line) and not _UNIT.search(words[index - 1].text):
            kept = word.text.lstrip("0123456789*†‡ivxabcde,")
            if kept and parts:
                parts[-1] += kept
            last = word
            continue
        if last is not None and spaced(last, word):
            parts.append(" ")
        parts.append(word.text)
        last = word
    return "".join(parts)


def is_mark(word: Word, line: Line) -> bool:
    """Whether a word is small, raised, and of the form of a mark."""
    return (
        word.size < 0.85 * line.size
        and word.bottom < line.bottom - 0.12 * line.size
        and bool(_MARK.match(word.text))
    )
