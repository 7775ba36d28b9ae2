"""Stage "index": what search needs, made from the store."""

from __future__ import annotations

from kb.pipeline.draft import ENGINE, Draft
from kb.pipeline.report import OnProgress


def index(draft: Draft, on_progress: OnProgress) -> str:
    """Build the search index and give the name of its engine."""
    from kb.search import build_index

    def on_documents(done: int, total: int) -> None:
        on_progress("index", done, total)

    return build_index(
        draft.store,
        draft.folder / ENGINE,
        draft.settings.engine,
        on_documents,
    )
