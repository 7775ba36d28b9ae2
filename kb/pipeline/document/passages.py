"""Stages "passages" and "outline": units to find and quote, and a document in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.pipeline.document.products import FileRead, Outline, Passages
from kb.records import Passage

OFTEN = 2  # passages that name a municipality before it is the document's
FEW = 3  # municipalities of a document that names each once


def passages_of_document(document: str, found: FileRead) -> Passages:
    """The passages of a document with kinds and places."""
    from kb.passages import passages_of
    from kb.passages.kinds import with_kinds
    from kb.passages.places import with_places

    return Passages(with_places(with_kinds(passages_of(document, found.blocks))))


def outline_of(found: FileRead, made: Passages) -> Outline:
    """What the build must know of a document without its text."""
    from kb.passages.card import passage_card

    return Outline(
        found.metadata,
        found.problems,
        {**found.card, **passage_card(made.passages)},
        municipalities_of(made.passages),
        len(made.passages),
    )


def municipalities_of(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Municipalities of a document, most frequent first.

    Those that two passages name; where there is none, the first few by name.
    """
    counts = Counter(place for passage in passages for place in passage.municipalities)
    often = [place for place, times in counts.items() if times >= OFTEN]
    if often:
        return tuple(sorted(often, key=lambda place: (-counts[place], place)))
    return tuple(sorted(counts)[:FEW])
