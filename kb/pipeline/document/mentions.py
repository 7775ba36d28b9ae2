"""Stage "mentions": what one document lists and cites."""

from __future__ import annotations

from dataclasses import replace

from kb.pipeline.document.products import FileRead, Mentions, Passages
from kb.records import Passage


def mentions_of(document: str, found: FileRead, made: Passages) -> Mentions:
    """References and citations of a document, and the places that linking looks at."""
    from kb.citations import citations_of, references_of

    citations = tuple(c for passage in made.passages for c in citations_of(passage))
    references = tuple(references_of(document, found.blocks))
    return Mentions(references, citations, tuple(map(_place, made.passages)))


def _place(passage: Passage) -> Passage:
    """A passage without what linking does not read."""
    listed = "reference" in (passage.kind, passage.block)
    return replace(
        passage, text=passage.text if listed else "", boxes=(), raw=None, repairs=(), rows=(),
        municipalities=(), years=(),
    )  # fmt: skip
