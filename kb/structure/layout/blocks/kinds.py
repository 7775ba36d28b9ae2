"""Groups of rows with their kind: first what each is by itself, then what its section makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from kb.structure.layout.blocks import headings as classify
from kb.structure.layout.blocks.draft import Draft
from kb.structure.layout.blocks.heading_levels import levels_of
from kb.structure.layout.blocks.paragraphs import groups_of
from kb.structure.layout.blocks.pull_quotes import pull_quotes
from kb.structure.layout.blocks.reference_entries import (
    list_without_title,
    with_entries,
)
from kb.structure.layout.blocks.title_page import (
    chapters_joined,
    title_alone,
    with_capitals,
)
from kb.structure.layout.typography import Row, Typography

_FEW_WORDS = re.compile(r"^[A-ZÀ-Þ][^\d:;.!–]{3,60}$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\bz\.\s?j\.|\bn\.\s?d\.")


def parts_of(rows: Sequence[Row], usual: Typography) -> list[Draft]:
    """The parts of a document in reading order."""
    groups = groups_of(rows, usual)
    quoted = pull_quotes(groups, usual)
    parts = [
        Draft("quote" if at in quoted else kind_of(group, usual), tuple(group))
        for at, group in enumerate(groups)
    ]
    headed = title_alone(with_capitals(_with_slanted(parts, usual), usual))
    return _with_bare_lists(
        _with_lists(_with_levels(chapters_joined(headed)), usual), usual
    )


def kind_of(group: Sequence[Row], usual: Typography) -> str:
    """What a group of rows is by its own looks."""
    zone = group[0].zone
    if zone != "body":
        return zone
    if classify.is_caption(group):
        return "caption"
    if classify.is_heading(group, usual):
        return "heading"
    if classify.has_leaders(group[0].text):
        return "toc"
    return "list" if classify.starts_item(group) else "paragraph"


def _with_slanted(parts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """A few words in italics on a line of their own, right above upright text, are a heading."""
    found = list(parts)
    for at, (part, after) in enumerate(pairwise(parts)):
        row, below = part.rows[0], after.rows[0]
        if (
            part.kind != "paragraph"
            or len(part.rows) > 1
            or not row.line.italic
            or below.line.italic
            or after.kind not in ("paragraph", "list")
        ):
            continue
        near = (
            row.page == below.page
            and row.column == below.column
            and 0
            < below.line.bottom - row.line.bottom
            < 1.6 * usual.pitch_of(row.line.size)
        )
        if near and _FEW_WORDS.match(row.text) and row.line.size > 0.95 * usual.size:
            found[at] = replace(part, kind="heading")
    return found


def _with_levels(parts: Sequence[Draft]) -> list[Draft]:
    levels = iter(levels_of([part.rows for part in parts if part.kind == "heading"]))
    return [
        replace(part, level=next(levels)) if part.kind == "heading" else part
        for part in parts
    ]


def _with_lists(parts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """Under a heading that announces references or notes, up to the next of its level, entries take the place of paragraphs."""
    found: list[Draft] = []
    waiting: list[Draft] = []
    section, depth = "", 0
    for part in parts:
        if part.kind == "heading" and not (
            section
            and (part.level or 0) > depth
            and not classify.is_reference_heading(_text(part))
        ):
            found += _entries(waiting, section, usual)
            waiting = []
            section, depth = _section(_text(part)), part.level or 0
        elif part.kind == "heading":
            found += _entries(waiting, section, usual)
            waiting = []
        elif section and part.kind in ("paragraph", "list"):
            waiting.append(part)
            continue
        found.append(part)
    return found + _entries(waiting, section, usual)


def _with_bare_lists(parts: Sequence[Draft], usual: Typography) -> list[Draft]:
    """Successive paragraphs that have the form of entries are references, whatever their heading says."""
    found: list[Draft] = []
    for listed, group in groupby(
        parts, key=lambda part: part.kind in ("paragraph", "list")
    ):
        run = list(group)
        span = list_without_title([_text(part) for part in run]) if listed else None
        if span is None:
            found += run
        else:
            found += [
                *run[: span[0]],
                *_entries(run[slice(*span)], "reference", usual),
                *run[span[1] :],
            ]
    return found


def _section(text: str) -> str:
    if classify.is_reference_heading(text):
        return "reference"
    return "footnote" if classify.is_notes_heading(text) else ""


def _text(part: Draft) -> str:
    return " ".join(row.text for row in part.rows)


def _entries(parts: Sequence[Draft], kind: str, usual: Typography) -> list[Draft]:
    """The rows of `parts`, cut anew where entries begin."""
    rows = [row for part in parts for row in part.rows]
    if not rows:
        return []
    if kind == "reference" and sum(
        bool(_YEAR.search(_text(part))) for part in parts
    ) < 0.4 * len(parts):
        return list(parts)
    cuts: list[list[Row]] = []
    for row in with_entries(rows, usual):
        if row.starts or not cuts:
            cuts.append([])
        cuts[-1].append(row)
    return [Draft(kind, tuple(cut)) for cut in cuts]
