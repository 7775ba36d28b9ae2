"""What is one unit to find and quote? A paragraph, a list with its lead-in, a table with its caption, a slide; in whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kb.dutch import sentences
from kb.records import Block

MOST = 250  # words of a passage by preference
LEAST = 40
_TINY = 15  # words of a paragraph that is joined with its like
_TINY_SUM = 80
_LEAD_IN = 60  # words of a lead-in that always goes with its list whole
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,3}\s")
_SKIPPED = ("furniture", "margin", "figure", "heading")
_ALONE = ("reference", "footnote", "caption")


@dataclass(frozen=True, slots=True)
class Unit:
    """Blocks, or a part of one, that make a passage. `text` and `raw` as they will be shown."""

    kind: str
    text: str
    blocks: tuple[Block, ...]
    section: tuple[str, ...]
    raw: str | None = None
    share: tuple[float, float] = (0.0, 1.0)  # of the text of its one block, for a part


def words(text: str) -> int:
    return len(text.split())


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """The units of a document, in reading order."""
    if _are_slides(blocks):
        return [
            unit
            for section, heads, run in _slides(blocks)
            for unit in _slide(section, heads, run)
        ]
    return [unit for section, run in _sections(blocks) for unit in _units(section, run)]


def _sections(blocks: Iterable[Block]) -> list[tuple[tuple[str, ...], list[Block]]]:
    """Runs of blocks under one heading, with the path of headings above them."""
    path: list[tuple[int, str]] = []
    runs: list[tuple[tuple[str, ...], list[Block]]] = [((), [])]
    for block in blocks:
        if block.kind == "heading":
            level = block.level if block.level is not None else 1
            path = [(above, title) for above, title in path if above < level]
            if level > 0:
                path.append((level, block.text))
            runs.append((tuple(title for _, title in path), []))
        elif block.kind not in _SKIPPED:
            runs[-1][1].append(block)
    return [(section, run) for section, run in runs if run]


def _are_slides(blocks: Sequence[Block]) -> bool:
    """Whether headings are many and what stands under them is little."""
    sizes = [sum(words(b.text) for b in run) for _, run in _sections(blocks)]
    headings = sum(block.kind == "heading" for block in blocks)
    return (
        headings >= 6 and len(sizes) >= 5 and median(sizes) <= 45 and max(sizes) <= 300
    )


def _slides(
    blocks: Iterable[Block],
) -> list[tuple[tuple[str, ...], list[Block], list[Block]]]:
    """Each slide with the path of its headings, its own headings, and what stands under them."""
    found: list[tuple[tuple[str, ...], list[Block], list[Block]]] = []
    path: list[tuple[int, str]] = []
    for block in blocks:
        if block.kind == "heading":
            level = block.level if block.level is not None else 1
            path = [(above, title) for above, title in path if above < level] + (
                [(level, block.text)] if level > 0 else []
            )
            if not found or found[-1][2] or level <= (found[-1][1][-1].level or 0):
                found.append(((), [], []))
            found[-1] = (tuple(title for _, title in path), [*found[-1][1], block], [])
        elif block.kind not in _SKIPPED:
            if not found:
                found.append(((), [], []))
            found[-1][2].append(block)
    return found


def _slide(
    section: tuple[str, ...], heads: list[Block], run: Sequence[Block]
) -> list[Unit]:
    """A slide: its title and all its text in one; its tables, notes and references apart. A title alone counts from four words."""
    plain = [b for b in run if b.kind in ("paragraph", "list", "quote")]
    rest = [b for b in run if b.kind not in ("paragraph", "list", "quote")]
    if not plain and sum(words(b.text) for b in heads) < 4:
        return _units(section, rest)
    return [*_packed([*heads, *plain], section, MOST), *_units(section, rest)]


def _units(section: tuple[str, ...], run: Sequence[Block]) -> list[Unit]:
    found: list[Unit] = []
    at = 0
    while at < len(run):
        block = run[at]
        if block.kind in ("table", "caption") and (table := _table(run, at)):
            found += _table_units(table, section)
            at += len(table)
        elif block.kind == "toc":
            end = _run_end(run, at, ("toc",))
            found += _packed(run[at:end], section, MOST)
            at = end
        elif _introduces(run, at):
            end = _list_end(run, at + (block.kind != "list"))
            found += _list_units(
                [b for b in run[at:end] if b.kind != "footnote"], section
            )
            found += [_unit([b], section) for b in run[at:end] if b.kind == "footnote"]
            at = end
        elif block.kind == "paragraph" and words(block.text) < _TINY:
            end = _tiny_end(run, at)
            found += _packed(run[at:end], section, _TINY_SUM)
            at = end
        else:
            found += (
                [_unit([block], section)]
                if block.kind in _ALONE
                else _whole(block, section)
            )
            at += 1
    return found


def _run_end(run: Sequence[Block], at: int, kinds: tuple[str, ...]) -> int:
    while at < len(run) and run[at].kind in kinds:
        at += 1
    return at


def _list_end(run: Sequence[Block], at: int) -> int:
    """The end of a list; footnotes at the foot of a page do not end it when it goes on after them."""
    end = _run_end(run, at, ("list",))
    after = _run_end(run, end, ("footnote",))
    return (
        _list_end(run, after)
        if end > at and after > end and after < len(run) and run[after].kind == "list"
        else end
    )


def _tiny_end(run: Sequence[Block], at: int) -> int:
    end = at
    while (
        end < len(run)
        and run[end].kind == "paragraph"
        and words(run[end].text) < _TINY
        and not (end > at and _introduces(run, end))
    ):
        end += 1
    return max(end, at + 1)


def _introduces(run: Sequence[Block], at: int) -> bool:
    """A list, or a paragraph that ends in a colon before one."""
    if run[at].kind == "list":
        return True
    return (
        run[at].kind == "paragraph"
        and at + 1 < len(run)
        and run[at + 1].kind == "list"
        and run[at].text.rstrip("*”’ ").endswith((":", "…", "..."))
    )


# -- texts


def _line(block: Block, raw: bool = False) -> str:
    text = (block.raw or block.text) if raw else block.text
    if raw or block.kind != "list" or _NUMBERED.match(text):
        return text
    return f"• {text}"


def _unit(
    blocks: Sequence[Block], section: tuple[str, ...], kind: str | None = None
) -> Unit:
    text = "\n".join(_line(b) for b in blocks)
    raw = (
        "\n".join(_line(b, raw=True) for b in blocks)
        if any(b.raw for b in blocks)
        else None
    )
    return Unit(kind or _chief(blocks), text, tuple(blocks), section, raw)


def _chief(blocks: Sequence[Block]) -> str:
    """A list if it holds one, else the kind of most words."""
    if any(block.kind == "list" for block in blocks):
        return "list"
    sizes: dict[str, int] = {}
    for block in blocks:
        sizes[block.kind] = sizes.get(block.kind, 0) + words(block.text)
    sizes.pop("heading", None)
    return max(sizes, key=lambda kind: sizes[kind], default="paragraph")


def _packed(blocks: Sequence[Block], section: tuple[str, ...], most: int) -> list[Unit]:
    """Blocks together, as many as stay under `most` words; a long one is split."""
    found: list[Unit] = []
    held: list[Block] = []
    for block in blocks:
        if words(block.text) > MOST:
            found += ([_unit(held, section)] if held else []) + _whole(block, section)
            held = []
            continue
        if held and sum(words(b.text) for b in held) + words(block.text) > most:
            found.append(_unit(held, section))
            held = []
        held.append(block)
    return found + ([_unit(held, section)] if held else [])


def _whole(block: Block, section: tuple[str, ...]) -> list[Unit]:
    """One block: a unit, or as many as its length asks for, cut at sentence ends into parts about equally long."""
    total = words(block.text)
    if total <= MOST:
        return [_unit([block], section)]
    parts = even_parts([block.text[a:b] for a, b in sentences.spans(block.text)])
    if len(parts) == 1:
        return [_unit([block], section)]
    found, at = [], 0
    for part in parts:
        share = (at / len(block.text), min(1.0, (at + len(part)) / len(block.text)))
        found.append(Unit(block.kind, part, (block,), section, share=share))
        at += len(part) + 1
    return found


def even_parts(pieces: Sequence[str], most: int = MOST) -> list[str]:
    """Sentences put together to parts of at most `most` words, about equally long; a longer sentence stays whole."""
    sizes = [words(piece) for piece in pieces]
    total = sum(sizes)
    count = -(-total // most)
    target = total / count
    parts: list[list[str]] = [[]]
    filled = 0.0
    for piece, size in zip(pieces, sizes, strict=True):
        over = filled + size > most or (
            filled + size / 2 > target and len(parts) < count
        )
        if parts[-1] and over:
            parts.append([])
            filled = 0.0
        parts[-1].append(piece)
        filled += size
    if (
        len(parts) > 1
        and sum(map(words, parts[-1])) < LEAST // 2
        and sum(map(words, parts[-2])) + sum(map(words, parts[-1])) <= most * 1.2
    ):
        parts[-2:] = [parts[-2] + parts[-1]]
    return [" ".join(part) for part in parts]


# -- lists and tables


def _list_units(run: Sequence[Block], section: tuple[str, ...]) -> list[Unit]:
    """A list with its lead-in. Of a lead-in that is too long to go along whole only the last sentence does."""
    lead = run[0] if run[0].kind != "list" else None
    items = run if lead is None else run[1:]
    if (
        lead is None
        or words(lead.text) <= _LEAD_IN
        or sum(words(block.text) for block in run) <= MOST
    ):
        return _packed(run, section, MOST)
    spans = sentences.spans(lead.text)
    if len(spans) < 2:
        return [*_whole(lead, section), *_packed(items, section, MOST)]
    cut = spans[-1][0]
    before = replace(lead, text=lead.text[:cut].rstrip(), raw=None)
    last = replace(lead, text=lead.text[cut:], raw=None)
    return [*_whole(before, section), *_packed([last, *items], section, MOST)]


def _table(run: Sequence[Block], at: int) -> list[Block]:
    """The blocks of a table with its caption above or below, from `at`; empty when a caption stands alone."""
    end = at + (run[at].kind == "caption")
    end = _run_end(run, end, ("table",))
    tables = run[at:end]
    if not any(b.kind == "table" for b in tables):
        return []
    if (
        run[at].kind == "table"
        and end < len(run)
        and run[end].kind == "caption"
        and run[end].text.lower().lstrip("*").startswith("tab")
    ):
        end += 1
    return list(run[at:end])


def _table_units(blocks: Sequence[Block], section: tuple[str, ...]) -> list[Unit]:
    """A table as lines of cells, its caption first; a long one in several passages, each under the caption."""
    caption = next((b for b in blocks if b.kind == "caption"), None)
    tables = [b for b in blocks if b.kind == "table"]
    lines = [line for b in tables for line in _table_lines(b)]
    head = [caption.text] if caption else []
    parts: list[list[str]] = [[]]
    for line in lines:
        if parts[-1] and sum(map(words, parts[-1])) + words(line) > MOST:
            parts.append([])
        parts[-1].append(line)
    ordered = tuple(b for b in (caption, *tables) if b is not None)
    return [
        Unit("table", "\n".join([*(head if not at else []), *part]), ordered, section)
        for at, part in enumerate(parts)
    ]


def _table_lines(block: Block) -> list[str]:
    if not block.rows:
        return [block.text]
    return [" | ".join(cell for cell in row if cell) for row in block.rows if any(row)]
