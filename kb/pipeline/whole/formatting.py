"""Stage "works": the citation strings of every work and document, so that no page waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from kb.errors import LANGUAGES
from kb.pipeline.document.planning import digest
from kb.pipeline.draft import Draft
from kb.pipeline.ledger import digest_of
from kb.pipeline.report import OnProgress
from kb.pipeline.versions import version_of
from kb.records import Formatted

STAGE = "works"
ROOMS = (
    "citing",
    "bibliography",
    "dutch",
    "pipeline/whole/formatting.py",
    "records.py",
    "datafiles.py",
)
CACHE = "cache"


def format_all(draft: Draft, on_progress: OnProgress) -> None:
    """Write the strings of works and documents in both languages."""
    items = _items(draft)
    settings = draft.settings
    now = digest(
        version_of(ROOMS),
        settings.style,
        settings.conventions,
        digest_of(items),
    )
    draft.ledger.whole[STAGE] = now
    if draft.before.whole.get(STAGE) == now:
        return
    draft.store.make_equal(Formatted, _formatted(draft, items, on_progress))


def _items(draft: Draft) -> Mapping[str, Mapping[str, Any]]:
    """CSL by id; a work that is a document of the corpus has the document's record."""
    items = {
        work.id: {**work.csl, "id": work.id} for work in draft.store.works()
    }
    for document in draft.store.documents():
        items[document.id] = {**document.csl, "id": document.id}
    return items


def _formatted(
    draft: Draft,
    items: Mapping[str, Mapping[str, Any]],
    on_progress: OnProgress,
) -> list[Formatted]:
    from kb.citing import format_works

    settings = draft.settings
    csl = list(items.values())

    def formatted(language: str) -> list[Formatted]:
        alone = format_works(
            csl,
            settings.style,
            language,
            settings.conventions,
            cache_dir=settings.index_dir / CACHE,
        )
        return _told_apart(draft, items, alone, language)

    on_progress("works", 0, len(LANGUAGES))
    found: list[Formatted] = []
    # Formatting waits for a process of its own: threads are enough.
    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        for done, records in enumerate(pool.map(formatted, LANGUAGES), 1):
            found += records
            on_progress("works", done, len(LANGUAGES))
    return found


def _told_apart(
    draft: Draft,
    items: Mapping[str, Mapping[str, Any]],
    alone: Sequence[Formatted],
    language: str,
) -> list[Formatted]:
    """The strings, with letters or names added to documents that look alike in the text."""
    from kb.citing import told_apart

    settings = draft.settings
    documents = [document.id for document in draft.store.documents()]
    by_id = {form.work: form for form in alone}
    made = told_apart(
        [by_id[id] for id in documents],
        [items[id] for id in documents],
        settings.style,
        language,
        settings.conventions,
    )
    by_id |= {form.work: form for form in made}
    for work in draft.store.works():
        if work.document in by_id and work.document is not None:
            same = by_id[work.document]
            by_id[work.id] = replace(same, work=work.id)
    return [by_id[form.work] for form in alone]
