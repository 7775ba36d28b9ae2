"""Who is cited here, and what is it?

Doors: `references_of(document_id, blocks)`, `citations_of(passage)`, `resolve(documents, passages, references, citations, literature)`.
"""

from __future__ import annotations

from kb.citations.linking import Resolved, resolve
from kb.citations.lists import references_of
from kb.citations.mentions import citations_of

__all__ = ["Resolved", "citations_of", "references_of", "resolve"]
