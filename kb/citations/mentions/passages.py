"""All citations of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.citations.mentions.brackets import items, without_year
from kb.citations.mentions.loose_years import from_years
from kb.citations.mentions.named_works import named_works
from kb.citations.mentions.narrative import dated
from kb.citations.mentions.notation import only_pages, with_pages_behind
from kb.citations.mentions.notes import (
    ibid,
    is_note,
    named_in_note,
    note_citations,
    notes_in,
    quoted_title,
    sources_named,
    title_and_date,
    whole_note,
)
from kb.citations.mentions.numbered import numbered_in
from kb.citations.mentions.secondary import with_through
from kb.citations.mentions.sources_of_law import laws_in, short_titles
from kb.citations.official import NOTHING_CALLED, Called
from kb.citations.reasons import Why
from kb.records import Citation, Passage

_CITE_NOTHING = frozenset({"reference", "contents", "toc", "furniture"})

_BRACKET = re.compile(
    r"\((?P<round>(?:[^()]|\([^()]{1,40}\)){1,600})\)|\[(?P<square>[^\[\]()]{4,200})\]"
)
# "(hierna: Modelverordening Wmo 2015)" gives a short name and cites nothing.
_DEFINES = re.compile(
    r"(?:hierna|voortaan|verder)\b[^:;]{0,25}[:‘“\"'][^;]+$", re.I
)
_INNER = re.compile(r"\(([^()]{1,400})\)")
_VOLUME_BEHIND = re.compile(
    r",?\s+(?:elders\s)?in (?:deze bundel|dit boek|deze publicatie|deze uitgave|this volume)"
)


def citations_of(
    passage: Passage, called: Called = NOTHING_CALLED
) -> tuple[Citation, ...]:
    """All citations of a passage in text order; none in lists and tables of contents.

    Args:
        passage: any.
        called: the short names that its document gives to acts and works.

    >>> text = "Teams leren samen (Bos, 2014), zoals het hoort (art. 2.1.1 Wmo 2015)."
    >>> [c.surface for c in citations_of(Passage("p", "d", text, 0))]
    ['Bos, 2014', 'art. 2.1.1 Wmo 2015']
    """
    if passage.kind in _CITE_NOTHING or passage.block in _CITE_NOTHING:
        return ()
    if notes := notes_in(passage):
        return tuple(_of_notes(passage, notes, called))
    return _of_one(passage, called)


def _of_notes(
    passage: Passage, notes: Iterable[tuple[int, str]], called: Called
) -> Iterator[Citation]:
    """The citations of notes that are printed as paragraphs, each note by itself."""
    for at, text in notes:
        note = replace(passage, text=text, block="footnote")
        for cited in _of_one(note, called):
            yield replace(cited, start=cited.start + at, end=cited.end + at)


def _of_one(passage: Passage, called: Called) -> tuple[Citation, ...]:
    found = _told_by_form(passage, called)
    taken = [(law.start, law.end) for law in found]
    authored = _authored(passage, taken)
    if is_note(passage):
        authored = named_in_note(passage) or (
            authored if found else _of_note(passage, authored)
        )
    found += [c for c in authored if not _within(c, taken)]
    found += numbered_in(passage)
    ordered = sorted(_distinct(found), key=lambda c: (c.start, c.end))
    return tuple(
        _in_volume(c, passage.text)
        for c in with_through(ordered, passage.text)
    )


def _of_note(passage: Passage, authored: list[Citation]) -> list[Citation]:
    """What a note cites that names no source in full and none by its number."""
    short = note_citations(passage)
    if short and _within_title(passage, short[0]):
        short = []
    return (
        whole_note(passage)
        or quoted_title(passage)
        or authored
        or title_and_date(passage)
        or short
        or sources_named(passage)
    )


def _within_title(passage: Passage, cited: Citation) -> bool:
    """Whether a semicolon stands before it: "Wonen; Plan voor de buurt (2019)"."""
    return passage.text[: cited.start].rstrip().endswith(";")


def _told_by_form(passage: Passage, called: Called) -> list[Citation]:
    """Acts, papers and rulings, and in a note what it calls by a short title."""
    found = laws_in(passage, called)
    if is_note(passage):
        spans = [(law.start, law.end) for law in found]
        short = short_titles(passage, called)
        found += [c for c in short if not _within(c, spans)]
    return found


def _authored(
    passage: Passage, taken: list[tuple[int, int]]
) -> list[Citation]:
    """Citations by authors or title and year."""
    found: list[Citation] = []
    for match in _BRACKET.finditer(passage.text):
        group = "round" if match.group("round") is not None else "square"
        if not any(
            start <= match.start(group) and match.end(group) <= end + 1
            for start, end in taken
        ):
            found = _bracket(
                passage, match.start(group), match.group(group), found
            )
    found += from_years(passage, found)
    return found + named_works(passage, found)


def _bracket(
    passage: Passage, start: int, inner: str, found: list[Citation]
) -> list[Citation]:
    """`found` with the citations of the bracket that opens before `start`."""
    text = passage.text
    opening, closing = start - 1, start + len(inner) + 1
    if _DEFINES.match(inner):
        return found
    if pages := only_pages(inner):
        return with_pages_behind(found, text, start, pages)
    if text[opening] == "[":
        return found + items(passage, inner, start)
    if found and (again := ibid(passage, start, inner, found[-1])):
        return [*found, again]
    narrative = dated(passage, opening, closing, inner)
    if narrative is not None:
        return found + narrative
    cited = items(passage, inner, start)
    if cited:
        return found + cited
    if "(" in inner:
        for nested in _INNER.finditer(text, start, closing - 1):
            found = _bracket(passage, nested.start(1), nested.group(1), found)
        return found
    return found + without_year(passage, opening, closing, inner)


def _within(cited: Citation, taken: Iterable[tuple[int, int]]) -> bool:
    return any(cited.start < end and start < cited.end for start, end in taken)


def _distinct(found: Iterable[Citation]) -> Iterator[Citation]:
    seen: set[tuple[int, int, int | None]] = set()
    for citation in found:
        place = (citation.start, citation.end, citation.number)
        if place not in seen:
            seen.add(place)
            yield citation


def _in_volume(citation: Citation, text: str) -> Citation:
    """ "(zie Bos & Timmer in deze bundel)" means an article of the same volume."""
    if citation.year is None and _VOLUME_BEHIND.match(text, citation.end):
        return replace(citation, reason=Why.IN_THIS_VOLUME.value)
    return citation
