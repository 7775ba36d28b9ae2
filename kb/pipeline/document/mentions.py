"""Stage "mentions": what one document lists and cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.pipeline.document.products import FileRead, Mentions, Passages
from kb.records import Citation, Passage


def mentions_of(document: str, found: FileRead, made: Passages) -> Mentions:
    """References and citations of a document, and the places that linking looks at."""
    from kb.citations import citations_of, references_of

    citations = tuple(c for passage in made.passages for c in citations_of(passage))
    references = tuple(references_of(document, found.blocks))
    return Mentions(references, citations, _places(made.passages, citations))


def _places(
    passages: Sequence[Passage], citations: Sequence[Citation]
) -> tuple[Passage, ...]:
    """The passages that linking looks at: those that cite, and the entries of lists.

    Where no passage is an entry, the end of a list is found by its page: then all are.
    """
    citing = {citation.passage for citation in citations}
    listed = {passage.id for passage in passages if _is_entry(passage)}
    wanted = [p for p in passages if not listed or p.id in citing or p.id in listed]
    return tuple(map(_place, wanted))


def _is_entry(passage: Passage) -> bool:
    return "reference" in (passage.kind, passage.block)


def _place(passage: Passage) -> Passage:
    """A passage without what linking does not read."""
    return replace(
        passage, text=passage.text if _is_entry(passage) else "", boxes=(), raw=None,
        repairs=(), rows=(), municipalities=(), years=(), section=(),
    )  # fmt: skip
