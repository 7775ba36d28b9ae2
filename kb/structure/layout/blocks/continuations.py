"""Paragraphs, notes and tables cut by the end of a page or column become one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.typography import Row, family
from kb.structure.layout.wording import (
    ends_sentence,
    is_broken_off,
    opens_small,
)

_PASSED = ("footnote", "table", "figure", "caption", "margin", "quote")
_BESIDE = ("footnote", "margin", "figure")
_TEXT = ("paragraph", "list", "reference")
_LATER = ("paragraph", "reference")
_IN = 0.6  # sizes of type by which a first line stands in
_HANGS = (
    0.4  # sizes of type by which the lines of an item stand under its text
)
_INDENTING = 0.3  # share of paragraphs that begin with an indent where a document marks them so
_LEAST_LONG = 5  # paragraphs that show it
_ALWAYS = 0.8  # share where (nearly) every later paragraph of a page begins so
_LEAST_LATER = 6
_FULL = 4  # sizes of type: a line that ends this near to the edge is full
_NEARLY_FULL = (
    0.3  # share of the column that a line may leave to be full enough
)
_SAME = 0.3  # points: the same size of type
_LONGEST_INSET = 24  # blocks of a box that stands within a sentence, at most
_SAME_EDGES = 6  # points between the edges of two parts of one table


@dataclass(frozen=True, slots=True)
class _Habits:
    """How this document begins its paragraphs."""

    indents: bool  # often with an indent
    always: bool  # nearly always so, but for the first of a page or section


def joined(drafts: Sequence[Draft]) -> list[Draft]:
    """`drafts` with what continues on a next page or column joined to its beginning."""
    habits = _Habits(indents_paragraphs(drafts), _opens_indented(drafts))
    done: list[Draft] = []
    for draft in drafts:
        index = _beginning(done, draft, habits)
        if index is None:
            done.append(draft)
        else:
            done[index] = replace(
                done[index], rows=done[index].rows + draft.rows
            )
    return done


def _beginning(
    done: Sequence[Draft], draft: Draft, habits: _Habits
) -> int | None:
    """Where the beginning of `draft` stands, if it is the rest of something."""
    if draft.kind == "table":
        return _open_table(done, draft)
    if draft.kind == "footnote":
        return _open_note(done, draft)
    return _open_text(done, draft, habits)


def indents_paragraphs(drafts: Sequence[Draft]) -> bool:
    """Whether this document begins a paragraph with an indent."""
    long = [
        draft.rows
        for draft in drafts
        if draft.kind == "paragraph"
        and len(draft.rows) > 2
        and draft.rows[0].column == draft.rows[1].column
    ]
    indented = sum(_is_indented(rows) for rows in long)
    return len(long) >= _LEAST_LONG and indented > _INDENTING * len(long)


def _is_indented(rows: Sequence[Row]) -> bool:
    return rows[0].line.x0 - rows[1].line.x0 > _IN * rows[0].line.size


def _opens_indented(drafts: Sequence[Draft]) -> bool:
    """Whether (nearly) every paragraph that follows another on its page begins with an indent."""
    later = [
        after.rows
        for before, after in pairwise(drafts)
        if before.kind == after.kind == "paragraph"
        and len(after.rows) > 1
        and before.rows[-1].page == after.rows[0].page
        and before.rows[-1].column
        == after.rows[0].column
        == after.rows[1].column
    ]
    indented = sum(_is_indented(rows) for rows in later)
    return len(later) >= _LEAST_LATER and indented >= _ALWAYS * len(later)


# -- text


def _open_text(
    done: Sequence[Draft], draft: Draft, habits: _Habits
) -> int | None:
    """The last text, where it runs on in `draft`.

    Notes and floats between them are left out, and a box in type of its own
    within a sentence.
    """
    before = (
        at
        for at in range(len(done) - 1, -1, -1)
        if done[at].kind not in _PASSED
    )
    index = next(before, None)
    if index is None:
        return None
    if _continues(done[index], draft, habits):
        return index
    return _before_inset(done, draft)


def _before_inset(done: Sequence[Draft], draft: Draft) -> int | None:
    """The text that stops in mid-sentence before a box and goes on in `draft` behind it."""
    first = draft.rows[0]
    if draft.kind != "paragraph" or not opens_small(first.text):
        return None
    if first.starts:
        return None
    for at in range(len(done) - 1, max(-1, len(done) - _LONGEST_INSET), -1):
        if _is_in_type(done[at].rows[-1], first):
            return at if _breaks_off_before(done[at], first) else None
        if any(_is_in_type(row, first) for row in done[at].rows):
            return None
    return None


def _is_in_type(row: Row, other: Row) -> bool:
    """Whether two rows have one size and family of type."""
    one, two = row.line, other.line
    return abs(one.size - two.size) <= _SAME and family(one.font) == family(
        two.font
    )


def _breaks_off_before(before: Draft, first: Row) -> bool:
    """Whether a full line of another column stops within a sentence, for `first` to go on."""
    last = before.rows[-1]
    if before.kind not in _TEXT or ends_sentence(last.text):
        return False
    apart = last.page != first.page or first.line.x0 > last.line.x1
    near = first.page - last.page in (0, 1)
    return apart and near and _is_full(last)


def _continues(before: Draft, draft: Draft, habits: _Habits) -> bool:
    """Whether `draft` completes what `before` left open."""
    if not _may_continue(before, draft):
        return False
    last, first = before.rows[-1], draft.rows[0]
    if last.page == first.page and first.line.top >= last.line.top:
        return _continues_below(before, draft)
    if is_broken_off(last.text):
        return not first.text[:1].isupper()
    indented = len(draft.rows) > 1 and _is_indented(draft.rows)
    if habits.indents and indented and before.kind == "paragraph":
        return False
    if _goes_on_in_item(before, draft):
        return True
    if _is_before_small_letter(before, draft):
        return True
    if ends_sentence(last.text):
        return _goes_on_after_sentence(before, draft, habits)
    return _goes_on_in_sentence(before, first)


def _may_continue(before: Draft, draft: Draft) -> bool:
    """Whether two drafts are of kinds and of one type, as the parts of one text are."""
    if before.kind not in _TEXT or draft.kind not in _LATER:
        return False
    first = draft.rows[0]
    return not first.starts and _is_alike(before.rows[-1], first)


def _is_before_small_letter(before: Draft, draft: Draft) -> bool:
    """Whether a full line that ends in a colon or semicolon is followed by a small letter."""
    if before.kind != "paragraph" or draft.kind != "paragraph":
        return False
    last = before.rows[-1]
    halted = last.text.rstrip().endswith((":", ";"))
    small = draft.rows[0].text[:1].islower()
    return halted and small and len(before.rows) > 1 and _is_full(last)


def _goes_on_in_item(before: Draft, draft: Draft) -> bool:
    """Whether a text stands where the lines of the item before it hang, below a full line."""
    if before.kind != "list" or len(before.rows) < 2:
        return False
    last, first = before.rows[-1], draft.rows[0]
    hang = last.line.x0 - before.rows[0].line.x0
    depth = last.line.x0 - last.column[0]
    even = abs(first.line.x0 - first.column[0] - depth) < 1
    hangs = min(hang, depth) > _HANGS * last.line.size
    return hangs and even and _is_full(last)


def _goes_on_in_sentence(before: Draft, first: Row) -> bool:
    """Whether a row goes on where a text stops without an end.

    A capital may be a name; then the line before must be nearly full, and no item's.
    """
    if opens_small(first.text):
        return True
    if first.text[:1].isupper() and before.kind != "paragraph":
        return False
    last = before.rows[-1]
    left, right = last.column
    return last.line.x1 > right - _NEARLY_FULL * (right - left)


def _continues_below(before: Draft, draft: Draft) -> bool:
    """Whether a paragraph goes on below an image or table within its column."""
    last, first = before.rows[-1], draft.rows[0]
    if before.kind != "paragraph" or last.column != first.column:
        return False
    open_end = _is_full(last) and not ends_sentence(last.text)
    return open_end and first.text[:1].islower()


def _goes_on_after_sentence(
    before: Draft, draft: Draft, habits: _Habits
) -> bool:
    """Whether a paragraph without the usual indent goes on after a full line at a page's foot."""
    if (
        not habits.always
        or before.kind != draft.kind
        or draft.kind != "paragraph"
    ):
        return False
    return _is_flush(draft) and _is_full(before.rows[-1])


def _is_flush(draft: Draft) -> bool:
    """Whether the first line of a draft stands as far left as the next and as its column."""
    if len(draft.rows) < 2:
        return False
    first, second = draft.rows[0], draft.rows[1]
    even = abs(first.line.x0 - second.line.x0) < 1
    return even and first.line.x0 - first.column[0] < 0.5 * first.line.size


def _is_full(row: Row) -> bool:
    return row.line.x1 > row.column[1] - _FULL * row.line.size


def _is_alike(one: Row, other: Row) -> bool:
    return abs(one.line.size - other.line.size) <= 0.1 * one.line.size


# -- notes and tables


def _open_note(done: Sequence[Draft], draft: Draft) -> int | None:
    """The last note of the page or column before, where it stops in mid-sentence and `draft`
    has no mark.
    """
    first = draft.rows[0]
    if first.starts is not False:
        return None
    notes = [at for at, other in enumerate(done) if other.kind == "footnote"]
    if not notes:
        return None
    last = done[notes[-1]].rows[-1]
    later = first.page in (last.page, last.page + 1)
    follows = later and _is_alike(last, first)
    return notes[-1] if follows and not ends_sentence(last.text) else None


def _open_table(done: Sequence[Draft], draft: Draft) -> int | None:
    """The table at the foot of the page before, where its columns are those of `draft`."""
    standing = (
        at
        for at in range(len(done) - 1, -1, -1)
        if done[at].kind not in _BESIDE
    )
    index = next(standing, None)
    if index is None or done[index].kind != "table":
        return None
    last, first = done[index].rows[-1], draft.rows[0]
    if first.page != last.page + 1 or not last.cells or not first.cells:
        return None
    edges = (last.line.x0 - first.line.x0, last.line.x1 - first.line.x1)
    same = all(abs(edge) < _SAME_EDGES for edge in edges)
    return (
        index if same and len(last.cells[-1]) == len(first.cells[0]) else None
    )
