"""Which documents does one volume hold? Collections, with articles by different people.

Door: `parts_of(volume, blocks, records)`, `assign(parts, placed)`,
`document_of_part(volume, part)`.
"""

from __future__ import annotations

from kb.volumes.parts import assign, document_of_part, parts_of

__all__ = ["assign", "document_of_part", "parts_of"]
