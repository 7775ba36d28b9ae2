"""Index a synthetic collection from nothing and after one changed document, near-duplicates too."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.errors import KbError
from kb.passages.duplicates import near_duplicates_of
from kb.search import build_index
from kb.store import Store, sqlite_url

ADDED = (
    " Een zin die er eerder niet stond, over wijkteams en hun voorzieningen."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the benchmark."""
    from bench_search import collection_options

    parser.add_argument(
        "sizes",
        nargs="*",
        type=int,
        default=[10_000],
        help="numbers of passages",
    )
    parser.add_argument(
        "--engine", default="tantivy", choices=["whoosh", "tantivy"]
    )
    collection_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print a line of JSON for each step of each size."""
    from bench_search import collection

    for size in given.sizes:
        try:
            store = collection(given, size)
        except KbError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        folder = given.work / f"{size}.index"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for row in _steps(store, folder, given.engine):
            print(
                json.dumps({"passages": size, "engine": given.engine, **row}),
                flush=True,
            )
        store.close()
        shutil.rmtree(folder)
    return 0


def _steps(store: Store, folder: Path, engine: str) -> list[dict[str, Any]]:
    """The collection, then the same with one document changed."""
    old, new = folder / "old", folder / "new"
    signed = (folder / "old.npz", folder / "new.npz")
    documents = store.document_ids()
    steps = [
        _timed("index from nothing", lambda: build_index(store, old, engine)),
        _timed(
            "near-duplicates from nothing",
            lambda: near_duplicates_of(documents, store.texts, signed[0]),
        ),
    ]
    url = sqlite_url(folder / "changed.sqlite")
    changed = {documents[len(documents) // 2]}
    derived = Store.derive(url, None, store)
    steps += [
        _timed("store, one changed", lambda: _change(derived, *changed)),
        _timed(
            "index, one changed",
            lambda: build_index(derived, new, engine, None, old, changed),
        ),
        _timed(
            "near-duplicates, one changed",
            lambda: near_duplicates_of(
                documents, derived.texts, signed[1], signed[0], changed
            ),
        ),
    ]
    derived.close()
    return steps


def _change(store: Store, document: str) -> None:
    """Give the first passage of a document another sentence."""
    first, *rest = store.passages(document)
    passages = [replace(first, text=first.text + ADDED), *rest]
    tags = store.tags(document=document, shown=False)
    store.replace_document(store.document(document), passages, tags)


def _timed(step: str, work: Callable[[], object]) -> dict[str, Any]:
    """Seconds of the clock and of the processor, and the most memory held so far."""
    from bench_search import peak_mb

    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "step": step,
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "peak_mb": peak_mb(),
    }
