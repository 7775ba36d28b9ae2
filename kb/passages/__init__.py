"""What is one unit to find and quote? Passages are made of blocks, once for every path.

`passages_of` makes them; `reading_card` and `passage_card` say how the reading went.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.passages.card import passage_card, reading_card, report_card
from kb.passages.ids import passage_ids
from kb.passages.pages import place_of_unit
from kb.passages.repair import repaired
from kb.passages.unit import Unit
from kb.passages.units import units_of
from kb.records import Block, Passage

__all__ = [
    "passage_card",
    "passages_of",
    "placed_passages",
    "reading_card",
    "report_card",
]

_BEGIN = 30  # characters that tell a block from others
# What the layout tells of the kind of a passage; the rest is told by `kinds`.
_KINDS = {
    "table": "table",
    "caption": "caption",
    "footnote": "footnote",
    "toc": "contents",
    "reference": "reference",
}


def passages_of(
    document_id: str, blocks: Sequence[Block]
) -> tuple[Passage, ...]:
    """The passages of a document in reading order.

    Args:
        document_id: begins the id of each passage.
        blocks: as `structure.blocks_of` gives them, text as printed.

    Returns:
        Passages with repaired text, section path, pages, labels, boxes and a stable id.
        `kind` is "text" where the layout does not tell it.
    """
    found = placed_passages(document_id, blocks)
    return tuple(passage for passage, _at in found)


def placed_passages(
    document_id: str, blocks: Sequence[Block], begins: Sequence[int] = ()
) -> tuple[tuple[Passage, int], ...]:
    """`passages_of`, each with the number of the block that it begins in.

    Args:
        document_id: begins the id of each passage.
        blocks: of the document.
        begins: where further files of the document begin; no passage runs over into one.
    """
    sound = repaired(blocks)
    number = {id(block): at for at, block in enumerate(sound)}
    files = pairwise([0, *begins, len(sound)])
    units = [unit for at, end in files for unit in units_of(sound[at:end])]
    ids = passage_ids(document_id, [unit.text for unit in units])
    found: list[tuple[Passage, int]] = []
    at = 0
    for position, (own, unit) in enumerate(zip(ids, units, strict=True)):
        first = unit.blocks[0]
        at = number.get(id(first), _alike(first, sound, at))
        found.append((_passage(document_id, own, position, unit), at))
    return tuple(found)


def _alike(block: Block, blocks: Sequence[Block], after: int) -> int:
    """The number of the block that one was made of whose sentence was completed."""
    begin = block.text[:_BEGIN]
    alike = (
        at
        for at in range(after, len(blocks))
        if begin and blocks[at].text.startswith(begin)
    )
    return next(alike, after)


def _passage(document: str, id: str, position: int, unit: Unit) -> Passage:
    place = place_of_unit(unit.blocks, unit.share)
    return Passage(
        id=id,
        document=document,
        text=unit.text,
        position=position,
        kind=_KINDS.get(unit.kind, "text"),
        block=unit.kind,
        section=unit.section,
        page=place.page,
        label=place.label,
        page_end=place.page_end,
        label_end=place.label_end,
        boxes=place.boxes,
        raw=unit.raw,
        repairs=_repairs(unit),
        language=unit.blocks[0].language,
        rows=unit.rows,
        label_origin=place.origin,
        label_between=place.between,
    )


def _repairs(unit: Unit) -> tuple[tuple[str, str], ...]:
    """The repairs that show in the text of a unit, each once."""
    made = (pair for block in unit.blocks for pair in block.repairs)
    return tuple(dict.fromkeys(pair for pair in made if pair[1] in unit.text))
