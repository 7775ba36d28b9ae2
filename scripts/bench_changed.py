"""What one changed report costs: records in a file and on a server, with Tantivy and OpenSearch.

`--servers` starts PostgreSQL and an OpenSearch node for it, and stops them at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kb.errors import KbError
from kb.passages.duplicates import near_duplicates_of
from kb.search import build_index
from kb.store import Store, sqlite_url
from kb.store.copying import copy
from scripts.opensearch_nodes import NoNodesError, cluster
from scripts.postgresql_server import NoServerError, running

PREFIX = "kb_bench_"
FIRST, SECOND = f"{PREFIX}1", f"{PREFIX}2"
ADDED = (
    " Een zin die er eerder niet stond, over wijkteams en hun voorzieningen."
)
SERVERS = ("java", "postgres")  # the programs that work for this one
TICKS = os.sysconf("SC_CLK_TCK")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the benchmark."""
    from bench_search import collection_options

    parser.add_argument(
        "sizes",
        nargs="*",
        type=int,
        default=[20_000],
        help="numbers of passages (default: 20000)",
    )
    parser.add_argument(
        "--servers",
        action="store_true",
        help="start PostgreSQL and an OpenSearch node, and measure them too",
    )
    collection_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print a line of JSON for each step of each size."""
    from bench_search import collection

    try:
        with ExitStack() as stack:
            url = _servers(stack) if given.servers else None
            for size in given.sizes:
                store = stack.enter_context(closing(collection(given, size)))
                folder = given.work / f"{size}.changed"
                for row in _parts(folder, store, url):
                    print(json.dumps({"passages": size, **row}), flush=True)
                shutil.rmtree(folder)
    except (KbError, NoNodesError, NoServerError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _servers(stack: ExitStack) -> str:
    """Start both, the node where kb looks for it, and give the address of PostgreSQL."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # they end with this program
    nodes = stack.enter_context(cluster())
    os.environ["KB_OPENSEARCH_URL"] = nodes.urls
    os.environ["KB_OPENSEARCH_REPLICAS"] = "0"
    return stack.enter_context(running()).url


@dataclass(frozen=True, slots=True)
class _Work:
    """A folder for what is made, and the document that changes."""

    folder: Path
    document: str


def _parts(
    folder: Path, store: Store, url: str | None
) -> Iterator[dict[str, Any]]:
    """Every part after one changed document; with `url` those of servers too."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    documents = store.document_ids()
    work = _Work(folder, documents[len(documents) // 2])
    made: list[Store] = []
    file = sqlite_url(folder / "after.sqlite")
    yield _timed(
        "SQLite",
        "one changed",
        lambda: made.append(_changed(store, file, None, work)),
    )
    (after,) = made
    yield from _near_duplicates(work, store, after)
    yield from _from_nothing(work, store, "tantivy")
    yield _indexed(work, after, "tantivy", "SQLite")
    if url is not None:
        yield from _from_nothing(work, store, "opensearch")
        yield _indexed(work, after, "opensearch", "SQLite")
    after.close()
    if url is not None:
        yield from _on_a_server(work, store, url)


def _near_duplicates(
    work: _Work, before: Store, after: Store
) -> Iterator[dict[str, Any]]:
    old, new = work.folder / "old.npz", work.folder / "new.npz"
    ids = before.document_ids()
    yield _timed(
        "near-duplicates",
        "from nothing",
        lambda: near_duplicates_of(ids, before.texts, old),
    )
    yield _timed(
        "near-duplicates",
        "one changed",
        lambda: near_duplicates_of(
            ids, after.texts, new, old, {work.document}
        ),
    )


def _from_nothing(
    work: _Work, store: Store, engine: str
) -> Iterator[dict[str, Any]]:
    old = work.folder / f"{engine}.old"
    yield _timed(
        engine, "from nothing", lambda: build_index(store, old, engine)
    )


def _indexed(
    work: _Work, after: Store, engine: str, records: str
) -> dict[str, Any]:
    """The next index of an engine, of which one document changed."""
    old, new = (work.folder / f"{engine}.{when}" for when in ("old", "new"))
    shutil.rmtree(new, ignore_errors=True)
    changed = {work.document}
    return _timed(
        f"{engine}, records in {records}",
        "one changed",
        lambda: build_index(after, new, engine, None, old, changed),
    )


def _on_a_server(
    work: _Work, store: Store, url: str
) -> Iterator[dict[str, Any]]:
    """Records in PostgreSQL: copied, one document changed, the generation before cleared."""
    first = Store.create(url, FIRST)
    made: list[Store] = []
    yield _timed("PostgreSQL", "copied", lambda: copy(store, first))
    yield _timed(
        "PostgreSQL",
        "one changed",
        lambda: made.append(_changed(first, url, SECOND, work)),
    )
    (after,) = made
    for engine in ("tantivy", "opensearch"):
        yield _indexed(work, after, engine, "PostgreSQL")
    yield _timed(
        "PostgreSQL",
        "the generation before cleared",
        lambda: after.drop_schemas(PREFIX, [SECOND]),
    )
    after.drop_schemas(PREFIX, ())
    after.close()
    first.close()


def _changed(
    before: Store, url: str, schema: str | None, work: _Work
) -> Store:
    """A next generation in which the first passage of a document has another sentence."""
    after = Store.derive(url, schema, before)
    document = after.document(work.document)
    first, *rest = after.passages(document.id)
    passages = [replace(first, text=first.text + ADDED), *rest]
    tags = after.tags(document=document.id, shown=False)
    after.replace_document(document, passages, tags)
    return after


def _timed(part: str, step: str, work: Callable[[], object]) -> dict[str, Any]:
    """Seconds of the clock, of this processor and of servers here, and the most memory held."""
    from bench_search import peak_mb

    wall, cpu, served = time.perf_counter(), time.process_time(), _served()
    work()
    return {
        "part": part,
        "step": step,
        "clock_s": round(time.perf_counter() - wall, 2),
        "processor_s": round(time.process_time() - cpu, 2),
        "servers_processor_s": round(_served() - served, 2),
        "peak_mb": peak_mb(),
    }


def _served() -> float:
    """Processor seconds of all server programs on this machine, with their children's."""
    return sum(map(_seconds_of, Path("/proc").glob("[0-9]*/stat")))


def _seconds_of(stat: Path) -> float:
    try:
        name, _, rest = stat.read_text(encoding="utf-8").rpartition(")")
    except OSError:
        return 0.0  # it has just ended
    if name.partition("(")[2] not in SERVERS:
        return 0.0
    times = rest.split()[11:15]  # own and children's, user and system
    return sum(map(int, times)) / TICKS
