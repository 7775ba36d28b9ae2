"""Blocks of plain text, typed or read by OCR: pages, furniture, paragraphs, headings, lists, tables, notes, references.

What the layout of a PDF shows, plain text only hints at: blank lines, short lines, and the sentence itself. A sentence that
stops in mid-air goes on in the next paragraph that begins with a small letter, whatever stands between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.dutch import hyphens
from kb.records import Block, Extraction
from kb.structure import plain_kinds as kinds
from kb.structure.mending import mended
from kb.structure.plain_labels import Segment, paginate
from kb.structure.plain_pages import Chunk, Row, chunks_of, contents_numbers, find_furniture, letters, rows_of, running_title, without_furniture

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
    cut: bool = False  # furniture stood just before it
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
    vocabulary: Counter[str]
    widths: Mapping[int, int]  # characters of the longest line of each page


def plain_blocks(extraction: Extraction) -> tuple[Block, ...]:
    """The blocks of a text, in reading order, with page and printed label; furniture is left out."""
    rows = rows_of(extraction.pages)
    if not rows:
        return ()
    chunks = chunks_of(rows)
    furniture = find_furniture(chunks)
    paged, labels = _paged(chunks, furniture)
    manner = _manner([row for chunk in paged for row in chunk])
    body = chunks_of(without_furniture(paged, furniture))
    pieces = _name(_all_pieces(body, manner), manner)
    pieces = _join(pieces, manner)
    return mended(_block(piece, labels) for piece in pieces)


# -- pages


def _paged(chunks: Sequence[Chunk], furniture: dict[int, int | None]) -> tuple[list[Chunk], dict[int, str]]:
    """The chunks with the physical page of each row, and the printed labels."""
    segment_of, at = [], -1
    for chunk in chunks:
        at += chunk[0].start or at < 0
        segment_of.append(at)
    printed = {i: number for i, number in sorted(furniture.items()) if number is not None}
    anchors = _anchors(printed, contents_numbers(chunks) if at >= 2 else {}, segment_of)
    sides = _sides(chunks, furniture, segment_of, anchors)
    width = sorted(len(row.text) for chunk in chunks for row in chunk)[int(0.95 * (sum(map(len, chunks)) - 1))]
    segments = []
    for at in range(segment_of[-1] + 1):
        own = [chunk for chunk, segment in zip(chunks, segment_of, strict=True) if segment == at]
        size = _area(own, width)
        opening = own[0][0]
        opens = _opens(own[0])
        segments.append(Segment(size, opening.certain or bool(opens), sides.get(at), opens, kinds.is_caption(opening.text)))
    pages, labels = paginate(segments, anchors)
    paged = [tuple(replace(row, page=pages[at]) for row in chunk) for chunk, at in zip(chunks, segment_of, strict=True)]
    return paged, labels


def _area(own: Sequence[Chunk], width: int) -> int:
    """How much of a page chunks take, in half lines: lines and the white between them; in a narrow column a line takes half."""
    lengths = sorted(len(row.text) for chunk in own for row in chunk)
    narrow = lengths[int(0.9 * (len(lengths) - 1))] <= 0.62 * width
    return (1 if narrow else 2) * sum(len(chunk) + min(chunk[0].gap, 1) for chunk in own)


def _anchors(printed: dict[int, int], promised: dict[int, int], segment_of: Sequence[int]) -> dict[int, int]:
    """Segments with their page number: as printed on them, and as the table of contents promises where that fits in between."""
    anchors = {segment_of[i]: number for i, number in printed.items()}
    for i, number in sorted(promised.items()):
        at = segment_of[i]
        below = max((n for segment, n in anchors.items() if segment < at), default=0)
        above = min((n for segment, n in anchors.items() if segment > at), default=number)
        if at not in anchors and below <= number <= above:
            anchors[at] = number
    return anchors


def _opens(chunk: Chunk) -> str:
    """ "chapter" or "appendix" when a chunk is the heading of one, which begins on a page of its own."""
    text = chunk[0].text
    if len(chunk) > 2 or kinds.word_count(text) > 14 or kinds.LEADERS.search(text):
        return ""
    number = kinds.section_number(text)
    chapter = number is not None and "." not in number and not kinds.ends_sentence(text) and re.match(r"\d+\.?\s+[A-Z]", text) is not None and len(number) < 2
    if kinds.CHAPTER.match(text):
        return "appendix" if re.match(r"bijlage|app|annex", text, re.IGNORECASE) else "chapter"
    return "chapter" if chapter else ""


def _sides(chunks: Sequence[Chunk], furniture: dict[int, int | None], segment_of: Sequence[int], anchors: dict[int, int]) -> dict[int, int]:
    """The side (0 left and even, 1 right and odd) of segments, told by running titles that always stand on one side."""
    titles = {i: running_title(chunks[i]) for i in furniture}
    seen: dict[str, set[int]] = {}
    for i, title in titles.items():
        if title and segment_of[i] in anchors:
            seen.setdefault(title, set()).add(anchors[segment_of[i]] % 2)
    known = {title: found for title, found in seen.items() if len(found) == 1}
    chapters = {side for title, found in seen.items() for side in found if title[:1].isdigit()}
    if len(chapters) == 1:  # if some chapter titles are known to stand on the right, all do
        known |= {title: chapters for title in titles.values() if title[:1].isdigit()}
    return {segment_of[i]: next(iter(known[title])) for i, title in titles.items() if title in known}


def _ends_page(body: Sequence[Chunk], at: int) -> bool:
    return at + 1 == len(body) or body[at + 1][0].start


def _manner(rows: Sequence[Row]) -> Manner:
    lengths = sorted(len(row.text) for row in rows)
    wrapped = lengths[int(len(lengths) * 0.98)] <= 170 and sum(length > 40 for length in lengths) > 0.3 * len(lengths)
    widths: dict[int, int] = {}
    for row in rows:
        widths[row.page] = max(widths.get(row.page, 0), len(row.text))
    return Manner(wrapped, hyphens.vocabulary_of(row.text for row in rows), widths)


# -- from a chunk to pieces


def _pieces(chunk: Chunk, number: int, manner: Manner, ends_page: bool, count: int) -> list[Piece]:
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
        piece.alone = len(parts) == 1 or kinds.DOTTED.match(texts[0]) is not None or (at == 0 and len(part) == 1 and kinds.could_be_title(texts[0]))
        piece.opens, piece.closes = chunk[0].start and at == 0, ends_page and at == len(parts) - 1
        piece.cut = chunk[0].cut and at == 0
        piece.text = _joined(texts, manner)
        if kind == "table":
            piece.rows = tuple(kinds.cells(text) for text in texts)
        found.append(piece)
    return found


def _all_pieces(body: Sequence[Chunk], manner: Manner) -> list[Piece]:
    found: list[Piece] = []
    count = 0
    for at, chunk in enumerate(body):
        new = _pieces(chunk, at, manner, _ends_page(body, at), count)
        numbers = [int(m.group(1)) for piece in new if (m := kinds.BARE_NUMBER.match(piece.text))]
        count = numbers[-1] if numbers else count
        found += new
    return found


def _cut(chunk: Chunk, manner: Manner, count: int) -> list[list[Row]]:
    width = max(len(row.text) for row in chunk)
    linewise = manner.wrapped and _is_linewise([row.text for row in chunk], width, manner.widths.get(chunk[0].page, width))
    parts: list[list[Row]] = []
    for row in chunk:
        before = parts[-1][-1].text if parts else ""
        counted = (m := kinds.BARE_NUMBER.match(row.text)) is not None and int(m.group(1)) == count + 1
        counted = counted or (bool(parts) and _counts_on(parts[0][0].text, row.text))
        broken = linewise and len(before) + len(row.text.split()[0]) < 0.8 * manner.widths.get(row.page, width)
        if not parts or counted or broken or _begins(row.text, parts[-1], width, manner):
            parts.append([])
        if m:
            count = int(m.group(1))
        parts[-1].append(row)
    return parts


def _counts_on(first: str, text: str) -> bool:
    """Whether a line begins the next of some numbered notes ("3 …", "4 …")."""
    one, two = re.match(r"(\d{1,3})\s+\S", first), re.match(r"(\d{1,3})\s+[A-ZÀ-Þ]", text)
    return one is not None and two is not None and 1 <= int(two.group(1)) - int(one.group(1)) <= 3


def _is_linewise(lines: Sequence[str], width: int, page_width: int) -> bool:
    """Whether most lines of a chunk stop short though the next word would fit: an answer, a name, a title on each."""
    if len(lines) < 2:
        return False
    stops = 0
    for line, following in zip(lines, lines[1:], strict=False):
        room = len(line) + 1 + len(following.split()[0])
        opens = re.match(r"[‘“\"(]?[A-ZÀ-Þ]", following) is not None and not line.endswith((",", "-"))
        stops += room <= 0.75 * width or (opens and room <= 0.75 * page_width and room <= 0.9 * width) or (opens and room <= 0.5 * page_width)
    return stops >= 0.6 * (len(lines) - 1)


def _begins(text: str, part: Sequence[Row], width: int, manner: Manner) -> bool:
    """Whether a line begins a new piece within its chunk."""
    before = part[-1].text
    if kinds.MARKDOWN_HEADING.match(text) or kinds.MARKDOWN_HEADING.match(before):
        return True
    if kinds.BULLET.match(text) and not before.endswith(("-", "–")):
        return True
    if kinds.ITEM_NUMBER.match(text) and (kinds.ends_sentence(before) or not manner.wrapped or before.endswith((";", ":", ","))):
        return True
    if kinds.BARE_NUMBER.match(text) and (kinds.ends_sentence(before) or before.endswith((":", ";"))):
        return True
    if kinds.SIGNED_NOTE.match(text) and kinds.SIGNED_NOTE.match(part[0].text):
        return True
    if kinds.is_caption(text) and (kinds.ends_sentence(before) or len(before) < 0.7 * width):
        return True
    if kinds.DOTTED.match(text) and kinds.word_count(text) <= 16 and not kinds.ends_sentence(text):
        return True
    if not manner.wrapped:
        return False
    room = len(before) + 1 + len(text.split()[0])
    opens = re.match(r"[‘“\"(]?[A-ZÀ-Þ]", text) is not None
    page_width = manner.widths.get(part[0].page, width)
    if opens and kinds.BULLET.match(part[0].text) and room <= 0.75 * page_width and room <= 0.9 * width:
        return True
    if opens and len(part) == 1 and room <= 0.6 * page_width and not part[0].text[:1].islower() and kinds.could_be_title(before):
        return True
    if opens and kinds.DOTTED.match(part[0].text) and kinds.word_count(" ".join(row.text for row in part)) <= 30:
        return kinds.ends_sentence(before) or room <= 0.8 * page_width
    return room <= 0.8 * width and kinds.ends_sentence(before) and opens


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
            piece.kind = _own_kind(piece, pieces, at)
    pieces = _whole_notes(pieces, manner)
    _name_lettered_headings(pieces)
    _name_headings(pieces)
    pieces = _whole_headings(pieces, manner)
    _name_sections(pieces)
    _name_promised(pieces)
    _name_debris(pieces)
    return _entries(pieces)


def _own_kind(piece: Piece, pieces: Sequence[Piece], at: int) -> str:
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
    if kinds.BULLET.match(text) or kinds.ITEM_NUMBER.match(text) or _is_counted(piece, pieces, at):
        return "list"
    before = pieces[at - 1] if at else None
    if before is not None and before.kind == "list" and before.chunk == piece.chunk and kinds.word_count(text) <= 40:
        return "list"  # an item that lost its bullet
    return "quote" if piece.alone and kinds.is_quotation(text) else "paragraph"


def _whole_notes(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Footnotes that go on after a blank line at the foot of the same page."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.kind == "footnote" and piece.kind == "paragraph" and piece.text[:1].islower() and piece.page == last.page_end and not piece.opens:
            _append(last, piece, manner)
        else:
            found.append(piece)
    return found


def _name_lettered_headings(pieces: Sequence[Piece]) -> None:
    """"a. Hoe geeft men inhoud aan …?" alone between paragraphs is a heading, not a list of one."""
    for at, piece in enumerate(pieces[:-1]):
        lettered = re.match(r"[a-h][.)]\s", piece.text) is not None
        beside = [p.kind for p in (*pieces[max(0, at - 1) : at], pieces[at + 1])]
        if piece.kind == "list" and lettered and piece.alone and kinds.word_count(piece.text) <= 16 and "list" not in beside and pieces[at + 1].kind == "paragraph":
            piece.kind, piece.level = "heading", 3

def _is_counted(piece: Piece, pieces: Sequence[Piece], at: int) -> bool:
    """Whether a line that begins with a bare number has its neighbour in the count close by."""
    match = kinds.BARE_NUMBER.match(piece.text)
    if match is None:
        return False
    near = [p.text for p in (*pieces[max(0, at - 3) : at], *pieces[at + 1 : at + 4])]
    numbers = {int(m.group(1)) for text in near if (m := kinds.BARE_NUMBER.match(text))}
    return bool(numbers & {int(match.group(1)) - 1, int(match.group(1)) + 1})


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
        before = pieces[at - 1]
        counted = re.match(rf"\(?{int(mark) - 1}[.)]?\s", before.text) is not None and before.kind != "footnote"
        return re.match(r"\d{1,3}\s+\S", text) is not None and not kinds.is_date(text) and not counted and kinds.section_number(text) == mark and before.kind != "table"
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
            piece.level = 0 if at == 0 and piece.level == 1 and not kinds.names_part(piece.text) else piece.level
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
            if at == 0 and not kinds.names_part(piece.text):
                piece.level = 0
                continue
            piece.level = _level(piece, pieces, at, depth, numbered)
            if piece.level == 1:
                depth = 1


def _whole_headings(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Headings of which the last words stand on a line of their own."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        loose = last is not None and last.kind == "heading" and piece.kind == "paragraph" and piece.text[:1].islower()
        if last is not None and loose and len(piece.lines) == 1 and kinds.word_count(piece.text) <= 5 and not kinds.ends_sentence(piece.text):
            last.lines, last.text = [*last.lines, *piece.lines], _joined([*last.lines, *piece.lines], manner)
        else:
            found.append(piece)
    return found


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
    near = [p.text for p in (*pieces[max(0, at - 2) : at], *pieces[at + 1 : at + 3])]
    siblings = {int(m.group(1)) for text in near if (m := re.match(r"(\d{1,2})[.)]?\s", text))} & {int(number) - 1, int(number) + 1}
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
    section = ""
    for piece in pieces:
        if piece.kind == "heading":
            section = "toc" if kinds.bare(piece.text) in kinds.words("contents") else "reference" if bare_reference(piece.text) else ""
        elif section == "toc":
            section = section if _in_contents(piece) else ""
            piece.kind = "toc" if section else piece.kind
        elif section == "reference" and piece.kind in ("paragraph", "list", "footnote"):
            text = kinds.BULLET.sub("", piece.text, count=1)
            if piece.kind == "list" or kinds.starts_reference(text) or text[:1].islower() or re.match(r"https?:|www\.|<", text):
                piece.kind = "reference"
            elif not piece.text.endswith(":") and not any(kinds.starts_reference(line) for line in piece.lines):
                section = "" if kinds.word_count(text) < 12 or kinds.word_count(text) > 60 else section


def _name_promised(pieces: list[Piece]) -> None:
    """Lines that the table of contents has are headings."""
    entries = {letters(kinds.LEADERS.split(p.text.split("\t")[0])[0]) for p in pieces if p.kind == "toc"}
    entries = {entry for entry in entries if len(entry) >= 12}
    for piece in pieces if entries else ():
        if piece.kind in ("paragraph", "reference") and piece.alone and len(piece.lines) <= 2 and not kinds.ends_sentence(piece.text):
            own = letters(piece.text)
            if len(own) >= 12 and any(entry == own or (entry.startswith(own) and len(own) >= 20) or (own.startswith(entry) and len(entry) >= 0.8 * len(own)) for entry in entries):
                piece.kind, piece.level = "heading", 1


def _in_contents(piece: Piece) -> bool:
    ends = sum(kinds.TOC_LINE.match(line) is not None for line in piece.lines)
    long = kinds.word_count(piece.text) > 40 and ends * 4 < len(piece.lines)
    return not long and (ends > 0 or not piece.opens)


def _name_debris(pieces: list[Piece]) -> None:
    """Scraps beside the caption of a figure or table belong to it."""
    for at, piece in enumerate(pieces):
        if piece.kind == "caption":
            if re.match(r"\**tab", piece.text, re.IGNORECASE):
                _spread_table(pieces, at)
            else:
                _spread_figure(pieces, at)
    for at, piece in enumerate(pieces):
        if piece.kind not in ("paragraph", "list") or piece.rows:
            continue
        near = any(p.kind in ("caption", "figure") for p in pieces[max(0, at - 6) : at + 7])
        goes_on = piece.text[:1].islower() and at > 0 and pieces[at - 1].kind == "paragraph" and _is_cut(pieces[at - 1])
        if kinds.word_count(piece.text) < 12 and not goes_on and (kinds.is_noise(piece.text) or (near and kinds.is_debris(piece.text))):
            piece.kind = "figure"
        elif near and kinds.is_legend(piece.text):
            piece.kind = "figure"


def _spread_figure(pieces: list[Piece], at: int) -> None:
    """Debris after a caption, and debris and labels before it."""
    place = at + 1
    while place < len(pieces) and place <= at + 12 and pieces[place].kind in ("paragraph", "list") and _is_scrap(pieces[place].text):
        pieces[place].kind = "figure"
        place += 1
    labels = []
    for place in range(at - 1, max(-1, at - 13), -1):
        piece = pieces[place]
        if piece.kind not in ("paragraph", "list") or not (_is_scrap(piece.text) or _is_label(piece)):
            break
        labels.append(piece)
    sure = any(_is_scrap(piece.text) for piece in labels) or len(labels) >= 3 or (len(labels) >= 1 and labels[-1].opens and kinds.word_count(labels[-1].text) >= 6)
    for piece in labels if sure else ():
        piece.kind = "figure"


def _is_scrap(text: str) -> bool:
    return kinds.is_debris(text) or kinds.is_legend(text)


def _is_label(piece: Piece) -> bool:
    """A few words without end, or the captions of columns of a chart that a page begins with."""
    text = piece.text
    if re.search(r"[.!?:;,”’]$", text) or kinds.section_number(text) is not None or kinds.ITEM_NUMBER.match(text):
        return False
    return kinds.word_count(text) <= 6 or (piece.opens and text[:1].isupper())


def _spread_table(pieces: list[Piece], at: int) -> None:
    """Rows below the caption of a table, up to the first full sentence; the head of the table may stand above its figures."""
    last = at
    for place in range(at + 1, min(len(pieces), at + 60)):
        piece = pieces[place]
        if _is_row(piece):
            last = place
        elif piece.kind not in ("paragraph", "list", "heading", "figure") or kinds.ends_sentence(piece.text) or (piece.text.endswith(":") and len(piece.text) > 60):
            break
        elif kinds.section_number(piece.text) is not None or kinds.word_count(piece.text) > 30:
            break
        elif place == last + 1 and all(len(line) <= 75 for line in piece.lines) and piece.kind != "heading":
            last = place
        elif place > last + 2:
            break
    for piece in pieces[at + 1 : last + 1]:
        piece.kind, piece.level = ("table" if re.search(r"[^\W\d_]{3}", piece.text) or piece.kind == "table" else "figure"), None
        piece.rows = tuple(kinds.cells(line) for line in piece.lines) if piece.kind == "table" else ()


def _is_row(piece: Piece) -> bool:
    if piece.kind == "table":
        return True
    figures = sum(kinds.ends_in_figures(line) for line in piece.lines)
    return piece.kind in ("paragraph", "list") and figures * 2 >= len(piece.lines) and not kinds.ends_sentence(piece.text)


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
        crossed = crossed or other.opens or other.cut
        if place in gone:
            continue
        if piece.kind == "footnote":
            if other.kind == "paragraph" and other.closes and not other.opens and other.page > piece.page_end:
                return place if other.text[:1].islower() else None
            if other.page > piece.page_end + 1:
                return None
        elif other.kind in ("paragraph", "quote"):
            return place if _fits(piece, other, crossed) else None
        elif other.kind not in _BETWEEN:
            return None
    return None


def _fits(piece: Piece, other: Piece, crossed: bool) -> bool:
    """Whether `other` reads as the rest of a sentence."""
    if other.text[:1].islower():
        return piece.text[-1:].isalnum() or piece.text[-1:] in ",-–—)’”'\"&/"
    if piece.text.endswith("-") and other.text[:1].isalpha() and not piece.text.endswith(" -"):
        return True
    last = piece.lines[-1]
    if not crossed or len(last) < 45 or kinds.word_count(other.text) < 6:
        return False
    width = max(map(len, piece.lines))
    return last.split()[-1].lower() in kinds.words("unfinished") or (len(piece.lines) > 1 and len(last) >= 0.8 * width)


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
    if piece.kind == "footnote" and piece.mark:
        text = kinds.FOOTNOTE.sub("", text, count=1)
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
