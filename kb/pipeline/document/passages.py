"""Stages "passages" and "outline": units to find and quote, and a document in short."""

from __future__ import annotations

from collections.abc import Sequence

from kb.bibliography.csl_fields import families_of
from kb.pipeline.document.products import FileRead, Outline, Passages
from kb.records import Csl, Part, Passage


def passages_of_document(
    document: str,
    found: FileRead,
    records: Sequence[Csl] = (),
    makers: Sequence[str] = (),
) -> Passages:
    """The passages of a document with kinds and places; those of a part have its id.

    Args:
        document: its id.
        found: what the file says.
        records: CSL of parts of it that have a record.
        makers: family names of authors or editors in its record.
    """
    from kb.passages import placed_passages
    from kb.passages.kinds import with_kinds
    from kb.passages.places import with_places
    from kb.volumes import assign, parts_of

    placed = placed_passages(document, found.blocks, found.begins)
    made = with_places(with_kinds([passage for passage, _at in placed]))
    own = makers or families_of(found.metadata)
    parts = parts_of(document, found.blocks, records, own)
    places = [at for _passage, at in placed]
    passages = assign(parts, list(zip(made, places, strict=True)))
    return Passages(passages, _with_passages(parts, passages))


def _with_passages(
    parts: Sequence[Part], passages: Sequence[Passage]
) -> tuple[Part, ...]:
    """The parts that hold anything."""
    holding = {passage.document for passage in passages}
    return tuple(part for part in parts if part.id in holding)


def outline_of(found: FileRead, made: Passages) -> Outline:
    """What the build must know of a document without its text; its passages are edited."""
    from kb.passages.card import passage_card
    from kb.passages.places import municipalities_of

    return Outline(
        found.metadata,
        found.problems,
        {**found.card, **passage_card(made.passages)},
        municipalities_of(made.passages, str(found.metadata.get("title", ""))),
        len(made.passages),
        made.parts,
    )
