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

MOST = 120


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The drawing, and the same as a list; `pairs` are works that stand together in passages."""

    drawing: Threads
    rows: tuple[tuple[WorkRow, tuple[tuple[str, str, int], ...]], ...]
    pairs: tuple[tuple[WorkRow, WorkRow, int], ...]
    shared_only: bool


def _chosen(generation: Generation, limit: int) -> tuple[list[Work], bool]:
    cited = [w for w in most_cited(generation) if w.cited_by]
    shared = [w for w in cited if len(w.cited_by) > 1]
    return (shared[:limit], True) if len(shared) >= 12 else (cited[:limit], False)


def _pairs(generation: Generation) -> tuple[tuple[WorkRow, WorkRow, int], ...]:
    every = counts.pairs_cited_together(generation.store, 20)
    found = [pair for pair in every if pair[2] > 1] or every[:5]
    rows = {
        r.work.id: r
        for r in work_rows(
            generation, generation.store.works([w for a, b, _ in found for w in (a, b)])
        )
    }
    return tuple((rows[a], rows[b], n) for a, b, n in found if a in rows and b in rows)


def network_page(generation: Generation, limit: int = MOST) -> NetworkPage:
    """The works most shared between documents, at most `limit`."""
    works, shared = _chosen(generation, limit)
    known = documents(generation)
    mentions = Counter(counts.mentions_per_document(generation.store))
    edges = {
        (d, w.id): mentions.get((d, w.id), 0) or 1
        for w in works
        for d in w.cited_by
        if d in known
    }
    rows = work_rows(generation, works)
    names = {d: short_name(generation, known[d]) for d, _ in edges} | {
        r.work.id: r.short for r in rows
    }
    listed = tuple(
        (
            r,
            tuple(
                (d, names[d], edges[d, r.work.id])
                for d in r.work.cited_by
                if (d, r.work.id) in edges
            ),
        )
        for r in rows
    )
    return NetworkPage(threads(names, edges), listed, _pairs(generation), shared)
