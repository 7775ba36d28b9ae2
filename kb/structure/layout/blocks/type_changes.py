"""Where does the type change from one line to the next, so that something new begins?"""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Line
from kb.structure.layout.blocks.line_room import had_room, is_full
from kb.structure.layout.typography import Row
from kb.structure.layout.wording import ends_sentence

_SMALL_CAPITALS = 0.66, 0.87  # of the large ones
_TYPE = ("font", "size", "bold", "italic", "color")
_CAPITALS = 8  # letters of a title in capitals
_LITTLE = 0.2  # sizes of type of white that show room for a word
_EVEN = 0.3  # points: one size
_OTHER_SIZE = 1.07  # times the other size, and a bit: another type


def changes_type(group: Sequence[Row], row: Row) -> bool:
    """Whether `row` is set in clearly another type than the line before it."""
    one, other = group[-1].line, row.line
    if are_small_capitals(one, other):
        return False
    small, large = sorted((one.size, other.size))
    if large > _OTHER_SIZE * small + 0.1:
        goes_on = are_alike_at_seam(one, other)
        return not goes_on and not _is_mostly_of_size(one, other.size)
    return _is_title_above(group, row) or _changes_color(group, row)


def _is_title_above(group: Sequence[Row], row: Row) -> bool:
    """Whether the line before `row` is a title by its capitals, weight or slant."""
    one, other = group[-1].line, row.line
    if _is_title_in_capitals(one, other) or _changes_weight(one, other):
        return True
    if _is_short_title(group[-1], row):
        return True
    return len(group) == 1 and _is_slanted_heading(one, row)


def _changes_weight(one: Line, other: Line) -> bool:
    """Whether one line is wholly bold and the other wholly not."""
    wholly = is_wholly(one, "bold") and is_wholly(other, "bold")
    return one.bold != other.bold and wholly


def _changes_color(group: Sequence[Row], row: Row) -> bool:
    """Whether each of two lines is wholly in a colour of its own, and none is a link."""
    one, other = group[-1].line, row.line
    if not one.words or one.color == other.color:
        return False
    wholly = is_wholly(one, "color") and is_wholly(other, "color")
    return wholly and not _is_link_in_sentence(group, row)


def _is_link_in_sentence(group: Sequence[Row], row: Row) -> bool:
    """Whether only the colour of a line is another, as of a link, in an unfinished sentence."""
    one, other = group[-1].line, row.line
    alike = (one.font, one.bold, one.italic) == (
        other.font,
        other.bold,
        other.italic,
    )
    finished = ends_sentence(one.text) or one.text.rstrip().endswith(":")
    return alike and not finished and not had_room(group, row, _LITTLE)


def are_small_capitals(one: Line, other: Line) -> bool:
    """Whether two lines are of one text in small capitals, of which one has large ones as well.

    They may be written as small letters: then words of the small size stand in both.
    """
    if one.font != other.font or one.color != other.color:
        return False
    small, large = sorted((one, other), key=lambda line: line.size)
    least, most = _SMALL_CAPITALS
    if not least < small.size / large.size < most:
        return False
    if one.text.isupper() and other.text.isupper():
        return True
    words = (word for word in large.words if word.text.islower())
    return any(abs(word.size - small.size) < _EVEN for word in words)


def are_alike_at_seam(one: Line, other: Line) -> bool:
    """Whether the last word of a line and the first of the next are of one type.

    What a line holds besides may be larger or smaller: code, a name in another font.
    """
    if not one.words or not other.words:
        return False
    last, first = one.words[-1], other.words[0]
    return all(getattr(last, name) == getattr(first, name) for name in _TYPE)


def _is_title_in_capitals(one: Line, other: Line) -> bool:
    """Whether a bold line in capitals stands above bold text that is in none."""
    if not (one.bold and one.text.isupper()) or other.text.isupper():
        return False
    letters = sum(c.isalpha() for c in one.text)
    return letters >= _CAPITALS and other.text[:1].isupper()


def _is_mostly_of_size(line: Line, size: float) -> bool:
    """Whether most of a line is of `size`, whatever larger words it opens with."""
    if not line.words or is_wholly(line, "size"):
        return False
    alike = sum(len(w.text) for w in line.words if abs(w.size - size) < _EVEN)
    return 2 * alike > sum(len(word.text) for word in line.words)


def _is_short_title(title: Row, row: Row) -> bool:
    """Whether a bold or underlined line that had room stands above other type.

    Such as text that opens in bold, or is bold in another font.
    """
    one, other = title.line, row.line
    goes_on = one.text.rstrip().endswith((".", ",", ";"))
    if not one.words or goes_on or is_full(one, row):
        return False
    if title.underlined:
        return not row.underlined
    if not (one.bold and is_wholly(one, "bold")):
        return False
    return not is_wholly(other, "bold") or one.font != other.font


def _is_slanted_heading(line: Line, row: Row) -> bool:
    """Whether a line in italics stands above upright text as a heading does."""
    if not line.italic or row.line.italic:
        return False
    if not is_wholly(line, "italic") or not is_wholly(row.line, "italic"):
        return False
    closed = not line.text.rstrip().endswith((",", "-", ";"))
    short = row.column[1] - line.x1 > 3 * line.size
    return short or (row.text[:1].isupper() and closed)


def is_wholly(line: Line, attribute: str) -> bool:
    """Whether all words of a line are alike in one attribute."""
    return len({getattr(word, attribute) for word in line.words}) <= 1
