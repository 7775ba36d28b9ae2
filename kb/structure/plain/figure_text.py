"""What OCR leaves of figures and tables around their captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.structure.plain import kinds
from kb.structure.plain.paragraphs import Piece, is_cut

_TEXT = ("paragraph", "list")
_NEAR = 6  # pieces around a caption or figure in which scraps are looked for
_SCRAP = 12  # words of a scrap at most
_REACH = 12  # pieces before and after a caption that may be of its figure
_LABEL, _LONE_LABEL = (
    6,
    3,
)  # words of a label near a caption, beside figure text
_LABELS = 3  # labels in a row that need no scrap among them
_TABLE_REACH = 60  # pieces below the caption of a table
_TABLE_CELL = 30  # words of a piece that can be part of a table
_CELL_WIDTH = 75  # characters of its lines
_LONG_LEAD_IN = (
    60  # characters from which a text that ends in a colon is no row
)
_END = re.compile(r"[.!?:;,”’]$")
_WORD = re.compile(r"[^\W\d_]{3}")


def name_figure_text(pieces: Sequence[Piece]) -> None:
    """Scraps beside the caption of a figure or table belong to it."""
    for at, piece in enumerate(pieces):
        if piece.kind == "caption":
            if re.match(r"\**tab", piece.text, re.IGNORECASE):
                _spread_table(pieces, at)
            else:
                _spread_figure(pieces, at)
    for at, piece in enumerate(pieces):
        if (
            piece.kind in _TEXT
            and not piece.rows
            and _is_loose_scrap(pieces, at)
        ):
            piece.kind = "figure"
    for order in (range(1, len(pieces)), range(len(pieces) - 2, -1, -1)):
        _name_labels(pieces, order, -1 if order.step > 0 else 1)


def _is_loose_scrap(pieces: Sequence[Piece], at: int) -> bool:
    """Noise anywhere; near a figure also words without end, and its legend."""
    text = pieces[at].text
    beside = pieces[max(0, at - _NEAR) : at + _NEAR + 1]
    near = any(piece.kind in ("caption", "figure") for piece in beside)
    if near and kinds.is_legend(text):
        return True
    if kinds.word_count(text) >= _SCRAP or _goes_on(pieces, at):
        return False
    return kinds.is_noise(text) or (near and kinds.is_debris(text))


def _goes_on(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a piece is the rest of the sentence before it."""
    if at == 0 or not pieces[at].text[:1].islower():
        return False
    return pieces[at - 1].kind == "paragraph" and is_cut(pieces[at - 1])


def _name_labels(pieces: Sequence[Piece], order: range, step: int) -> None:
    """A few words without end beside the text of a figure are its labels."""
    for at in order:
        piece, beside = pieces[at], pieces[at + step]
        if (piece.kind, beside.kind) != ("paragraph", "figure"):
            continue
        if (
            beside.page != piece.page
            or kinds.word_count(piece.text) > _LONE_LABEL
        ):
            continue
        if not kinds.ends_sentence(piece.text) and not piece.text.endswith(
            (":", ";")
        ):
            piece.kind = "figure"


# -- figures


def _spread_figure(pieces: Sequence[Piece], at: int) -> None:
    """Scraps after a caption, and scraps and labels before it."""
    for piece in pieces[at + 1 : at + 1 + _REACH]:
        if piece.kind not in _TEXT or not _is_scrap(piece.text):
            break
        piece.kind = "figure"
    labels = list(_labels_above(pieces, at))
    if _are_of_figure(labels):
        for piece in labels:
            piece.kind = "figure"


def _labels_above(pieces: Sequence[Piece], at: int) -> Iterator[Piece]:
    """Scraps and labels from a caption upwards."""
    for piece in reversed(pieces[max(0, at - _REACH) : at]):
        if piece.kind not in _TEXT or not (
            _is_scrap(piece.text) or _is_label(piece)
        ):
            return
        yield piece


def _are_of_figure(labels: Sequence[Piece]) -> bool:
    """Whether they are many, or one is a scrap, or the head of a chart tops the page."""
    if len(labels) >= _LABELS or any(
        _is_scrap(piece.text) for piece in labels
    ):
        return True
    top = labels[-1] if labels else None
    return (
        top is not None and top.opens and kinds.word_count(top.text) >= _LABEL
    )


def _is_scrap(text: str) -> bool:
    return kinds.is_debris(text) or kinds.is_legend(text)


def _is_label(piece: Piece) -> bool:
    """A few words without end, or the heads of the columns of a chart that tops a page."""
    text = piece.text
    if _END.search(text) or kinds.ITEM_NUMBER.match(text):
        return False
    if kinds.section_number(text) is not None:
        return False
    head = piece.opens and text[:1].isupper()
    return head or kinds.word_count(text) <= _LABEL


# -- tables


def _spread_table(pieces: Sequence[Piece], at: int) -> None:
    """Rows below the caption of a table, up to the first full sentence."""
    for piece in pieces[at + 1 : _table_end(pieces, at) + 1]:
        worded = piece.kind == "table" or _WORD.search(piece.text) is not None
        piece.kind, piece.level = ("table" if worded else "figure"), None
        piece.rows = kinds.table_rows(piece.lines) if worded else ()


def _table_end(pieces: Sequence[Piece], at: int) -> int:
    """The last piece of the table; its head may stand above its figures."""
    last = at
    for place in range(at + 1, min(len(pieces), at + _TABLE_REACH)):
        piece = pieces[place]
        if _is_row(piece):
            last = place
        elif _ends_table(piece):
            break
        elif place == last + 1 and _is_head(piece):
            last = place
        elif place > last + 2:
            break
    return last


def _is_row(piece: Piece) -> bool:
    if piece.kind == "table":
        return True
    if piece.kind not in _TEXT or kinds.ends_sentence(piece.text):
        return False
    return sum(map(kinds.ends_in_figures, piece.lines)) * 2 >= len(piece.lines)


def _is_head(piece: Piece) -> bool:
    narrow = all(len(line) <= _CELL_WIDTH for line in piece.lines)
    return narrow and piece.kind != "heading"


def _ends_table(piece: Piece) -> bool:
    """A full sentence, a long text, a numbered heading or something of another kind."""
    text = piece.text
    if piece.kind not in (*_TEXT, "heading", "figure") or kinds.ends_sentence(
        text
    ):
        return True
    if (
        kinds.word_count(text) > _TABLE_CELL
        or kinds.section_number(text) is not None
    ):
        return True
    return text.endswith(":") and len(text) > _LONG_LEAD_IN
