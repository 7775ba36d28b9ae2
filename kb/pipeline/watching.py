"""How far the files are that workers read: written by each, read by the builder.

A worker writes a line in a file of its own, wherever it runs within reach of the index
folder; a thread of the builder reads them about once a second.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from kb.extract.pages_done import listening

PAGES = "pages"
SECONDS = 1.0  # between two lines, and two looks
LONG = 40  # pages from which a file is long enough to tell
LONGEST_NAME = 24  # characters beside a bar


@contextmanager
def telling(folder: Path, name: str) -> Iterator[None]:
    """Write how far the file is that is read within.

    Args:
        folder: where; made when missing.
        name: what the file is called.
    """
    path = folder / str(os.getpid())
    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if total < LONG or now - told < SECONDS:
            return
        told = now
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{done}/{total} {name}", encoding="utf-8")

    try:
        with listening(tell):
            yield
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def watching(folder: Path, told: Callable[[str], None]) -> Iterator[None]:
    """Tell what workers write within, such as "verslag.pdf p. 12/300".

    Args:
        folder: where they write; emptied before and after.
        told: called with the file that is furthest from its end.
    """
    _empty(folder)
    over = Event()
    thread = Thread(target=_watch, args=(folder, told, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        _empty(folder)


def _watch(folder: Path, told: Callable[[str], None], over: Event) -> None:
    said = ""
    while not over.wait(SECONDS):
        now = max(_lines(folder), default=(0, ""))[1]
        if now and now != said:
            told(now)
        said = now


def _lines(folder: Path) -> Iterator[tuple[int, str]]:
    """Pages to go, and what to say, of each file that is being read."""
    for path in folder.glob("*"):
        try:
            far, name = path.read_text(encoding="utf-8").split(" ", 1)
            done, total = map(int, far.split("/"))
        except (OSError, ValueError):  # gone meanwhile, or half written
            continue
        yield total - done, f"{name[:LONGEST_NAME]} p. {done}/{total}"


def _empty(folder: Path) -> None:
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)
