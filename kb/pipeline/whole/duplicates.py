"""Stage "duplicates": passages of the whole corpus that say the same."""

from __future__ import annotations

from kb.pipeline.draft import Draft
from kb.pipeline.versions import version_of
from kb.records import Similar

STAGE = "duplicates"
ROOMS = ("passages/duplicates.py", "passages/signatures.py", "records.py")
SIGNATURES = "signatures.npz"


def mark_duplicates(draft: Draft) -> None:
    """Write the groups of near-duplicates, hashing anew only changed documents."""
    from kb.passages.duplicates import near_duplicates_of

    now = version_of(ROOMS)
    same = draft.before.whole.get(STAGE) == now
    draft.ledger.whole[STAGE] = now

    found = near_duplicates_of(
        draft.store.document_ids(),
        draft.store.texts,
        draft.folder / SIGNATURES,
        draft.file_before(SIGNATURES) if same else None,
        draft.changed,
    )
    draft.store.make_equal(Similar, found)
