"""Citations between brackets: "(zie ook Vermeer e.a., 2011, p. 3; De Wit & Bos, 2012)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.citations.entries.dates import YEAR
from kb.citations.entries.names import strip_etal
from kb.citations.mentions.authors import Source, lead_in, read_source
from kb.citations.mentions.narrative_authors import author_before
from kb.citations.mentions.notation import (
    YEAR_PATTERN,
    When,
    citation,
    pages_at,
    source_of,
    years_of,
)
from kb.citations.mentions.secondary import known_through
from kb.records import Citation, Passage

_JOINED = re.compile(r"[\s,&]*(?:en|and)?[\s,]*")
# Characters of a bracket that can be names and nothing else.
_LONGEST_PERSONAL = 90


def items(passage: Passage, inner: str, base: int) -> list[Citation]:
    """The citations of one bracket.

    Args:
        passage: where it stands.
        inner: the text between the brackets, or of a part of it.
        base: the offset of `inner` in the passage.

    Separators are semicolons, or commas behind a year; a year without a name repeats
    the source before it.
    """
    found: list[Citation] = []
    inner = re.sub(rf";(?=\s*{YEAR})", ",", inner)  # "De Bock; 2008"
    for piece in re.finditer(r"[^;]+", inner):
        for cited in _of_piece(
            passage, piece.group(), base + piece.start(), found
        ):
            found.append(cited)
    return found


def _of_piece(
    passage: Passage, part: str, base: int, found: list[Citation]
) -> Iterator[Citation]:
    at = 0
    source: Source | None
    for match in YEAR_PATTERN.finditer(part):
        if match.start() < at:
            continue
        head = part[at : match.start()]
        pages, end = pages_at(part, match.end())
        if through := known_through(head, has_pages=pages is not None):
            cited, source = through
            span = (base + at + cited.start, base + at + cited.end)
            yield citation(passage, cited, span=span)
        else:
            source = _source(head, found[-1] if found else None)
        if source is None:
            at = at if head.strip(" ,") else end
            continue
        start = at + source.start
        for when in years_of(match):
            last = end if when.end == match.end() else when.end
            start = when.start if source.start == source.end else start
            yield citation(
                passage,
                source,
                when,
                span=(base + start, base + last),
                pages=pages if last == end else None,
                narrative=source is not None
                and bool(found)
                and _repeats(source, found[-1]),
            )
            source = replace(source, start=0, end=0)
        at = end


def _repeats(source: Source, before: Citation) -> bool:
    return source.start == source.end and before.narrative


def _source(head: str, before: Citation | None) -> Source | None:
    """Whom the words before a year name.

    Args:
        head: the words.
        before: the citation before them in the bracket, which a bare year repeats.

    Returns:
        the source with its span in `head`; an empty span for one named before.
    """
    if _JOINED.fullmatch(head):
        return replace(source_of(before), start=0, end=0) if before else None
    skip = len(head) - len(head.lstrip(" ,&"))
    lead = re.match(r"(?:en|and)\s+", head[skip:])
    skip += lead.end() if lead else 0
    found = read_source(head[skip:]) or _behind_preposition(head, skip)
    return (
        replace(found, start=found.start + skip, end=found.end + skip)
        if found
        else None
    )


def _behind_preposition(head: str, skip: int) -> Source | None:
    """Names at the end of running words: "ruim de helft volgens Van Eerde, 2017"."""
    end = len(head.rstrip(" ,"))
    found = author_before(head, end)
    if found is None or found.start <= skip:
        return None
    preposition = r"\b(?:van|door|volgens|bij|aldus)\s+(?:de |het )?$"
    if not re.search(preposition, head[: found.start]):
        return None
    return replace(found, start=found.start - skip, end=end - skip)


# -- without a year

_IN_VOLUME = re.compile(
    r"\b(?:van|door|zie(?: ook)?)\s+(?P<n>[A-Z][^()]{3,120}?),?\s+(?:elders\s)?in "
    r"(?:deze bundel|dit boek|deze publicatie|deze uitgave|dit nummer|this volume)"
)
_ARTICLE = re.compile(
    r"(?:zie|zie ook|vgl\.?|vergelijk)\s(?:ook\s)?(?:het|de)\s"
    r"(?:artikel|bijdrage|hoofdstuk|essay|stuk)\s(?:van|door)\s(?P<n>[A-Z][^()\d]{3,100})$"
)
_ON_THE_WEB = re.compile(
    r"(?P<n>[A-Z][^()]{3,60}?)\s+(?:in|op|via|on)\s+(?:https?:|www\.)\S+$"
)
_SEVERAL_WITH_PARTICLE = re.compile(
    r"(?:&|\ben\b).*\b[Vv]an\s(?:der?|den)\s|\b[Vv]an\s(?:der?|den)\s\S+\s(?:&|en)\s"
)
_YEAR_BEFORE = re.compile(rf"(?:\buit\s+|\bin\s+)?(?P<y>{YEAR})\s*$")
_BEFORE = 12  # characters before a bracket in which its year may stand


def without_year(
    passage: Passage, opening: int, closing: int, inner: str
) -> list[Citation]:
    """Names alone: "(van Bos & Timmer in deze bundel)", "uit 2018 (Dorsman e.a.)".

    Tried last, when neither a date nor a year was found in the bracket.
    """
    base = opening + 1
    for pattern in (_IN_VOLUME, _ARTICLE):
        match = (
            pattern.search(inner)
            if pattern is _IN_VOLUME
            else pattern.match(inner)
        )
        source = read_source(match.group("n")) if match else None
        if match and source and source.authors:
            span = (base + match.start("n"), base + match.end("n"))
            return [citation(passage, source, span=span)]
    skip = lead_in(inner)
    web = _ON_THE_WEB.match(inner[skip:])
    source = read_source(web.group("n")) if web else None
    if source and source.authors:
        return [
            citation(passage, source, span=(base + skip, base + len(inner)))
        ]
    return _names_alone(
        passage, opening, closing, inner[skip:].strip(" ,;"), base + skip
    )


def _names_alone(
    passage: Passage, opening: int, closing: int, body: str, base: int
) -> list[Citation]:
    """People who can be nothing else: with "e.a.", or several with a particle."""
    _, etal = strip_etal(body)
    personal = etal or _SEVERAL_WITH_PARTICLE.search(body)
    if not personal or len(body) > _LONGEST_PERSONAL:
        return []
    source = read_source(body)
    if source is None or not source.authors or source.group:
        return []
    window = max(0, opening - _BEFORE)
    if year := _YEAR_BEFORE.search(passage.text[window:opening]):
        start = window + year.start("y")
        when = When(int(year.group("y")), "", start, start + 4)
        return [citation(passage, source, when, span=(start, closing))]
    start = base + source.start
    return [citation(passage, source, span=(start, start + len(body)))]
