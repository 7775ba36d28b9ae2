"""Pull quotes: sentences of the running text set again, large or coloured, to catch the eye."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.layout.blocks.headings import text_of
from kb.structure.layout.blocks.paragraphs import is_display
from kb.structure.layout.typography import Row, Typography, half_points
from kb.structure.layout.wording import is_numbered_heading

_OPENING = "„“\"‘«'”"
_CLOSING = tuple("”\"’»'“")
# Letters of a repeated saying, at least:
_QUOTED = 25  # that opens with a quotation mark
_CLOSED = 40  # that does not, but ends as sentences do
_ALIKE = 12  # in the type of others that were found
_OPEN = 60  # that has neither: shorter ones are headings
_WORDS = 4  # the least of one in the type of others
_LONG = (
    60  # characters of a saying in quotation marks that needs no repetition
)

_SENTENCE = re.compile(
    r"[.!?…][”\"’»]$"
)  # a whole sentence in quotation marks

# The name of a part before a title: headings stand in a list of contents as well.
_PART = re.compile(
    r"^(?:artikel|hoofdstuk|paragraaf|afdeling|titel|bijlage|deel)\s+\S{1,6}\s",
    re.IGNORECASE,
)

Group = Sequence[Row]
Placed = tuple[int, Group]  # a group with its index


def pull_quotes(groups: Sequence[Group], usual: Typography) -> set[int]:
    """Indices of the groups that are pull quotes.

    First those that show it by what they say; then shorter sayings in the type
    of these, which alone would be taken for headings.
    """
    running = _running_letters(groups, usual)
    listed = _listed(groups, usual)
    striking = _striking(groups, usual)
    striking = [
        (at, group)
        for at, group in striking
        if not _is_title(text_of(group), listed)
    ]
    found = _quotes_and_continuations(striking, running)
    types = {_type(groups[at][0]) for at in found}
    return found | _alike(striking, types, running)


def _striking(groups: Sequence[Group], usual: Typography) -> list[Placed]:
    """The groups of the body that are set to be noticed."""
    return [
        (at, group)
        for at, group in enumerate(groups)
        if group[0].zone == "body" and is_striking(group[0], usual)
    ]


def _quotes_and_continuations(
    striking: Sequence[Placed], running: str
) -> set[int]:
    """Indices of the groups that say a quote, and of those in which it goes on.

    A quote that opens and does not close takes the next groups of its type
    with it, until one closes it: `„Wij doen het` in one column and `samen.”` in
    the next, although the second alone is too short to be found.
    """
    found: set[int] = set()
    unclosed: Group | None = None  # a quote that goes on elsewhere
    for at, group in striking:
        text = text_of(group).strip()
        if unclosed is not None and _are_alike(unclosed, group):
            found.add(at)
            unclosed = None if text.endswith(_CLOSING) else unclosed
        elif is_quote(text, running):
            found.add(at)
            unclosed = group if _goes_on(text) else None
    return found


def _listed(groups: Sequence[Group], usual: Typography) -> set[str]:
    """The letters of texts that stand by themselves in the type of the text.

    So do the lines of a list of contents; a pull quote is said within a paragraph.
    """
    plain = (group for group in groups if not is_striking(group[0], usual))
    return {letters(text_of(group)) for group in plain if len(group) <= 2}


def _is_title(text: str, listed: set[str]) -> bool:
    """Whether a text names a part of the document, or is a line of its contents."""
    return bool(_PART.match(text)) or letters(text) in listed


def _goes_on(quote: str) -> bool:
    """Whether a quote opens with a mark and ends without one."""
    return quote[0] in _OPENING and not quote.endswith(_CLOSING)


def _alike(
    striking: Sequence[Placed],
    types: set[tuple[float, str, str]],
    running: str,
) -> set[int]:
    """Indices of the short sayings that are set in one of `types`."""
    return {
        at
        for at, group in striking
        if _type(group[0]) in types and _is_repeated(group, running)
    }


def _running_letters(groups: Sequence[Group], usual: Typography) -> str:
    """The letters of all text that is not set to be noticed."""
    rows = (row for group in groups for row in group if row.zone == "body")
    return "".join(
        letters(row.text) for row in rows if not is_striking(row, usual)
    )


def _is_repeated(group: Group, running: str) -> bool:
    """Whether a short saying, set as the pull quotes of this document are, comes from its
    text.
    """
    text = text_of(group)
    own = letters(text)
    if len(own) < _ALIKE or len(text.split()) < _WORDS:
        return False  # a word or two make a heading
    if is_numbered_heading(text):
        return False
    return own in running


def is_quote(text: str, running: str) -> bool:
    """Whether `text` says again what the running text says, or is a long saying in quotation marks.

    Args:
        running: the letters of the running text.
    """
    own = letters(text)
    if text[:1] in _OPENING:
        if text.endswith(_CLOSING) and len(text) > _LONG:
            return True
        if _SENTENCE.search(text) and len(own) >= _QUOTED:
            return True
        return len(own) >= _QUOTED and own in running
    least = _CLOSED if text.endswith((".", "!", "?", "…")) else _OPEN
    return (
        len(own) >= least and not is_numbered_heading(text) and own in running
    )


def is_striking(row: Row, usual: Typography) -> bool:
    """Whether a row is set to be noticed.

    Large, bold, or in a colour or slant that text lacks.
    """
    line = row.line
    if is_display(row, usual):
        return True
    colored = (
        line.color not in ("", usual.color) and line.size > 0.95 * usual.size
    )
    return colored or (line.italic and line.size > 1.04 * usual.size)


def letters(text: str) -> str:
    """Only the letters and figures of `text`, lower case.

    They stay the same however lines are broken.

    >>> letters("Wijk-team 12!")
    'wijkteam12'
    """
    return "".join(c for c in text.lower() if c.isalnum())


def _are_alike(one: Group, other: Group) -> bool:
    return _type(one[0]) == _type(other[0])


def _type(row: Row) -> tuple[float, str, str]:
    return half_points(row.line.size), row.line.font, row.line.color
