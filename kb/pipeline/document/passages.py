"""Stages "passages" and "outline": units to find and quote, and a document in short."""

from __future__ import annotations

from collections.abc import Sequence

from kb.curation.events import Event
from kb.pipeline.document.products import FileRead, Outline, Passages


def passages_of_document(document: str, found: FileRead) -> Passages:
    """The passages of a document with kinds and places; those of a part have its id."""
    from kb.passages import passages_of
    from kb.passages.kinds import with_kinds
    from kb.passages.places import with_places
    from kb.volumes import assign, parts_of

    made = with_places(with_kinds(passages_of(document, found.blocks)))
    return Passages(assign(parts_of(document, found.blocks), made))


def edited_passages(made: Passages, edits: Sequence[Event]) -> Passages:
    """The passages after the decisions of curators; the same where there are none."""
    if not edits:
        return made
    from kb.curation.editing import edited

    return Passages(edited(made.passages, edits))


def outline_of(
    document: str,
    found: FileRead,
    made: Passages,
    edits: Sequence[Event] = (),
) -> Outline:
    """What the build must know of a document without its text.

    Args:
        document: its id.
        found: what the file says.
        made: the passages, edited.
        edits: what curators decided on them and on the articles of a collection.
    """
    from kb.curation.editing import kept_parts
    from kb.passages.card import passage_card
    from kb.passages.places import municipalities_of
    from kb.volumes import parts_of

    return Outline(
        found.metadata,
        found.problems,
        {**found.card, **passage_card(made.passages)},
        municipalities_of(made.passages),
        len(made.passages),
        kept_parts(parts_of(document, found.blocks), edits),
    )
