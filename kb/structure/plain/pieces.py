"""Paragraphs of plain text in the making: chunks of lines, cut where a line begins something new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.dutch import hyphens
from kb.structure.plain import kinds
from kb.structure.plain.pages import Chunk, Row, chunks_of

_CUT_LINE = 30  # characters: a shorter line is not the cut end of a paragraph

BODY = ("paragraph", "list", "quote")


@dataclass(slots=True)
class Piece:
    """A block in the making: its lines, and what is known of it so far."""

    kind: str
    lines: list[str]
    page: int
    page_end: int
    opens: bool = False  # first on its page
    closes: bool = False  # last on its page
    cut: bool = False  # furniture stood just before it
    close: bool = (
        False  # a page begins with it, but no blank line parts it from the page before
    )
    alone: bool = False  # the whole of its chunk
    chunk: int = 0
    level: int | None = None
    promised: bool = False  # a heading that the table of contents names
    mark: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = field(default="")


@dataclass(frozen=True, slots=True)
class Manner:
    """How this text is written: whether lines are broken at a width, and its own words."""

    wrapped: bool
    vocabulary: Counter[str]
    widths: Mapping[int, int]  # characters of the longest line of each page
    ragged: frozenset[
        int
    ]  # pages whose lines are of all lengths: answers, names, titles, one a line


def manner_of(rows: Sequence[Row]) -> Manner:
    filled = [chunk for chunk in chunks_of(rows) if len(chunk) >= 3]
    wrapped = sum(len(chunk) for chunk in filled if _is_prose(chunk)) >= 0.2 * len(rows)
    pages: dict[int, list[int]] = {}
    for row in rows:
        pages.setdefault(row.page, []).append(len(row.text))
    widths = {page: _breadth(found) for page, found in pages.items()}
    ragged = frozenset(page for page, found in pages.items() if _is_ragged(found))
    return Manner(
        wrapped, hyphens.vocabulary_of(row.text for row in rows), widths, ragged
    )


def _is_prose(chunk: Chunk) -> bool:
    """Whether the lines of a chunk were broken at a width: most are nearly as long as the longest, and none is a whole page long."""
    lengths = sorted(len(row.text) for row in chunk[:-1])
    usual, long = (lengths[int(part * (len(lengths) - 1))] for part in (0.6, 0.9))
    even = sum(length >= 0.75 * usual for length in lengths) >= 0.7 * len(lengths)
    return 25 <= usual <= 220 and (
        even or sum(length >= 0.7 * long for length in lengths) >= 0.6 * len(lengths)
    )


def _breadth(lengths: Sequence[int]) -> int:
    """The length of the longest line, but for those to which a converter glued the end of a broken word, or a whole next line."""
    usual = sorted(lengths)[int(0.75 * (len(lengths) - 1))]
    return max(length for length in lengths if length <= 1.3 * usual)


def _is_ragged(lengths: Sequence[int]) -> bool:
    """Whether few lines are about as long as most long ones, as they are in running text, in one column or more."""
    usual = sorted(lengths)[int(0.75 * (len(lengths) - 1))]
    return len(lengths) >= 8 and sum(
        0.85 * usual <= length <= 1.15 * usual for length in lengths
    ) < 0.4 * len(lengths)


def _ends_page(body: Sequence[Chunk], at: int) -> bool:
    return at + 1 == len(body) or body[at + 1][0].start


def all_pieces(body: Sequence[Chunk], manner: Manner) -> list[Piece]:
    found: list[Piece] = []
    count = 0
    for at, chunk in enumerate(body):
        new = _pieces(chunk, at, manner, _ends_page(body, at), count)
        numbers = [
            int(m.group(1))
            for piece in new
            if (m := kinds.BARE_NUMBER.match(piece.text))
        ]
        count = numbers[-1] if numbers else count
        found += new
    return found


def _pieces(
    chunk: Chunk, number: int, manner: Manner, ends_page: bool, count: int
) -> list[Piece]:
    """A chunk cut where its lines begin something new. `count` is the last bare number that opened a line before it."""
    lines = [row.text for row in chunk]
    if kinds.is_table(lines):
        parts, kind = [list(chunk)], "table"
    else:
        parts, kind = _cut(chunk, manner, count), "paragraph"
    found = []
    for at, part in enumerate(parts):
        texts = [row.text for row in part]
        piece = Piece(kind, texts, part[0].page, part[-1].page, chunk=number)
        piece.alone = (
            len(parts) == 1
            or kinds.DOTTED.match(texts[0]) is not None
            or (at == 0 and len(part) == 1 and kinds.could_be_title(texts[0]))
        )
        piece.opens, piece.closes = (
            chunk[0].start and at == 0,
            ends_page and at == len(parts) - 1,
        )
        piece.cut = chunk[0].cut and at == 0
        piece.close = piece.opens and not chunk[0].gap and not piece.cut and number > 0
        piece.text = joined(texts, manner)
        if kind == "table":
            piece.rows = tuple(kinds.cells(text) for text in texts)
        found.append(piece)
    return found


def _cut(chunk: Chunk, manner: Manner, count: int) -> list[list[Row]]:
    width = _breadth([len(row.text) for row in chunk])
    page, page_width = chunk[0].page, manner.widths.get(chunk[0].page, width)
    linewise = manner.wrapped and _is_linewise(
        [row.text for row in chunk], width, page_width, page in manner.ragged
    )
    parts: list[list[Row]] = []
    for row in chunk:
        before = parts[-1][-1].text if parts else ""
        counted = (m := kinds.BARE_NUMBER.match(row.text)) is not None and int(
            m.group(1)
        ) == count + 1
        counted = counted or (bool(parts) and _counts_on(parts[0][0].text, row.text))
        broken = linewise and len(before) + len(
            row.text.split()[0]
        ) < 0.8 * manner.widths.get(row.page, width)
        if (
            not parts
            or counted
            or broken
            or _begins(row.text, parts[-1], width, manner)
        ):
            parts.append([])
        if m:
            count = int(m.group(1))
        parts[-1].append(row)
    return parts


def _counts_on(first: str, text: str) -> bool:
    """Whether a line begins the next of some numbered notes ("3 …", "4 …")."""
    one, two = (
        re.match(r"(\d{1,3})\s+\S", first),
        re.match(r"(\d{1,3})\s+[A-ZÀ-Þ]", text),
    )
    return (
        one is not None
        and two is not None
        and 1 <= int(two.group(1)) - int(one.group(1)) <= 3
    )


def _is_linewise(
    lines: Sequence[str], width: int, page_width: int, ragged: bool
) -> bool:
    """Whether most lines of a chunk stop short though the next word would fit: an answer, a name, a title on each."""
    if len(lines) < 2:
        return False
    stops = 0
    for line, following in pairwise(lines):
        room = len(line) + 1 + len(following.split()[0])
        opens = re.match(
            r"[‘“\"(]?[A-ZÀ-Þ]", following
        ) is not None and not line.endswith((",", "-"))
        short = room <= 0.75 * width or (ragged and room <= 0.75 * page_width)
        stops += short or (
            opens
            and (
                room <= 0.5 * page_width or room <= min(0.75 * page_width, 0.9 * width)
            )
        )
    return stops >= 0.6 * (len(lines) - 1)


def _begins(text: str, part: Sequence[Row], width: int, manner: Manner) -> bool:
    """Whether a line begins a new piece within its chunk."""
    before = part[-1].text
    if kinds.MARKDOWN_HEADING.match(text) or kinds.MARKDOWN_HEADING.match(before):
        return True
    if kinds.BULLET.match(text) and not before.endswith(("-", "–")):
        return True
    if kinds.ITEM_NUMBER.match(text) and (
        kinds.ends_sentence(before)
        or not manner.wrapped
        or before.endswith((";", ":", ","))
    ):
        return True
    if kinds.BARE_NUMBER.match(text) and (
        kinds.ends_sentence(before) or before.endswith((":", ";"))
    ):
        return True
    if kinds.SIGNED_NOTE.match(text) and kinds.SIGNED_NOTE.match(part[0].text):
        return True
    if kinds.is_caption(text) and (
        kinds.ends_sentence(before) or len(before) < 0.7 * width
    ):
        return True
    if (
        kinds.DOTTED.match(text)
        and kinds.word_count(text) <= 16
        and not kinds.ends_sentence(text)
    ):
        return True
    if not manner.wrapped:
        return False
    room = len(before) + 1 + len(text.split()[0])
    opens = re.match(r"[‘“\"(]?[A-ZÀ-Þ]", text) is not None
    page_width = manner.widths.get(part[0].page, width)
    if (
        opens
        and kinds.BULLET.match(part[0].text)
        and room <= 0.75 * page_width
        and room <= 0.9 * width
    ):
        return True
    if (
        opens
        and len(part) == 1
        and room <= min(0.6 * page_width, 0.8 * width)
        and not part[0].text[:1].islower()
        and kinds.could_be_title(before)
    ):
        return True
    if (
        opens
        and kinds.DOTTED.match(part[0].text)
        and kinds.word_count(" ".join(row.text for row in part)) <= 30
    ):
        return kinds.ends_sentence(before) or room <= 0.8 * page_width
    return room <= 0.8 * width and kinds.ends_sentence(before) and opens


def joined(lines: Sequence[str], manner: Manner) -> str:
    text = ""
    for line in lines:
        text = hyphens.join(text, line, manner.vocabulary)
    return re.sub(r"\s+", " ", text).strip()


def append(piece: Piece, other: Piece, manner: Manner) -> None:
    piece.lines = [*piece.lines, *other.lines]
    piece.text = re.sub(
        r"\s+", " ", hyphens.join(piece.text, other.text, manner.vocabulary)
    )
    piece.page_end, piece.closes = other.page_end, other.closes


def is_cut(piece: Piece) -> bool:
    last = piece.lines[-1]
    return (
        not kinds.ends_sentence(piece.text)
        and not piece.text.endswith((":", ";"))
        and (len(last) >= _CUT_LINE or last.endswith("-") or len(piece.lines) >= 3)
    )
