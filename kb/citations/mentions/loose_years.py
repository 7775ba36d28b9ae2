"""Years outside brackets: "de studie van Nivel uit 2018"."""

from __future__ import annotations

import re

from kb.citations.entries.dates import YEAR
from kb.citations.mentions.authors import Source
from kb.citations.mentions.narrative_authors import author_before
from kb.citations.mentions.notation import When, citation
from kb.citations.wordlists import alternation, longest_first, phrase_pattern
from kb.dutch.fold import fold
from kb.records import Citation, Passage

_FROM = re.compile(
    r"\s{1,3}uit\s{1,3}(?:het\s+(?:jaar|najaar|voorjaar)\s+)?"
    rf"(?:(?:{alternation(longest_first('words', 'months'))})\s+)?(?P<y>{YEAR})\b",
    re.I,
)
_QUOTED_BEHIND = re.compile(r"\s*\(([‘“\"'])(?P<t>[^()]{4,200}?)[’”\"']\)")
_BY = re.compile(r"\b(?:van|door)\s+(?:het |de )?$")


def from_years(passage: Passage, found: list[Citation]) -> list[Citation]:
    """Works that are named with "uit" and a year.

    Args:
        passage: where they stand.
        found: the citations of its brackets; what they cover is not read again.
    """
    more = []
    for match in _FROM.finditer(passage.text):
        if any(c.start < match.end() and match.start() < c.end for c in found):
            continue
        when = When(
            int(match.group("y")), "", match.start("y"), match.end("y")
        )
        quoted = _QUOTED_BEHIND.match(passage.text, match.end())
        source = (
            _titled(passage.text, match.start(), quoted)
            if quoted
            else _made_by(passage.text, match.start())
        )
        if source:
            span = (source.start, quoted.end() if quoted else match.end())
            more.append(
                citation(passage, source, when, span=span, narrative=True)
            )
    return more


def _titled(text: str, end: int, quoted: re.Match[str]) -> Source | None:
    """ "een notitie uit juni 2011 (‘Ruimte om te doen’)"."""
    before = text[max(0, end - 120) : end]
    if not re.search(
        rf"(?:{phrase_pattern('words', 'works_named').pattern})$", fold(before)
    ):
        return None
    return Source(
        end - len(before.split()[-1]), quoted.end(), title=quoted.group("t")
    )


def _made_by(text: str, end: int) -> Source | None:
    """ "de studie van Nivel uit 2018"."""
    source = author_before(text, end)
    if source is None or not source.authors:
        return None
    named = fold(text[max(0, source.start - 40) : source.start])
    made = _BY.search(text[max(0, source.start - 14) : source.start])
    works = phrase_pattern("words", "works_named")
    return source if made and works.search(named) else None
