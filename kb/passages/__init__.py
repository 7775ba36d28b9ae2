"""What is one unit to find and quote? `passages_of` makes passages of blocks, `report_card` says how the reading went."""

from __future__ import annotations

from collections.abc import Sequence

from kb.passages.card import report_card
from kb.passages.ids import passage_ids
from kb.passages.pages import part_place, place_of
from kb.passages.split import Unit, units_of
from kb.records import Block, Passage
from kb.structure.repair import repaired

__all__ = ["passages_of", "report_card"]

_KINDS = {
    "table": "table",
    "caption": "caption",
    "footnote": "footnote",
    "toc": "contents",
    "reference": "reference",
}


def passages_of(document_id: str, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The passages of a document in reading order, with section path, page, label, boxes and a stable id.

    `kind` is only set as far as the layout tells ("table", "caption", "footnote", "contents", "reference", else "text").
    """
    units = units_of(_as_read(blocks))
    ids = passage_ids(document_id, [unit.text for unit in units])
    return tuple(
        _passage(document_id, id, position, unit)
        for position, (id, unit) in enumerate(zip(ids, units, strict=True))
    )


def _as_read(blocks: Sequence[Block]) -> Sequence[Block]:
    """Blocks with OCR repaired and language told; blocks of a page layout come as they are printed."""
    done = any(block.repairs or block.language != "nl" for block in blocks)
    return blocks if done else repaired(blocks)


def _passage(document: str, id: str, position: int, unit: Unit) -> Passage:
    first = unit.blocks[0]
    place = (
        part_place(first, unit.share)
        if unit.share != (0.0, 1.0)
        else place_of(unit.blocks)
    )
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
        repairs=tuple(
            dict.fromkeys(
                pair
                for block in unit.blocks
                for pair in block.repairs
                if pair[1] in unit.text
            )
        ),
        language=first.language,
        rows=tuple(row for block in unit.blocks for row in block.rows)
        if unit.kind == "table"
        else (),
    )
