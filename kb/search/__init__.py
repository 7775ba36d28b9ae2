"""Which passages answer this question, best first? `build_index` writes an index folder,
`Searcher` answers from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.search.request import (
    FACETS,
    SORTS,
    FacetValue,
    Hit,
    Implied,
    Match,
    Reading,
    Results,
    SearchRequest,
    Snippet,
    Suggestion,
)

if TYPE_CHECKING:
    from kb.search.index.building import build_index
    from kb.search.searcher import Searcher, search_many

__all__ = [
    "FACETS",
    "SORTS",
    "FacetValue",
    "Hit",
    "Implied",
    "Match",
    "Reading",
    "Results",
    "SearchRequest",
    "Searcher",
    "Snippet",
    "Suggestion",
    "build_index",
    "search_many",
]


def __getattr__(name: str) -> Any:
    """Loads numpy and the engines only when they are asked for."""
    if name == "build_index":
        from kb.search.index.building import build_index

        return build_index
    if name in ("Searcher", "search_many"):
        from kb.search import searcher

        return getattr(searcher, name)
    raise AttributeError(f"module 'kb.search' has no attribute {name!r}")
