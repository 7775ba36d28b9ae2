"""Whose findings do quoted passages report? Works for secondary citations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kb.records import Citation, Passage, Work
from kb.store import Store

# What a text refers to without reporting what it found.
NOT_REPORTED = ("legislation", "bill", "legal_case", "hearing")


def works_cited(
    store: Store, passages: Sequence[Passage], read: Collection[str]
) -> tuple[dict[str, tuple[str, ...]], tuple[Work, ...]]:
    """The works that passages report.

    Args:
        store: the records.
        passages: those quoted.
        read: ids of the documents of the selection; a work that is one of them goes by
            the id of that document.

    Returns:
        Passage → works that it reports, in their order; and those works.
    """
    ids = [p.id for p in passages]
    # What a note cites is reported by the sentence with its mark.
    in_notes = [
        replace(citation, passage=citation.noted_in)
        for citation in store.citations(noted_in=ids)
        if citation.noted_in is not None
    ]
    citations = [*store.citations(ids), *in_notes]
    works = _reported(store, citations)
    own = {p.id: p.document for p in passages}
    citing: dict[str, dict[str, None]] = {}  # a dict keeps the order of names
    named = set()
    for citation in citations:
        work = works.get(citation.work or "")
        if work is None or work.document == own[citation.passage]:
            continue
        name = _name(work, read)
        citing.setdefault(citation.passage, {})[name] = None
        named.add(name)
    told = tuple(work for id, work in works.items() if id in named)
    return {id: tuple(names) for id, names in citing.items()}, told


def _reported(store: Store, citations: Sequence[Citation]) -> dict[str, Work]:
    """The works of citations by id, but for those that have no findings."""
    ids = {citation.work for citation in citations if citation.work}
    return {work.id: work for work in store.works(ids) if _is_reported(work)}


def _is_reported(work: Work) -> bool:
    return work.csl.get("type") not in NOT_REPORTED


def _name(work: Work, read: Collection[str]) -> str:
    """The id by which the selection knows a work."""
    if work.document is not None and work.document in read:
        return work.document
    return work.id
