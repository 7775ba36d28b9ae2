"""Stages "passages" and "outline": units to find and quote, and a document in short."""

from __future__ import annotations

from kb.pipeline.document.products import FileRead, Outline, Passages


def passages_of_document(document: str, found: FileRead) -> Passages:
    """The passages of a document with kinds and places; those of a part have its id."""
    from kb.passages import passages_of
    from kb.passages.kinds import with_kinds
    from kb.passages.places import with_places
    from kb.volumes import assign, parts_of

    made = with_places(with_kinds(passages_of(document, found.blocks)))
    parts = parts_of(document, found.blocks)
    return Passages(assign(parts, made), parts)


def outline_of(found: FileRead, made: Passages) -> Outline:
    """What the build must know of a document without its text; its passages are edited."""
    from kb.passages.card import passage_card
    from kb.passages.places import municipalities_of

    return Outline(
        found.metadata,
        found.problems,
        {**found.card, **passage_card(made.passages)},
        municipalities_of(made.passages),
        len(made.passages),
        made.parts,
    )
