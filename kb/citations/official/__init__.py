"""Sources known by a number: acts, papers of parliament and council, gazettes, rulings.

They are no people's works and stand in few lists: how they are cited tells what they
are. `official_in` finds them in any text: a sentence, a note, an entry of a list.
"""

from __future__ import annotations

from kb.citations.official.acts import act_alone, acts_in
from kb.citations.official.called import Called, called_in
from kb.citations.official.papers import Official, paper_at_start, papers_in
from kb.citations.official.rulings import rulings_in
from kb.citations.official.short_titles import short_titles_in

__all__ = [
    "NOTHING_CALLED",
    "Called",
    "Official",
    "act_alone",
    "called_in",
    "identifier_of",
    "official_in",
    "short_titles_in",
]


NOTHING_CALLED = Called()


def official_in(
    text: str, document: str = "", called: Called = NOTHING_CALLED
) -> list[Official]:
    """Official sources named in `text`, in text order, none within another.

    Args:
        text: any text.
        document: its id; numbers that every council uses mean something only there.
        called: its short names.

    >>> [found.title for found in official_in("Zie Stb. 2014, 280 en art. 2.3 Jeugdwet.")]
    ['Stb. 2014, 280', 'Jeugdwet']
    """
    found = [
        *papers_in(text, document),
        *rulings_in(text),
        *acts_in(text, called.acts),
    ]
    kept: list[Official] = []
    for each in sorted(found, key=lambda o: (o.start, -o.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def identifier_of(text: str, document: str = "") -> str:
    """The identifier of the paper or ruling that `text` begins with, or "".

    >>> identifier_of("Kamerstukken II 2013/14, 33 841, nr. 3 (Memorie van toelichting)")
    'kamerstuk:33841--3'
    """
    found = paper_at_start(text, document)
    return found.identifier if found else ""
