"""Stage "mentions": what one document lists and cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.pipeline.document.products import FileRead, Mentions, Passages
from kb.records import Block, Citation, Passage, Reference


def mentions_of(document: str, found: FileRead, made: Passages) -> Mentions:
    """References and citations of a document, and the places that linking looks at.

    The lists of a collection's articles are those of their own documents.
    """
    from kb.citations import (
        at_marks,
        called_in,
        citations_of,
        references_of,
    )

    called = called_in(passage.text for passage in made.passages)
    cited = [
        citation
        for passage in made.passages
        for citation in citations_of(passage, called)
    ]
    citations = tuple(at_marks(cited, made.passages, found.blocks))
    references: list[Reference] = []
    outside: list[Block] = []
    at = 0
    for part in made.parts:
        outside += found.blocks[at : part.first]
        references += references_of(
            part.id, found.blocks[part.first : part.last]
        )
        at = part.last
    references += references_of(document, [*outside, *found.blocks[at:]])
    return Mentions(
        tuple(references), citations, _places(made.passages, citations)
    )


def _places(
    passages: Sequence[Passage], citations: Sequence[Citation]
) -> tuple[Passage, ...]:
    """The passages that linking looks at: those that cite, and the entries of lists.

    Where no passage is an entry, the end of a list is found by its page: then all are.
    """
    citing = {citation.passage for citation in citations}
    listed = {passage.id for passage in passages if _is_entry(passage)}
    wanted = [
        p for p in passages if not listed or p.id in citing or p.id in listed
    ]
    return tuple(map(_place, wanted))


def _is_entry(passage: Passage) -> bool:
    return "reference" in (passage.kind, passage.block)


def _place(passage: Passage) -> Passage:
    """A passage without what linking does not read."""
    return replace(
        passage,
        text=passage.text if _is_entry(passage) else "",
        boxes=(),
        raw=None,
        repairs=(),
        rows=(),
        municipalities=(),
        years=(),
        section=(),
    )
