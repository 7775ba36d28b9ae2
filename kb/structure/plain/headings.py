"""Headings of plain text: numbered lines, usual names, short lines on their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.dutch.fold import letters
from kb.structure.plain import kinds
from kb.structure.plain.manner import Manner
from kb.structure.plain.paragraphs import BODY, Piece, joined
from kb.structure.plain.references import bare_reference

_DEEPEST = 4
_LETTERED = re.compile(r"[a-h][.)]\s")
_LETTERED_WORDS, _LETTERED_LEVEL = 16, 3
_MOST_LINES = 3  # of a numbered heading
_NUMBERED_WORDS, _SINGLE_WORDS = 32, 12  # of "2.3 …", of "2 …"
_TITLE_LINES = 2
_LOOSE_WORDS = 5  # of the last words of a heading on a line of their own
_BELOW_NUMBER, _BELOW_TITLE, _BELOW = (
    15,
    14,
    8,
)  # words of the text under a heading
_SENTENCE = 12  # words of a paragraph that should end before a heading
_AFTER_TITLE = re.compile(r"[‘“\"(]*[A-ZÀ-Þ\d]|[-•eo¢]\s")
_CAPITAL = re.compile(r"[‘“\"(]*[A-ZÀ-Þ]")
_LISTED = re.compile(r"(\d{1,2})[.)]?\s")
_FLOATING = ("caption", "footnote", "figure")
_LEAST_PROMISE = 12  # letters of a line of contents that names a heading
_LONG_PROMISE = 20  # letters from which it may be spelled otherwise
_ALIKE = 92  # per cent of likeness
_MOST_OF = 0.8  # of a line of contents that the heading must be


def name_lettered_headings(pieces: Sequence[Piece]) -> None:
    """ "b. Wat doet een buurtcoach?" alone between paragraphs is no list of one."""
    for at, piece in enumerate(pieces[:-1]):
        if (
            piece.kind != "list"
            or not piece.alone
            or not _LETTERED.match(piece.text)
        ):
            continue
        beside = [
            other.kind
            for other in (*pieces[max(0, at - 1) : at], pieces[at + 1])
        ]
        short = kinds.word_count(piece.text) <= _LETTERED_WORDS
        if (
            short
            and "list" not in beside
            and pieces[at + 1].kind == "paragraph"
        ):
            piece.kind, piece.level = "heading", _LETTERED_LEVEL


@dataclass(slots=True)
class _Outline:
    """Where in the outline of a text its pieces stand, while they go by."""

    numbered: bool  # whether the text numbers its headings
    depth: int = 1
    number: list[int] = field(
        default_factory=list
    )  # of the last numbered heading


def name_headings(pieces: Sequence[Piece]) -> None:
    """Name headings, each with its level."""
    numbered = any(_section(pieces, at, ()) for at in range(len(pieces)))
    outline = _Outline(numbered)
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            _take_marked(piece, at, outline)
        elif _may_head(piece):
            _name_heading(pieces, at, outline)


def _take_marked(piece: Piece, at: int, outline: _Outline) -> None:
    """A heading that markdown signs mark; the first may be the title."""
    if at == 0 and piece.level == 1 and not kinds.names_part(piece.text):
        piece.level = 0
    outline.depth = piece.level or outline.depth


def _may_head(piece: Piece) -> bool:
    text = piece.kind in ("paragraph", "list")
    return text and piece.alone and len(piece.lines) <= _MOST_LINES


def _name_heading(pieces: Sequence[Piece], at: int, outline: _Outline) -> None:
    piece = pieces[at]
    if number := _section(pieces, at, outline.number):
        parts = _lost_dot(number, outline.number)
        lettered = "." in number and number[-1].isalpha()
        piece.kind, piece.level = "heading", len(parts) + lettered
        outline.number, outline.depth = parts, len(parts)
        return
    named = kinds.names_part(piece.text)
    if piece.kind != "paragraph" or not (named or _is_title(pieces, at)):
        return
    piece.kind = "heading"
    if at == 0 and not named:
        piece.level = 0
        return
    piece.level = _level(pieces, at, outline)
    if piece.level == 1:
        outline.depth = 1


def whole_headings(pieces: list[Piece], manner: Manner) -> list[Piece]:
    """Headings of which the last words stand on a line of their own."""
    found: list[Piece] = []
    for piece in pieces:
        if found and _completes_heading(found[-1], piece):
            last = found[-1]
            last.lines = [*last.lines, *piece.lines]
            last.text = joined(last.lines, manner)
        else:
            found.append(piece)
    return found


def _completes_heading(heading: Piece, piece: Piece) -> bool:
    if (heading.kind, piece.kind) != ("heading", "paragraph") or len(
        piece.lines
    ) > 1:
        return False
    if not piece.text[:1].islower() or kinds.ends_sentence(piece.text):
        return False
    return kinds.word_count(piece.text) <= _LOOSE_WORDS


# -- numbered headings


def _section(
    pieces: Sequence[Piece], at: int, before: Sequence[int]
) -> str | None:
    """The section number of a numbered heading.

    Args:
        pieces: all of the text.
        at: which of them.
        before: the number of the numbered heading above it.
    """
    piece = pieces[at]
    number = kinds.section_number(piece.text)
    if (
        number is None
        or not piece.alone
        or piece.kind not in ("paragraph", "list")
    ):
        return None
    title = kinds.SECTION.sub("", piece.text, count=1)
    if not _can_follow_number(piece, title):
        return None
    if "." in number:
        return number
    return (
        number if _is_single(pieces, at, int(number), title, before) else None
    )


def _can_follow_number(piece: Piece, title: str) -> bool:
    if kinds.word_count(piece.text) > _NUMBERED_WORDS or not _CAPITAL.match(
        title
    ):
        return False
    return not title.endswith((".", ";", ",", ":")) and not kinds.is_table(
        piece.lines
    )


def _is_single(
    pieces: Sequence[Piece],
    at: int,
    number: int,
    title: str,
    before: Sequence[int],
) -> bool:
    """Whether "3 …" is a chapter rather than an item of a list."""
    short = kinds.word_count(title) <= _SINGLE_WORDS
    if not short or re.match(r"\(|\d", title) or not _leads(pieces, at):
        return False
    follows = list(before[:1]) == [number - 1] and _opens_text(pieces, at)
    return pieces[at].opens or follows or not _has_siblings(number, pieces, at)


def _opens_text(pieces: Sequence[Piece], at: int) -> bool:
    if at + 1 >= len(pieces) or pieces[at + 1].kind != "paragraph":
        return False
    return kinds.word_count(pieces[at + 1].text) >= _BELOW_NUMBER


def _has_siblings(number: int, pieces: Sequence[Piece], at: int) -> bool:
    """Whether the count goes on just before or after, without a paragraph between.

    Then it is a list.
    """
    return any(
        _has_sibling(number + step, pieces, at, step) for step in (-1, 1)
    )


def _has_sibling(
    wanted: int, pieces: Sequence[Piece], at: int, step: int
) -> bool:
    for place in (at + step, at + 2 * step):
        if not 0 <= place < len(pieces) or pieces[place].kind == "toc":
            return False
        match = _LISTED.match(pieces[place].text)
        if match and int(match.group(1)) == wanted:
            return True
        if kinds.word_count(pieces[place].text) >= 20:
            return False
    return False


def _lost_dot(number: str, before: Sequence[int]) -> list[int]:
    """The parts of a section number.

    A number that lost its dot in OCR ("13" after 1.2) gets it back.

    >>> _lost_dot("13", [1, 2]), _lost_dot("2.3", [2]), _lost_dot("13", [12])
    ([1, 3], [2, 3], [13])
    """
    parts = [int(part) for part in number.split(".") if part.isdecimal()]
    if len(parts) != 1 or parts[0] < 11 or not before:
        return parts
    tens, ones = divmod(parts[0], 10)
    next_one = len(before) == 1 or 0 < ones - before[1] <= 2
    return [tens, ones] if tens == before[0] and next_one else parts


def _leads(pieces: Sequence[Piece], at: int) -> bool:
    """Whether text follows that a heading could be above."""
    below = (p for p in pieces[at + 1 : at + 4] if p.kind not in _FLOATING)
    following = next(below, None)
    if following is None:
        return False
    if following.kind in ("heading", "quote", "list", "table"):
        return True
    long = kinds.word_count(following.text) >= _BELOW
    return long or kinds.names_part(following.text)


# -- headings without a number


def _is_title(pieces: Sequence[Piece], at: int) -> bool:
    """A short line on its own, after a finished paragraph and before an opening."""
    piece = pieces[at]
    if len(piece.lines) > _TITLE_LINES or not kinds.could_be_title(piece.text):
        return False
    if at + 1 >= len(pieces) or not _AFTER_TITLE.match(pieces[at + 1].text):
        return False
    if not piece.opens and _stands_within_sentence(pieces, at):
        return False
    after = pieces[at + 1]
    if (
        after.kind in ("list", "quote")
        or kinds.word_count(after.text) >= _BELOW_TITLE
    ):
        return True
    return piece.opens and kinds.could_be_title(after.text)


def _stands_within_sentence(pieces: Sequence[Piece], at: int) -> bool:
    before = next((p for p in reversed(pieces[:at]) if p.kind in BODY), None)
    if before is None or kinds.word_count(before.text) <= _SENTENCE:
        return False
    ended = kinds.ends_sentence(before.text)
    return not ended and not before.text.endswith((":", ")", "”", "’"))


def _level(pieces: Sequence[Piece], at: int, outline: _Outline) -> int:
    """The level of a heading without a number."""
    piece = pieces[at]
    if kinds.CHAPTER.match(piece.text):
        return 1
    if bare_reference(piece.text):
        return 1 if piece.opens or not outline.numbered else 2
    if _opens_chapter(piece, outline):
        return 1
    above = pieces[at - 1] if at else None
    if above is not None and above.kind == "heading" and above.level:
        return min(_DEEPEST, above.level + 1)
    return min(_DEEPEST, outline.depth + 1)


def _opens_chapter(piece: Piece, outline: _Outline) -> bool:
    if not piece.opens or piece.text.endswith("?"):
        return False
    return not outline.numbered or kinds.names_part(piece.text)


# -- what the contents say


def nest_articles(pieces: Sequence[Piece]) -> None:
    """In a collection sections lie below the titles that the contents name.

    A collection numbers its sections anew in each article.
    """
    headings = [piece for piece in pieces if piece.kind == "heading"]
    restarts = sum(
        kinds.section_number(piece.text) == "1" for piece in headings
    )
    titles = sum(piece.promised for piece in headings)
    if min(restarts, titles) < 2:
        return
    inside = False
    for piece in headings:
        if piece.promised:
            inside = not kinds.names_part(piece.text)
        elif inside and piece.level and not _is_part_of_volume(piece):
            piece.level = min(_DEEPEST, piece.level + 1)


def _is_part_of_volume(piece: Piece) -> bool:
    return (
        kinds.names_part(piece.text)
        and kinds.section_number(piece.text) is None
    )


def name_promised(pieces: Sequence[Piece]) -> None:
    """Lines that the table of contents has are headings."""
    promised = _promised_titles(pieces)
    for piece in pieces if promised else ():
        if not _may_be_promised(piece):
            continue
        own = letters(piece.text)
        if len(own) >= _LEAST_PROMISE and any(
            _names(line, own) for line in promised
        ):
            piece.kind, piece.level, piece.promised = "heading", 1, True


def _promised_titles(pieces: Sequence[Piece]) -> set[str]:
    lines = [
        line for piece in pieces if piece.kind == "toc" for line in piece.lines
    ]
    titles = {
        letters(kinds.LEADERS.split(line.split("\t")[0])[0]) for line in lines
    }
    return {title for title in titles if len(title) >= _LEAST_PROMISE}


def _may_be_promised(piece: Piece) -> bool:
    if (
        piece.kind not in ("paragraph", "reference", "heading")
        or not piece.alone
    ):
        return False
    if len(piece.lines) > _TITLE_LINES or kinds.ends_sentence(piece.text):
        return False
    # The own number of a heading knows its level better.
    numbered = kinds.section_number(piece.text) is not None
    return piece.kind != "heading" or not (numbered or (piece.level or 1) > 2)


def _names(line: str, own: str) -> bool:
    """Whether a line of the contents (letters only) names this heading.

    It may name its author after it, or spell it otherwise.
    """
    from rapidfuzz.fuzz import ratio

    if len(own) < _LONG_PROMISE:
        return line == own
    if ratio(line[: len(own)], own) >= _ALIKE:
        return True
    within = own.startswith(line) or own.endswith(line)
    return within and len(line) >= _MOST_OF * len(own)
