"""Rows in reading order → groups of rows that belong together.

Where does a paragraph begin?
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.structure.layout.blocks.items import begins_item, leaves_item
from kb.structure.layout.blocks.line_room import had_room, is_full, room_for
from kb.structure.layout.blocks.line_shapes import (
    hangs_under_number,
    is_apart,
    is_centred,
    is_even_block,
    is_ragged_left,
)
from kb.structure.layout.blocks.type_changes import (
    are_alike_at_seam,
    are_small_capitals,
    changes_type,
    is_wholly,
)
from kb.structure.layout.typography import Row, Typography
from kb.structure.layout.wording import (
    ends_sentence,
    is_broken_off,
    is_numbered_heading,
    marker_of,
    opens_small,
)

# Shares of the size of type.
_LITTLE = 0.2  # white that shows room for a word
_IN = 0.6  # a line that stands in, or out, by this begins something
_SAME_LINE = 0.35  # pieces on one height
_MUCH_LARGER = 2.5  # times the other size: a title beside text
_WIDE_ROOM = 3.0  # the same where no sentence ends
# Times the usual distance of baselines.
_NEXT = 1.3  # the most within a paragraph
_BENEATH = 0.5, 1.12  # lines of one text, however the columns around them run
_DISPLAY = 1.6  # sizes of type between the lines of one heading
_UNDER = 0.4  # sizes of type by which text stands in from its bullet, at least
_SHORT_END = 0.2  # share of a column that a last line of a paragraph may leave


def groups_of(rows: Sequence[Row], usual: Typography) -> list[list[Row]]:
    """Paragraphs, items, headings: runs of rows of one column."""
    groups: list[list[Row]] = []
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        if groups and not begins(groups[-1], row, following, usual):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def begins(
    group: Sequence[Row], row: Row, following: Row | None, usual: Typography
) -> bool:
    """Whether `row` begins something new after `group`."""
    last = group[-1]
    if row.starts is not None and last.zone == row.zone:
        return row.starts
    if _is_elsewhere(last, row, usual):
        return True
    if _is_piece_of_line(last, row):
        return False
    step = row.line.bottom - last.line.bottom
    if _goes_on_in_small_capitals(group[0], row, step):
        return False
    if not 0 < step <= _NEXT * usual.pitch_of(last.line.size) + 0.5:
        return True
    if any(
        goes(last, row) for goes in (_goes_on_in_sentence, _goes_on_in_type)
    ):
        return False
    return _begins_by_type(group, row, following, usual)


def _begins_by_type(
    group: Sequence[Row], row: Row, following: Row | None, usual: Typography
) -> bool:
    """Whether a row right below `group` begins something by its type, sign or place."""
    last = group[-1]
    if changes_type(group, row):
        return True
    if is_display(row, usual) and is_display(last, usual):
        return _begins_heading(group, row, usual)
    if are_small_capitals(last.line, row.line):
        return False
    item = row.bullet or begins_item(group, row)
    return item or _is_first_line(group, row, following, usual)


def _begins_heading(group: Sequence[Row], row: Row, usual: Typography) -> bool:
    """Whether a row of display type below another begins a heading, or an item, of its own."""
    if marker_of(group[0].text) and begins_item(group, row):
        return True
    last = group[-1].line
    step = row.line.bottom - last.bottom
    near = max(_DISPLAY * row.line.size, _BENEATH[1] * usual.pitch)
    return is_numbered_heading(row.text) or step > near


def _is_piece_of_line(last: Row, row: Row) -> bool:
    """Whether `row` stands right of the row before it, on its height."""
    small, large = sorted((last.line.size, row.line.size))
    if large > _MUCH_LARGER * small:
        return False
    fall = abs(row.line.bottom - last.line.bottom)
    return (
        fall < _SAME_LINE * row.line.size and row.line.x0 >= last.line.x1 - 1
    )


def _is_elsewhere(last: Row, row: Row, usual: Typography) -> bool:
    """Whether `row` stands on another page, in another zone or column than the row before it."""
    if last.page != row.page or last.zone != row.zone or row.cells:
        return True
    return last.column != row.column and not _is_beneath(last, row, usual)


def _is_beneath(last: Row, row: Row, usual: Typography) -> bool:
    """Whether `row` stands right below `last` in the same type.

    One text over two columns.
    """
    one, other = last.line, row.line
    if abs(one.size - other.size) >= 0.1 * one.size or one.font != other.font:
        return False
    pitch = 1.4 * one.size
    if one.size < 1.08 * usual.size:
        pitch = max(usual.pitch_of(one.size), 1.1 * one.size)
    least, most = _BENEATH
    near = least * pitch < other.bottom - one.bottom < most * pitch
    return near and abs(one.x0 - other.x0) < 1.5


def _goes_on_in_sentence(last: Row, row: Row) -> bool:
    """Whether `row` completes a sentence that opens in bold or slanted type of the same size.

    Opening lines are often set so: they are no heading of their own.
    """
    one, other = last.line, row.line
    if abs(one.size - other.size) > 0.3 or not opens_small(row.text):
        return False
    if (one.bold, one.italic) == (other.bold, other.italic):
        return False
    if marker_of(row.text) or ends_sentence(last.text) or row.bullet:
        return False
    return abs(one.x0 - other.x0) < _IN * one.size and is_full(last.line, row)


def _goes_on_in_small_capitals(first: Row, row: Row, step: float) -> bool:
    """Whether `row` is a further line of a heading whose first one has large capitals too."""
    one, other = first.line, row.line
    near = 0 < step <= _DISPLAY * one.size
    return near and one.size > other.size and are_small_capitals(one, other)


def _goes_on_in_type(last: Row, row: Row) -> bool:
    """Whether `row` opens with the small letter and the bold type in which the last one ends.

    It may end in other type: a heading of several lines that runs into its text.
    """
    one, other = last.line, row.line
    if not (one.bold and opens_small(row.text)) or row.bullet:
        return False
    if marker_of(row.text) or ends_sentence(last.text):
        return False
    even = abs(one.x0 - other.x0) < _IN * one.size
    return even and are_alike_at_seam(one, other)


def is_display(row: Row, usual: Typography) -> bool:
    """Whether a row is set as headings are.

    Larger than running text, or bold throughout.
    """
    line = row.line
    if usual.is_large(line):
        return True
    bold = line.bold and not usual.bold and is_wholly(line, "bold")
    return bold and line.size > 0.95 * usual.size


# -- first lines


def _is_first_line(
    group: Sequence[Row], row: Row, following: Row | None, usual: Typography
) -> bool:
    """Whether a row in the type of those before it is the first of a paragraph by its place."""
    if any(
        goes_on(group, row, following)
        for goes_on in (_completes_line, is_ragged_left, is_centred)
    ):
        return False
    if hangs_under_number(group, row):
        return False
    if _is_indented(group, row, following, usual):
        return True
    if _hangs_on(group, row) or is_even_block(group, row, following):
        return False
    return _is_broken_early(group, row, usual)


def _hangs_on(group: Sequence[Row], row: Row) -> bool:
    """Whether `row` stands right below the lines of an item that stand under its text."""
    first = group[0].line
    if marker_of(group[0].text) is None or marker_of(row.text) is not None:
        return False
    under = group[1].line.x0 if len(group) > 1 else row.line.x0
    hangs = under - first.x0 > _UNDER * first.size
    same = abs(row.line.x0 - under) < 1
    return hangs and same and (len(group) > 2 or row.text[:1].islower())


def _completes_line(
    group: Sequence[Row], row: Row, following: Row | None
) -> bool:
    """Whether a small letter goes on where a full line stops within a sentence.

    However far it stands in or out: text runs around pictures. A line is full as well
    where the next word would not have fitted.
    """
    last = group[-1]
    if ends_sentence(last.text) or not row.text[:1].islower():
        return False
    return is_full(last.line, row) or not had_room([last], row, _LITTLE)


def _is_indented(
    group: Sequence[Row], row: Row, following: Row | None, usual: Typography
) -> bool:
    """Whether `row` stands in, or out, from the lines around it as a first line does."""
    size = row.line.size
    last = group[-1].line
    indent = row.line.x0 - _left(group)
    full = is_full(last, row)
    if marker_of(group[0].text) is not None or group[0].bullet:
        return leaves_item(group, row, indent, usual)
    if indent < -_IN * size:
        return len(group) > 1  # below a first line that stands in
    if usual.indent and _has_usual_indent(group, row, following, usual):
        return True
    if indent < _IN * size or (full and not ends_sentence(last.text)):
        return False
    if following is None or is_apart(row, following):
        return True
    back = row.line.x0 - following.line.x0
    return back > _IN * size or abs(back) < 0.2 * size


def _left(group: Sequence[Row]) -> float:
    """Where the last line of a group begins, of whatever pieces it is."""
    left = group[-1].line.x0
    for before, after in pairwise(reversed(group)):
        if not _is_piece_of_line(after, before):
            break
        left = after.line.x0
    return left


def _has_usual_indent(
    group: Sequence[Row], row: Row, following: Row | None, usual: Typography
) -> bool:
    """Whether `row` stands in as far as first lines do in this document.

    That is measured from the line before or, below a line that is a whole paragraph, from
    the column.
    """
    line, last = row.line, group[-1].line
    if abs(line.size - usual.size) > 0.3 or is_broken_off(last.text):
        return False
    if abs(line.x0 - last.x0 - usual.indent) < 1.5:
        if following is None or following.column != row.column:
            return True
        return following.line.x0 < line.x0 + _IN * line.size
    even = len(group) == 1 and abs(line.x0 - last.x0) < 1
    if not even or abs(line.x0 - row.column[0] - usual.indent) >= 1.5:
        return False
    return last.text.rstrip().endswith(")") or ends_sentence(last.text)


def _is_broken_early(
    group: Sequence[Row], row: Row, usual: Typography
) -> bool:
    """Whether the first word of `row` would have fitted on the line before.

    That line was then ended on purpose. Where white stands between paragraphs, a line that
    ends somewhat early says little.
    """
    last = group[-1].line
    if not row.line.words or is_broken_off(last.text):
        return False
    if not had_room(group, row):
        return False
    room, needed = room_for(group, row)
    if usual.parted and room < _SHORT_END * (row.column[1] - row.column[0]):
        return False
    if ends_sentence(last.text):
        return True
    wide = room > 2 * needed + _WIDE_ROOM * row.line.size
    return wide and row.text[:1].isupper()
