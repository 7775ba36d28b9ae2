"""What each piece of plain text is.

List item, quotation, footnote, caption, contents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.plain import kinds
from kb.structure.plain.figure_text import name_figure_text
from kb.structure.plain.headings import (
    name_headings,
    name_lettered_headings,
    name_promised,
    nest_articles,
    whole_headings,
)
from kb.structure.plain.manner import Manner
from kb.structure.plain.paragraphs import Piece, append, is_cut
from kb.structure.plain.references import entries, name_sections

_LONGEST_NOTE = 150  # words
_LONGEST_LOST_ITEM = 40  # words of an item that lost its bullet
_NOTE_WITH_SPACE = re.compile(r"\d{1,3}\s+\S")
_SURE_SIGNS = "®#?!"  # what scans make of a raised figure; they need no space behind them
_FLOATING_CHUNKS = (
    2  # chunks over which a note may go on at the foot of a page
)


def name_pieces(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Give each piece its kind, each step leaning on the one before."""
    for at, piece in enumerate(pieces):
        if piece.kind == "paragraph":
            piece.kind = _own_kind(pieces, at)
    pieces = _whole_notes(pieces, manner)
    name_lettered_headings(pieces)
    name_headings(pieces)
    pieces = whole_headings(pieces, manner)
    name_sections(pieces)
    name_promised(pieces)
    nest_articles(pieces)
    name_figure_text(pieces)
    return entries(pieces)


def _own_kind(pieces: Sequence[Piece], at: int) -> str:
    """What a piece is by its own words; level and mark are noted on it."""
    piece = pieces[at]
    text = piece.text
    if match := kinds.MARKDOWN_HEADING.match(text):
        piece.level = len(match.group(1))
        return "heading"
    if kinds.is_caption(text):
        return "caption"
    if kinds.LEADERS.search(text) and kinds.TOC_LINE.match(text):
        return "toc"
    if _is_footnote(pieces, at):
        match = kinds.FOOTNOTE.match(text)
        piece.mark = match.group(1) if match else None
        return "footnote"
    if _is_item(pieces, at):
        return "list"
    return "quote" if piece.alone and kinds.is_quotation(text) else "paragraph"


# -- items


def _is_item(pieces: Sequence[Piece], at: int) -> bool:
    """An item with its sign or number, or one that lost its bullet."""
    text = pieces[at].text
    if kinds.BULLET.match(text) or kinds.ITEM_NUMBER.match(text):
        return True
    return _is_counted(pieces, at) or _follows_item(pieces, at)


def _is_counted(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a line that begins with a bare number has its neighbour close by."""
    match = kinds.BARE_NUMBER.match(pieces[at].text)
    if match is None:
        return False
    number = int(match.group(1))
    near = [*pieces[max(0, at - 3) : at], *pieces[at + 1 : at + 4]]
    numbers = {
        int(found.group(1))
        for piece in near
        if (found := kinds.BARE_NUMBER.match(piece.text))
    }
    return not numbers.isdisjoint((number - 1, number + 1))


def _follows_item(pieces: Sequence[Piece], at: int) -> bool:
    piece = pieces[at]
    before = pieces[at - 1] if at else None
    if before is None or before.kind != "list" or before.chunk != piece.chunk:
        return False
    return kinds.word_count(piece.text) <= _LONGEST_LOST_ITEM


# -- notes


def _is_footnote(pieces: Sequence[Piece], at: int) -> bool:
    """A line at the foot of its page that begins with a mark.

    A superscript mark will do anywhere.
    """
    text = pieces[at].text
    if kinds.SUPERSCRIPT.match(text):
        return True
    match = kinds.FOOTNOTE.match(text)
    if match is None or kinds.word_count(text) > _LONGEST_NOTE:
        return False
    if not _is_at_foot(pieces, at):
        return False
    mark = match.group(1)
    if mark.isdecimal():
        return _is_numbered_note(pieces, at, mark)
    if mark == ">" and not is_cut(pieces[at - 1]):
        return False
    if kinds.BULLET.match(text) and _is_beside_same(pieces, at, mark):
        return False
    return text[match.end() - 1] == " " or mark in _SURE_SIGNS


def _is_numbered_note(pieces: Sequence[Piece], at: int, mark: str) -> bool:
    """Whether a number begins a note, not a date, a section, or the next item of a count."""
    text, before = pieces[at].text, pieces[at - 1]
    if not _NOTE_WITH_SPACE.match(text) or kinds.is_date(text):
        return False
    if kinds.section_number(text) != mark or before.kind == "table":
        return False
    counted = re.match(rf"\(?{int(mark) - 1}[.)]?\s", before.text) is not None
    return not counted or before.kind == "footnote"


def _is_beside_same(pieces: Sequence[Piece], at: int, mark: str) -> bool:
    beside = (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
    return any(piece.text[:1] == mark for piece in beside)


def _is_at_foot(pieces: Sequence[Piece], at: int) -> bool:
    """Whether only notes follow on this page, and something stands above."""
    piece = pieces[at]
    if at == 0 or piece.opens:
        return False
    for other in pieces[at:]:
        note = (
            kinds.FOOTNOTE.match(other.text) is not None
            or other.text[:1].islower()
        )
        far = other.chunk > piece.chunk + _FLOATING_CHUNKS
        if other.chunk > piece.chunk and (far or not note):
            return False
        if other.closes:
            return True
    return True


def _whole_notes(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Footnotes that go on after a blank line at the foot of the same page."""
    found: list[Piece] = []
    for piece in pieces:
        if found and _completes_note(found[-1], piece):
            append(found[-1], piece, manner)
        else:
            found.append(piece)
    return found


def _completes_note(note: Piece, piece: Piece) -> bool:
    if (note.kind, piece.kind) != ("footnote", "paragraph") or piece.opens:
        return False
    if piece.page != note.page_end or not piece.text[:1].islower():
        return False
    return not kinds.ends_sentence(note.text)
