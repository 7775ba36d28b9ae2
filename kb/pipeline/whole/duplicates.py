"""Stage "duplicates": passages of the whole corpus that say the same."""

from __future__ import annotations

from kb.pipeline.draft import Draft
from kb.records import Similar


def mark_duplicates(draft: Draft) -> None:
    """Write the groups of near-duplicates."""
    from kb.passages.duplicates import near_duplicates

    draft.store.make_equal(Similar, near_duplicates(draft.store.passages()))
