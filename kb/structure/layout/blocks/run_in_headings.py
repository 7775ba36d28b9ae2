"""Run-in headings: bold words that open a paragraph on its first lines.

Parted from its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.extract.pdf.lines import line_of
from kb.records import Word
from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.typography import Row, Typography

_MOST_WORDS = {".": 8, ":": 12}  # more make a sentence that opens a text
_MOST = 14
_ROWS = 3  # on which a run-in heading stands, at most
_QUOTES = "‘“\"'("
_DASHES = ("–", "—")
_ENDS = (".", ":", *(f" {dash}" for dash in _DASHES))
_LEAST_LETTERS = 4
_OFTEN = 2  # paragraphs of a document that open so, where it is its way of heading them


def parted(drafts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """`drafts`, each run-in heading a heading of its own, where the document has several."""
    if usual.bold:
        return list(drafts)
    ends = {
        at: end for at, d in enumerate(drafts) if (end := _end_of_heading(d))
    }
    if len(ends) < _OFTEN:
        return list(drafts)
    found: list[Draft] = []
    for at, draft in enumerate(drafts):
        found += _cut(draft, ends[at]) if at in ends else [draft]
    return found


def _end_of_heading(draft: Draft) -> int:
    """How many words of the first lines of a paragraph are its heading; 0 where it has none.

    They are bold, end in a stop, colon or dash, and their line goes on in the type of the text.
    """
    if draft.kind != "paragraph" or len(draft.rows) < 2:
        return 0
    words = [word for row in draft.rows[:_ROWS] for word in row.line.words]
    end = next((at for at, word in enumerate(words) if not word.bold), 0)
    if not 0 < end <= _MOST or _goes_on_bold(draft, end):
        return 0
    return end if _parts_at(words, end) else 0


def _parts_at(words: Sequence[Word], end: int) -> bool:
    """Whether the first `end` words are a heading, and those behind it open a text."""
    if words[end].text in _DASHES:
        return False
    if end > _MOST_WORDS.get(words[end - 1].text[-1:], _MOST):
        return False
    titled = _is_titled(" ".join(word.text for word in words[:end]))
    return titled and words[end].text.lstrip(_QUOTES)[:1].isupper()


def _goes_on_bold(draft: Draft, end: int) -> bool:
    """Whether bold words stand behind the first `end` on the row where these end."""
    for row in draft.rows:
        if end < len(row.line.words):
            return any(word.bold for word in row.line.words[end:])
        end -= len(row.line.words)
    return False


def _is_titled(text: str) -> bool:
    """Whether words have the form of a run-in heading: a capital, letters, a sign at the end."""
    letters = sum(c.isalpha() for c in text)
    return (
        text[0].isupper()
        and text.endswith(_ENDS)
        and letters >= _LEAST_LETTERS
    )


def _cut(draft: Draft, end: int) -> list[Draft]:
    """The heading of a paragraph, and the paragraph without it."""
    head: list[Row] = []
    rows = list(draft.rows)
    while end >= len(rows[0].line.words):
        end -= len(rows[0].line.words)
        head.append(rows.pop(0))
    words = rows[0].line.words
    if end:
        head.append(replace(rows[0], line=line_of(words[:end])))
        rows[0] = replace(rows[0], line=line_of(words[end:]))
    return [Draft("heading", tuple(head)), replace(draft, rows=tuple(rows))]
