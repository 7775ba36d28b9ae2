"""What OCR leaves of figures and tables around their captions."""

from __future__ import annotations

import re

from kb.structure.plain import kinds
from kb.structure.plain.pieces import Piece, is_cut


def name_debris(pieces: list[Piece]) -> None:
    """Scraps beside the caption of a figure or table belong to it."""
    for at, piece in enumerate(pieces):
        if piece.kind == "caption":
            if re.match(r"\**tab", piece.text, re.IGNORECASE):
                _spread_table(pieces, at)
            else:
                _spread_figure(pieces, at)
    for at, piece in enumerate(pieces):
        if piece.kind not in ("paragraph", "list") or piece.rows:
            continue
        near = any(
            p.kind in ("caption", "figure") for p in pieces[max(0, at - 6) : at + 7]
        )
        goes_on = (
            piece.text[:1].islower()
            and at > 0
            and pieces[at - 1].kind == "paragraph"
            and is_cut(pieces[at - 1])
        )
        if (
            kinds.word_count(piece.text) < 12
            and not goes_on
            and (kinds.is_noise(piece.text) or (near and kinds.is_debris(piece.text)))
        ) or (near and kinds.is_legend(piece.text)):
            piece.kind = "figure"
    _name_labels(pieces)


def _name_labels(pieces: list[Piece]) -> None:
    """A few words without end beside the debris of a figure are its labels."""
    for order in (range(1, len(pieces)), range(len(pieces) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            piece, beside = pieces[at], pieces[at + step]
            if (
                piece.kind == "paragraph"
                and beside.kind == "figure"
                and beside.page == piece.page
                and kinds.word_count(piece.text) <= 3
            ):
                finished = kinds.ends_sentence(piece.text) or piece.text.endswith(
                    (":", ";")
                )
                piece.kind = piece.kind if finished else "figure"


def _spread_figure(pieces: list[Piece], at: int) -> None:
    """Debris after a caption, and debris and labels before it."""
    place = at + 1
    while (
        place < len(pieces)
        and place <= at + 12
        and pieces[place].kind in ("paragraph", "list")
        and _is_scrap(pieces[place].text)
    ):
        pieces[place].kind = "figure"
        place += 1
    labels = []
    for place in range(at - 1, max(-1, at - 13), -1):
        piece = pieces[place]
        if piece.kind not in ("paragraph", "list") or not (
            _is_scrap(piece.text) or _is_label(piece)
        ):
            break
        labels.append(piece)
    sure = (
        any(_is_scrap(piece.text) for piece in labels)
        or len(labels) >= 3
        or (
            len(labels) >= 1
            and labels[-1].opens
            and kinds.word_count(labels[-1].text) >= 6
        )
    )
    for piece in labels if sure else ():
        piece.kind = "figure"


def _is_scrap(text: str) -> bool:
    return kinds.is_debris(text) or kinds.is_legend(text)


def _is_label(piece: Piece) -> bool:
    """A few words without end, or the captions of columns of a chart that a page begins with."""
    text = piece.text
    if (
        re.search(r"[.!?:;,”’]$", text)
        or kinds.section_number(text) is not None
        or kinds.ITEM_NUMBER.match(text)
    ):
        return False
    return kinds.word_count(text) <= 6 or (piece.opens and text[:1].isupper())


def _spread_table(pieces: list[Piece], at: int) -> None:
    """Rows below the caption of a table, up to the first full sentence; the head of the table may stand above its figures."""
    last = at
    for place in range(at + 1, min(len(pieces), at + 60)):
        piece = pieces[place]
        if _is_row(piece):
            last = place
        elif (
            (
                piece.kind not in ("paragraph", "list", "heading", "figure")
                or kinds.ends_sentence(piece.text)
                or (piece.text.endswith(":") and len(piece.text) > 60)
            )
            or kinds.section_number(piece.text) is not None
            or kinds.word_count(piece.text) > 30
        ):
            break
        elif (
            place == last + 1
            and all(len(line) <= 75 for line in piece.lines)
            and piece.kind != "heading"
        ):
            last = place
        elif place > last + 2:
            break
    for piece in pieces[at + 1 : last + 1]:
        piece.kind, piece.level = (
            (
                "table"
                if re.search(r"[^\W\d_]{3}", piece.text) or piece.kind == "table"
                else "figure"
            ),
            None,
        )
        piece.rows = (
            tuple(kinds.cells(line) for line in piece.lines)
            if piece.kind == "table"
            else ()
        )


def _is_row(piece: Piece) -> bool:
    if piece.kind == "table":
        return True
    figures = sum(kinds.ends_in_figures(line) for line in piece.lines)
    return (
        piece.kind in ("paragraph", "list")
        and figures * 2 >= len(piece.lines)
        and not kinds.ends_sentence(piece.text)
    )
