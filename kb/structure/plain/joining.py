"""Paragraphs of plain text that go on: over a page, a column, a figure, a note."""

from __future__ import annotations

from collections.abc import Sequence

from kb.structure.plain import kinds
from kb.structure.plain.pieces import BODY, Manner, Piece, append, is_cut

_BETWEEN = (
    "caption",
    "figure",
    "table",
    "footnote",
    "heading",
)  # may stand between the halves of a paragraph
_LOOK_AHEAD = 10
_LONGEST = 250  # words that two finished parts may come to


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


def _continuation(pieces: Sequence[Piece], at: int, gone: set[int]) -> int | None:
    """The piece in which a cut piece goes on, if one does."""
    piece = pieces[at]
    if not is_cut(piece):
        return (
            at + 1
            if at + 1 < len(pieces)
            and at + 1 not in gone
            and _runs_on(piece, pieces[at + 1])
            else None
        )
    crossed = False
    for place in range(at + 1, min(len(pieces), at + _LOOK_AHEAD)):
        other = pieces[place]
        crossed = crossed or other.opens or other.cut
        if place in gone:
            continue
        if piece.kind == "footnote":
            if (
                other.kind == "paragraph"
                and other.closes
                and not other.opens
                and other.page > piece.page_end
            ):
                return place if other.text[:1].islower() else None
            if other.page > piece.page_end + 1:
                return None
        elif other.chunk == piece.chunk:
            return None  # what was cut on purpose stays cut
        elif other.kind in ("paragraph", "quote"):
            return place if _fits(piece, other, crossed) else None
        elif other.kind not in _BETWEEN:
            return None
    return None


def _runs_on(piece: Piece, other: Piece) -> bool:
    """Whether a page ended with a full line at the end of a sentence, in the middle of a paragraph."""
    if (
        not other.close
        or (piece.kind, other.kind) != ("paragraph", "paragraph")
        or len(piece.lines) < 2
        or len(other.lines) < 2
    ):
        return False
    full = len(piece.lines[-1]) >= 0.9 * max(map(len, piece.lines))
    return (
        full
        and not piece.text.endswith((":", ";"))
        and kinds.word_count(piece.text) + kinds.word_count(other.text) <= _LONGEST
    )


def _fits(piece: Piece, other: Piece, crossed: bool) -> bool:
    """Whether `other` reads as the rest of a sentence."""
    if other.text[:1].islower():
        return piece.text[-1:].isalnum() or piece.text[-1:] in ",-–—)’”'\"&/"
    if (
        piece.text.endswith("-")
        and other.text[:1].isalpha()
        and not piece.text.endswith(" -")
    ):
        return True
    last = piece.lines[-1]
    if not crossed or len(last) < 45 or kinds.word_count(other.text) < 6:
        return False
    width = max(map(len, piece.lines))
    return last.split()[-1].lower() in kinds.words("unfinished") or (
        len(piece.lines) > 1 and len(last) >= 0.8 * width
    )
