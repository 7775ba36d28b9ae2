"""Headings that only the whole document tells.

Its title page, chapters numbered on a line of their own, capitals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.typography import Typography, half_points
from kb.structure.layout.wording import is_numbered_heading

_BARE_CHAPTER = re.compile(
    r"^(?:hoofdstuk|deel|bijlage|chapter|part)\s+"
    r"(?:\d{1,2}|[IVXLC]{1,7}|[A-Z])\s*[.:]?$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:samenvatting|inleiding|voorwoord|vooraf|ten geleide|aanleiding|abstract"
    r"|summary|inhoud|colofon)\b",
    re.IGNORECASE,
)
_RUNNING = 60  # characters of a paragraph that is surely text
_ENOUGH = 4  # headings after the title that show how headings look here
_LAST_TITLE = 4  # drafts before the title at most
_ALIKE = 3  # short words in capitals of one type that make headings
_CAPITALS = 4  # letters, at least
_MOSTLY = 0.7  # share of its signs that are letters
_LONGEST = 70  # characters
_SMALLEST = 0.74  # of the size of the text
_AS_LARGE = 0.95  # of the title: part of it

Style = tuple[float, str, bool]


def _style(draft: Draft) -> Style:
    line = draft.rows[0].line
    return half_points(line.size), line.font, line.bold


def with_capitals(drafts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """`drafts`, short words in capitals on a line of their own headings where others in
    their type are."""
    short = {at for at, d in enumerate(drafts) if _is_short_capitals(d, usual)}
    alike = Counter(
        _style(draft)
        for at, draft in enumerate(drafts)
        if at in short or (draft.kind == "heading" and draft.text.isupper())
    )
    return [
        replace(draft, kind="heading")
        if at in short and alike[_style(draft)] >= _ALIKE
        else draft
        for at, draft in enumerate(drafts)
    ]


def _is_short_capitals(draft: Draft, usual: Typography) -> bool:
    """Whether a paragraph is one line of a few words in capitals."""
    text = draft.text.strip()
    if draft.kind != "paragraph" or len(draft.rows) != 1 or not text.isupper():
        return False
    if len(text) > _LONGEST or text.endswith((".", ",", ";")):
        return False
    letters = sum(c.isalpha() for c in text)
    mostly = letters >= max(_CAPITALS, _MOSTLY * len(text.replace(" ", "")))
    return mostly and draft.rows[0].line.size > _SMALLEST * usual.size


def chapters_joined(drafts: Sequence[Draft]) -> list[Draft]:
    """`drafts`, "Hoofdstuk 3" on a line of its own one heading with the title below it."""
    found: list[Draft] = []
    for draft in drafts:
        last = found[-1] if found else None
        if last is not None and _is_title_of_chapter(last, draft):
            found[-1] = replace(last, rows=last.rows + draft.rows)
        else:
            found.append(draft)
    return found


def _is_title_of_chapter(last: Draft, draft: Draft) -> bool:
    if last.kind != "heading" or draft.kind != "heading":
        return False
    if not _BARE_CHAPTER.match(last.text.strip()) or is_numbered_heading(
        draft.text
    ):
        return False
    return last.rows[0].page == draft.rows[0].page


@dataclass(frozen=True, slots=True)
class _Later:
    """What the headings after the title page look like."""

    styles: frozenset[Style]
    count: int


def title_alone(drafts: Sequence[Draft]) -> list[Draft]:
    """`drafts`, what stands below the title in type of its own no heading.

    Subtitle, author, date.
    """
    found = list(drafts)
    first = next(
        (at for at, d in enumerate(drafts) if d.kind == "heading"), None
    )
    if first is None or first > _LAST_TITLE:
        return found
    title = drafts[first].rows[0]
    end = _end_of_title(drafts, first)
    headings = [draft for draft in drafts[end:] if draft.kind == "heading"]
    later = _Later(frozenset(map(_style, headings)), len(headings))
    for at in range(first + 1, end):
        draft = drafts[at]
        after = drafts[at + 1] if at + 1 < len(drafts) else None
        doubtful = draft.kind == "heading" and not is_numbered_heading(
            draft.text
        )
        smaller = draft.rows[0].line.size < _AS_LARGE * title.line.size
        if doubtful and smaller and not _heads(draft, after, later):
            found[at] = replace(draft, kind="paragraph")
    return found


def _end_of_title(drafts: Sequence[Draft], first: int) -> int:
    """Where running text, or the next page, begins after the title at `first`."""
    page = drafts[first].rows[0].page
    for at in range(first + 1, len(drafts)):
        if drafts[at].rows[0].page != page or _is_running(drafts[at]):
            return at
    return len(drafts)


def _heads(draft: Draft, after: Draft | None, later: _Later) -> bool:
    """Whether a line below the title is the heading of what stands `after` it."""
    if after is None or after.kind == "heading":
        return False  # nothing stands under it
    if after.rows[0].page != draft.rows[0].page:
        return False
    if _OPENING.match(draft.text) or _style(draft) in later.styles:
        return True
    return _is_running(after) and (
        later.count < _ENOUGH or after.kind != "paragraph"
    )


def _is_running(draft: Draft) -> bool:
    """Whether a draft is text or a list rather than a line of a title page."""
    if draft.kind in ("list", "table", "toc"):
        return True
    long = len(draft.rows) > 2 or len(draft.text) > _RUNNING
    return draft.kind == "paragraph" and long
