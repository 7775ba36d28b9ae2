"""Does the site hold while everything happens at once? Readers, curators, and builds.

python -m scripts.reliability.soak [--minutes 30] [--readers 20] [--reports 40] [--pause 1]
    [--curation]

A site over some 10,000 passages answers readers who wait a while between pages, as people
do; two curators decide without end; every minute a report changes and is built, with the
haste of `docs/operating/kb-build.service`. With `--curation` the site shows decisions at
once, without it with the next build. Every minute it tells what the server holds and how many
requests failed; at the end times, also by kind of page.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from kb.curation import FILE, new_event, write_events
from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings
from kb.uploads import gently
from scripts import generated_corpus

KB = "from kb.cli import main; main()"
START = 60.0  # seconds a server may take to begin
BETWEEN_BUILDS = 60.0
BETWEEN_DECISIONS = 2.0
LOOKED = 10.0  # seconds between two looks at the memory
TOLD = 6  # looks between two lines that tell it
QUESTIONS = (
    "generalisten vakkennis",
    "mandaat",
    "eigen kracht",
    "kosten en baten",
    "samenwerking huisarts",
    "waarom werkt het wijkteam niet",
)


@dataclass(frozen=True)
class Held:
    """What a process holds.

    Attributes:
        own: MB that no file stands for.
        of_files: MB of files that it reads in place; the system takes them back as needed.
        files: that it has open.
    """

    own: int
    of_files: int
    files: int

    def __str__(self) -> str:
        memory = f"{self.own} MB and {self.of_files} MB of files"
        return f"{memory}, {self.files} open files"


def held_by(process: int) -> Held:
    """What a process holds now. Raises OSError."""
    status = Path(f"/proc/{process}/status").read_text()
    files = len(os.listdir(f"/proc/{process}/fd"))
    return Held(_mb(status, "RssAnon:"), _mb(status, "RssFile:"), files)


def _mb(status: str, name: str) -> int:
    return int(status.partition(name)[2].split()[0]) // 1_024


@dataclass
class Seen:
    """What happened until now; written by many threads."""

    seconds: list[tuple[str, float]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    builds: int = 0
    decisions: int = 0
    memory: list[Held] = field(default_factory=list)


@dataclass(frozen=True)
class Load:
    """What all threads share."""

    settings: Settings
    port: int
    pages: tuple[str, ...]
    passages: tuple[str, ...]
    stop: threading.Event
    seen: Seen
    pause: float


def pages_of(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Addresses of every kind of page, and the passages there are."""
    store = open_store(settings)
    documents = [document.id for document in store.documents()]
    passages = [passage.id for passage in store.passages()]
    works = [work.id for work in store.works()][:50]
    themes = sorted({tag.theme for tag in store.tags()})
    store.close()
    dice = random.Random(7)
    found = ["/", "/themas/", "/documenten/", "/werken/", "/over"]
    found += [f"/zoeken?q={quote(question)}" for question in QUESTIONS * 5]
    found += [f"/themas/{theme}" for theme in themes]
    found += [f"/documenten/{one}" for one in documents]
    found += [f"/werken/{quote(one)}" for one in works]
    found += [f"/passages/{one}" for one in dice.sample(passages, 60)]
    return tuple(found), tuple(passages)


def read(load: Load, number: int) -> None:
    """A reader: a page by chance, a while, another page."""
    dice = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", load.port, timeout=30)
    while not load.stop.wait(dice.uniform(0, 2 * load.pause)):
        path = dice.choice(load.pages)
        began = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            load.seen.failed.append(f"{path}: {error!r}")
            connection.close()
            continue
        seconds = time.perf_counter() - began
        load.seen.seconds.append((kind_of(path), seconds))
        if answer.status >= 500:
            load.seen.failed.append(f"{path}: {answer.status}")
    connection.close()


def kind_of(path: str) -> str:
    """The kind of page at an address.

    >>> kind_of("/documenten/jansen2014"), kind_of("/zoeken?q=mandaat"), kind_of("/over")
    ('/documenten/…', '/zoeken', '/over')
    """
    first, between, rest = path[1:].partition("?")[0].partition("/")
    return f"/{first}{between}{'…' if rest else ''}"


def decide(load: Load, number: int) -> None:
    """A curator: a decision on a passage by chance, again and again."""
    dice = random.Random(number)
    log = load.settings.corpus_dir / FILE
    while not load.stop.wait(BETWEEN_DECISIONS):
        event = new_event(
            "theme",
            dice.choice(load.passages),
            dice.choice(("evidence", "none")),
            by=f"curator{number}",
            field="B7",
        )
        write_events(log, [event])
        load.seen.decisions += 1


def rebuild(load: Load) -> None:
    """Every minute a report has another sentence and is built, as `kb build` does."""
    sources = sorted((load.settings.corpus_dir / "sources").iterdir())
    while not load.stop.wait(BETWEEN_BUILDS):
        changed = sources[load.seen.builds % len(sources)]
        with changed.open("a", encoding="utf-8") as report:
            report.write(f"\n\nRonde {load.seen.builds} van het overleg.\n")
        done = subprocess.run(
            gently([sys.executable, "-c", KB, "build"]),
            env=environment(load.settings),
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            load.seen.failed.append(f"build: {done.stderr[-300:]}")
        load.seen.builds += 1


def environment(settings: Settings) -> dict[str, str]:
    """Where corpus and index are, for another process."""
    return {
        **os.environ,
        "KB_CORPUS_DIR": str(settings.corpus_dir),
        "KB_INDEX_DIR": str(settings.index_dir),
        "KB_CURATION": str(settings.curation).lower(),
    }


def watch(load: Load, process: int) -> None:
    """Memory and open files of the server, every ten seconds."""
    seen = load.seen
    while not load.stop.wait(LOOKED):
        with suppress(OSError):
            seen.memory.append(held_by(process))
            if len(seen.memory) % TOLD == 0:
                print(f"  {line_of(seen)}", flush=True)


def line_of(seen: Seen) -> str:
    """How far it came: a run that is stopped has told something."""
    after = LOOKED * len(seen.memory)
    done = f"{seen.builds} builds, {len(seen.seconds)} requests"
    return (
        f"{after:5.0f} s: {seen.memory[-1]}; {done}, {len(seen.failed)} failed"
    )


def serve(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    """The site in a process of its own, answering."""
    command = [sys.executable, "-c", KB, "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(settings))
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 1),
        ):
            return process
        time.sleep(0.2)
    process.kill()
    raise SystemExit("the site did not start")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def tell(seen: Seen) -> None:
    """The figures, one a line."""
    times = sorted(seconds for _, seconds in seen.seconds)
    parts = statistics.quantiles(times, n=100)
    print(f"{len(times)} requests, {len(seen.failed)} failed")
    print(f"{seen.builds} builds, {seen.decisions} decisions")
    print(f"p50 {1000 * parts[49]:.0f} ms, p95 {1000 * parts[94]:.0f} ms")
    print(f"p99 {1000 * parts[98]:.0f} ms, longest {times[-1]:.1f} s")
    by_kind = defaultdict[str, list[float]](list)
    for kind, seconds in seen.seconds:
        by_kind[kind].append(1_000 * seconds)
    for kind, slow in sorted(by_kind.items()):
        if len(slow) > 1:
            p95 = statistics.quantiles(slow, n=20)[-1]
            print(f"  {kind}: {len(slow)}, p95 {p95:.0f} ms")
    for failure in seen.failed[:20]:
        print("  failed:", failure)


def main() -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--curation", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            corpus_dir=Path(folder) / "corpus",
            index_dir=Path(folder) / "index",
            curation=given.curation,
        )
        generated_corpus.write(settings.corpus_dir, given.reports)
        build(settings)
        pages, passages = pages_of(settings)
        port = free_port()
        process = serve(settings, port)
        seen = Seen()
        stop = threading.Event()
        load = Load(settings, port, pages, passages, stop, seen, given.pause)
        threads = [
            *(
                threading.Thread(target=read, args=(load, n))
                for n in range(given.readers)
            ),
            *(
                threading.Thread(target=decide, args=(load, n))
                for n in range(2)
            ),
            threading.Thread(target=rebuild, args=(load,)),
            threading.Thread(target=watch, args=(load, process.pid)),
        ]
        for thread in threads:
            thread.start()
        time.sleep(60 * given.minutes)
        stop.set()
        for thread in threads:
            thread.join()
        process.terminate()
        process.wait()
    print(f"{len(passages)} passages at the start")
    tell(seen)
    sys.exit(1 if seen.failed else 0)


if __name__ == "__main__":
    main()
