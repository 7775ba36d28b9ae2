"""Blocks of plain text, typed or read by OCR.

What the layout of a PDF shows, plain text only hints at: blank lines, short lines, and the
sentence itself. A sentence that stops in mid-air goes on in the next paragraph that begins
with a small letter, whatever stands between them. The steps, each a module: `rows` and
`furniture`, `pagination` (with `contents_pages` and `page_sharing`), `paragraphs`,
`classification` (with `headings`, `references` and `figure_text`), `continuation`. `kinds`
judges a line by its words alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.records import Block, Extraction
from kb.structure.plain import kinds
from kb.structure.plain.classification import name_pieces
from kb.structure.plain.continuation import join_pieces
from kb.structure.plain.furniture import find_furniture, without_furniture
from kb.structure.plain.manner import manner_of
from kb.structure.plain.pagination import Label, paged_chunks
from kb.structure.plain.paragraphs import Piece, all_pieces
from kb.structure.plain.rows import chunks_of, rows_of

_READABLE = (
    0.4  # share of the words of a line of contents that the word list knows
)


def plain_blocks(extraction: Extraction) -> tuple[Block, ...]:
    """The blocks of a text, in reading order, with page and printed label.

    Furniture is left out.
    """
    rows = rows_of(extraction.pages)
    if not rows:
        return ()
    chunks = chunks_of(rows)
    furniture = find_furniture(chunks)
    paged, labels = paged_chunks(chunks, furniture)
    manner = manner_of([row for chunk in paged for row in chunk])
    body = chunks_of(without_furniture(paged, furniture))
    pieces = name_pieces(all_pieces(body, manner), manner)
    pieces = join_pieces(pieces, manner)
    return tuple(_block(piece, labels) for piece in pieces)


def _block(piece: Piece, labels: Mapping[int, Label]) -> Block:
    text, raw = _clean(piece), piece.text
    label, label_end = labels.get(piece.page), labels.get(piece.page_end)
    crosses = piece.page_end != piece.page
    return Block(
        kind="figure" if _is_garbled(piece) else piece.kind,
        text=text,
        page=piece.page,
        label=label.text if label else None,
        level=piece.level,
        mark=piece.mark,
        rows=piece.rows,
        page_end=piece.page_end if crosses else None,
        label_end=label_end.text if label_end and crosses else None,
        raw=raw if raw != text else None,
        label_origin=_origin(label, label_end),
        label_between=_between(label, label_end),
    )


def _origin(label: Label | None, label_end: Label | None) -> str:
    """Printed only when both labels are."""
    if label is None:
        return "none"
    return (label_end or label).origin if label.printed else label.origin


def _between(
    label: Label | None, label_end: Label | None
) -> tuple[str | None, str | None]:
    unsure = next(
        (one for one in (label, label_end) if one and not one.printed), None
    )
    return unsure.between if unsure else (None, None)


def _is_garbled(piece: Piece) -> bool:
    """A line of contents that no one can read."""
    if piece.kind != "toc":
        return False
    return (
        kinds.dictionary_share(kinds.LEADERS.split(piece.text)[0]) < _READABLE
    )


def _clean(piece: Piece) -> str:
    """The text without bullet, note mark and markdown signs."""
    text = piece.text
    if piece.kind == "footnote" and piece.mark:
        text = kinds.FOOTNOTE.sub("", text, count=1)
    if piece.kind in ("list", "reference"):
        text = (
            kinds.BULLET.sub("", text, count=1)
            if kinds.BULLET.match(text)
            else text
        )
    if piece.kind == "heading":
        text = kinds.MARKDOWN_HEADING.sub("", text)
    text = re.sub(
        r"\[([^\]\n]{1,300})\]\((?:[^()\s]|\([^()]*\))*\)", r"\1", text
    )
    return _unmarked(text).strip() or piece.text


def _unmarked(text: str) -> str:
    """Without the asterisks of markdown emphasis."""
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", text)
    text = re.sub(
        r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])", r"\1", text
    )
    return re.sub(r"\*\*", "", text)
