"""Which sentences report works of others?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.dutch import sentences
from kb.records import Citation


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence, text[start:end], and the works that it reports."""

    start: int
    end: int
    citations: tuple[Citation, ...]


def cited_sentences(
    text: str, citations: Iterable[Citation]
) -> list[CitedSentence]:
    """The sentences of `text` that report works, with their citations in text order.

    Acts, papers and rulings are left out: what stands in them is not reported by a
    study. A citation that runs over a full stop belongs to the sentence it begins in.
    """
    works = [citation for citation in citations if not citation.csl]
    found = []
    for start, end in sentences.spans(text):
        inside = tuple(c for c in works if start <= c.start < end)
        if inside:
            found.append(CitedSentence(start, end, inside))
    return found
