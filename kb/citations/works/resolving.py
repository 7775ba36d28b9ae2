"""Works of the whole corpus, and every reference and citation with its link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.citations.works.article_lists import list_ends
from kb.citations.works.clustering import (
    ORIGINS,
    Cluster,
    best_csl,
    cluster,
    members_of,
)
from kb.citations.works.ibid import with_ibid
from kb.citations.works.linking import Linker
from kb.citations.works.numbered_lists import numbering
from kb.citations.works.provisional import with_provisional
from kb.records import Citation, Document, Passage, Reference, Work

_CITES_NOTHING = ("reference", "contents")  # kinds of passages


@dataclass(frozen=True, slots=True)
class Resolved:
    """What `resolve` gives: references and citations with their links, and the works."""

    references: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    works: tuple[Work, ...]


def resolve(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    references: Sequence[Reference],
    citations: Sequence[Citation],
    literature: Sequence[Mapping[str, Any]] = (),
) -> Resolved:
    """Works of the whole corpus, and every reference and citation with its link.

    Args:
        documents: the documents of the corpus, each a work.
        passages: where citations stand. Only those that are entries of a list need
            their text, the others their id, document, kind, page and position.
        references: of all documents, each document's in reading order.
        citations: of all passages; those in lists and contents are left out.
        literature: CSL records of works of the field.
    """
    clusters = cluster(members_of(documents, references, literature))
    members = [(m, c.id) for c in clusters for m in c.members]
    listed = {m.key: work for m, work in members if m.origin == "reference"}
    linked = tuple(replace(r, work=listed.get(r.id)) for r in references)
    place = {p.id: p for p in passages}
    kept = [c for c in citations if _cites(place.get(c.passage))]
    numbers = numbering(linked, kept, place)
    linker = Linker(clusters, linked, list_ends(passages, linked), numbers)
    links = (linker.link(c, place.get(c.passage)) for c in with_ibid(kept, place))
    found = [citation for citation in links if citation]
    where = [_document(place.get(citation.passage)) for citation in found]
    taken = [c.id for c in clusters]
    work_of, provisional = with_provisional(found, where, taken)
    found = [replace(c, work=work_of.get(at, c.work)) for at, c in enumerate(found)]
    works = [*_works(clusters, found, place), *provisional]
    return Resolved(linked, tuple(found), tuple(sorted(works, key=lambda w: w.id)))


def _document(passage: Passage | None) -> str:
    return passage.document if passage else ""


def _cites(passage: Passage | None) -> bool:
    return passage is None or passage.kind not in _CITES_NOTHING


def _works(
    clusters: Iterable[Cluster],
    citations: Iterable[Citation],
    place: Mapping[str, Passage],
) -> list[Work]:
    """A work for each cluster, with who cites it and how often."""
    mentions: dict[str, int] = defaultdict(int)
    citing: dict[str, set[str]] = defaultdict(set)
    for citation in citations:
        if citation.work:
            mentions[citation.work] += 1
            if citation.passage in place:
                citing[citation.work].add(place[citation.passage].document)
    return [_work(found, citing[found.id], mentions[found.id]) for found in clusters]


def _work(found: Cluster, citing: set[str], mentions: int) -> Work:
    listed = {m.document for m in found.members if m.origin == "reference"}
    own = next((m.key for m in found.members if m.origin == "corpus"), None)
    return Work(
        id=found.id,
        csl=best_csl(found),
        cited_by=tuple(sorted((listed | citing) - {own})),
        mentions=mentions,
        document=own,
        origin=min((m.origin for m in found.members), key=ORIGINS.index),
        variants=tuple(dict.fromkeys(m.raw for m in found.members if m.raw)),
    )
