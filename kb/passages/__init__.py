"""What is one unit to find and quote? `passages_of` makes passages of blocks, `report_card` says how the reading went."""

from __future__ import annotations

from collections.abc import Sequence

from kb.passages.card import report_card
from kb.passages.ids import passage_ids
from kb.passages.split import Unit, units_of
from kb.records import Block, Passage

__all__ = ["passages_of", "report_card"]

_KINDS = {"table": "table", "caption": "caption", "footnote": "footnote", "toc": "contents", "reference": "reference"}


def passages_of(document_id: str, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The passages of a document in reading order, with section path, page, label, boxes and a stable id.

    `kind` is only set as far as the layout tells ("table", "caption", "footnote", "contents", "reference", else "text").
    """
    units = units_of(blocks)
    ids = passage_ids(document_id, [unit.text for unit in units])
    return tuple(_passage(document_id, id, position, unit) for position, (id, unit) in enumerate(zip(ids, units, strict=True)))


def _passage(document: str, id: str, position: int, unit: Unit) -> Passage:
    first = unit.blocks[0]
    last = max(unit.blocks, key=lambda block: block.page_end or block.page)
    page_end = last.page_end or last.page
    label_end = last.label_end or last.label
    return Passage(
        id=id,
        document=document,
        text=unit.text,
        position=position,
        kind=_KINDS.get(unit.kind, "text"),
        block=unit.kind,
        section=unit.section,
        page=first.page,
        label=first.label,
        page_end=page_end if page_end != first.page else None,
        label_end=label_end if page_end != first.page else None,
        boxes=tuple(box for block in unit.blocks for box in block.boxes),
        raw=unit.raw,
        repairs=tuple(dict.fromkeys(pair for block in unit.blocks for pair in block.repairs if pair[1] in unit.text)),
        language=first.language,
        rows=tuple(row for block in unit.blocks for row in block.rows) if unit.kind == "table" else (),
    )
