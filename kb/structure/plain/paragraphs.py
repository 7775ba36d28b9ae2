"""Paragraphs of plain text in the making.

Chunks of lines, cut where a line begins anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.dutch import hyphens
from kb.structure.plain import kinds
from kb.structure.plain.manner import Manner, breadth
from kb.structure.plain.rows import Chunk, Row

BODY = ("paragraph", "list", "quote")
_CUT_LINE = 30  # characters: a shorter line is not the cut end of a paragraph
_OPENS = re.compile(r"[‘“\"(]?[A-ZÀ-Þ]")
_COUNT = re.compile(r"(\d{1,3})\s+\S")
_NEXT_COUNT = re.compile(r"(\d{1,3})\s+[A-ZÀ-Þ]")

# Shares chosen by reading the five reports and typed pages of our own, not fitted.
_LINEWISE = (
    0.6  # of the lines of a chunk that stop short, from which each is a piece
)


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
    # A page begins with it, but no blank line parts it from the page before.
    close: bool = False
    alone: bool = False  # the whole of its chunk
    chunk: int = 0
    level: int | None = None
    promised: bool = False  # a heading that the table of contents names
    mark: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = field(default="")


def all_pieces(body: Sequence[Chunk], manner: Manner) -> list[Piece]:
    """The pieces of all chunks, in order."""
    found: list[Piece] = []
    count = 0  # the last bare number that opened a piece
    for at, chunk in enumerate(body):
        ends_page = at + 1 == len(body) or body[at + 1][0].start
        new = _pieces(chunk, at, manner, ends_page, count)
        numbers = [
            number for piece in new if (number := _bare_number(piece.text))
        ]
        count = numbers[-1] if numbers else count
        found += new
    return found


def _bare_number(text: str) -> int | None:
    match = kinds.BARE_NUMBER.match(text)
    return int(match.group(1)) if match else None


def _pieces(
    chunk: Chunk, number: int, manner: Manner, ends_page: bool, count: int
) -> list[Piece]:
    """A chunk cut where its lines begin something new."""
    if kinds.is_table([row.text for row in chunk]):
        return [
            _piece(chunk, [list(chunk)], 0, number, manner, ends_page, "table")
        ]
    parts = _cut(chunk, manner, count)
    return [
        _piece(chunk, parts, at, number, manner, ends_page, "paragraph")
        for at in range(len(parts))
    ]


def _piece(
    chunk: Chunk,
    parts: Sequence[Sequence[Row]],
    at: int,
    number: int,
    manner: Manner,
    ends_page: bool,
    kind: str,
) -> Piece:
    """The piece that one part of a chunk makes."""
    part, first = parts[at], at == 0
    texts = [row.text for row in part]
    opens, cut = first and chunk[0].start, first and chunk[0].cut
    return Piece(
        kind,
        texts,
        part[0].page,
        part[-1].page,
        opens=opens,
        closes=ends_page and at == len(parts) - 1,
        cut=cut,
        close=opens and not chunk[0].gap and not cut and number > 0,
        alone=len(parts) == 1 or _stands_alone(texts, first),
        chunk=number,
        rows=kinds.table_rows(texts) if kind == "table" else (),
        text=joined(texts, manner),
    )


def _stands_alone(texts: Sequence[str], first: bool) -> bool:
    """Whether a part of a chunk may be a heading of its own."""
    if kinds.DOTTED.match(texts[0]):
        return True
    return first and len(texts) == 1 and kinds.could_be_title(texts[0])


# -- where a line begins something new


def _cut(chunk: Chunk, manner: Manner, count: int) -> list[list[Row]]:
    """The rows of a chunk in parts.

    `count` is the last bare number before the chunk.
    """
    width = breadth([len(row.text) for row in chunk])
    linewise = manner.wrapped and _is_linewise(chunk, width, manner)
    parts: list[list[Row]] = [[chunk[0]]]
    count = _bare_number(chunk[0].text) or count
    for row in chunk[1:]:
        line = _Line(row.text, parts[-1], width, manner)
        number = _bare_number(row.text)
        counted = number == count + 1 or _counts_on(parts[0][0].text, row.text)
        broken = linewise and line.room - 1 < 0.8 * manner.widths.get(
            row.page, width
        )
        if counted or broken or line.begins():
            parts.append([])
        count = number or count
        parts[-1].append(row)
    return parts


def _counts_on(first: str, text: str) -> bool:
    """Whether a line begins the next of some numbered notes ("3 …", "4 …")."""
    one, two = _COUNT.match(first), _NEXT_COUNT.match(text)
    if one is None or two is None:
        return False
    return 1 <= int(two.group(1)) - int(one.group(1)) <= 3


def _is_linewise(chunk: Chunk, width: int, manner: Manner) -> bool:
    """Whether most lines stop short though the next word would fit.

    An answer on each.
    """
    if len(chunk) < 2:
        return False
    page = chunk[0].page
    page_width = manner.widths.get(page, width)
    pairs = list(pairwise(row.text for row in chunk))
    stops = sum(
        _stops_short(line, following, width, page_width, page in manner.ragged)
        for line, following in pairs
    )
    return stops >= _LINEWISE * len(pairs)


def _stops_short(
    line: str, following: str, width: int, page_width: int, ragged: bool
) -> bool:
    room = len(line) + 1 + len(following.split()[0])
    if room <= 0.75 * width or (ragged and room <= 0.75 * page_width):
        return True
    if not _OPENS.match(following) or line.endswith((",", "-")):
        return False
    return room <= 0.5 * page_width or room <= min(
        0.75 * page_width, 0.9 * width
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may begin a new piece, with the part of its chunk before it."""

    text: str
    part: Sequence[Row]
    width: int
    manner: Manner

    @property
    def before(self) -> str:
        """The line above."""
        return self.part[-1].text

    @property
    def first(self) -> str:
        """The first line of the part."""
        return self.part[0].text

    @property
    def room(self) -> int:
        """Characters that the line above would have with the first word of this one."""
        return len(self.before) + 1 + len(self.text.split()[0])

    @property
    def page_width(self) -> int:
        """The longest line of the page."""
        return self.manner.widths.get(self.part[0].page, self.width)

    @property
    def opens(self) -> bool:
        """Whether it begins as a sentence does."""
        return _OPENS.match(self.text) is not None

    @property
    def follows_end(self) -> bool:
        """Whether the line above ends a sentence."""
        return kinds.ends_sentence(self.before)

    def begins(self) -> bool:
        """Whether it begins a new piece; any rule of the tables is enough."""
        rules = _RULES + (_WRAPPED_RULES if self.manner.wrapped else ())
        return any(rule(self) for rule in rules)


def _is_beside_heading(line: _Line) -> bool:
    heading = kinds.MARKDOWN_HEADING
    return bool(heading.match(line.text) or heading.match(line.before))


def _is_bullet(line: _Line) -> bool:
    return bool(kinds.BULLET.match(line.text)) and not line.before.endswith(
        ("-", "–")
    )


def _is_item(line: _Line) -> bool:
    if not kinds.ITEM_NUMBER.match(line.text):
        return False
    led_in = line.before.endswith((";", ":", ","))
    return led_in or line.follows_end or not line.manner.wrapped


def _is_counted(line: _Line) -> bool:
    if not kinds.BARE_NUMBER.match(line.text):
        return False
    return line.follows_end or line.before.endswith((":", ";"))


def _is_next_note(line: _Line) -> bool:
    signed = kinds.SIGNED_NOTE
    return bool(signed.match(line.text) and signed.match(line.first))


def _is_caption(line: _Line) -> bool:
    if not kinds.is_caption(line.text):
        return False
    return line.follows_end or len(line.before) < 0.7 * line.width


def _is_numbered_heading(line: _Line) -> bool:
    if not kinds.DOTTED.match(line.text) or kinds.word_count(line.text) > 16:
        return False
    return not kinds.ends_sentence(line.text)


def _follows_item(line: _Line) -> bool:
    """A capital below an item that left room for more."""
    if not line.opens or not kinds.BULLET.match(line.first):
        return False
    return line.room <= min(0.75 * line.page_width, 0.9 * line.width)


def _follows_title(line: _Line) -> bool:
    """A capital below a first line that is short enough for a title and reads as one."""
    if not line.opens or len(line.part) > 1 or line.first[:1].islower():
        return False
    short = line.room <= min(0.6 * line.page_width, 0.8 * line.width)
    return short and kinds.could_be_title(line.before)


def _follows_numbered_heading(line: _Line) -> bool:
    """A capital below "2.3 …" when its last line left room, or ends a sentence."""
    if not _is_under_numbered_heading(line):
        return False
    return line.follows_end or line.room <= 0.8 * line.page_width


def _is_under_numbered_heading(line: _Line) -> bool:
    if not line.opens or not kinds.DOTTED.match(line.first):
        return False
    return kinds.word_count(" ".join(row.text for row in line.part)) <= 30


def _follows_short_end(line: _Line) -> bool:
    """A capital below a sentence that ended where there was room for more."""
    if _is_under_numbered_heading(line):
        return False
    return line.opens and line.follows_end and line.room <= 0.8 * line.width


_Rule = Callable[[_Line], bool]
_RULES: tuple[_Rule, ...] = (
    _is_beside_heading,
    _is_bullet,
    _is_item,
    _is_counted,
    _is_next_note,
    _is_caption,
    _is_numbered_heading,
)
# Where lines are broken at a width, a line that stops short says something too.
_WRAPPED_RULES: tuple[_Rule, ...] = (
    _follows_item,
    _follows_title,
    _follows_numbered_heading,
    _follows_short_end,
)


# -- lines to text


def joined(lines: Sequence[str], manner: Manner) -> str:
    """The text of lines, with words broken between them made whole."""
    text = ""
    for line in lines:
        text = hyphens.join(text, line, manner.vocabulary)
    return re.sub(r"\s+", " ", text).strip()


def append(piece: Piece, other: Piece, manner: Manner) -> None:
    """Let a piece go on with another."""
    piece.lines = [*piece.lines, *other.lines]
    text = hyphens.join(piece.text, other.text, manner.vocabulary)
    piece.text = re.sub(r"\s+", " ", text)
    piece.page_end, piece.closes = other.page_end, other.closes


def is_cut(piece: Piece) -> bool:
    """Whether a piece stops in the middle of a sentence."""
    if kinds.ends_sentence(piece.text) or piece.text.endswith((":", ";")):
        return False
    last = piece.lines[-1]
    return (
        len(last) >= _CUT_LINE or last.endswith("-") or len(piece.lines) >= 3
    )
