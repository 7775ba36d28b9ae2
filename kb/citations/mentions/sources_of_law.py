"""Acts, papers and rulings as citations, and acts named in a bracket of sources."""

from __future__ import annotations

import re

from kb.citations.official import (
    NOTHING_CALLED,
    Called,
    Official,
    act_alone,
    official_in,
    short_titles_in,
)
from kb.dutch.fold import letters
from kb.records import Citation, Csl, Passage

_BRACKET = re.compile(r"\(([^()]{3,300})\)")


def laws_in(
    passage: Passage, called: Called = NOTHING_CALLED
) -> list[Citation]:
    """Official sources that a passage cites.

    >>> [law.title for law in laws_in(Passage("p", "d", "Zie art. 3 Awb.", 0))]
    ['Algemene wet bestuursrecht']
    """
    text = passage.text
    found = official_in(text, passage.document, called)
    found += [
        act for m in _BRACKET.finditer(text) for act in _beside(m, found)
    ]
    return [_citation(passage, official) for official in found]


def short_titles(
    passage: Passage, called: Called = NOTHING_CALLED
) -> list[Citation]:
    """What a note calls by a short title; another document's is another work.

    Where the document says what it stands for, the work is cited by its whole title.
    """
    return [
        Citation(
            passage=passage.id,
            surface=passage.text[named.start : named.end],
            start=named.start,
            end=named.end,
            title=called.works.get(named.title, named.title),
            pages=named.pages or None,
            locator=named.part or None,
            csl=_short(named.title, passage.document, called),
        )
        for named in short_titles_in(passage.text)
    ]


def _short(title: str, document: str, called: Called) -> Csl:
    """Nothing where the whole title is known: by that the work is found in a list."""
    if title in called.works:
        return {}
    identifier = f"short:{document}:{letters(title)}"
    custom = {"identifier": identifier}
    return {"type": "document", "title": title, "custom": custom}


def _beside(bracket: re.Match[str], found: list[Official]) -> list[Official]:
    """Acts without an article beside other sources: "(Wmo 2015, art. 2; Jeugdwet)".

    Alone, an act in brackets says which law is meant and cites no place.
    """
    start, end = bracket.span(1)
    if not any(start <= other.start and other.end <= end for other in found):
        return []
    acts = []
    for piece in re.finditer(r"[^;]+", bracket.group(1)):
        name = piece.group().strip()
        at = (
            start
            + piece.start()
            + len(piece.group())
            - len(piece.group().lstrip())
        )
        if act := act_alone(name, at):
            acts.append(act)
    return acts


def _citation(passage: Passage, official: Official) -> Citation:
    return Citation(
        passage=passage.id,
        surface=passage.text[official.start : official.end],
        start=official.start,
        end=official.end,
        year=official.year,
        title=official.title,
        pages=official.pages or None,
        csl=official.csl(),
        locator=official.locator or None,
    )
