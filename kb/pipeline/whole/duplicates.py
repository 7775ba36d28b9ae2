"""Stage "duplicates": passages of the whole corpus that say the same."""

from __future__ import annotations

from kb.pipeline.draft import Draft
from kb.records import Similar

SIGNATURES = "signatures.npz"


def mark_duplicates(draft: Draft) -> None:
    """Write the groups of near-duplicates."""
    from kb.passages.duplicates import near_duplicates_of

    found = near_duplicates_of(
        draft.store.document_ids(),
        draft.store.texts,
        draft.folder / SIGNATURES,
        draft.file_before(SIGNATURES),
        draft.changed,
    )
    draft.store.make_equal(Similar, found)
