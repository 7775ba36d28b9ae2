"""Paragraphs of plain text that go on: over a page, a column, a figure, a note."""

from __future__ import annotations

from collections.abc import Sequence

from kb.datafiles import words
from kb.structure.plain import kinds
from kb.structure.plain.manner import Manner
from kb.structure.plain.paragraphs import BODY, Piece, append, is_cut

# May stand between the halves of a paragraph.
_BETWEEN = ("caption", "figure", "table", "footnote", "heading")
_LOOK_AHEAD = 10  # pieces in which the other half is looked for
_LONGEST = 250  # words that two finished parts may come to
_LEAST_HALF = 6  # words of a half that begins with a capital
_FULL_LINE = 45  # characters of the last line before it
_AFTER_WORD = ",-–—)’”'\"&/"  # signs in which half a sentence may end


def join_pieces(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Join what was cut by a page, a column, a figure or a note."""
    gone: set[int] = set()
    for at, piece in enumerate(pieces):
        if at in gone or piece.kind not in (*BODY, "footnote"):
            continue
        while (other := _continuation(pieces, at, gone)) is not None:
            append(piece, pieces[other], manner)
            gone.add(other)
    return [piece for at, piece in enumerate(pieces) if at not in gone]


def _continuation(
    pieces: Sequence[Piece], at: int, gone: set[int]
) -> int | None:
    """The place of the piece in which a piece goes on, if one does."""
    piece = pieces[at]
    if not is_cut(piece):
        after = at + 1
        free = after < len(pieces) and after not in gone
        return after if free and _runs_on(piece, pieces[after]) else None
    if piece.kind == "footnote":
        return _rest_of_note(pieces, at, gone)
    return _rest_of_paragraph(pieces, at, gone)


def _rest_of_note(
    pieces: Sequence[Piece], at: int, gone: set[int]
) -> int | None:
    """The rest of a note stands at the foot of the next page."""
    note = pieces[at]
    for place in range(at + 1, min(len(pieces), at + _LOOK_AHEAD)):
        other = pieces[place]
        if place in gone:
            continue
        at_foot = (
            other.closes and not other.opens and other.page > note.page_end
        )
        if other.kind == "paragraph" and at_foot:
            return place if other.text[:1].islower() else None
        if other.page > note.page_end + 1:
            return None
    return None


def _rest_of_paragraph(
    pieces: Sequence[Piece], at: int, gone: set[int]
) -> int | None:
    piece, crossed = pieces[at], False
    for place in range(at + 1, min(len(pieces), at + _LOOK_AHEAD)):
        other = pieces[place]
        crossed = crossed or other.opens or other.cut
        if place in gone:
            continue
        if other.chunk == piece.chunk:
            return None  # what was cut on purpose stays cut
        if other.kind in ("paragraph", "quote"):
            return place if _fits(piece, other, crossed) else None
        if other.kind not in _BETWEEN:
            return None
    return None


def _runs_on(piece: Piece, other: Piece) -> bool:
    """Whether a page ended with a full line at the end of a sentence, in mid-paragraph."""
    if not other.close or {piece.kind, other.kind} != {"paragraph"}:
        return False
    if min(len(piece.lines), len(other.lines)) < 2 or piece.text.endswith(
        (":", ";")
    ):
        return False
    together = kinds.word_count(piece.text) + kinds.word_count(other.text)
    full = len(piece.lines[-1]) >= 0.9 * max(map(len, piece.lines))
    return full and together <= _LONGEST


def _fits(piece: Piece, other: Piece, crossed: bool) -> bool:
    """Whether `other` reads as the rest of a sentence."""
    if other.text[:1].islower():
        return piece.text[-1:].isalnum() or piece.text[-1:] in _AFTER_WORD
    broken = piece.text.endswith("-") and not piece.text.endswith(" -")
    if broken and other.text[:1].isalpha():
        return True
    last = piece.lines[-1]
    if (
        not crossed
        or len(last) < _FULL_LINE
        or kinds.word_count(other.text) < _LEAST_HALF
    ):
        return False
    if last.split()[-1].lower() in words(
        "kb.dutch", "unfinished.toml", "unfinished"
    ):
        return True
    return len(piece.lines) > 1 and len(last) >= 0.8 * max(
        map(len, piece.lines)
    )
