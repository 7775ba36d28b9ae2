"""Names that survive a rebuild: a passage is called after its document and what it says, not after where it stands."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence


def normal(text: str) -> str:
    """Letters and digits only, lower case, without accents: white space, quotes and hyphens do not make another passage."""
    small = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text).casefold()
    )
    return "".join(c for c in small if c.isalnum())


def passage_ids(document: str, texts: Sequence[str]) -> list[str]:
    """`document-` and ten hexadecimal digits of each text; a text that comes again gets -2, -3, …"""
    seen: Counter[str] = Counter()
    found = []
    for text in texts:
        digest = hashlib.sha256((normal(text) or text).encode()).hexdigest()[:10]
        seen[digest] += 1
        found.append(
            f"{document}-{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else "")
        )
    return found
