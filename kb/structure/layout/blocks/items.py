"""Does this row begin an item of a list, or leave the one above it?"""

from __future__ import annotations

from collections.abc import Sequence

from kb.structure.layout.blocks.line_room import had_room, is_full
from kb.structure.layout.typography import Row, Typography
from kb.structure.layout.wording import ends_sentence, marker_of

# Shares of the size of type.
_IN = 0.6  # a line that stands in, or out, by this begins something
_OUT = (
    0.3  # a capital that stands out this far below a short item is none of it
)
_LITTLE_ROOM = 0.1  # the same where its place shows it as well
_TAB = 0.6  # a dash set further from its text than by a space
_DASHES = ("-", "–", "—")


def begins_item(group: Sequence[Row], row: Row) -> bool:
    """Whether `row` begins with the marker of an item, and not with a number of its text."""
    marker = marker_of(row.text)
    if marker is None:
        return False
    sign = marker.strip()[0]
    if not sign.isalnum() and sign not in "-–—*(":
        return True
    if marker.strip() == "o" or _is_set_apart(row):
        return True
    first = group[0]
    before = marker_of(first.text)
    out = row.line.x0 - first.line.x0
    if before is not None and out < -_IN * row.line.size:
        return True  # of the list around the one before
    if not _may_follow(before, marker):
        return False
    if before is not None or first.bullet:
        deeper = row.line.x0 > group[-1].line.x0 + 0.5 * row.line.size
        return out <= _IN * row.line.size or deeper
    return ends_sentence(group[-1].text) or out > 0.5 * row.line.size


def _is_set_apart(row: Row) -> bool:
    """Whether more than a space parts the dash with which a row begins from its text."""
    words = row.line.words
    if len(words) < 2 or words[0].text not in _DASHES:
        return False
    return words[1].x0 - words[0].x1 > _TAB * row.line.size


def _may_follow(before: str | None, marker: str) -> bool:
    """Whether a number or letter is the first of its kind, or the next after `before`.

    >>> _may_follow("a) ", "b) "), _may_follow(None, "t. ")
    (True, False)
    """
    sign = marker.strip("()[]. ")
    if not sign.isalnum() or sign.isdigit() or sign.lower() in ("a", "i"):
        return True
    last = (before or "").strip("()[]. ")
    return len(sign) > 1 or (len(last) == 1 and ord(sign) - ord(last) == 1)


def leaves_item(
    group: Sequence[Row], row: Row, indent: float, usual: Typography
) -> bool:
    """Whether `row`, which stands `indent` to the right of the last row, is no part of an item."""
    size = row.line.size
    if len(group) > 1:
        return indent < -_IN * size
    if _stands_out(group, row, indent):
        return True
    if group[0].bullet and marker_of(group[0].text) is None:
        return False  # the line without its bullet begins where its text does
    if not usual.hangs or indent >= _OUT * size or row.text[:1].islower():
        return False
    # Lines of an item stand under its text here: this one says something of its own.
    counted = (marker_of(group[0].text) or "•").strip("(")[:1].isalnum()
    return not (counted and is_full(group[-1].line, row))


def _stands_out(group: Sequence[Row], row: Row, indent: float) -> bool:
    """Whether a row stands left of the item above it, which had ended."""
    size = row.line.size
    full = is_full(group[-1].line, row)
    if indent < -_IN * size:
        return group[0].bullet or not full or ends_sentence(group[-1].text)
    if indent >= -_OUT * size or not row.text[:1].isupper():
        return False
    return not full or had_room(group, row, _LITTLE_ROOM)
