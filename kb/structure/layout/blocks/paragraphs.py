"""Rows in reading order → groups of rows that belong together: where does a paragraph begin?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.layout.typography import Row, Typography

BULLETS = "•◦▪‣►■●▶▸➢❖✓⁃\uf0b7\uf0a7∙·❑□○–—\uf0d8\uf0fc\uf02d›»❯◆♦✔☐→➔⇒"
_BULLET = re.compile(
    rf"^[{BULLETS}*>-]\s+(?=\S)|^[•◦▪‣►■●▶▸➢❖\uf0b7\uf0a7\uf0d8\uf0fc›❯◆♦✔☐](?=\w)|^o\s(?=[A-Z])"
)
_NUMBER = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s+(?=\S)")
_HEADING_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.|[IVXLC]{1,7}\.)\s+(?=[A-Z‘'“\"„(])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:d\.d|art|nr|no|bijv|bv|e\.a|o\.a|m\.b\.t|i\.v\.m|t\.a\.v|ca|dr|drs|mr|prof|ir|ing|blz|p|pp|vgl|resp|incl|excl|St|mw|dhr)\.$"
)
_SENTENCE_END = re.compile(
    r"(?:[.!?…][’”'\")\]]*|[:;])(?:\s?\d{1,3}|\*)?$"
)  # with the mark of a note, if any


def ends_sentence(text: str) -> bool:
    """Whether `text` ends a sentence or announces a list; an abbreviation with its point does not."""
    text = text.rstrip()
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text)


def marker_of(text: str) -> str | None:
    """The bullet or number with which `text` begins as an item of a list."""
    match = _BULLET.match(text) or _NUMBER.match(text)
    return match.group() if match else None


def numbered_heading(text: str) -> bool:
    """Whether `text` begins as a numbered heading does."""
    return bool(_HEADING_NUMBER.match(text))


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
    if (
        last.page != row.page
        or last.zone != row.zone
        or row.cells
        or (last.column != row.column and not _beneath(last, row, usual))
    ):
        return True
    step = row.line.bottom - last.line.bottom
    if abs(step) < 0.35 * row.line.size and row.line.x0 >= last.line.x1 - 1:
        return False
    pitch = usual.pitch_of(last.line.size)
    if step <= 0 or step > 1.3 * pitch + 0.5:
        return True
    if changes_type(group, row, usual):
        return True
    if display(row, usual) and display(last, usual):
        return numbered_heading(row.text) or step > 1.3 * 1.22 * row.line.size
    if row.bullet or _begins_item(group, row):
        return True
    return _indented(group, row, following, usual) or _broken_early(group, row, usual)


def _beneath(last: Row, row: Row, usual: Typography) -> bool:
    """Whether `row` stands right below `last` in the same type: one text, however the columns around it run."""
    one, other = last.line, row.line
    step = other.bottom - one.bottom
    pitch = (
        max(usual.pitch_of(one.size), 1.1 * one.size)
        if one.size < 1.08 * usual.size
        else 1.4 * one.size
    )
    same = (
        abs(one.size - other.size) < 0.1 * one.size
        and one.font == other.font
        and abs(one.x0 - other.x0) < 1.5
    )
    return same and 0.5 * pitch < step < 1.12 * pitch


def display(row: Row, usual: Typography) -> bool:
    """Whether a row is set as headings are: larger than running text, or bold throughout."""
    line = row.line
    return line.size > 1.08 * usual.size + 0.2 or (
        line.bold
        and not usual.bold
        and line.size > 0.95 * usual.size
        and _wholly(line, "bold")
    )


def changes_type(group: Sequence[Row], row: Row, usual: Typography) -> bool:
    """Whether `row` is set in clearly another type than the line before it."""
    one, other = group[-1].line, row.line
    if max(one.size, other.size) > 1.07 * min(one.size, other.size) + 0.1:
        return True
    if one.bold != other.bold and (_wholly(one, "bold") and _wholly(other, "bold")):
        return True
    if (
        one.italic
        and not other.italic
        and _wholly(one, "italic")
        and _wholly(other, "italic")
        and len(group) == 1
    ):
        alone = row.text[:1].isupper() and not one.text.rstrip().endswith(
            (",", "-", ";")
        )
        return (
            alone or row.column[1] - one.x1 > 3 * one.size
        )  # a line of its own in italics: a heading
    return (
        one.color != other.color
        and len(one.words) > 0
        and _one_color(one)
        and _one_color(other)
    )


def _wholly(line: object, attribute: str) -> bool:
    words = getattr(line, "words", ())
    return not words or len({getattr(word, attribute) for word in words}) == 1


def _one_color(line: object) -> bool:
    return len({word.color for word in getattr(line, "words", ())}) == 1


def _begins_item(group: Sequence[Row], row: Row) -> bool:
    marker = marker_of(row.text)
    if marker is None:
        return False
    if not marker.strip()[0].isalnum() and marker.strip()[0] not in "-–—*(":
        return True
    first = group[0]
    if not _may_follow(marker_of(first.text), marker):
        return False
    if marker_of(first.text) is not None or first.bullet:
        return (
            row.line.x0 <= first.line.x0 + 0.6 * row.line.size
            or row.line.x0 > group[-1].line.x0 + 0.5 * row.line.size
        )
    return (
        ends_sentence(group[-1].text)
        or row.line.x0 > first.line.x0 + 0.5 * row.line.size
    )


def _may_follow(before: str | None, marker: str) -> bool:
    """Whether a number or letter is the first of its kind, or the next after `before`: "t." in "n.v.t." is neither."""
    sign = marker.strip("()[]. ")
    if not sign.isalnum() or sign.isdigit() or sign.lower() in ("a", "i"):
        return True
    last = (before or "").strip("()[]. ")
    return len(sign) > 1 or (len(last) == 1 and ord(sign) - ord(last) == 1)


def _indented(
    group: Sequence[Row], row: Row, following: Row | None, usual: Typography
) -> bool:
    """A first line that stands in from the lines around it."""
    size = row.line.size
    last = group[-1].line
    hanging = marker_of(group[0].text) is not None or group[0].bullet
    indent = row.line.x0 - last.x0
    full = last.x1 > row.column[1] - 2.5 * size
    if hanging and len(group) == 1:
        outdented = indent < -0.6 * size and (
            group[0].bullet or not full or ends_sentence(last.text)
        )
        return outdented or (
            usual.hangs and indent < 0.3 * size and _leaves_item(group[0], row, full)
        )
    if not hanging and len(group) == 1 and indent < -0.6 * size:
        return False
    if indent < -0.6 * size:
        return True
    if not hanging and usual.indent and _has_usual_indent(group, row, following, usual):
        return True
    if indent < 0.6 * size or hanging or (full and not ends_sentence(last.text)):
        return False
    if (
        following is None
        or following.page != row.page
        or following.column != row.column
    ):
        return True
    return (
        row.line.x0 - following.line.x0 > 0.6 * size
        or abs(following.line.x0 - row.line.x0) < 0.2 * size
    )


def _leaves_item(item: Row, row: Row, full: bool) -> bool:
    """Whether a row right under a bullet says something of its own, where lines of an item stand under its text."""
    counted = (marker_of(item.text) or "•").strip("(")[:1].isalnum()
    return not row.text[:1].islower() and not (full and counted)


def _has_usual_indent(
    group: Sequence[Row], row: Row, following: Row | None, usual: Typography
) -> bool:
    """Whether `row` stands in as far as first lines do in this document, from the line before or else from the column."""
    last = group[-1].line
    if abs(row.line.size - usual.size) > 0.3 or last.text.rstrip().endswith(
        ("-", "\u00ad")
    ):
        return False
    if abs(row.line.x0 - last.x0 - usual.indent) < 1.5:
        return (
            following is None
            or following.column != row.column
            or following.line.x0 < row.line.x0 + 0.6 * row.line.size
        )
    closed = last.text.rstrip().endswith(")") or ends_sentence(last.text)
    alone = (
        len(group) == 1
        and abs(row.line.x0 - last.x0) < 1
        and abs(row.line.x0 - row.column[0] - usual.indent) < 1.5
    )
    return alone and closed


def _broken_early(group: Sequence[Row], row: Row, usual: Typography) -> bool:
    """The first word of `row` would have fitted on the line before: that line was ended on purpose."""
    last = group[-1].line
    words = row.line.words
    if not words or last.text.rstrip().endswith(("-", "\u00ad")):
        return False
    room = max(row.column[1], group[-1].column[1]) - last.x1
    needed = words[0].x1 - words[0].x0 + 0.3 * row.line.size
    if room < needed + 0.8 * row.line.size:
        return False
    if usual.parted and room < 0.2 * (row.column[1] - row.column[0]):
        return False  # where white stands between paragraphs, a line that ends somewhat early says little
    ended = ends_sentence(last.text)
    return ended or (room > 2 * needed + 3 * row.line.size and row.text[:1].isupper())
