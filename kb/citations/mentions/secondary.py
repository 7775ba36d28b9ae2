"""Works cited through another: "Lipsky (1980, aangehaald in Tonkens, 2008)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from kb.citations.wordlists import alternation, longest_first
from kb.records import Citation

_THROUGH = re.compile(
    rf"[\s,;:()]*(?:{alternation(longest_first('words', 'cited_in'))})[\s:]*(?:de\s|het\s)?",
    re.I,
)


def with_through(found: Sequence[Citation], text: str) -> list[Citation]:
    """Citations with the one that they are known through.

    Args:
        found: the citations of a passage in text order.
        text: the passage.

    A citation is known through the next when nothing but "aangehaald in", or words
    like it, stands between them.
    """
    marked = list(found)
    for at, (cited, behind) in enumerate(itertools.pairwise(marked)):
        if _THROUGH.fullmatch(text, cited.end, behind.start):
            marked[at] = replace(cited, through=behind.start)
    return marked
