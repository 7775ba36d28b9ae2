"""Groups of rows with their kind: first what each is by itself, then what its section makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.structure import classify
from kb.structure.entries import with_entries
from kb.structure.headings import levels_of
from kb.structure.paragraphs import groups_of, numbered_heading
from kb.structure.quotes import pull_quotes
from kb.structure.sheet import Row, Sheet

_FEW_WORDS = re.compile(r"^[A-ZÀ-Þ][^\d:;.,?!–]{3,38}$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\bz\.\s?j\.|\bn\.\s?d\.")


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that make one block, what they are, and the level of a heading."""

    kind: str
    rows: tuple[Row, ...]
    level: int | None = None


def parts_of(rows: Sequence[Row], sheet: Sheet) -> list[Part]:
    """The parts of a document in reading order."""
    groups = groups_of(rows, sheet)
    quoted = pull_quotes(groups, sheet)
    parts = [Part("quote" if at in quoted else kind_of(group, sheet), tuple(group)) for at, group in enumerate(groups)]
    return _with_lists(_with_levels(_without_subtitle(_with_slanted(parts, sheet))), sheet)


def kind_of(group: Sequence[Row], sheet: Sheet) -> str:
    """What a group of rows is by its own looks."""
    zone = group[0].zone
    if zone != "body":
        return zone
    if classify.is_caption(group):
        return "caption"
    if classify.is_heading(group, sheet):
        return "heading"
    if classify.has_leaders(group[0].text):
        return "toc"
    return "list" if classify.starts_item(group) else "paragraph"


def _with_slanted(parts: Sequence[Part], sheet: Sheet) -> list[Part]:
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
            and 0 < below.line.bottom - row.line.bottom < 1.6 * sheet.pitch_of(row.line.size)
        )
        if near and _FEW_WORDS.match(row.text) and row.line.size > 0.95 * sheet.size:
            found[at] = replace(part, kind="heading")
    return found


def _without_subtitle(parts: Sequence[Part]) -> list[Part]:
    """What stands in large type between the title and the next heading, or the end of a title page, is no heading."""
    found = list(parts)
    first = next((at for at, part in enumerate(parts) if part.kind == "heading"), None)
    if first is None or first > 4:
        return found
    title = parts[first].rows[0]
    at = first + 1
    while at < len(parts) and parts[at].kind == "heading" and parts[at].rows[0].page == title.page:
        after = parts[at + 1] if at + 1 < len(parts) else None
        smaller = parts[at].rows[0].line.size < 0.95 * title.line.size
        last = after is None or after.rows[0].page != title.page or after.kind == "heading"
        if not smaller or not last or numbered_heading(parts[at].rows[0].text):
            break
        found[at] = replace(parts[at], kind="paragraph")
        at += 1
    return found


def _with_levels(parts: Sequence[Part]) -> list[Part]:
    levels = iter(levels_of([part.rows for part in parts if part.kind == "heading"]))
    return [replace(part, level=next(levels)) if part.kind == "heading" else part for part in parts]


def _with_lists(parts: Sequence[Part], sheet: Sheet) -> list[Part]:
    """Under a heading that announces references or notes, up to the next of its level, entries take the place of paragraphs."""
    found: list[Part] = []
    waiting: list[Part] = []
    section, depth = "", 0
    for part in parts:
        if part.kind == "heading" and not (section and (part.level or 0) > depth and not classify.is_reference_heading(_text(part))):
            found += _entries(waiting, section, sheet)
            waiting = []
            section, depth = _section(_text(part)), part.level or 0
        elif part.kind == "heading":
            found += _entries(waiting, section, sheet)
            waiting = []
        elif section and part.kind in ("paragraph", "list"):
            waiting.append(part)
            continue
        found.append(part)
    return found + _entries(waiting, section, sheet)


def _section(text: str) -> str:
    if classify.is_reference_heading(text):
        return "reference"
    return "footnote" if classify.is_notes_heading(text) else ""


def _text(part: Part) -> str:
    return " ".join(row.text for row in part.rows)


def _entries(parts: Sequence[Part], kind: str, sheet: Sheet) -> list[Part]:
    """The rows of `parts`, cut anew where entries begin."""
    rows = [row for part in parts for row in part.rows]
    if not rows:
        return []
    if kind == "reference" and sum(bool(_YEAR.search(_text(part))) for part in parts) < 0.4 * len(parts):
        return list(parts)
    cuts: list[list[Row]] = []
    for row in with_entries(rows, sheet):
        if row.starts or not cuts:
            cuts.append([])
        cuts[-1].append(row)
    return [Part(kind, tuple(cut)) for cut in cuts]
