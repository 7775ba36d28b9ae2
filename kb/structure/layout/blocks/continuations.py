"""Paragraphs and tables cut by the end of a page or column become one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.blocks.paragraphs import ends_sentence
from kb.structure.layout.typography import Row

_PASSED = ("footnote", "table", "figure", "caption", "margin", "quote")
_BESIDE = ("footnote", "margin", "figure")
_INDENTING = 0.3  # share of paragraphs that begin with an indent in a document that marks them so


def merged(parts: Sequence[Draft]) -> list[Draft]:
    """`parts` with what continues on a next page or column joined to its beginning."""
    indents, unindented = indents_paragraphs(parts), _opens_indented(parts)
    done: list[Draft] = []
    for part in parts:
        index = (
            _open_table(done, part)
            if part.kind == "table"
            else _open_text(done, part, indents, unindented)
        )
        if index is None:
            done.append(part)
        else:
            done[index] = replace(done[index], rows=done[index].rows + part.rows)
    return done


def indents_paragraphs(parts: Sequence[Draft]) -> bool:
    """Whether this document begins a paragraph with an indent."""
    long = [
        part.rows
        for part in parts
        if part.kind == "paragraph"
        and len(part.rows) > 2
        and part.rows[0].column == part.rows[1].column
    ]
    return len(long) >= 5 and sum(
        _is_indented(rows) for rows in long
    ) > _INDENTING * len(long)


def _is_indented(rows: Sequence[Row]) -> bool:
    return rows[0].line.x0 - rows[1].line.x0 > 0.6 * rows[0].line.size


def _opens_indented(parts: Sequence[Draft]) -> bool:
    """Whether (nearly) every paragraph that follows another on its page begins with an indent."""
    later = [
        after.rows
        for before, after in pairwise(parts)
        if before.kind == after.kind == "paragraph"
        and len(after.rows) > 1
        and before.rows[-1].page == after.rows[0].page
        and before.rows[-1].column == after.rows[0].column == after.rows[1].column
    ]
    return len(later) >= 6 and sum(_is_indented(rows) for rows in later) >= 0.9 * len(
        later
    )


def _is_flush(part: Draft) -> bool:
    """Whether the first line of a part stands as far left as the next, and as its column."""
    one = part.rows[0]
    return (
        len(part.rows) > 1
        and abs(one.line.x0 - part.rows[1].line.x0) < 1
        and one.line.x0 - one.column[0] < 0.5 * one.line.size
    )


def _is_full(row: Row) -> bool:
    return row.line.x1 > row.column[1] - 4 * row.line.size


def _open_text(
    done: Sequence[Draft], part: Draft, indents: bool, unindented: bool
) -> int | None:
    """The last text that runs on in `part`, notes and floats between them left out."""
    for index in range(len(done) - 1, -1, -1):
        if done[index].kind not in _PASSED:
            return index if _continues(done[index], part, indents, unindented) else None
    return None


def _continues(before: Draft, part: Draft, indents: bool, unindented: bool) -> bool:
    if before.kind not in ("paragraph", "list", "reference") or part.kind not in (
        "paragraph",
        "reference",
    ):
        return False
    last, first = before.rows[-1], part.rows[0]
    if (
        last.page == first.page and first.line.top >= last.line.top
    ):  # an image or table within the column
        near = (
            last.column == first.column
            and last.line.x1 > last.column[1] - 4 * last.line.size
        )
        return (
            near
            and before.kind == "paragraph"
            and first.text[:1].islower()
            and not ends_sentence(last.text)
            and _is_alike(last, first)
        )
    if not _is_alike(last, first):
        return False
    if last.text.rstrip().endswith("-"):
        return True
    indented = len(part.rows) > 1 and _is_indented(part.rows)
    if indents and indented and before.kind == "paragraph":
        return False
    if ends_sentence(last.text):
        return (
            unindented
            and before.kind == part.kind == "paragraph"
            and _is_flush(part)
            and _is_full(last)
        )
    if first.text[:1].islower():
        return True
    left, right = last.column
    return last.line.x1 > right - 0.3 * (right - left) and (
        before.kind == "paragraph" or not first.text[:1].isupper()
    )


def _is_alike(one: Row, other: Row) -> bool:
    return abs(one.line.size - other.line.size) <= 0.1 * one.line.size


def _open_table(done: Sequence[Draft], part: Draft) -> int | None:
    """The table at the foot of the page before, where its columns agree with those of `part` at the head of the next."""
    index = next(
        (i for i in range(len(done) - 1, -1, -1) if done[i].kind not in _BESIDE), None
    )
    if index is None or done[index].kind != "table":
        return None
    last, first = done[index].rows[-1], part.rows[0]
    alike = (
        abs(last.line.x0 - first.line.x0) < 6
        and abs(last.line.x1 - first.line.x1) < 6
        and len(last.cells[-1]) == len(first.cells[0])
    )
    return index if first.page == last.page + 1 and alike else None
