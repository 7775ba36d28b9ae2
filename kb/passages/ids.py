"""Names that survive a rebuild: a passage is called after its document and what it says, not after where it stands."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from kb.dutch.fold import letters


def passage_ids(document: str, texts: Sequence[str]) -> list[str]:
    """`document-` and ten hexadecimal digits of each text; a text that comes again gets -2, -3, …"""
    seen: Counter[str] = Counter()
    found = []
    for text in texts:
        digest = hashlib.sha256((letters(text) or text).encode()).hexdigest()[:10]
        seen[digest] += 1
        found.append(
            f"{document}-{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else "")
        )
    return found
