"""Index and query synthetic collections with each engine, SQLite FTS5 beside them."""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kb.errors import KbError
from kb.search import Searcher, SearchRequest, build_index
from kb.settings import Settings
from kb.store import Store, sqlite_url
from scripts.synthetic import fill, questions

WARM_UP = 16
PREFIXES = ("wi", "sam", "prev", "eigen k", "hulp", "jeugd", "b", "zor")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the benchmark."""
    parser.add_argument(
        "sizes",
        nargs="*",
        type=int,
        default=[1_000, 10_000],
        help="numbers of passages (default: 1000 10000)",
    )
    parser.add_argument(
        "--engine",
        action="append",
        choices=["whoosh", "tantivy", "opensearch", "fts5"],
        help="default: tantivy, fts5 and, up to 10000, whoosh",
    )
    collection_options(parser)
    parser.add_argument(
        "--queries", type=int, default=200, help="queries asked (default: 200)"
    )
    parser.add_argument(
        "--serve", metavar="ENGINE", help=argparse.SUPPRESS
    )  # a child process, so that memory is measured alone


def run(given: argparse.Namespace) -> int:
    """Print a line of JSON for each size and engine."""
    for size in given.sizes:
        try:
            store = collection(given, size)
        except KbError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        if given.serve:
            print(json.dumps(served(given, store, size)))
            return 0
        for engine in given.engine or [
            "tantivy",
            "fts5",
            *(["whoosh"] if size <= 10_000 else []),
        ]:
            row: dict[str, Any] = {"passages": size, "engine": engine}
            row |= (
                fts5(given, store, size)
                if engine == "fts5"
                else kb_engine(given, store, size, engine)
            )
            print(json.dumps(row), flush=True)
        store.close()
    return 0


def collection_options(parser: argparse.ArgumentParser) -> None:
    """Where collections come from and are kept: what `collection` asks of its options."""
    parser.add_argument(
        "--index",
        type=Path,
        default=Path("index"),
        help="built index whose passages are mixed (default: index)",
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("bench"),
        help="folder for collections, kept for a next run (default: bench)",
    )


def collection(given: argparse.Namespace, size: int) -> Store:
    """The synthetic collection of a size, made when it is not there. Raises NoIndexError."""
    path = given.work / f"{size}.sqlite"
    if path.exists():
        return Store(sqlite_url(path))
    from kb.generations import open_store
    from kb.themes import load_frameworks

    source = open_store(Settings(index_dir=given.index))
    given.work.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(
        ".part"
    )  # one whose making is interrupted is never taken for whole
    aside.unlink(missing_ok=True)
    store = Store.create(sqlite_url(aside))
    fill(
        store,
        [p.text for p in source.passages()],
        size,
        list(load_frameworks().themes),
    )
    source.close()
    store.close()
    aside.replace(path)
    return Store(sqlite_url(path))


def kb_engine(
    given: argparse.Namespace, store: Store, size: int, engine: str
) -> dict[str, Any]:
    """Index speed here, query speed and memory in a process of its own."""
    folder = given.work / f"{size}.{engine}"
    shutil.rmtree(folder, ignore_errors=True)
    wall, cpu = time.perf_counter(), time.process_time()
    build_index(store, folder, engine)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    disk = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    row = {
        "index_s": round(wall, 1),
        "passages_per_s": round(size / wall),
        "passages_per_cpu_s": round(size / cpu),
        "disk_mb": disk >> 20,
    }
    options = [
        str(size),
        "--work",
        str(given.work),
        "--queries",
        str(given.queries),
        "--serve",
        engine,
    ]
    child = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("benchmark.py")),
            "search",
            *options,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return {**row, **json.loads(child.stdout)}


def served(
    given: argparse.Namespace, store: Store, size: int
) -> dict[str, Any]:
    """Opening time, whole requests by kind of query, completions and memory."""
    from kb.themes import load_frameworks

    began = time.perf_counter()
    searcher = Searcher.open(
        given.work / f"{size}.{given.serve}", store, load_frameworks()
    )
    opened = time.perf_counter() - began
    asked = list(questions(store, given.queries + WARM_UP))
    for _, query in asked[:WARM_UP]:
        searcher.search(SearchRequest(query))
    gc.collect()
    gc.freeze()  # as web/memory.py does
    row = {
        "open_s": round(opened, 2),
        **timed(
            asked[WARM_UP:],
            lambda query: searcher.search(SearchRequest(query)),
        ),
    }
    row["suggest_p95_ms"] = timed(
        [("suggest", p) for p in PREFIXES for _ in range(5)],
        lambda p: searcher.suggest(p, 8),
    )["all_p95_ms"]
    return {**row, "peak_rss_mb": peak_mb()}


def peak_mb() -> int:
    """Most memory this program held, in MB.

    Linux counts that of the parent in ru_maxrss too, so its own table goes first.
    """
    status = Path("/proc/self/status")
    held = (
        [
            line.split()[1]
            for line in status.read_text(encoding="utf-8").splitlines()
            if line.startswith("VmHWM")
        ]
        if status.exists()
        else []
    )
    return (
        int(held[0]) >> 10
        if held
        else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    )


def timed(
    asked: Sequence[tuple[str, str]], ask: Callable[[str], Any]
) -> dict[str, Any]:
    """Median and 95th percentile in milliseconds, and the p95 by kind of question, of the
    clock, and of the processor.
    """
    walls: list[float] = []
    cpus: list[float] = []
    kinds: dict[str, list[float]] = {}
    cpu_kinds: dict[str, list[float]] = {}
    for kind, query in asked:
        wall, cpu = time.perf_counter(), time.process_time()
        ask(query)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        kinds.setdefault(kind, []).append(walls[-1])
        cpu_kinds.setdefault(kind, []).append(cpus[-1])
    row = {
        "all_p50_ms": statistics.median(walls),
        "all_p95_ms": p95(walls),
        "cpu_p50_ms": statistics.median(cpus),
        "cpu_p95_ms": p95(cpus),
    }
    return {
        **{name: round(value, 1) for name, value in row.items()},
        "p95_by_kind": {k: round(p95(v), 1) for k, v in kinds.items()},
        "cpu_p95_by_kind": {k: round(p95(v), 1) for k, v in cpu_kinds.items()},
    }


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def fts5(given: argparse.Namespace, store: Store, size: int) -> dict[str, Any]:
    """SQLite's own full text: words as they stand, ten rows with snippets, nothing else."""
    path = given.work / f"{size}.fts5"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE f USING fts5(text)")
    began = time.perf_counter()
    texts = (
        (p.text,)
        for document in store.documents()
        for p in store.passages(document.id)
    )
    database.executemany("INSERT INTO f VALUES (?)", texts)
    database.commit()
    wall = time.perf_counter() - began
    select = (
        "SELECT rowid, snippet(f, 0, '', '', '…', 40) FROM f WHERE f MATCH ? "
        "ORDER BY rank LIMIT 10"
    )
    row = timed(
        list(_for_fts5(questions(store, given.queries))),
        lambda query: database.execute(select, (query,)).fetchall(),
    )
    database.close()
    return {
        "index_s": round(wall, 1),
        "passages_per_s": round(size / wall),
        "disk_mb": path.stat().st_size >> 20,
        **row,
    }


def _for_fts5(asked: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for kind, query in asked:
        words = [
            w
            for w in query.replace('"', "").replace("?", "").split()
            if w.isalpha() and w != "EN"
        ]
        if (
            kind in ("term", "three words", "and", "phrase", "question")
            and words
        ):
            quoted = [f'"{w}"' for w in words]
            yield (
                kind,
                f'"{" ".join(words)}"'
                if kind == "phrase"
                else (" AND " if kind == "and" else " OR ").join(quoted),
            )
