"""The passages of a document as curators want them, for every stage that reads them."""

from __future__ import annotations

from collections.abc import Sequence

from kb.curation.editing import edited, kept_parts
from kb.curation.events import Event
from kb.pipeline.document.products import Passages


def edited_passages(made: Passages, edits: Sequence[Event]) -> Passages:
    """The passages and articles after the decisions of curators; the same without any."""
    if not edits:
        return made
    parts = kept_parts(made.parts, edits)
    return Passages(edited(made.passages, edits), parts)
