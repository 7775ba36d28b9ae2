"""How long does a decision take at so many passages, and how long do so many events read?

python -m scripts.benchmark curation INDEX CORPUS [--events 50000] [--upload FILE]

With a file to upload only that is measured, on one core, until it can be searched; it and
its lines in the log are taken out again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from functools import cache
from pathlib import Path

import msgspec

from kb.corpus.sources import SOURCES
from kb.curation import FILE, Log, State, new_event, read_log
from kb.generations import current, open_store
from kb.pipeline.live import LiveIndex, LiveRecords
from kb.pipeline.live.records import live_path
from kb.search import Searcher, SearchRequest
from kb.settings import Settings
from kb.store import Store, sqlite_url
from kb.themes import Frameworks, load_frameworks
from kb.uploads import build_with, receive

TIMES = 5  # decisions of a kind
OF_PASSAGE = (
    ("theme", "B1", "none"),
    ("kind", "", "policy"),
    ("text", "", "Anders."),
)
OF_DOCUMENT = (
    ("heading", "1 Inleiding", "1 Begin"),
    ("label", "2", "ii"),
    ("record", "title", "Een andere titel"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked of this benchmark."""
    parser.add_argument("index", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--upload", type=Path)


def run(given: argparse.Namespace) -> int:
    """Print seconds (processor, clock) of the first decision, of others by kind, of replay."""
    settings = Settings(corpus_dir=given.corpus, index_dir=given.index)
    if given.upload:
        return _upload(settings, given.upload)
    shutil.rmtree(settings.index_dir / "live", ignore_errors=True)
    store = open_store(settings)
    passages = store.passages(store.document_ids()[0])
    count = len(store.texts(passages[0].document))
    store.close()
    path = given.corpus / FILE
    kept = path.read_bytes() if path.exists() else None
    live = LiveRecords(settings, current(settings.index_dir))
    log = Log(path)
    try:
        print(
            "first", _decide(live, log, "theme", "B7", "none", passages[0].id)
        )
        ids = [passage.id for passage in passages[1 : 1 + TIMES]]
        same = [passages[0].document] * TIMES
        asked = [(ids, *row) for row in OF_PASSAGE]
        asked += [(same, *row) for row in OF_DOCUMENT]
        for targets, kind, field, after in asked:
            took = [
                _decide(live, log, kind, field, after, id) for id in targets
            ]
            processor, clock = zip(*took, strict=True)
            print(kind, statistics.median(processor), statistics.median(clock))
            print(kind, "longest", max(processor), max(clock))
        for number, passage in enumerate(ids):
            live.follow(_one_more(log, passage))
            print("search after decision", number + 1, _searched(settings))
    finally:
        live.close()
        path.unlink(missing_ok=True)
        if kept is not None:
            path.write_bytes(kept)
    print(f"passages of the document: {count}")
    print("replay", _replay(given.events))
    return 0


def _decide(
    live: LiveRecords, log: Log, kind: str, field: str, after: str, id: str
) -> tuple[float, float]:
    """(seconds of processor, seconds by the clock) until a reader sees a decision."""
    began, processor = time.perf_counter(), time.process_time()
    log.add([new_event(kind, id, after, field=field)])
    live.follow(log.follow())
    took = time.process_time() - processor, time.perf_counter() - began
    return round(took[0], 3), round(took[1], 3)


def _one_more(log: Log, passage: str) -> State:
    log.add([new_event("theme", passage, "evidence", field="K5")])
    return log.follow()


def _searched(settings: Settings) -> dict[str, float]:
    """Seconds of processor until a question is answered with what was decided.

    The first has nothing alike to open beside; a site has.
    """
    generation = current(settings.index_dir)
    steps: dict[str, float] = {}
    began = time.process_time()
    index = LiveIndex(settings, generation).follow()
    steps["index"] = round(time.process_time() - began, 3)
    began = time.process_time()
    if index is None:
        return steps
    store = Store(sqlite_url(live_path(settings, generation)))
    _OPEN[:] = [Searcher.open(index, store, _themes(settings), like=_last())]
    steps["open"] = round(time.process_time() - began, 3)
    began = time.process_time()
    _OPEN[0].search(SearchRequest("samenwerking in de wijk"))
    steps["answer"] = round(time.process_time() - began, 3)
    return steps


_OPEN: list[Searcher] = []


def _last() -> Searcher | None:
    return _OPEN[0] if _OPEN else None


@cache
def _themes(settings: Settings) -> Frameworks:
    return load_frameworks(settings.corpus_dir / "frameworks")


def _upload(settings: Settings, path: Path) -> int:
    """Print the seconds by the clock, on one core, from the file to its passages."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    log = settings.corpus_dir / FILE
    kept = log.read_bytes() if log.exists() else b""
    began = time.perf_counter()
    with path.open("rb") as stream:
        taken = receive(settings, stream, path.name, {}, "")
    ended = build_with(settings, taken)
    print("upload", ended.state, round(time.perf_counter() - began, 2))
    store = open_store(settings)
    print("passages", len(store.passages(taken.key)))
    store.close()
    (settings.corpus_dir / SOURCES / taken.file).unlink(missing_ok=True)
    log.write_bytes(kept)
    return 0


def _replay(events: int) -> float:
    path = Path("replay.jsonl")
    words = "De wijkteams werken samen met de huisarts. " * 15
    lines = [
        msgspec.json.encode(
            new_event("theme", f"p{n}", "none", field="B1", words=words)
        )
        for n in range(events)
    ]
    path.write_bytes(b"\n".join(lines) + b"\n")
    began = time.process_time()
    read_log(path)
    took = time.process_time() - began
    path.unlink()
    return round(took, 3)
