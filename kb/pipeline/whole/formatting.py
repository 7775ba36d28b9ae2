"""Stage "works": the citation strings of every work and document, so that no page waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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


@contextmanager
def formatting(draft: Draft, on_progress: OnProgress) -> Iterator[None]:
    """Write the strings of works and documents in both languages, at the end.

    They are made meanwhile: most of it is waiting for pandoc, which has a process of its own,
    while the index is made in this one.
    """
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
        yield
        return
    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        coming = [
            pool.submit(_formatted, draft, items, language)
            for language in LANGUAGES
        ]
        yield
        found: list[Formatted] = []
        for done, records in enumerate(coming):
            on_progress("works", done, len(coming))
            found += records.result()
        on_progress("works", len(coming), len(coming))
    draft.store.make_equal(Formatted, found)


def _items(draft: Draft) -> Mapping[str, Mapping[str, Any]]:
    """CSL by id; a work that is a document of the corpus has the document's record."""
    items = {
        work.id: {**work.csl, "id": work.id} for work in draft.store.works()
    }
    for document in draft.store.documents():
        items[document.id] = {**document.csl, "id": document.id}
    return items


def _formatted(
    draft: Draft, items: Mapping[str, Mapping[str, Any]], language: str
) -> list[Formatted]:
    from kb.citing import format_works

    settings = draft.settings
    alone = format_works(
        list(items.values()),
        settings.style,
        language,
        settings.conventions,
        cache_dir=settings.index_dir / CACHE,
    )
    return _told_apart(draft, items, alone, language)


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
