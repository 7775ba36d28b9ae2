"""Who made an annex that somebody else wrote than the paper before it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.bibliography.names import is_organisation
from kb.citations.entries.names import NameList
from kb.datafiles import words
from kb.dutch.fold import fold
from kb.records import Block
from kb.volumes.bylines import only_people

_ANNEX = re.compile(
    r"(?:bijlage|appendix|annex)\s(?:\d+|[a-z]|[ivx]+)\b", re.I
)
_DATE = re.compile(r",?\s(?:\d{1,2}\s)?(?:[a-z]{3,9}\s)?(?:19|20)\d\d$")
_LONGEST_LINE = 120  # characters
_SHORTEST_TEXT = 80  # characters of running text; shorter is a list of bodies


def makers_of_annex(heading: Block, below: Sequence[Block]) -> NameList | None:
    """The people, or else the body, that the line under the title of an annex names.

    Where running text follows: lists of who took part begin with names too.

    >>> text = Block("paragraph", "De raad vindt het plan goed. Wel mist hij de jeugd. " * 2)
    >>> found = makers_of_annex(
    ...     Block("heading", "Bijlage 2. Advies"),
    ...     [Block("paragraph", "Bureau Kantelpers, Ada Prins, mei 2016"), text],
    ... )
    >>> found.names
    ({'family': 'Prins', 'given': 'Ada'},)
    """
    if not _ANNEX.match(heading.text) or _lists_people(heading.text):
        return None
    if len(below) < 2 or not _has_text(below[1:]):
        return None
    line = below[0].text.strip()
    if below[0].kind != "paragraph" or len(line) > _LONGEST_LINE:
        return None
    line = _DATE.sub("", line)
    if people := only_people(line):
        return people
    body, _comma, rest = line.partition(", ")
    if not is_organisation(body) or body.endswith("."):
        return None
    if rest:
        return only_people(rest)
    return NameList(({"literal": body},), score=1.0)


def _lists_people(title: str) -> bool:
    known = words("kb.volumes", "parts.toml", "lists_of_people")
    return any(word in fold(title) for word in known)


def _has_text(blocks: Sequence[Block]) -> bool:
    """Whether the first text below, a heading between, is running text."""
    texts = (block for block in blocks if block.kind != "heading")
    first = next(texts, None)
    if first is None or first.kind != "paragraph":
        return False
    return len(first.text) >= _SHORTEST_TEXT
