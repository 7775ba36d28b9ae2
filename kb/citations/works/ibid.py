""" "Ibid." in a note means what the note before it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kb.citations.mentions.notes import is_note
from kb.citations.reasons import Why
from kb.records import Citation, Passage


def with_ibid(
    citations: Sequence[Citation], place: Mapping[str, Passage]
) -> Iterator[Citation]:
    """`citations` with every "ibid." filled in; one that follows on nothing is dropped."""
    last: dict[str, Citation] = {}
    for citation in citations:
        passage = place.get(citation.passage)
        if passage is None or not is_note(passage):
            yield citation
            continue
        if citation.reason == Why.SAME_AS_BEFORE:
            before = last.get(passage.document)
            if before is None:
                continue
            citation = _same(citation, before)
        last[passage.document] = citation
        yield citation


def _same(citation: Citation, before: Citation) -> Citation:
    return replace(
        before,
        passage=citation.passage,
        surface=citation.surface,
        start=citation.start,
        end=citation.end,
        pages=citation.pages,
        reason="",
    )
