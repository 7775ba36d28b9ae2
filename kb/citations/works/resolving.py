"""Works of the whole corpus, and every reference and citation with its link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.citations.reasons import Why
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
    entries = _with_works(references, clusters)
    place = {passage.id: passage for passage in passages}
    mentions = [c for c in citations if _cites(place.get(c.passage))]
    linker = Linker(
        clusters,
        entries,
        list_ends(passages, entries),
        numbering(entries, mentions, place),
        _articles_beside(documents),
    )
    found = []
    for mention in with_ibid(mentions, place):
        if linked := linker.link(mention, place.get(mention.passage)):
            found.append(linked)
    found, provisional = _with_provisional(found, clusters, place)
    works = [*_works(clusters, found, place), *provisional]
    works.sort(key=lambda work: work.id)
    return Resolved(tuple(entries), tuple(found), tuple(works))


def _articles_beside(documents: Sequence[Document]) -> dict[str, set[str]]:
    """For each document of a volume, and the volume, the other articles in it."""
    articles: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        if document.volume:
            articles[document.volume].add(document.id)
    parts = {
        part: volume for volume, found in articles.items() for part in found
    }
    beside = {
        part: articles[volume] - {part} for part, volume in parts.items()
    }
    return articles | beside


def _with_works(
    references: Sequence[Reference], clusters: Sequence[Cluster]
) -> list[Reference]:
    """References with the work that each describes."""
    work_of = {}
    for found in clusters:
        for member in found.members:
            if member.origin == "reference":
                work_of[member.key] = found.id
    return [replace(r, work=work_of.get(r.id)) for r in references]


def _with_provisional(
    citations: Sequence[Citation],
    clusters: Sequence[Cluster],
    place: Mapping[str, Passage],
) -> tuple[list[Citation], list[Work]]:
    """Citations with a provisional work where no entry fits, and these works."""
    documents = [_document(place.get(c.passage)) for c in citations]
    taken = [found.id for found in clusters]
    work_of, works = with_provisional(citations, documents, taken)
    linked = list(citations)
    for at, work in work_of.items():
        linked[at] = _known_by_itself(replace(linked[at], work=work))
    return linked, works


def _known_by_itself(citation: Citation) -> Citation:
    """An act or a paper needs no entry: its name or its number says which it is."""
    identifier = (citation.csl.get("custom") or {}).get("identifier")
    if not identifier:
        return citation
    by_name = str(identifier).startswith("act:")
    why = Why.TITLE if by_name else Why.NUMBER
    return replace(citation, score=1.0, reason=why.value)


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
    return [
        _work(found, citing[found.id], mentions[found.id])
        for found in clusters
    ]


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
