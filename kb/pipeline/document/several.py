"""What do the files of one record say together? Its pages are counted through.

Zotero keeps a web page beside the PDF that was made of it: what only repeats the files before
it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.dutch.fold import fold
from kb.pipeline.document.products import FileRead
from kb.records import Block, Box, Problem

_RUN = 8  # words; two texts that share one by chance are rare
# Two layouts of one text differ in heads and notes; an appendix repeats a title at most.
_COPY = 0.6


def together(files: Sequence[tuple[str, FileRead]]) -> FileRead:
    """The files as one; a single one as it is.

    Args:
        files: name and contents of each, in the order of the record.
    """
    (_first, whole), *others = files
    if not others:
        return whole
    kept = [files[0]]
    runs = set(_runs(whole.blocks))
    problems = list(whole.problems)
    for name, found in others:
        problems += found.problems
        own = set(_runs(found.blocks))
        if own and len(own & runs) >= _COPY * len(own):
            values = {"file": name, "first": files[0][0]}
            told = Problem("", "file_is_copy", values=values, severity="note")
            problems.append(told)
            continue
        runs |= own
        kept.append((name, found))
    return _joined(kept, tuple(problems))


def _joined(
    files: Sequence[tuple[str, FileRead]], problems: tuple[Problem, ...]
) -> FileRead:
    blocks: list[Block] = []
    pages: list[tuple[str, int]] = []
    begins: list[int] = []
    before = 0
    for name, found in files:
        begins.append(len(blocks))
        count = max(int(found.card.get("pages") or 0), 1)
        blocks += [_moved(block, before) for block in found.blocks]
        pages.append((name, count))
        before += count
    cards = [found.card for _name, found in files]
    metadata: dict[str, Any] = {}
    for _name, found in reversed(files):
        metadata |= found.metadata
    card = {**_card(cards), "files": pages}
    later = tuple(begins[1:])
    return FileRead(tuple(blocks), metadata, problems, card, later)


def _moved(block: Block, pages: int) -> Block:
    """A block on a page so many later."""
    if not pages:
        return block
    end = block.page_end
    return replace(
        block,
        page=block.page + pages,
        page_end=None if end is None else end + pages,
        boxes=tuple(_moved_box(box, pages) for box in block.boxes),
    )


def _moved_box(box: Box, pages: int) -> Box:
    return replace(box, page=box.page + pages)


def _card(cards: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts together; of a share the lowest, since a reader wants to know the worst."""
    made: dict[str, Any] = {}
    for name in cards[0]:
        values = [card.get(name) for card in cards]
        counts = [value for value in values if type(value) is int]
        shares = [value for value in values if isinstance(value, float)]
        if shares:
            made[name] = min(shares)
        elif counts:
            made[name] = sum(counts)
        else:
            made[name] = next((value for value in values if value), values[0])
    return made


def _runs(blocks: Iterable[Block]) -> Iterable[tuple[str, ...]]:
    """Every eight words on a row."""
    words = [
        word
        for block in blocks
        if block.kind != "furniture"
        for word in fold(block.text).split()
    ]
    return (
        tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)
    )
