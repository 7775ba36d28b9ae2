"""The references of a document.

Its lists (one per article), and sources printed in notes, under figures, on slides and in
the colophon.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.citations.entries.dates import YEAR
from kb.citations.entries.elsewhere import references_in
from kb.citations.entries.parse import parse_entry
from kb.citations.entries.splitting import (
    Piece,
    begins_entry,
    has_sentences,
    heading_of_list,
    is_entry,
    is_prose,
    join,
    part,
    trimmed,
)
from kb.dutch.fold import letters
from kb.records import Block, Reference

_IN_LIST = frozenset({"reference", "list", "paragraph", "quote", "margin"})
# Blocks in a row that are no entries end a list that the layout did not mark.
_STRAY_LIMIT = 2
_LONG_PROSE = 350  # characters; body text, unless it begins as an entry
_SHORT_HEADING = 60
_MIN_MARKED = 15  # characters of what the layout calls a reference

Span = tuple[int, int]  # half-open, of block indices

_LEAD = len("Bron: ")  # characters before a title that are no maker


def references_of(
    document_id: str, blocks: Sequence[Block]
) -> tuple[Reference, ...]:
    """All references printed in a document, in reading order.

    Args:
        document_id: goes before the ids of the references.
        blocks: all blocks of the document.

    Returns:
        References; entries of lists carry the number of their list, from 1.
    """
    runs = _runs(blocks)
    found = [
        *_listed(document_id, blocks, runs),
        *_elsewhere(document_id, blocks, runs),
    ]
    in_order = sorted(found, key=lambda pair: pair[0])
    named = (one for _, one in in_order if not _is_text(one))
    return tuple(_each_once(named))


def _listed(
    document_id: str, blocks: Sequence[Block], runs: Sequence[Span]
) -> Iterator[tuple[int, Reference]]:
    """The entries of lists, each with the block its list begins at."""
    number = 0
    for start, end in runs:
        pieces = _pieces(blocks[start:end])
        if not any(is_entry(piece.text) or piece.marked for piece in pieces):
            continue
        number += 1
        for piece in _entries(pieces):
            yield start, _reference(document_id, piece, "list", number)


def _elsewhere(
    document_id: str, blocks: Sequence[Block], runs: Sequence[Span]
) -> Iterator[tuple[int, Reference]]:
    """What is printed outside the lists, each with its block."""
    inside = {at for start, end in runs for at in range(start, end)}
    for at, block in enumerate(blocks):
        if at in inside:
            continue
        before = blocks[at - 1] if at else None
        for place, piece in references_in(block, before):
            yield at, _reference(document_id, piece, place)


def _is_text(reference: Reference) -> bool:
    """Whether the title is running text: sentences, without a maker before them."""
    title = str(reference.csl.get("title") or "")
    opens = reference.raw.find(title) <= _LEAD
    no_maker = opens or not reference.csl.get("author")
    return no_maker and has_sentences(title)


def _each_once(references: Iterable[Reference]) -> Iterator[Reference]:
    seen: set[str] = set()
    for reference in references:
        if reference.id not in seen:
            seen.add(reference.id)
            yield reference


def _reference(
    document_id: str, piece: Piece, place: str, number: int = 0
) -> Reference:
    raw = " ".join(piece.text.split())
    told = f"{place}{number}{letters(raw)}".encode()
    digest = hashlib.sha1(told, usedforsecurity=False).hexdigest()[:8]
    return Reference(
        id=f"{document_id}-r{digest}",
        document=document_id,
        raw=raw,
        csl=parse_entry(raw),
        page=piece.page,
        label=piece.label,
        place=place,
        list_number=number,
    )


# -- where lists stand


def _is_heading(block: Block) -> bool:
    if block.kind not in {"heading", "paragraph"} or len(block.text) >= 80:
        return False
    return heading_of_list(block.text)


def _runs(blocks: Sequence[Block]) -> list[Span]:
    """Spans that are reference lists."""
    runs: list[Span] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if _is_heading(block):
            start, level = at + 1, block.level
        elif block.kind == "reference":
            start, level = at, None
        else:
            at += 1
            continue
        end = _end_of_list(blocks, start, level)
        if end > start:
            runs.append((start, end))
        at = max(end, at + 1)
    return runs


def _end_of_list(
    blocks: Sequence[Block], start: int, level: int | None
) -> int:
    """Index after the last entry of the list that starts at `start`."""
    end, strays = start, 0
    for at in range(start, len(blocks)):
        block = blocks[at]
        if _ends_list(
            block, blocks[at + 1] if at + 1 < len(blocks) else None, level
        ):
            break
        if block.kind not in _IN_LIST or not block.text.strip():
            continue
        if block.kind == "reference" or is_entry(block.text):
            end, strays = at + 1, 0
            continue
        if _is_long_prose(block.text) or strays == _STRAY_LIMIT:
            break
        strays += 1
        if (
            end == at and strays == 1
        ):  # one stray block may stand between entries
            end = at + 1
    return end


def _ends_list(block: Block, after: Block | None, level: int | None) -> bool:
    if block.kind == "heading":
        return not _is_heading_within(block, after, level)
    return block.kind in _IN_LIST and _is_heading(block)


def _is_heading_within(
    block: Block, after: Block | None, level: int | None
) -> bool:
    """Whether a heading parts a list ("Websites") instead of ending it."""
    if _is_heading(block) or after is None:
        return False
    if after.kind != "reference" and not begins_entry(after.text):
        return False
    deeper = (
        block.level is not None and level is not None and block.level > level
    )
    return deeper or len(block.text) < _SHORT_HEADING


def _is_long_prose(text: str) -> bool:
    return len(text) > _LONG_PROSE and not begins_entry(text)


# -- the entries of a list


def _is_label(block: Block) -> bool:
    """A heading of the list or of a part of it ("Overige bronnen:")."""
    if _is_heading(block):
        return True
    if block.kind == "reference" or len(block.text) >= 120:
        return False
    return block.text.rstrip().endswith(":") and not re.search(
        YEAR, block.text
    )


def _pieces(blocks: Sequence[Block]) -> list[Piece]:
    return [
        Piece(block.text, block.page, block.label, block.kind == "reference")
        for block in blocks
        if block.kind in _IN_LIST
        and block.text.strip()
        and not _is_label(block)
    ]


def _entries(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for joined in join(pieces):
        for found in part(joined):
            piece = replace(found, text=trimmed(found.text))
            found_one = is_entry(piece.text) or _is_marked_entry(piece)
            if found_one and not is_prose(piece.text):
                yield piece


def _is_marked_entry(piece: Piece) -> bool:
    """What the layout calls a reference, unless it is a scrap or a heading."""
    is_label = piece.text.rstrip().endswith(":")
    return piece.marked and len(piece.text) > _MIN_MARKED and not is_label
