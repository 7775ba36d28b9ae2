"""A draft → its block: the text of its rows as one, its marker or mark, its table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.dutch.hyphens import join
from kb.records import Block, Box, Line
from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.blocks.note_marks import unmarked
from kb.structure.layout.page.contents import entry_text
from kb.structure.layout.page.drawn_bullets import numbered_bullet
from kb.structure.layout.typography import Row, Typography
from kb.structure.layout.wording import footnote_mark, marker_of

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\ufffd-\uffff\u200b-\u200f\ufeff]"
)

Cells = tuple[tuple[str, ...], ...]


def block_of(draft: Draft, usual: Typography) -> Block:
    """The block that a draft makes; one without text where its rows hold none."""
    text, raw = _text(draft.rows, usual)
    mark = None
    if draft.kind == "list":
        mark, text = _item(draft.rows[0], text)
    if draft.kind == "toc":
        text = entry_text(text)
    if draft.kind == "footnote" and draft.rows[0].starts is not False:
        mark, text = _note(text)
    cells = _cells(draft.rows)
    if cells:
        text, raw = "\n".join(" | ".join(row) for row in cells), None
    return Block(
        draft.kind,
        text,
        draft.rows[0].page,
        level=draft.level,
        mark=mark,
        rows=cells,
        page_end=draft.rows[-1].page,
        boxes=tuple(box_of(row.line, row.page) for row in draft.rows),
        raw=raw,
    )


def box_of(line: Line, page: int) -> Box:
    """Where a line stands, as a box."""
    edges = line.x0, line.top, line.x1, line.bottom
    return Box(page, *(round(value, 2) for value in edges))


def _text(rows: Sequence[Row], usual: Typography) -> tuple[str, str | None]:
    """The text of rows as one, and line by line as printed where that differs.

    Marks of notes and hyphens at line ends are left out of the first.
    """
    text = ""
    for row in rows:
        text = join(text, _seen(unmarked(row.line, usual.notes)), usual.words)
    text = text.strip()
    printed = [row.text.strip() for row in rows]
    same = text == " ".join(printed).strip()
    return text, None if same else "\n".join(printed)


def _seen(text: str) -> str:
    """`text` without signs that leave no ink."""
    return _UNSEEN.sub("", text)


def _item(row: Row, text: str) -> tuple[str, str]:
    """The marker of an item and its text.

    Letters and figures stay in the text as well; a lone "o" is a drawn circle.
    """
    number = numbered_bullet(row)
    drawn = bool(number) and text.startswith(f"{number} ")
    marker = f"{number} " if drawn else marker_of(text)
    if marker is None:
        return "•", text
    counted = any(c.isalnum() for c in marker) and marker.strip() != "o"
    if number or not counted:
        text = text[len(marker) :]
    return marker.strip(), text


def _note(text: str) -> tuple[str | None, str]:
    """The mark of a note and its text."""
    mark = footnote_mark(text)
    return mark, text[len(mark) :].lstrip(" .)") if mark else text


def _cells(rows: Sequence[Row]) -> Cells:
    """The rows of a table; the head that a next page repeats is left out."""
    found: list[tuple[str, ...]] = []
    for row in rows:
        again = bool(found) and bool(row.cells) and row.cells[0] == found[0]
        found += row.cells[1:] if again else row.cells
    return tuple(found)
