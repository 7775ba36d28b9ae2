"""How long does a decision take at so many passages, and how long do so many events read?

python -m scripts.benchmark curation INDEX CORPUS [--events 50000]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from pathlib import Path

import msgspec

from kb.curation import FILE, Log, new_event, read_log
from kb.generations import current, open_store
from kb.pipeline.live import LiveRecords
from kb.settings import Settings

KINDS = (
    ("theme", "B1", "none"),
    ("kind", "", "policy"),
    ("text", "", "Anders."),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked of this benchmark."""
    parser.add_argument("index", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--events", type=int, default=50_000)


def run(given: argparse.Namespace) -> int:
    """Print the seconds of the first decision, of others by kind, and of replay."""
    settings = Settings(corpus_dir=given.corpus, index_dir=given.index)
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
        for kind, field, after in KINDS:
            took = [
                _decide(live, log, kind, field, after, passage.id)
                for passage in passages[1:6]
            ]
            print(kind, round(statistics.median(took), 3), max(took))
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
) -> float:
    began = time.perf_counter()
    log.add([new_event(kind, id, after, field=field)])
    live.follow(log.follow())
    return round(time.perf_counter() - began, 3)


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
