"""What one changed report costs the store of a collection, in a file and on a server."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kb.store import Store, sqlite_url
from kb.store.copying import copy

PREFIX = "kb_bench_"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the benchmark."""
    parser.add_argument(
        "records", type=Path, help="a SQLite file, as `search` leaves it"
    )
    parser.add_argument(
        "--url", help="a PostgreSQL database to measure; else the file"
    )


def run(given: argparse.Namespace) -> int:
    """Print seconds on the clock of each step as JSON."""
    source = Store(sqlite_url(given.records))
    told: dict[str, Any] = {}
    if given.url:
        first = Store.create(given.url, f"{PREFIX}1")
        told["copied"] = _timed(lambda: copy(source, first))
        _change(first, given.url, f"{PREFIX}2", told)
        first.drop_schemas(PREFIX, ())
    else:
        target = given.records.with_suffix(".changed")
        _change(source, sqlite_url(target), None, told)
        target.unlink()
    source.close()
    print(json.dumps(told))
    return 0


def _change(
    before: Store, url: str, schema: str | None, told: dict[str, Any]
) -> None:
    """Begin a generation with the records of another, and change one document."""
    made: list[Store] = []
    told["derived"] = _timed(
        lambda: made.append(Store.derive(url, schema, before))
    )
    (after,) = made
    document = after.document(after.document_ids()[0])
    passages = after.passages(document.id)
    told["one document replaced"] = _timed(
        lambda: after.replace_document(document, passages)
    )
    if schema is not None:
        told["old one cleared away"] = _timed(
            lambda: after.drop_schemas(PREFIX, [schema])
        )
    told["passages"] = _timed(after.passages)
    after.close()


def _timed(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return round(time.perf_counter() - began, 2)
