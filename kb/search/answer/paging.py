"""Which of the ranked passages stand on this page: near-duplicates under the best, and not too many of one document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

import numpy as np

from kb.search.index.collection import Collection
from kb.search.index.lexicon import Ints
from kb.search.request import SearchRequest


def arrange(
    collection: Collection, rows: Ints, request: SearchRequest, spread: int
) -> tuple[Ints, dict[int, tuple[str, ...]]]:
    """Places in `rows` of the hits of the page asked for, and the ids of near-duplicates collapsed under each row.

    The first page takes its documents from the first `spread` rows, so that it is the same however many rows are given.
    """
    kept, also = (
        _collapsed(collection, rows)
        if request.collapse
        else (list(range(len(rows))), {})
    )
    if request.per_document and request.sort == "relevance":
        near = bisect_left(kept, spread)
        kept = (
            _spread(
                kept[:near],
                collection.columns["document"][rows[:spread]].tolist(),
                request,
            )
            + kept[near:]
        )
    start = max(0, request.page - 1) * request.per_page
    page = kept[start : start + request.per_page]
    return np.array(page, np.int64), {
        row: tuple(collection.ids[r] for r in others) for row, others in also.items()
    }


def _collapsed(
    collection: Collection, rows: Ints
) -> tuple[list[int], dict[int, list[int]]]:
    groups = collection.columns["group"][rows].tolist() if len(rows) else []
    first: dict[int, int] = {}
    kept: list[int] = []
    also: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        if group >= 0 and group in first:
            also.setdefault(first[group], []).append(int(rows[place]))
            continue
        if group >= 0:
            first[group] = int(rows[place])
        kept.append(place)
    return kept, also


def _spread(kept: list[int], documents: list[int], request: SearchRequest) -> list[int]:
    """At most `per_document` of a document on the first page, the others moved behind it; a page is filled all the same."""
    page: list[int] = []
    later: list[int] = []
    taken: Counter[int] = Counter()
    for place in kept:
        if (
            len(page) < request.per_page
            and taken[documents[place]] < request.per_document
        ):
            taken[documents[place]] += 1
            page.append(place)
        else:
            later.append(place)
    missing = request.per_page - len(page)
    return sorted(page + later[:missing]) + later[missing:]
