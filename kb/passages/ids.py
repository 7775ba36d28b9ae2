"""Names that survive a rebuild: a passage is called after its document and its words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from kb.dutch.fold import letters

_DIGITS = 10  # hexadecimal: two texts of a document agree once in 10**12


def passage_ids(document: str, texts: Sequence[str]) -> list[str]:
    """An id for each text: the document and a digest of its letters.

    White space, quotes, hyphens, case and accents make no other passage; a text that
    comes again in the document gets -2, -3, …

    >>> passage_ids("boer2014", ["Elke wijk.", "elke – wijk"])
    ['boer2014-923c5b1170', 'boer2014-923c5b1170-2']
    """
    seen: Counter[str] = Counter()
    found = []
    for text in texts:
        own = (letters(text) or text).encode()
        digest = hashlib.sha256(own).hexdigest()[:_DIGITS]
        seen[digest] += 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""
        found.append(f"{document}-{digest}{again}")
    return found
