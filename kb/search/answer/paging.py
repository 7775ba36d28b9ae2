"""Which of the ranked passages stand on this page.

Near-duplicates under the best, and not too many of one document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.search.index.candidates import Passages
from kb.search.index.lexicon import Ints
from kb.search.ranking.ordering import Ranked
from kb.search.request import SearchRequest
from kb.search.retrieval import RANKED

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row on the page, with what the ranking says of it."""

    row: int
    score: float
    direct: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Places in the ranking that take a place of their own.

    Attributes:
        places: those, in order.
        rows: by place in the ranking the row that stands there.
        direct: the same, which are direct. A passage that says the same as one that is
            direct is so too: they are one hit.
    """

    places: list[int]
    rows: Ints
    direct: Mask


def shown(
    collection: Passages, ranked: Ranked, request: SearchRequest
) -> Shown:
    """What is left of the ranking where near-duplicates go under the best."""
    if not request.collapse or not len(ranked.rows):
        every = list(range(len(ranked.rows)))
        return Shown(every, ranked.rows, ranked.direct)
    groups = collection.groups_of(ranked.rows)
    alone = groups < 0
    hits = np.where(alone, -1 - np.arange(len(groups)), groups)
    _, first, of = np.unique(hits, return_index=True, return_inverse=True)
    direct = np.zeros(len(first), np.bool_)
    direct[of[ranked.direct]] = True
    rows = ranked.rows
    if request.sort == "relevance" and len(first) < len(hits):
        rows = _in_main_text(collection, ranked, hits)
    return Shown(np.sort(first).tolist(), rows, direct[of])


def _in_main_text(collection: Passages, ranked: Ranked, hits: Ints) -> Ints:
    """Where a document says the same more than once, the first of it in reading order.

    What an annex says again stands in the main text with what is around it and who said it.
    Looked for among what was ranked, so that it is the same on every page; a copy that is
    direct is never left for one that is not.
    """
    rows = ranked.rows.copy()
    near = rows[:RANKED]
    documents = collection.documents_of(near)
    is_direct = ranked.direct[:RANKED]
    copies = np.stack([hits[:RANKED], documents, is_direct])
    order = np.argsort(near, kind="stable")
    _, first, of = np.unique(
        copies[:, order], axis=1, return_index=True, return_inverse=True
    )
    earliest = np.empty(len(near), near.dtype)
    earliest[order] = near[order][first[of]]
    rows[:RANKED] = earliest
    return rows


def arrange(
    collection: Passages,
    ranked: Ranked,
    request: SearchRequest,
    left: Shown,
) -> list[Placed]:
    """The rows of the page asked for, in order.

    The first page takes its documents from the rows that were ranked, so that it is the same
    however many are given; related rows never come before direct ones.
    """
    kept = left.places
    if request.per_document and request.sort == "relevance":
        near = bisect_left(kept, ranked.near)
        documents = collection.documents_of(ranked.rows[:RANKED]).tolist()
        kept = _spread(kept[:near], documents, request) + kept[near:]
    start = max(0, request.page - 1) * request.per_page
    return [
        Placed(
            int(left.rows[place]),
            float(ranked.scores[place]),
            bool(left.direct[place]),
        )
        for place in kept[start : start + request.per_page]
    ]


def _spread(
    kept: list[int], documents: list[int], request: SearchRequest
) -> list[int]:
    """At most `per_document` of a document on the first page, the others behind it.

    A page is filled all the same.
    """
    page: list[int] = []
    later: list[int] = []
    taken: Counter[int] = Counter()
    for at, place in enumerate(kept):
        if len(page) >= request.per_page:
            later += kept[at:]
            break
        document = documents[place]
        if taken[document] < request.per_document:
            taken[document] += 1
            page.append(place)
        else:
            later.append(place)
    missing = request.per_page - len(page)
    return sorted(page + later[:missing]) + later[missing:]
