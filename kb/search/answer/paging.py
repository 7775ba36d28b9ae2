"""Which of the ranked passages stand on this page.

Near-duplicates under the best, and not too many of one document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import numpy as np

from kb.search.index.candidates import Passages
from kb.search.ranking.ordering import Ranked
from kb.search.request import SearchRequest
from kb.search.retrieval import RANKED


@dataclass(frozen=True, slots=True)
class Placed:
    """A row on the page, with what the ranking says of it."""

    row: int
    score: float
    direct: bool
    also_in: tuple[str, ...] = ()


def arrange(
    collection: Passages, ranked: Ranked, request: SearchRequest
) -> list[Placed]:
    """The rows of the page asked for, in order.

    The first page takes its documents from the rows that were ranked, so that it is the same
    however many are given; related rows never come before direct ones.
    """
    kept = list(range(len(ranked.rows)))
    also: dict[int, list[int]] = {}
    if request.collapse:
        kept, also = _collapsed(collection, ranked)
    if request.per_document and request.sort == "relevance":
        near = bisect_left(kept, ranked.near)
        documents = collection.documents_of(ranked.rows[:RANKED]).tolist()
        kept = _spread(kept[:near], documents, request) + kept[near:]
    start = max(0, request.page - 1) * request.per_page
    page = []
    for place in kept[start : start + request.per_page]:
        row = int(ranked.rows[place])
        under = np.array(also.get(row, ()), np.int64)
        others = tuple(collection.ids_of(under))
        score, direct = float(ranked.scores[place]), bool(ranked.direct[place])
        page.append(Placed(row, score, direct, others))
    return page


def _collapsed(
    collection: Passages, ranked: Ranked
) -> tuple[list[int], dict[int, list[int]]]:
    """Places of the rows that stay, and by row the near-duplicates that go under it."""
    groups = collection.groups_of(ranked.rows).tolist()
    first: dict[int, int] = {}
    kept: list[int] = []
    also: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        if group >= 0 and group in first:
            also.setdefault(first[group], []).append(int(ranked.rows[place]))
            continue
        if group >= 0:
            first[group] = int(ranked.rows[place])
        kept.append(place)
    return kept, also


def _spread(
    kept: list[int], documents: list[int], request: SearchRequest
) -> list[int]:
    """At most `per_document` of a document on the first page, the others behind it.

    A page is filled all the same.
    """
    page: list[int] = []
    later: list[int] = []
    taken: Counter[int] = Counter()
    for place in kept:
        document = documents[place]
        full = len(page) >= request.per_page
        if not full and taken[document] < request.per_document:
            taken[document] += 1
            page.append(place)
        else:
            later.append(place)
    missing = request.per_page - len(page)
    return sorted(page + later[:missing]) + later[missing:]
