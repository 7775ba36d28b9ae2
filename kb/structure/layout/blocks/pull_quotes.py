"""Pull quotes: sentences of the running text set again, large or coloured, to catch the eye."""

from __future__ import annotations

from collections.abc import Sequence

from kb.structure.layout.blocks.paragraphs import display, numbered_heading
from kb.structure.layout.typography import Row, Typography

_OPENING = "„“\"‘«'”"
_CLOSING = "”\"’»'“"
_LEAST = 25  # letters of a repeated sentence that opens with a quotation mark
_LEAST_BARE = 40  # of one that does not, but ends as sentences do
_LEAST_ALIKE = 12  # of one in the type of others that were found
_LEAST_OPEN = 60  # of one that has neither: shorter ones are headings


def pull_quotes(groups: Sequence[Sequence[Row]], usual: Typography) -> set[int]:
    """Indices of the groups that are pull quotes, with their continuation in a next column."""
    running = "".join(
        letters(row.text)
        for group in groups
        for row in group
        if row.zone == "body" and not striking(row, usual)
    )
    striking_groups = [
        (at, group)
        for at, group in enumerate(groups)
        if group[0].zone == "body" and striking(group[0], usual)
    ]
    found: set[int] = set()
    waiting: Sequence[Row] | None = None  # a quote that was not closed
    for at, group in striking_groups:
        text = " ".join(row.text for row in group).strip()
        if waiting is not None and _type(waiting[0]) == _type(group[0]):
            found.add(at)
            waiting = None if text.endswith(tuple(_CLOSING)) else waiting
        elif is_quote(text, running):
            found.add(at)
            waiting = (
                group
                if text[0] in _OPENING and not text.endswith(tuple(_CLOSING))
                else None
            )
    types = {_type(groups[at][0]) for at in found}
    return found | {
        at
        for at, group in striking_groups
        if _type(group[0]) in types and _is_repeated(group, running)
    }


def _is_repeated(group: Sequence[Row], running: str) -> bool:
    """Whether a short saying, set as the pull quotes of this document are, comes from its text."""
    own = letters(" ".join(row.text for row in group))
    return (
        len(own) >= _LEAST_ALIKE
        and not numbered_heading(group[0].text)
        and own in running
    )


def is_quote(text: str, running: str) -> bool:
    """Whether `text` says again what the letters of the `running` text say, or is a long saying in quotation marks."""
    own = letters(text)
    if text[:1] in _OPENING:
        closed = text.endswith(tuple(_CLOSING)) and len(text) > 60
        return closed or (len(own) >= _LEAST and own in running)
    least = _LEAST_BARE if text.endswith((".", "!", "?", "…")) else _LEAST_OPEN
    return len(own) >= least and not numbered_heading(text) and own in running


def striking(row: Row, usual: Typography) -> bool:
    """Whether a row is set to be noticed: large, bold, or in a colour or slant that running text lacks."""
    line = row.line
    colored = line.color not in ("", usual.color)
    return (
        display(row, usual)
        or (colored and line.size > 0.95 * usual.size)
        or (line.italic and line.size > 1.04 * usual.size)
    )


def letters(text: str) -> str:
    """Only the letters and figures of `text`, lower case: what stays the same however lines are broken."""
    return "".join(c for c in text.lower() if c.isalnum())


def _type(row: Row) -> tuple[float, str, str]:
    return round(row.line.size * 2) / 2, row.line.font, row.line.color
