"""What each piece of plain text is: heading, list item, quotation, footnote, contents, reference."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.plain import kinds
from kb.structure.plain.debris import name_debris
from kb.structure.plain.pages import letters
from kb.structure.plain.pieces import BODY, Manner, Piece, append, is_cut, joined
from kb.structure.plain.references import bare_reference, entries, name_sections


def name_pieces(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Give each piece its kind, in an order in which each step may lean on the one before."""
    for at, piece in enumerate(pieces):
        if piece.kind == "paragraph":
            piece.kind = _own_kind(piece, pieces, at)
    pieces = _whole_notes(pieces, manner)
    _name_lettered_headings(pieces)
    _name_headings(pieces)
    pieces = _whole_headings(pieces, manner)
    name_sections(pieces)
    _name_promised(pieces)
    _nest_articles(pieces)
    name_debris(pieces)
    return entries(pieces)


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
    if (
        kinds.BULLET.match(text)
        or kinds.ITEM_NUMBER.match(text)
        or _is_counted(piece, pieces, at)
    ):
        return "list"
    before = pieces[at - 1] if at else None
    if (
        before is not None
        and before.kind == "list"
        and before.chunk == piece.chunk
        and kinds.word_count(text) <= 40
    ):
        return "list"  # an item that lost its bullet
    return "quote" if piece.alone and kinds.is_quotation(text) else "paragraph"


def _whole_notes(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Footnotes that go on after a blank line at the foot of the same page."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if (
            last is not None
            and last.kind == "footnote"
            and piece.kind == "paragraph"
            and piece.text[:1].islower()
            and piece.page == last.page_end
            and not piece.opens
            and not kinds.ends_sentence(last.text)
        ):
            append(last, piece, manner)
        else:
            found.append(piece)
    return found


def _name_lettered_headings(pieces: Sequence[Piece]) -> None:
    """ "b. Wat doet een buurtcoach?" alone between paragraphs is a heading, not a list of one."""
    for at, piece in enumerate(pieces[:-1]):
        lettered = re.match(r"[a-h][.)]\s", piece.text) is not None
        beside = [p.kind for p in (*pieces[max(0, at - 1) : at], pieces[at + 1])]
        if (
            piece.kind == "list"
            and lettered
            and piece.alone
            and kinds.word_count(piece.text) <= 16
            and "list" not in beside
            and pieces[at + 1].kind == "paragraph"
        ):
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
        counted = (
            re.match(rf"\(?{int(mark) - 1}[.)]?\s", before.text) is not None
            and before.kind != "footnote"
        )
        return (
            re.match(r"\d{1,3}\s+\S", text) is not None
            and not kinds.is_date(text)
            and not counted
            and kinds.section_number(text) == mark
            and before.kind != "table"
        )
    if mark == ">" and not is_cut(pieces[at - 1]):
        return False
    beside = [
        p.text[:1] for p in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
    ]
    if kinds.BULLET.match(text) and mark in beside:
        return False
    return text[match.end() - 1] == " " or mark in "®#?!"


def _at_foot(piece: Piece, pieces: Sequence[Piece], at: int) -> bool:
    """Whether nothing but notes and their ends follow on this page, and something stands above."""
    if at == 0 or piece.opens:
        return False
    for other in pieces[at:]:
        note = kinds.FOOTNOTE.match(other.text) is not None or other.text[:1].islower()
        if other.chunk > piece.chunk and (not note or other.chunk > piece.chunk + 2):
            return False
        if other.closes:
            return True
    return True


def _name_headings(pieces: list[Piece]) -> None:
    """Numbered lines, usual names, and short lines on their own before a paragraph."""
    depth, numbered = 1, any(_numbered(p, pieces, at) for at, p in enumerate(pieces))
    last_number: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            piece.level = (
                0
                if at == 0 and piece.level == 1 and not kinds.names_part(piece.text)
                else piece.level
            )
            depth = piece.level or depth
            continue
        if (
            piece.kind not in ("paragraph", "list")
            or not piece.alone
            or len(piece.lines) > 3
        ):
            continue
        if number := _numbered(piece, pieces, at, last_number):
            parts = _lost_dot(number, last_number)
            last_number = parts
            piece.kind, piece.level, depth = (
                "heading",
                len(parts) + ("." in number and number[-1].isalpha()),
                len(parts),
            )
        elif piece.kind == "paragraph" and (
            kinds.names_part(piece.text) or _is_title(piece, pieces, at)
        ):
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
        loose = (
            last is not None
            and last.kind == "heading"
            and piece.kind == "paragraph"
            and piece.text[:1].islower()
        )
        if (
            last is not None
            and loose
            and len(piece.lines) == 1
            and kinds.word_count(piece.text) <= 5
            and not kinds.ends_sentence(piece.text)
        ):
            last.lines, last.text = (
                [*last.lines, *piece.lines],
                joined([*last.lines, *piece.lines], manner),
            )
        else:
            found.append(piece)
    return found


def _numbered(
    piece: Piece, pieces: Sequence[Piece], at: int, before: Sequence[int] = ()
) -> str | None:
    """The section number of a piece that is a numbered heading; `before` is the number of the heading above it."""
    number = kinds.section_number(piece.text)
    if (
        piece.kind not in ("paragraph", "list")
        or not piece.alone
        or number is None
        or kinds.word_count(piece.text) > 32
    ):
        return None
    title = kinds.SECTION.sub("", piece.text, count=1)
    if (
        not re.match(r"[‘“\"(]*[A-ZÀ-Þ]", title)
        or title.endswith((".", ";", ",", ":"))
        or kinds.is_table(piece.lines)
    ):
        return None
    if "." in number:
        return number
    follows = before[:1] == [int(number) - 1] and _opens_text(pieces, at)
    lone = piece.opens or follows or not _has_siblings(int(number), pieces, at)
    return (
        number
        if lone
        and kinds.word_count(title) <= 12
        and not re.match(r"\(|\d", title)
        and _leads(pieces, at)
        else None
    )


def _opens_text(pieces: Sequence[Piece], at: int) -> bool:
    return (
        at + 1 < len(pieces)
        and pieces[at + 1].kind == "paragraph"
        and kinds.word_count(pieces[at + 1].text) >= 15
    )


def _has_siblings(number: int, pieces: Sequence[Piece], at: int) -> bool:
    """Whether the count goes on just before or after, without a paragraph in between: then it is a list."""
    for step in (-1, 1):
        for place in (at + step, at + 2 * step):
            if not 0 <= place < len(pieces) or pieces[place].kind == "toc":
                break
            match = re.match(r"(\d{1,2})[.)]?\s", pieces[place].text)
            if match and int(match.group(1)) == number + step:
                return True
            if kinds.word_count(pieces[place].text) >= 20:
                break
    return False


def _lost_dot(number: str, before: Sequence[int]) -> list[int]:
    """The parts of a section number; a number that lost its dot in OCR ("13" after 1.2) gets it back."""
    parts = [int(part) for part in number.split(".") if part.isdigit()]
    if len(parts) == 1 and parts[0] >= 11 and before:
        split = [parts[0] // 10, parts[0] % 10]
        if split[0] == before[0] and (
            len(before) == 1 or 0 < split[1] - before[1] <= 2
        ):
            return split
    return parts


def _leads(pieces: Sequence[Piece], at: int) -> bool:
    """Whether text follows that a heading could be above."""
    following = next(
        (
            p
            for p in pieces[at + 1 : at + 4]
            if p.kind not in ("caption", "footnote", "figure")
        ),
        None,
    )
    return following is not None and (
        following.kind in ("heading", "quote", "list", "table")
        or kinds.word_count(following.text) >= 8
        or kinds.names_part(following.text)
    )


def _is_title(piece: Piece, pieces: Sequence[Piece], at: int) -> bool:
    """A short line on its own, after a finished paragraph and before one that opens with a capital."""
    if len(piece.lines) > 2 or not kinds.could_be_title(piece.text):
        return False
    after = next(iter(pieces[at + 1 : at + 2]), None)
    before = next((p for p in reversed(pieces[:at]) if p.kind in BODY), None)
    if after is None or not re.match(r"[‘“\"(]*[A-ZÀ-Þ\d]|[-•eo¢]\s", after.text):
        return False
    if (
        before is not None
        and not kinds.ends_sentence(before.text)
        and not before.text.endswith((":", ")", "”", "’"))
        and kinds.word_count(before.text) > 12
        and not piece.opens
    ):
        return False
    solid = kinds.word_count(after.text) >= 14 or after.kind in ("list", "quote")
    return solid or (piece.opens and kinds.could_be_title(after.text))


def _level(
    piece: Piece, pieces: Sequence[Piece], at: int, depth: int, numbered: bool
) -> int:
    """The level of a heading without a number."""
    if kinds.CHAPTER.match(piece.text) or bare_reference(piece.text):
        return (
            1 if not numbered or kinds.CHAPTER.match(piece.text) or piece.opens else 2
        )
    if (
        piece.opens
        and not piece.text.endswith("?")
        and (not numbered or kinds.names_part(piece.text))
    ):
        return 1
    if at and pieces[at - 1].kind == "heading" and pieces[at - 1].level:
        return min(4, (pieces[at - 1].level or 1) + 1)
    return min(4, depth + 1)


def _nest_articles(pieces: Sequence[Piece]) -> None:
    """In a collection, where sections are numbered anew in each article, sections lie below the titles that the contents name."""
    headings = [piece for piece in pieces if piece.kind == "heading"]
    restarts = sum(kinds.section_number(piece.text) == "1" for piece in headings)
    titles = [piece for piece in headings if piece.promised]
    if restarts < 2 or len(titles) < 2:
        return
    inside = False
    for piece in headings:
        if piece.promised:
            inside = not kinds.names_part(piece.text)
        elif (
            inside
            and piece.level
            and not (
                kinds.names_part(piece.text)
                and kinds.section_number(piece.text) is None
            )
        ):
            piece.level = min(4, piece.level + 1)


def _name_promised(pieces: list[Piece]) -> None:
    """Lines that the table of contents has are headings."""
    lines = [line for piece in pieces if piece.kind == "toc" for line in piece.lines]
    promised = {letters(kinds.LEADERS.split(line.split("\t")[0])[0]) for line in lines}
    promised = {entry for entry in promised if len(entry) >= 12}
    for piece in pieces if promised else ():
        if (
            piece.kind in ("paragraph", "reference", "heading")
            and piece.alone
            and len(piece.lines) <= 2
            and not kinds.ends_sentence(piece.text)
        ):
            if piece.kind == "heading" and (
                kinds.section_number(piece.text) is not None or (piece.level or 1) > 2
            ):
                continue  # its own number knows its level better
            own = letters(piece.text)
            if len(own) >= 12 and any(_is_promise(entry, own) for entry in promised):
                piece.kind, piece.level, piece.promised = "heading", 1, True


def _is_promise(entry: str, own: str) -> bool:
    """Whether a line of the contents (letters only) names this heading; it may name its author after it, or spell it otherwise."""
    from rapidfuzz.fuzz import ratio

    if len(own) < 20:
        return entry == own
    alike = ratio(entry[: len(own)], own) >= 92
    return (
        alike
        or (own.startswith(entry) and len(entry) >= 0.8 * len(own))
        or (own.endswith(entry) and len(entry) >= 0.8 * len(own))
    )
