"""Does a site that runs for long grow? Memory over many requests, open files over many swaps.

python -m scripts.reliability.long_run [--requests 50000] [--swaps 200] [--reports 20]

Readers ask pages by chance, many with words of their own, as fast as they are answered; then
a small corpus is built again and again under a site, which is asked for pages between, as
curators decide. Told are the memory (MB) after a thousand requests and along the way, and
memory and open files along the swaps. Fails where memory grew by more than a tenth, or files
at all.
"""

from __future__ import annotations

import argparse
import http.client
import random
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

from kb.curation import FILE, new_event, write_events
from kb.generations import open_store
from kb.pipeline import build
from kb.settings import Settings
from scripts import generated_corpus
from scripts.reliability.kills import TEXT
from scripts.reliability.soak import Held, free_port, held_by, pages_of, serve

FIRST = 1_000  # requests: by then everything has been opened
GROWTH = 1.1  # of memory that is allowed after it
SETTLED = 10  # swaps after which the number of files should stand
READERS = 4
ROUND = 500  # requests between two looks


def words_of(settings: Settings) -> list[str]:
    """Words to search for, each of which occurs."""
    store = open_store(settings)
    found = {word for p in store.passages() for word in p.text.split()}
    store.close()
    return sorted(word for word in found if word.isalpha())


def asked(
    pages: tuple[str, ...], words: list[str], dice: random.Random
) -> str:
    """A page, or a search that nobody did before."""
    if dice.random() < 0.5:
        return dice.choice(pages)
    question = " ".join(dice.sample(words, 2))
    return f"/zoeken?q={quote(question)}&page={dice.randint(1, 3)}"


def read(port: int, paths: list[str], failed: list[str]) -> None:
    """Ask for these pages, one after another, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 500:
            failed.append(f"{path}: {answer.status}")
    connection.close()


def many_requests(requests: int, reports: int, folder: Path) -> list[str]:
    """So many requests; the faults."""
    settings = Settings(
        corpus_dir=folder / "corpus", index_dir=folder / "index"
    )
    generated_corpus.write(settings.corpus_dir, reports)
    build(settings)
    pages, passages = pages_of(settings)
    words = words_of(settings)
    port = free_port()
    site = serve(settings, port)
    print(f"{len(passages)} passages")
    dice = random.Random(1)
    failed: list[str] = []
    seen: dict[int, int] = {}
    for done in range(0, requests, ROUND):
        paths = [asked(pages, words, dice) for _ in range(ROUND)]
        threads = [
            threading.Thread(
                target=read, args=(port, paths[n::READERS], failed)
            )
            for n in range(READERS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answered = done + ROUND
        seen[answered] = held_by(site.pid).own
        if answered == FIRST or answered % (requests // 10) == 0:
            told = f"after {answered} requests: {seen[answered]} MB"
            print(f"  {told}", flush=True)
    site.terminate()
    site.wait()
    if seen[max(seen)] > GROWTH * seen[FIRST]:
        failed.append(f"memory: {seen[FIRST]} → {seen[max(seen)]} MB")
    return failed


def decide(settings: Settings, round_: int) -> None:
    """A curator decides on the first passage."""
    store = open_store(settings)
    passage = store.passages()[0].id
    store.close()
    after = ("evidence", "none")[round_ % 2]
    event = new_event("theme", passage, after, by="curator", field="B7")
    write_events(settings.corpus_dir / FILE, [event])


def many_swaps(swaps: int, folder: Path) -> list[str]:
    """So many builds under a site; the faults."""
    settings = Settings(
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        workers=1,
        curation=True,
    )
    note = settings.corpus_dir / "sources" / "nota.md"
    note.parent.mkdir(parents=True)
    note.write_text(TEXT.format(number=1, round=0), encoding="utf-8")
    build(settings)
    port = free_port()
    site = serve(settings, port)
    failed: list[str] = []
    seen: list[Held] = []
    pages = ["/", "/zoeken?q=overleg", "/documenten/nota"]
    for swap in range(1, swaps + 1):
        note.write_text(TEXT.format(number=1, round=swap), encoding="utf-8")
        build(settings)
        read(port, pages, failed)
        decide(settings, swap)
        read(port, pages, failed)
        seen.append(held_by(site.pid))
        if swap % max(1, swaps // 10) == 0 or swap == SETTLED:
            print(f"  after {swap} swaps: {seen[-1]}", flush=True)
    site.terminate()
    site.wait()
    first, last = seen[:SETTLED], seen[-1]
    if last.files > max(held.files for held in first):
        failed.append(f"open files: {first[-1]} → {last}")
    if last.own > GROWTH * max(held.own for held in first):
        failed.append(f"memory: {first[-1]} → {last}")
    return failed


def main() -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--swaps", type=int, default=200)
    parser.add_argument("--reports", type=int, default=20)
    given = parser.parse_args()
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        if given.swaps:
            failed += many_swaps(given.swaps, Path(folder) / "small")
        if given.requests:
            failed += many_requests(
                given.requests, given.reports, Path(folder) / "large"
            )
    print(f"faults: {len(failed)}")
    for fault in failed[:20]:
        print(" ", fault)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
