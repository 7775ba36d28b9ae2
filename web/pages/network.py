"""The network of documents and the works they cite."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kb.records import Work
from kb.store import counts
from web.charts.network import Threads, threads
from web.citation_strings import short_name
from web.generation import Generation
from web.pages.cards import documents
from web.pages.works import WorkRow, most_cited, work_rows

MOST = 120  # works in the drawing
ENOUGH_SHARED = 12  # with fewer the drawing would be nearly empty
PAIRS = 20
PAIRS_THAT_MET_ONCE = 5


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The drawing, and the same as a list.

    `pairs` are works that stand together in passages.
    """

    drawing: Threads
    rows: tuple[tuple[WorkRow, tuple[tuple[str, str, int], ...]], ...]
    pairs: tuple[tuple[WorkRow, WorkRow, int], ...]
    shared_only: bool


def _chosen(generation: Generation, limit: int) -> tuple[list[Work], bool]:
    """The works to draw, and whether they are only those that documents share."""
    cited = [work for work in most_cited(generation) if work.cited_by]
    shared = [work for work in cited if len(work.cited_by) > 1]
    if len(shared) >= ENOUGH_SHARED:
        return shared[:limit], True
    return cited[:limit], False


def _pairs(generation: Generation) -> tuple[tuple[WorkRow, WorkRow, int], ...]:
    """Pairs of works that stand together in passages, most often first."""
    every = counts.pairs_cited_together(generation.store, PAIRS)
    more_than_once = [pair for pair in every if pair[2] > 1]
    found = more_than_once or every[:PAIRS_THAT_MET_ONCE]
    ids = [id for one, other, _ in found for id in (one, other)]
    made = work_rows(generation, generation.store.works(ids))
    rows = {row.work.id: row for row in made}
    return tuple(
        (rows[one], rows[other], n)
        for one, other, n in found
        if one in rows and other in rows
    )


def network_page(generation: Generation, limit: int = MOST) -> NetworkPage:
    """The works most shared between documents, at most `limit`."""
    works, shared = _chosen(generation, limit)
    known = documents(generation)
    mentions = Counter(counts.mentions_per_document(generation.store))
    edges: dict[tuple[str, str], int] = {}
    for work in works:
        for document in work.cited_by:
            if document in known:  # a work that is only listed counts once
                edges[document, work.id] = (
                    mentions.get((document, work.id), 0) or 1
                )
    rows = work_rows(generation, works)
    names = {d: short_name(generation, known[d]) for d, _ in edges}
    names |= {row.work.id: row.short for row in rows}

    def citing(work: Work) -> tuple[tuple[str, str, int], ...]:
        return tuple(
            (document, names[document], edges[document, work.id])
            for document in work.cited_by
            if (document, work.id) in edges
        )

    return NetworkPage(
        drawing=threads(names, edges),
        rows=tuple((row, citing(row.work)) for row in rows),
        pairs=_pairs(generation),
        shared_only=shared,
    )
