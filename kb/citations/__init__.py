"""Who is cited here, and what is it?

Doors: `references_of(document_id, blocks)` (`entries/`); `called_in(texts)`, the short
names that a document gives (`official/`); `citations_of(passage, called)` and
`at_marks(citations, passages, blocks)`, which knows where the marks of notes stand
(`mentions/`); `resolve(documents, passages, references, citations, literature)` (`works/`).
"""

from __future__ import annotations

from kb.citations.entries.lists import references_of
from kb.citations.mentions.marked import at_marks
from kb.citations.mentions.passages import citations_of
from kb.citations.official.called import Called, called_in
from kb.citations.works.resolving import Resolved, resolve

__all__ = [
    "Called",
    "Resolved",
    "at_marks",
    "called_in",
    "citations_of",
    "references_of",
    "resolve",
]
