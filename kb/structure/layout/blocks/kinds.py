"""Groups of rows with their kind.

First what each is by itself, then what its section makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from kb.structure.layout.blocks import headings
from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.blocks.heading_levels import levels_of
from kb.structure.layout.blocks.numbered_titles import with_numbered_titles
from kb.structure.layout.blocks.paragraphs import groups_of
from kb.structure.layout.blocks.plain_headings import with_plain_headings
from kb.structure.layout.blocks.pull_quotes import pull_quotes
from kb.structure.layout.blocks.reference_entries import (
    list_without_title,
    with_entries,
)
from kb.structure.layout.blocks.run_in_headings import parted
from kb.structure.layout.blocks.title_page import (
    chapters_joined,
    title_alone,
    with_capitals,
)
from kb.structure.layout.typography import Row, Typography
from kb.structure.layout.wording import (
    begins_with_bullet,
    has_leaders,
    is_caption,
    is_notes_heading,
    is_reference_heading,
    marker_of,
    opens_with_point,
)

_FEW_WORDS = re.compile(r"^[A-ZÀ-Þ][^\d:;.!–]{3,60}$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\bz\.\s?j\.|\bn\.\s?d\.")
_LONGEST_CAPTION = 400  # characters
_WITH_YEAR = (
    0.4  # share of the paragraphs of a reference list that hold a year
)
_LISTED = ("paragraph", "list")


def drafts_of(rows: Sequence[Row], usual: Typography) -> list[Draft]:
    """The drafts of a document in reading order."""
    groups = groups_of(rows, usual)
    quoted = pull_quotes(groups, usual)
    drafts = [
        Draft("quote" if at in quoted else kind_of(group, usual), tuple(group))
        for at, group in enumerate(groups)
    ]
    drafts = with_capitals(_with_slanted(drafts, usual), usual)
    drafts = with_plain_headings(with_numbered_titles(drafts, usual), usual)
    drafts = chapters_joined(title_alone(parted(drafts, usual)))
    drafts = _with_lists(_with_levels(drafts), usual)
    return _with_bare_lists(drafts, usual)


def kind_of(group: Sequence[Row], usual: Typography) -> str:
    """What a group of rows is by its own looks."""
    first = group[0]
    if first.zone != "body":
        return first.zone
    short = sum(len(row.text) for row in group) < _LONGEST_CAPTION
    if short and is_caption(first.text):
        return "caption"
    bulleted = first.bullet or begins_with_bullet(first.text)
    # A dash or an arrow may open a title as well; a point in large type does not.
    if bulleted and (
        opens_with_point(first.text) or not usual.is_large(first.line)
    ):
        return "list"
    if headings.is_heading(group, usual):
        return "heading"
    if has_leaders(first.text):
        return "toc"
    item = bulleted or marker_of(first.text) is not None
    return "list" if item else "paragraph"


# -- headings


def _with_slanted(drafts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """`drafts`, a few words in italics on a line of their own right above upright text headings."""
    found = list(drafts)
    for at, (draft, after) in enumerate(pairwise(drafts)):
        if _is_slanted_title(draft, usual) and _stands_above(
            draft, after, usual
        ):
            found[at] = replace(draft, kind="heading")
    return found


def _is_slanted_title(draft: Draft, usual: Typography) -> bool:
    line = draft.rows[0].line
    if draft.kind != "paragraph" or len(draft.rows) > 1 or not line.italic:
        return False
    return bool(_FEW_WORDS.match(line.text)) and line.size > 0.95 * usual.size


def _stands_above(draft: Draft, after: Draft, usual: Typography) -> bool:
    """Whether a line stands right above upright text of its column."""
    row, below = draft.rows[0], after.rows[0]
    if below.line.italic or after.kind not in _LISTED:
        return False
    if row.page != below.page or row.column != below.column:
        return False
    step = below.line.bottom - row.line.bottom
    return 0 < step < 1.6 * usual.pitch_of(row.line.size)


def _with_levels(drafts: Sequence[Draft]) -> list[Draft]:
    levels = iter(levels_of([d.rows for d in drafts if d.kind == "heading"]))
    return [
        replace(draft, level=next(levels))
        if draft.kind == "heading"
        else draft
        for draft in drafts
    ]


# -- lists of references and notes


def _with_lists(drafts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """`drafts`, entries in the place of paragraphs under a heading that announces them.

    The section lasts to the next heading of its level.
    """
    found: list[Draft] = []
    waiting: list[Draft] = []
    section, depth = "", 0
    for draft in drafts:
        if section and draft.kind in _LISTED:
            waiting.append(draft)
            continue
        if draft.kind == "heading":
            found += _entries(waiting, section, usual)
            waiting = []
            own = _section(draft.text)
            inner = section and (draft.level or 0) > depth
            if not inner or own == "reference":
                section, depth = own, draft.level or 0
        found.append(draft)
    return found + _entries(waiting, section, usual)


def _with_bare_lists(
    drafts: Sequence[Draft], usual: Typography
) -> list[Draft]:
    """`drafts`, successive paragraphs in the form of entries references.

    Whatever their heading says.
    """
    found: list[Draft] = []
    for listed, group in groupby(
        drafts, key=lambda draft: draft.kind in _LISTED
    ):
        run = list(group)
        span = (
            list_without_title([draft.text for draft in run])
            if listed
            else None
        )
        if span is None:
            found += run
            continue
        begin, end = span
        entries = _entries(run[begin:end], "reference", usual)
        found += [*run[:begin], *entries, *run[end:]]
    return found


def _section(text: str) -> str:
    """What the paragraphs under a heading are, where it says so."""
    if is_reference_heading(text):
        return "reference"
    return "footnote" if is_notes_heading(text) else ""


def _entries(
    drafts: Sequence[Draft], kind: str, usual: Typography
) -> list[Draft]:
    """The rows of `drafts`, cut anew where entries begin."""
    rows = [row for draft in drafts for row in draft.rows]
    if not rows:
        return []
    dated = sum(bool(_YEAR.search(draft.text)) for draft in drafts)
    if kind == "reference" and dated < _WITH_YEAR * len(drafts):
        return list(drafts)
    cuts: list[list[Row]] = []
    for row in with_entries(rows, usual):
        if row.starts or not cuts:
            cuts.append([])
        cuts[-1].append(row)
    return [Draft(kind, tuple(cut)) for cut in cuts]
