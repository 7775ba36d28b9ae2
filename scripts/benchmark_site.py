"""How fast is the site? Multiplies the records of a built index to N passages, serves
them, and times every page type.

python scripts/benchmark_site.py [--corpus DIR] [--index DIR] [--passages 10000]
[--rounds 40] [--users 20] [--threads 8]
[--workers 2: with gunicorn]
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from urllib.parse import quote

from kb.generations import RECORDS, new_generation, open_store, publish
from kb.records import Document, Formatted, Passage, Work
from kb.search import build_index
from kb.settings import Settings, load
from kb.store import Store, sqlite_url

_numbers = count()
QUESTIONS = (
    "hoe houden generalisten hun vakkennis bij?",
    "mandaat",
    "eigen kracht",
    "preventie vroegsignalering",
    "kosten en baten van wijkteams",
    "vrijwilligers en professionals",
    "privacy",
    "bureaucratie regels",
    "samenwerking huisarts",
    "keukentafelgesprek",
)


def multiply(source: Store, target: Store, wanted: int) -> None:
    """Copies of every document, with its passages, tags and citations, until there are
    `wanted` passages. Works are there once, whatever cites them.
    """
    documents, passages = source.documents(), source.passages()
    tags, citations = source.tags(shown=False), source.citations()
    works = source.works()
    formatted = formatted_in(source, [*works, *documents])
    target.add(works)
    target.add(formatted)
    own = {document.id for document in documents}
    strings = [f for f in formatted if f.work in own]
    for copy in range(-(-wanted // len(passages))):
        target.add([document_copy(d, copy) for d in documents])
        target.add([passage_copy(p, copy) for p in passages])
        target.add([replace(t, passage=f"{t.passage}-{copy}") for t in tags])
        target.add(
            [replace(c, passage=f"{c.passage}-{copy}") for c in citations]
        )
        target.add([replace(f, work=f"{f.work}-{copy}") for f in strings])


def formatted_in(
    source: Store, cited: Sequence[Work | Document]
) -> list[Formatted]:
    """The references to works and documents, in both languages."""
    keys = [one.id for one in cited]
    dutch = source.formatted(keys, language="nl")
    english = source.formatted(keys, language="en")
    return [*dutch.values(), *english.values()]


def document_copy(document: Document, copy: int) -> Document:
    """A document under an id of its own, up to eleven years older.

    The pages that count years then have several to show.
    """
    year = (document.year or 2015) - copy % 12
    return replace(document, id=f"{document.id}-{copy}", year=year)


def passage_copy(passage: Passage, copy: int) -> Passage:
    """A passage of a copy; its text ends in a number, so that none is a duplicate."""
    return replace(
        passage,
        id=f"{passage.id}-{copy}",
        document=f"{passage.document}-{copy}",
        text=f"{passage.text} ({copy})",
    )


def made(settings: Settings, folder: Path, wanted: int) -> Settings:
    """Settings of a multiplied index in `folder`."""
    big = replace(settings, index_dir=folder, database_url="")
    generation = new_generation(folder, "big")
    source, target = (
        open_store(settings),
        Store.create(sqlite_url(generation / RECORDS)),
    )
    multiply(source, target, wanted)
    build_index(target, generation / "engine", settings.engine)
    source.close()
    target.close()
    publish(folder, generation)
    return big


def paths(store: Store) -> dict[str, list[str]]:
    """Page type → addresses."""
    documents, tags = store.documents(), store.tags()[:200]
    themes = sorted({t.theme for t in tags})[:10]
    works = sorted(store.works(), key=lambda w: -w.mentions)[:10]
    return {
        "results": [f"/zoeken?q={quote(q)}" for q in QUESTIONS],
        "home": ["/"],
        "document": [f"/documenten/{d.id}" for d in documents[:10]],
        "documents": ["/documenten/"],
        "passage": [f"/passages/{t.passage}" for t in tags[:10]],
        "themes": ["/themas/"],
        "theme": [f"/themas/{code}" for code in themes],
        "section": [f"/themas/{code}/paragraaf" for code in themes],
        "figures": [f"/themas/{code}/cijfers" for code in themes],
        "timeline": [f"/themas/{code}/tijdlijn" for code in themes],
        "compare": [f"/themas/{code}/vergelijk" for code in themes],
        "places": ["/themas/gemeenten?als=aandeel"],
        "map": ["/themas/kaart"],
        "heat": ["/themas/documenten"],
        "works": ["/werken/"],
        "work": [f"/werken/{w.id}" for w in works],
        "network": ["/werken/netwerk"],
        "list": [
            "/leeslijst/?" + "&".join(f"i=p:{t.passage}" for t in tags[:10])
        ],
        "suggest": ["/aanvullen?q=vak", "/aanvullen?q=gene"],
    }


def fresh(path: str) -> str:
    """The same page at an address that nobody asked before: it has to be made."""
    return f"{path}{'&' if '?' in path else '?'}n={next(_numbers)}"


def get(
    connection: http.client.HTTPConnection, path: str
) -> tuple[float, int]:
    """(milliseconds, bytes) of one answer."""
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    size = len(answer.read())
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return (time.perf_counter() - began) * 1000, size


def timed(port: int, pages: dict[str, list[str]], rounds: int) -> None:
    """Print median, p95 and size of every page type, one reader at a time."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for name, addresses in pages.items():
        get(connection, addresses[0])
        found = [
            get(connection, fresh(addresses[n % len(addresses)]))
            for n in range(rounds)
        ]
        times, sizes = sorted(t for t, _ in found), [s for _, s in found]
        p95 = times[int(len(times) * 0.95) - 1]
        print(
            f"{name:12} median {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms  "
            f" {max(sizes) / 1000:6.1f} kB"
        )


def crowd(
    port: int,
    pages: dict[str, list[str]],
    users: int,
    again: bool,
    seconds: float = 10.0,
) -> float:
    """Pages a second for `users` readers at once over all page types.

    `again`: pages that others asked before.
    """
    mixed = [
        path for addresses in pages.values() for path in addresses[:3]
    ] + pages["results"]
    done, stop = [0] * users, time.perf_counter() + seconds

    def read(user: int) -> None:
        connection, at = (
            http.client.HTTPConnection("127.0.0.1", port),
            user * 7,
        )
        while time.perf_counter() < stop:
            get(
                connection,
                mixed[at % len(mixed)]
                if again
                else fresh(mixed[at % len(mixed)]),
            )
            done[user] += 1
            at += 1

    readers = [
        threading.Thread(target=read, args=(user,)) for user in range(users)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(done) / seconds


def gunicorn(settings: Settings, threads: int, workers: int) -> Iterator[int]:
    """The port of the site, served by gunicorn with `workers` processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--workers",
        str(workers),
        "--threads",
        str(threads),
        "--keep-alive",
        "15",
    ]
    command += [
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
        "web.wsgi:app",
    ]
    environment = os.environ | {
        "KB_CORPUS_DIR": str(settings.corpus_dir),
        "KB_INDEX_DIR": str(settings.index_dir),
    }
    with subprocess.Popen(command, env=environment) as process:
        for _ in range(120):
            with (
                suppress(OSError),
                socket.create_connection(("127.0.0.1", port), 1),
            ):
                break
            time.sleep(0.5)
        time.sleep(5)  # every worker opens the index
        yield port
        process.terminate()


def served(settings: Settings, threads: int) -> Iterator[int]:
    """The port of the site, served by waitress in a process of its own."""
    code = (
        "import logging, sys, waitress; from kb.settings import load; from web import create_app\n"
        "logging.getLogger('waitress.queue').setLevel(40)\n"
        "s = waitress.create_server(create_app(load(corpus_dir=sys.argv[1], "
        "index_dir=sys.argv[2])), host='127.0.0.1', port=0,"
        " threads=int(sys.argv[3]))\nprint(s.effective_port, flush=True); s.run()"
    )
    command = [
        sys.executable,
        "-c",
        code,
        str(settings.corpus_dir),
        str(settings.index_dir),
        str(threads),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


def main() -> None:
    """Read the options, make the index, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        help="processes of gunicorn; 0: waitress",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = made(
            load(corpus_dir=options.corpus, index_dir=options.index),
            Path(folder),
            options.passages,
        )
        store = open_store(settings)
        pages = paths(store)
        print(
            f"{len(store.passages())} passages, {len(store.documents())} documents"
        )
        store.close()
        serving = (
            gunicorn(settings, options.threads, options.workers)
            if options.workers
            else served(settings, options.threads)
        )
        for port in serving:
            timed(port, pages, options.rounds)
            for again, name in (
                (False, "every page new"),
                (True, "pages asked before"),
            ):
                pace = crowd(port, pages, options.users, again)
                print(
                    f"{options.users} readers at once, {name}: {pace:.0f} pages/s"
                )


if __name__ == "__main__":
    main()
