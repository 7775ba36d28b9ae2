"""Whose findings do quoted passages report, and who says the same?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kb.export.selection import Selection
from kb.records import Citation, Document, Passage, Work
from kb.store import Store
from kb.store.evidence import alike

# What a text refers to without reporting what it found.
NOT_REPORTED = ("legislation", "bill", "legal_case", "hearing")


def with_origins(
    store: Store, selection: Selection, documents: Iterable[Document]
) -> Selection:
    """The selection with the works that its passages report, and where else the same is said.

    Args:
        store: the records.
        selection: passages under headings.
        documents: those of the store.
    """
    passages = selection.passages
    same = _elsewhere(store, passages)
    others = {p.document for found in same.values() for p in found}
    read = {document.id for document in selection.documents}
    beside = tuple(d for d in documents if d.id in others - read)
    citing, works = works_cited(store, passages, read | others)
    return replace(
        selection,
        documents=(*selection.documents, *beside),
        same=same,
        citing=citing,
        cited=works,
    )


def _elsewhere(
    store: Store, passages: Sequence[Passage]
) -> dict[str, tuple[Passage, ...]]:
    """Passage → passages of other documents that say the same, where there are any."""
    others = alike(store, [passage.id for passage in passages])
    wanted = {id for found in others.values() for id in found}
    known = {p.id: p for p in store.passages(ids=wanted)}
    same = {
        passage.id: tuple(
            known[id]
            for id in others.get(passage.id, ())
            if known[id].document != passage.document
        )
        for passage in passages
    }
    return {id: found for id, found in same.items() if found}


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
