"""Stage "index": what search needs, made from the store."""

from __future__ import annotations

from functools import cache

from kb.pipeline.draft import ENGINE, Draft
from kb.pipeline.report import OnProgress
from kb.pipeline.versions import version_of

STAGE = "index"
ROOMS = (
    "search/index",
    "search/engines",
    "search/query_tree.py",
    "search/remembering.py",
    "dutch",
    "records.py",
    "datafiles.py",
)
LIBRARIES = (
    "tantivy",
    "opensearch-py",
    "whoosh3",
    "pystemmer",
    "wordfreq",
    "numpy",
)


@cache
def index_version() -> str:
    """Changes with all that shows in an index."""
    return version_of(ROOMS, LIBRARIES)


def index(draft: Draft, on_progress: OnProgress) -> str:
    """Build the search index, going on from the last one, and give its engine's name."""
    from kb.search import build_index

    def on_documents(done: int, total: int) -> None:
        on_progress("index", done, total)

    now = index_version()
    same = draft.before.whole.get(STAGE) == now
    draft.ledger.whole[STAGE] = now
    return build_index(
        draft.store,
        draft.folder / ENGINE,
        draft.settings.engine,
        on_documents,
        draft.file_before(ENGINE) if same else None,
        draft.changed,
        draft.settings,
    )
