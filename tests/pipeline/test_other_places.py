"""A build with its records in PostgreSQL, or its documents made on a cluster, is the same build."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.generations import open_store
from kb.pipeline import build
from kb.records import Passage
from kb.settings import Settings
from tests.pipeline.conftest import Here, everything, record_of, text_of

pytestmark = [pytest.mark.system, pytest.mark.slow]


def write(settings: Settings, **reports: tuple[list[int], list[int]]) -> None:
    """A corpus of these reports."""
    for name, (sentences, entries) in reports.items():
        path = settings.corpus_dir / "sources" / f"{name}.txt"
        path.write_text(text_of(sentences, entries), encoding="utf-8")
    records = "".join(record_of(name, 2016) for name in sorted(reports))
    bib = settings.corpus_dir / "sources.bib"
    bib.write_text(records, encoding="utf-8")


def test_records_on_a_server_are_those_in_a_file(
    settings: Settings, database: str
) -> None:
    there = replace(
        settings,
        database_url=database,
        index_dir=settings.index_dir.with_name("there"),
    )
    reports = {"een": ([0, 1, 2], [0, 1]), "twee": ([3, 4], [2])}
    write(settings, **reports)
    for one in (settings, there):
        build(one, executor=Here())
    assert everything(there) == everything(settings)
    # Changed and gone on from, twice, so that an old generation is cleared away.
    for sentences in ([0, 5, 6], [7, 1], [2]):
        reports["een"] = (sentences, [0, 3])
        write(settings, **reports)
        for one in (settings, there):
            build(one, executor=Here())
        assert everything(there) == everything(settings)
    store = open_store(there)
    from tests.store.test_postgresql import _rows

    shown = store.count(Passage)
    assert shown <= _rows(store, "passages") <= 2 * shown
    store.close()
