"""Searches go on while a data node of a real cluster is killed; how many fail, how long they take.

`python scripts/kill_a_node.py 2000` starts two data nodes and a manager, and ends them.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from kb.errors import KbError
from kb.search.engines import Engine, Entry, Plan, ReadingOrder, engine_class
from kb.search.query_tree import Or, Term
from kb.settings import Settings
from scripts.opensearch_nodes import Cluster, NoNodesError, cluster

DOCUMENTS, PER_DOCUMENT = 100, 100
WORDS = 2_000
THREADS = 4
KILLED_AFTER = 0.4  # of the searches


def searches_while_killing(
    nodes: Cluster, settings: Settings, folder: Path, searches: int
) -> dict[str, Any]:
    """Search from some threads, kill a node meanwhile, and tell what became of it."""
    engine = _filled(settings, folder)
    nodes.wait()
    before = threading.Event()
    done = 0
    lock = threading.Lock()

    def one(number: int) -> tuple[bool, float]:
        nonlocal done
        began = time.perf_counter()
        ok = _answers(engine, number)
        with lock:
            done += 1
            if done >= KILLED_AFTER * searches:
                before.set()
        return ok, time.perf_counter() - began

    def kill() -> None:
        before.wait()
        nodes.data[-1].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(one, range(searches)))
    killer.join()
    engine.close()
    seconds = np.array([took for _, took in told])
    return {
        "searches": len(told),
        "failed": sum(not ok for ok, _ in told),
        "p50_ms": round(float(np.percentile(seconds, 50)) * 1000, 1),
        "p99_ms": round(float(np.percentile(seconds, 99)) * 1000, 1),
        "longest_ms": round(float(seconds.max()) * 1000, 1),
    }


def _answers(engine: Engine, number: int) -> bool:
    """Whether a search gives just the passages that have its words."""
    first, second = number % WORDS, (number * 7 + 1) % WORDS
    asked = Or((Term("body", f"w{first}"), Term("body", f"w{second}")))
    expected = {
        row
        for row in range(DOCUMENTS * PER_DOCUMENT)
        if row % WORDS in (first, second)
    }
    try:
        return set(engine.best(Plan(asked), 500).tolist()) == expected
    except KbError:
        return False


def _filled(settings: Settings, folder: Path) -> Engine:
    documents = [f"boek {number:03}" for number in range(DOCUMENTS)]

    def entries_of(document: str) -> Iterator[Entry]:
        first = documents.index(document) * PER_DOCUMENT
        for place in range(PER_DOCUMENT):
            body = f"w{(first + place) % WORDS} zorg in de wijk"
            yield Entry(place, body, "", "", "boek", (), "text", ())

    adapter = engine_class("opensearch")
    adapter.build(folder / "engine", documents, entries_of, settings=settings)
    starts = np.arange(0, DOCUMENTS * PER_DOCUMENT + 1, PER_DOCUMENT)
    order = ReadingOrder(documents, starts, np.arange(DOCUMENTS))
    return adapter.open(folder / "engine", order, settings)


def main(given: Sequence[str]) -> int:
    """Print what became of the searches as JSON."""
    searches = int(given[0]) if given else 2_000
    try:
        with cluster(2) as nodes, tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                opensearch_url=nodes.urls, index_dir=Path(folder) / "index"
            )
            told = searches_while_killing(
                nodes, settings, Path(folder), searches
            )
    except NoNodesError as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
