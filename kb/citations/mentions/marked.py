"""Which sentence carries the mark of a note? What the note cites is cited there.

The mark itself is no part of the sentence and was left out of its text; the text as printed
still has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.citations.mentions.notes import is_note
from kb.dutch.fold import letters
from kb.records import Block, Citation, Passage

_BODY = ("paragraph", "list", "quote")
_BEFORE = 60  # characters before a mark in which its sentence is known again
_FEWEST = 12  # letters of these
_NUMBER = re.compile(r"\d{1,3}|[*†‡]{1,3}")


def at_marks(
    citations: Sequence[Citation],
    passages: Sequence[Passage],
    blocks: Sequence[Block],
) -> list[Citation]:
    """The citations, those of notes with the passage and the place of the note's mark.

    Args:
        citations: of a document.
        passages: all of it.
        blocks: all of it, with `raw` as printed.
    """
    citing = {citation.passage for citation in citations}
    places: dict[str, tuple[str, int]] = {}
    notes = [p for p in passages if p.id in citing and is_note(p)]
    for note in notes:
        if found := _place(note, passages, blocks):
            places[note.id] = found
    return [_placed(citation, places) for citation in citations]


def _placed(
    citation: Citation, places: dict[str, tuple[str, int]]
) -> Citation:
    if citation.passage not in places:
        return citation
    passage, at = places[citation.passage]
    return replace(citation, noted_in=passage, noted_at=at)


def _place(
    note: Passage, passages: Sequence[Passage], blocks: Sequence[Block]
) -> tuple[str, int] | None:
    """The passage with the mark of a note, and where in its text the mark stands."""
    mark = _mark(note, blocks)
    before = _before_mark(mark, note.page, blocks) if mark else ""
    if not before:
        return None
    for passage in passages:
        if is_note(passage) or not _is_near(passage, note.page):
            continue
        at = _end_of(before, passage.text)
        if at is not None:
            return passage.id, at
    return None


def _is_near(passage: Passage, page: int) -> bool:
    last = passage.page_end or passage.page
    return passage.page <= page <= last


def _mark(note: Passage, blocks: Sequence[Block]) -> str:
    """The mark at the begin of a note, as the layout read it."""
    said = letters(note.text)
    for block in blocks:
        is_one = block.kind == "footnote" and block.mark
        if (
            is_one
            and block.page == note.page
            and said.startswith(letters(block.text)[: max(len(said), 1)])
        ):
            mark = (block.mark or "").strip(" .)")
            return mark if _NUMBER.fullmatch(mark) else ""
    return ""


def _before_mark(mark: str, page: int, blocks: Iterable[Block]) -> str:
    """The words just before a mark: printed there, and left out of the text.

    "" where no block has it, or more than one: then it is not known which is meant.
    """
    printed = re.compile(
        rf"(?<=[\w.,;:!?)’”\"'»]){re.escape(mark)}(?=[\s.,;:)]|$)"
    )
    found = []
    for block in blocks:
        last = block.page_end or block.page
        if block.kind not in _BODY or not block.raw:
            continue
        if not block.page <= page <= last:
            continue
        for match in printed.finditer(block.raw):
            before = block.raw[max(0, match.start() - _BEFORE) : match.start()]
            if _left_out(before, mark, block):
                found.append(before)
    return found[0] if len(found) == 1 else ""


def _left_out(before: str, mark: str, block: Block) -> bool:
    """Whether what is printed behind these words stands in the text no more."""
    if not mark.isdecimal():
        return (block.raw or "").count(mark) > block.text.count(mark)
    return letters(before) + mark not in letters(block.text)


def _end_of(before: str, text: str) -> int | None:
    """Where in `text` the words `before` end, whatever hyphens and spaces lie between."""
    wanted = letters(before)
    if len(wanted) < _FEWEST:
        return None
    at = [n for n, char in enumerate(text) for _ in letters(char)]
    start = letters(text).find(wanted)
    if start < 0 or start + len(wanted) > len(at):
        return None
    return at[start + len(wanted) - 1] + 1
