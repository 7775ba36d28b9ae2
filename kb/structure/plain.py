"""Blocks of plain text, typed or read by OCR: pages, furniture, paragraphs, headings, lists, tables, notes, references.

What the layout of a PDF shows, plain text only hints at: blank lines, short lines, and the sentence itself. A sentence that
stops in mid-air goes on in the next paragraph that begins with a small letter, whatever stands between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.dutch import hyphens
from kb.records import Block, Extraction
from kb.structure import plain_kinds as kinds
from kb.structure.mending import mended
from kb.structure.plain_labels import Segment, paginate
from kb.structure.plain_pages import Chunk, Row, chunks_of, find_furniture, rows_of, without_furniture

_BODY = ("paragraph", "list", "quote")
_BETWEEN = ("caption", "figure", "table", "footnote", "heading")  # may stand between the halves of a paragraph
_LOOK_AHEAD = 10
_CUT_LINE = 30  # characters: a shorter line is not the cut end of a paragraph


@dataclass(slots=True)
class Piece:
    """A block in the making: its lines, and what is known of it so far."""

    kind: str
    lines: list[str]
    page: int
    page_end: int
    opens: bool = False  # first on its page
    closes: bool = False  # last on its page
    alone: bool = False  # the whole of its chunk
    chunk: int = 0
    level: int | None = None
    mark: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = field(default="")


@dataclass(frozen=True, slots=True)
class Manner:
    """How this text is written: whether lines are broken at a width, and its own words."""

    wrapped: bool
    markdown: bool
    vocabulary: Counter[str]


def plain_blocks(extraction: Extraction) -> tuple[Block, ...]:
    """The blocks of a text, in reading order, with page and printed label; furniture is left out."""
    rows = rows_of(extraction.pages)
    if not rows:
        return ()
    chunks = chunks_of(rows)
    furniture = find_furniture(chunks)
    paged, labels = _paged(chunks, furniture)
    manner = _manner(rows)
    body = chunks_of(without_furniture(paged, dict.fromkeys(furniture)))
    pieces = [piece for at, chunk in enumerate(body) for piece in _pieces(chunk, at, manner, _ends_page(body, at))]
    pieces = _name(pieces, manner)
    pieces = _join(pieces, manner)
    return mended(_block(piece, labels) for piece in pieces)


# -- pages


def _paged(chunks: Sequence[Chunk], furniture: dict[int, int | None]) -> tuple[list[Chunk], dict[int, str]]:
    """The chunks with the physical page of each row, and the printed labels."""
    sizes: list[list[int | bool]] = []
    segment_of: list[int] = []
    for chunk in chunks:
        if chunk[0].start or not sizes:
            sizes.append([0, chunk[0].certain])
        sizes[-1][0] += sum(len(row.text) for row in chunk)
        segment_of.append(len(sizes) - 1)
    anchors = {segment_of[at]: number for at, number in sorted(furniture.items()) if number is not None}
    pages, labels = paginate([Segment(int(size), bool(certain)) for size, certain in sizes], anchors)
    paged = []
    for at, chunk in enumerate(chunks):
        page = pages[segment_of[at]]
        paged.append(tuple(replace(row, page=page) for row in chunk))
    return paged, labels


def _ends_page(body: Sequence[Chunk], at: int) -> bool:
    return at + 1 == len(body) or body[at + 1][0].start


def _manner(rows: Sequence[Row]) -> Manner:
    lengths = sorted(len(row.text) for row in rows)
    wrapped = lengths[int(len(lengths) * 0.98)] <= 170 and sum(length > 40 for length in lengths) > 0.3 * len(lengths)
    markdown = sum(kinds.MARKDOWN_HEADING.match(row.text) is not None or "**" in row.text for row in rows) >= 2
    return Manner(wrapped, markdown, hyphens.vocabulary_of(row.text for row in rows))


# -- from a chunk to pieces


def _pieces(chunk: Chunk, number: int, manner: Manner, ends_page: bool) -> list[Piece]:
    """A chunk cut where its lines begin something new."""
    lines = [row.text for row in chunk]
    if kinds.is_table(lines):
        parts, kind = [list(chunk)], "table"
    else:
        parts, kind = _cut(chunk, manner), "paragraph"
    width = max(map(len, lines))
    found = []
    for at, part in enumerate(parts):
        texts = [row.text for row in part]
        piece = Piece(kind, texts, part[0].page, part[-1].page, chunk=number, alone=len(parts) == 1)
        piece.opens, piece.closes = chunk[0].start and at == 0, ends_page and at == len(parts) - 1
        piece.text = _joined(texts, manner)
        if kind == "table":
            piece.rows = tuple(kinds.cells(text) for text in texts)
        found.append(piece)
    return found if width else []


def _cut(chunk: Chunk, manner: Manner) -> list[list[Row]]:
    width = max(len(row.text) for row in chunk)
    parts: list[list[Row]] = []
    for row in chunk:
        if not parts or _begins(row.text, parts[-1][-1].text, width, manner):
            parts.append([])
        parts[-1].append(row)
    return parts


def _begins(text: str, before: str, width: int, manner: Manner) -> bool:
    """Whether a line begins a new piece within its chunk."""
    if kinds.MARKDOWN_HEADING.match(text) or kinds.MARKDOWN_HEADING.match(before):
        return True
    if kinds.BULLET.match(text) and not before.endswith(("-", "–")):
        return True
    if kinds.ITEM_NUMBER.match(text) and (kinds.ends_sentence(before) or not manner.wrapped or before.endswith((";", ":", ","))):
        return True
    if kinds.BARE_NUMBER.match(text) and (kinds.ends_sentence(before) or before.endswith((":", ";"))):
        return True
    if kinds.is_caption(text) and (kinds.ends_sentence(before) or len(before) < 0.7 * width):
        return True
    if not manner.wrapped:
        return False
    fits = len(before) + 1 + len(text.split()[0]) <= 0.8 * width
    return fits and kinds.ends_sentence(before) and re.match(r"[‘“\"(]?[A-ZÀ-Þ]", text) is not None


def _joined(lines: Sequence[str], manner: Manner) -> str:
    text = ""
    for line in lines:
        text = hyphens.join(text, line, manner.vocabulary)
    return re.sub(r"\s+", " ", text).strip()


# -- what each piece is


def _name(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Give each piece its kind, in an order in which each step may lean on the one before."""
    for at, piece in enumerate(pieces):
        if piece.kind == "paragraph":
            piece.kind = _own_kind(piece, pieces, at, manner)
    _name_headings(pieces)
    _name_sections(pieces)
    _name_debris(pieces)
    return _entries(pieces)


def _own_kind(piece: Piece, pieces: Sequence[Piece], at: int, manner: Manner) -> str:
    """What a piece is by its own words."""
    text = piece.text
    if match := kinds.MARKDOWN_HEADING.match(text):
        piece.level = len(match.group(1))
        return "heading"
    if kinds.is_caption(text):
        return "caption"
    if kinds.LEADERS.search(text) and kinds.TOC_LINE.match(text):
        return "toc"
    if _is_footnote(piece, pieces, at):
        match = kinds.FOOTNOTE.match(text)
        piece.mark = match.group(1) if match else None
        return "footnote"
    if kinds.BULLET.match(text) or kinds.ITEM_NUMBER.match(text):
        return "list"
    return "quote" if piece.alone and kinds.is_quotation(text) else "paragraph"


def _is_footnote(piece: Piece, pieces: Sequence[Piece], at: int) -> bool:
    """A line at the foot of its page that begins with a mark; a superscript mark will do anywhere."""
    text = piece.text
    if kinds.SUPERSCRIPT.match(text):
        return True
    match = kinds.FOOTNOTE.match(text)
    if match is None or not _at_foot(piece, pieces, at) or kinds.word_count(text) > 150:
        return False
    mark = match.group(1)
    if mark.isdigit():
        return not piece.alone or not kinds.could_be_title(text)
    return text[match.end() - 1] == " " or mark in "®#?!"


def _at_foot(piece: Piece, pieces: Sequence[Piece], at: int) -> bool:
    """Whether only other pieces of its own chunk follow on this page, and something stands above it."""
    if at == 0 or piece.opens:
        return False
    for other in pieces[at:]:
        if other.closes:
            return other.chunk <= piece.chunk + 1
        if other.chunk > piece.chunk + 1:
            return False
    return True


def _name_headings(pieces: list[Piece]) -> None:
    """Numbered lines, usual names, and short lines on their own before a paragraph."""
    depth, numbered = 1, any(_numbered(p, pieces, at) for at, p in enumerate(pieces))
    last_number: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            depth = piece.level or depth
            continue
        if piece.kind not in ("paragraph", "list") or not piece.alone or len(piece.lines) > 3:
            continue
        if number := _numbered(piece, pieces, at):
            parts = _lost_dot(number, last_number)
            last_number = parts
            piece.kind, piece.level, depth = "heading", len(parts) + ("." in number and number[-1].isalpha()), len(parts)
        elif piece.kind == "paragraph" and (kinds.names_part(piece.text) or _is_title(piece, pieces, at)):
            piece.kind = "heading"
            piece.level = _level(piece, pieces, at, depth, numbered)
            if piece.level == 1:
                depth = 1


def _numbered(piece: Piece, pieces: Sequence[Piece], at: int) -> str | None:
    """The section number of a piece that is a numbered heading."""
    number = kinds.section_number(piece.text)
    if piece.kind not in ("paragraph", "list") or not piece.alone or number is None or kinds.word_count(piece.text) > 32:
        return None
    title = kinds.SECTION.sub("", piece.text, count=1)
    if not re.match(r"[‘“\"(]*[A-ZÀ-Þ]", title) or title.endswith((".", ";", ",", ":")) or kinds.is_table(piece.lines):
        return None
    if "." in number:
        return number
    siblings = [p for p in (*pieces[max(0, at - 2) : at], *pieces[at + 1 : at + 3]) if re.match(r"\d{1,2}[.)]?\s", p.text) and "." not in p.text[:3]]
    lone = not siblings or piece.opens
    return number if lone and kinds.word_count(title) <= 12 and not re.match(r"\(|\d", title) and _leads(pieces, at) else None


def _lost_dot(number: str, before: Sequence[int]) -> list[int]:
    """The parts of a section number; a number that lost its dot in OCR ("13" after 1.2) gets it back."""
    parts = [int(part) for part in number.split(".") if part.isdigit()]
    if len(parts) == 1 and parts[0] >= 11 and before:
        split = [parts[0] // 10, parts[0] % 10]
        if split[0] == before[0] and (len(before) == 1 or 0 < split[1] - before[1] <= 2):
            return split
    return parts


def _leads(pieces: Sequence[Piece], at: int) -> bool:
    """Whether text follows that a heading could be above."""
    following = next((p for p in pieces[at + 1 : at + 4] if p.kind not in ("caption", "footnote", "figure")), None)
    return following is not None and (following.kind in ("heading", "quote", "list", "table") or kinds.word_count(following.text) >= 8 or kinds.names_part(following.text))


def _is_title(piece: Piece, pieces: Sequence[Piece], at: int) -> bool:
    """A short line on its own, after a finished paragraph and before one that opens with a capital."""
    if len(piece.lines) > 2 or not kinds.could_be_title(piece.text):
        return False
    after = next(iter(pieces[at + 1 : at + 2]), None)
    before = next((p for p in reversed(pieces[:at]) if p.kind in _BODY), None)
    if after is None or not re.match(r"[‘“\"(]*[A-ZÀ-Þ\d]|[-•eo¢]\s", after.text):
        return False
    if before is not None and not kinds.ends_sentence(before.text) and not before.text.endswith((":", ")", "”", "’")) and kinds.word_count(before.text) > 12 and not piece.opens:
        return False
    solid = kinds.word_count(after.text) >= 14 or after.kind in ("list", "quote")
    return solid or (piece.opens and kinds.could_be_title(after.text))


def _level(piece: Piece, pieces: Sequence[Piece], at: int, depth: int, numbered: bool) -> int:
    """The level of a heading without a number."""
    if kinds.CHAPTER.match(piece.text) or bare_reference(piece.text):
        return 1 if not numbered or kinds.CHAPTER.match(piece.text) or piece.opens else 2
    if piece.opens and (not numbered or kinds.names_part(piece.text)):
        return 1
    if at and pieces[at - 1].kind == "heading" and pieces[at - 1].level:
        return min(4, (pieces[at - 1].level or 1) + 1)
    return min(4, depth + 1)


def bare_reference(text: str) -> bool:
    """Whether a heading opens a list of references."""
    return kinds.bare(text) in kinds.words("references")


def _name_sections(pieces: list[Piece]) -> None:
    """Table of contents and reference lists: from their heading to the next."""
    section, chunk = "", -1
    for piece in pieces:
        if piece.kind == "heading":
            section = "toc" if kinds.bare(piece.text) in kinds.words("contents") else "reference" if bare_reference(piece.text) else ""
            chunk = piece.chunk
            continue
        if section == "toc":
            if not _in_contents(piece):
                section = ""
            else:
                piece.kind = "toc"
        elif section == "reference" and piece.kind in ("paragraph", "list", "footnote"):
            piece.kind = "reference" if piece.chunk >= chunk else piece.kind


def _in_contents(piece: Piece) -> bool:
    ends = sum(kinds.TOC_LINE.match(line) is not None for line in piece.lines)
    long = kinds.word_count(piece.text) > 40 and ends * 4 < len(piece.lines)
    return not long and (ends > 0 or not piece.opens)


def _name_debris(pieces: list[Piece]) -> None:
    """Scraps beside the caption of a figure or table belong to it."""
    for at, piece in enumerate(pieces):
        if piece.kind != "caption":
            continue
        kind = "table" if re.match(r"\**tab", piece.text, re.IGNORECASE) else "figure"
        for step in (1, -1):
            place = at + step
            while 0 <= place < len(pieces) and abs(place - at) <= 12 and _is_scrap(pieces[place], kind, step):
                pieces[place].kind = kind if pieces[place].kind != "table" else "table"
                if kind == "table":
                    pieces[place].rows = tuple(kinds.cells(line) for line in pieces[place].lines)
                place += step
    for piece in pieces:
        if piece.kind in ("paragraph", "list") and not piece.rows and kinds.word_count(piece.text) < 12 and kinds.is_debris(piece.text):
            piece.kind = "figure"


def _is_scrap(piece: Piece, kind: str, step: int) -> bool:
    if piece.kind == "table":
        return True
    if piece.kind not in ("paragraph", "list"):
        return False
    if kinds.is_debris(piece.text):
        return True
    short = all(len(line) <= 60 for line in piece.lines) and kinds.word_count(piece.text) <= 30
    return kind == "table" and step == 1 and short and not kinds.ends_sentence(piece.text) and not piece.text.endswith(":")


def _entries(pieces: list[Piece]) -> list[Piece]:
    """One piece for each entry of a reference list and each line of a table of contents."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind == "toc" and len(piece.lines) > 1:
            found += [replace(piece, lines=[line], text=line, opens=piece.opens and not at) for at, line in enumerate(piece.lines)]
        elif piece.kind == "reference" and found and found[-1].kind == "reference" and _goes_on(found[-1], piece):
            last = found[-1]
            last.lines = [*last.lines, *piece.lines]
            last.text, last.page_end = f"{last.text} {piece.text}", piece.page_end
        elif piece.kind == "reference":
            found += _entries_of(piece)
        else:
            found.append(piece)
    return found


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Whether a reference entry goes on over a false bullet or a blank line."""
    text = kinds.BULLET.sub("", piece.text, count=1)
    if kinds.starts_reference(text) or last.text.endswith(":"):
        return False
    return text[:1].islower() or not kinds.ends_sentence(last.text) or re.match(r"https?:|www\.|<http", text) is not None


def _entries_of(piece: Piece) -> list[Piece]:
    parts: list[list[str]] = []
    for line in piece.lines:
        if not parts or (kinds.starts_reference(line) and len(piece.lines) > 1 and _entry_done(parts[-1])):
            parts.append([])
        parts[-1].append(line)
    if len(parts) == 1:
        return [piece]
    return [replace(piece, lines=part, text=" ".join(part), opens=piece.opens and not at) for at, part in enumerate(parts)]


def _entry_done(lines: Sequence[str]) -> bool:
    text = " ".join(lines)
    return len(text) > 40 and (kinds.ends_sentence(text) or re.search(r"(?:\d|>|/)$", text) is not None or len(lines[-1]) < 60)


# -- paragraphs that go on


def _join(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Join what was cut by a page, a column, a figure or a note."""
    gone: set[int] = set()
    for at, piece in enumerate(pieces):
        if at in gone or piece.kind not in (*_BODY, "footnote"):
            continue
        while (other := _continuation(pieces, at, gone)) is not None:
            _append(piece, pieces[other], manner)
            gone.add(other)
    return [piece for at, piece in enumerate(pieces) if at not in gone]


def _append(piece: Piece, other: Piece, manner: Manner) -> None:
    piece.lines = [*piece.lines, *other.lines]
    piece.text = re.sub(r"\s+", " ", hyphens.join(piece.text, other.text, manner.vocabulary))
    piece.page_end, piece.closes = other.page_end, other.closes


def _is_cut(piece: Piece) -> bool:
    last = piece.lines[-1]
    return not kinds.ends_sentence(piece.text) and not piece.text.endswith((":", ";")) and (len(last) >= _CUT_LINE or last.endswith("-"))


def _continuation(pieces: Sequence[Piece], at: int, gone: set[int]) -> int | None:
    """The piece in which a cut piece goes on, if one does."""
    piece = pieces[at]
    if not _is_cut(piece):
        return None
    crossed = False
    for place in range(at + 1, min(len(pieces), at + _LOOK_AHEAD)):
        other = pieces[place]
        crossed = crossed or other.opens
        if place in gone:
            continue
        if piece.kind == "footnote":
            if other.kind in ("paragraph", "footnote") and other.closes and other.page > piece.page_end:
                return place if other.text[:1].islower() else None
            if other.page > piece.page_end + 1:
                return None
        elif other.kind in ("paragraph", "quote"):
            return place if _fits(piece, other, crossed and place == at + 1) else None
        elif other.kind not in _BETWEEN:
            return None
    return None


def _fits(piece: Piece, other: Piece, new_page: bool) -> bool:
    """Whether `other` reads as the rest of a sentence."""
    if other.text[:1].islower():
        return piece.text[-1:].isalnum() or piece.text[-1:] in ",-–—)’”'\"&/"
    hyphened = piece.text.endswith("-") and other.text[:1].isalpha() and not piece.text.endswith(" -")
    return hyphened or (new_page and piece.kind == "paragraph" and len(piece.lines[-1]) >= 45 and kinds.word_count(other.text) >= 8 and not other.alone)


# -- to records


def _block(piece: Piece, labels: dict[int, str]) -> Block:
    text, raw = _clean(piece), piece.text
    return Block(
        kind=piece.kind,
        text=text,
        page=piece.page,
        label=labels.get(piece.page),
        level=piece.level,
        mark=piece.mark,
        rows=piece.rows,
        page_end=piece.page_end if piece.page_end != piece.page else None,
        label_end=labels.get(piece.page_end) if piece.page_end != piece.page else None,
        raw=raw if raw != text else None,
    )


def _clean(piece: Piece) -> str:
    """The text without bullet, note mark and markdown signs."""
    text = piece.text
    if piece.kind in ("list", "reference"):
        text = kinds.BULLET.sub("", text, count=1) if kinds.BULLET.match(text) else text
    if piece.kind == "heading":
        text = kinds.MARKDOWN_HEADING.sub("", text)
    text = re.sub(r"\[([^\]\n]{1,300})\]\((?:[^()\s]|\([^()]*\))*\)", r"\1", text)
    return _unmarked(text).strip() or piece.text


def _unmarked(text: str) -> str:
    """Without the asterisks of markdown emphasis."""
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", text)
    text = re.sub(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])", r"\1", text)
    return re.sub(r"\*\*", "", text)
