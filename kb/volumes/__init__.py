"""Which documents does one volume hold? Collections, with articles by different people.

Door: `parts_of(document, blocks, records)`, `assign(parts, passages)`.
"""

from __future__ import annotations

from kb.volumes.parts import Part, assign, parts_of

__all__ = ["Part", "assign", "parts_of"]
