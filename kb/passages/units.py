"""What is one unit to find and quote? In whole sentences, never a heading or a sign.

A paragraph; a list with its lead-in; a table with its caption; all text of a slide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.passages.sections import are_slides, sections_of
from kb.passages.sizes import MOST, even_parts, sentence_spans, words
from kb.passages.source_lines import (
    names_speaker,
    takes_source,
    tells_source,
    with_source,
    with_speaker,
)
from kb.passages.tables import TablePart, table_at, table_parts
from kb.passages.unit import Unit
from kb.records import Block

_TINY = 15  # words of a paragraph that is joined with its like
_TINY_SUM = 80  # words that they may come to
_LEAD_IN = 60  # words of a lead-in that always goes with its list whole
_NUMBERED = re.compile(
    r"\W?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,3}(?:\.\d{1,3})*\s|Artikel\s"
)
_SAYS_SOMETHING = re.compile(r"[^\W\d_]{3}")
_ALONE = ("reference", "footnote", "caption")
_TEXT = ("paragraph", "list", "quote")


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """The units of a document, in reading order."""
    sections = sections_of(blocks)
    make = _slide_units if are_slides(sections) else _run_units
    return [
        replace(unit, section=section.path)
        for section in sections
        for unit in make(section.blocks)
        if unit.kind in _ALONE or _SAYS_SOMETHING.search(unit.text)
    ]


def _slide_units(run: Sequence[Block]) -> list[Unit]:
    """A slide: all its text in one; its tables, notes and references apart."""
    text = [block for block in run if block.kind in _TEXT]
    rest = [block for block in run if block.kind not in _TEXT]
    return [*_packed(text, MOST), *_run_units(rest)]


def _run_units(run: Sequence[Block]) -> list[Unit]:
    found: list[Unit] = []
    at = 0
    while at < len(run):
        units, at = _next_units(run, at)
        found += units
        if (
            found
            and at < len(run)
            and (whole := _with_line(found[-1], run[at]))
        ):
            found[-1] = whole
            at += 1
    return found


def _with_line(unit: Unit, below: Block) -> Unit | None:
    """A unit with the line below it, where that tells its source or its speaker."""
    if takes_source(unit) and tells_source(below):
        return with_source(unit, below)
    return with_speaker(unit, below) if names_speaker(unit, below) else None


def _next_units(run: Sequence[Block], at: int) -> tuple[list[Unit], int]:
    """The units of what begins at `at`, and where the next thing begins."""
    block = run[at]
    if table := table_at(run, at):
        return [_table_unit(part) for part in table_parts(table)], at + len(
            table
        )
    if block.kind == "toc":
        end = _run_end(run, at, ("toc",))
        return _packed(run[at:end], MOST), end
    if _introduces_list(run, at):
        end = _list_end(run, at + (block.kind != "list"))
        notes = [b for b in run[at:end] if b.kind == "footnote"]
        items = [b for b in run[at:end] if b.kind != "footnote"]
        return [*_list_units(items), *(_unit([note]) for note in notes)], end
    if _introduces_paragraph(run, at):
        return _lead_in_units(block, run[at + 1]), at + 2
    if _is_tiny(block):
        end = _tiny_end(run, at)
        return _packed(run[at:end], _TINY_SUM), end
    if block.kind in _ALONE:
        return [_unit([block])], at + 1
    return _whole(block), at + 1


def _run_end(run: Sequence[Block], at: int, kinds: tuple[str, ...]) -> int:
    while at < len(run) and run[at].kind in kinds:
        at += 1
    return at


def _list_end(run: Sequence[Block], at: int) -> int:
    """The end of a list; notes at the foot of a page do not end it when it goes on."""
    end = _run_end(run, at, ("list",))
    after = _run_end(run, end, ("footnote",))
    goes_on = end > at and end < after < len(run) and run[after].kind == "list"
    return _list_end(run, after) if goes_on else end


def _is_tiny(block: Block) -> bool:
    return block.kind == "paragraph" and words(block.text) < _TINY


def _tiny_end(run: Sequence[Block], at: int) -> int:
    end = at + 1
    while (
        end < len(run) and _is_tiny(run[end]) and not _introduces_any(run, end)
    ):
        end += 1
    return end


def _introduces_any(run: Sequence[Block], at: int) -> bool:
    return _introduces_list(run, at) or _introduces_paragraph(run, at)


def _introduces_list(run: Sequence[Block], at: int) -> bool:
    """A list, or a paragraph that ends in a colon before one."""
    if run[at].kind == "list":
        return True
    return _leads_in(run, at, ("list",), (":", "…", "..."))


def _introduces_paragraph(run: Sequence[Block], at: int) -> bool:
    """A short paragraph that ends in a colon before another that is not tiny."""
    if not _leads_in(run, at, ("paragraph", "quote"), (":",)):
        return False
    return words(run[at].text) <= _LEAD_IN and not _is_tiny(run[at + 1])


def _leads_in(
    run: Sequence[Block],
    at: int,
    kinds: tuple[str, ...],
    ends: tuple[str, ...],
) -> bool:
    if (
        run[at].kind != "paragraph"
        or at + 1 >= len(run)
        or run[at + 1].kind not in kinds
    ):
        return False
    return run[at].text.rstrip("*”’ ").endswith(ends)


# -- texts


def _unit(blocks: Sequence[Block]) -> Unit:
    alone = len(blocks) == 1
    text = "\n".join(_line(block, alone) for block in blocks)
    raw = None
    if any(block.raw for block in blocks):
        raw = "\n".join(block.raw or block.text for block in blocks)
    return Unit(_chief_kind(blocks), text, tuple(blocks), raw=raw)


def _line(block: Block, alone: bool = False) -> str:
    """A block as a line of a passage: an item with its number, else with a bullet."""
    if block.kind != "list":
        return block.text
    if block.mark and not block.text.startswith(block.mark):
        return f"{block.mark} {block.text}"
    bare = alone or _NUMBERED.match(block.text)
    return block.text if bare else f"• {block.text}"


def _chief_kind(blocks: Sequence[Block]) -> str:
    """A list if it holds one, else the kind of most words."""
    if any(block.kind == "list" for block in blocks):
        return "list"
    sizes: dict[str, int] = {}
    for block in blocks:
        sizes[block.kind] = sizes.get(block.kind, 0) + words(block.text)
    return max(sizes, key=lambda kind: sizes[kind], default="paragraph")


def _packed(blocks: Sequence[Block], most: int) -> list[Unit]:
    """Blocks together, as many as stay under `most` words; a long one is split."""
    found: list[Unit] = []
    held: list[Block] = []
    filled = 0
    for block in blocks:
        size = words(block.text)
        if held and filled + size > most:
            found.append(_unit(held))
            held, filled = [], 0
        if size > MOST:
            found += _whole(block)
            continue
        held.append(block)
        filled += size
    return [*found, _unit(held)] if held else found


def _whole(block: Block) -> list[Unit]:
    """A unit of one block, or as many as its length asks for, about equally long."""
    if words(block.text) <= MOST:
        return [_unit([block])]
    spans = sentence_spans(block.text)
    parts = even_parts([block.text[start:end] for start, end in spans])
    if len(parts) == 1:
        return [_unit([block])]
    found, at = [], 0
    for part in parts:
        start, end = spans[at][0], spans[at + len(part) - 1][1]
        at += len(part)
        share = (start / len(block.text), end / len(block.text))
        found.append(
            Unit(block.kind, block.text[start:end], (block,), share=share)
        )
    return found


def _lead_in_units(lead: Block, block: Block) -> list[Unit]:
    """A short lead-in with the paragraph it leads in, or with the first part of it."""
    if words(lead.text) + words(block.text) <= MOST:
        return [replace(_unit([lead, block]), kind=block.kind)]
    first, *rest = _whole(block)
    raw = (
        None if first.raw is None else f"{lead.raw or lead.text}\n{first.raw}"
    )
    text = f"{lead.text}\n{first.text}"
    return [replace(first, text=text, raw=raw, blocks=(lead, block)), *rest]


def _list_units(run: Sequence[Block]) -> list[Unit]:
    """A list with its lead-in; of one too long to go along, only its last sentence."""
    lead, items = run[0], run[1:]
    short = (
        words(lead.text) <= _LEAD_IN or sum(words(b.text) for b in run) <= MOST
    )
    if lead.kind == "list" or short:
        return _packed(run, MOST)
    spans = sentence_spans(lead.text)
    if len(spans) < 2:
        return [*_whole(lead), *_packed(items, MOST)]
    cut = spans[-1][0]
    before = replace(lead, text=lead.text[:cut].rstrip(), raw=None)
    last = replace(lead, text=lead.text[cut:], raw=None)
    return [*_whole(before), *_packed([last, *items], MOST)]


def _table_unit(part: TablePart) -> Unit:
    return Unit("table", part.text, part.blocks, rows=part.rows)
