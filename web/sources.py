"""The files behind the documents.

Where they lie, and pictures of their pages, made once and kept beside the index.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kb.records import Document
from kb.settings import Settings
from web import draw_page

WIDTH = 1100  # pixels of a page image
ONLY_SIZE = 0  # as width: do not draw
SECONDS = 20  # for one page, in a process of its own
SECONDS_FOR_SIZE = 5
FAILED = ".none"  # stands beside the picture that could not be made
AT_ONCE = threading.Semaphore(2)
WAITING = threading.Semaphore(
    4
)  # requests that draw or wait; the site has 8 threads
MOST = 200_000_000  # bytes of page images kept; the ones made longest ago make room


def source_path(
    settings: Settings, document: Document, page: int = 1
) -> Path | None:
    """The file of a document inside sources/; of several the one with this page.

    None where it is gone or would lie elsewhere.
    """
    folder = (settings.corpus_dir / "sources").resolve()
    name = document.file_at(page)[0]
    path = (folder / name).resolve()
    inside = bool(name) and path.is_relative_to(folder)
    return path if inside and path.is_file() else None


class DrawingBusyError(Exception):
    """Too many page images are being drawn; ask again in a moment."""


def _image_path(
    settings: Settings, document: Document, source: Path, number: int
) -> Path:
    stamp = f"{source}\0{document.fingerprint}\0{source.stat().st_mtime_ns}\0{WIDTH}"
    name = sha256(stamp.encode()).hexdigest()[:24]
    return (
        settings.index_dir.resolve()
        / "cache"
        / "pages"
        / f"{name}-{number}.png"
    )


def _page_of(
    settings: Settings, document: Document, number: int
) -> tuple[Path, Path] | None:
    """The file and where the picture of its page is kept; None where there is no such page."""
    source = source_path(settings, document, number)
    if source is None or source.suffix.lower() != ".pdf":
        return None
    if not document.downloadable:  # all pages together are the file
        return None
    if not 1 <= number <= max(document.pages, 1):
        return None
    target = _image_path(settings, document, source, number)
    # What could not be drawn once is not tried again until the file changes.
    return None if target.with_suffix(FAILED).exists() else (source, target)


def page_image(
    settings: Settings, document: Document, number: int
) -> Path | None:
    """The picture of a page, drawn now where it was not before.

    Args:
        settings: where sources and index lie, and the memory a reader may use.
        document: a PDF of the corpus.
        number: of the page in the file, from 1.

    Returns:
        The PNG, or None where the page is not there or cannot be drawn.

    Raises:
        DrawingBusyError: others are waiting already; a thread that waits too is one
            less for all other pages.
    """
    page = _page_of(settings, document, number)
    if page is None:
        return None
    source, target = page
    if not target.is_file():
        if not WAITING.acquire(blocking=False):
            raise DrawingBusyError
        try:
            with AT_ONCE:
                sheet = document.file_at(number)[1]
                _draw(source, sheet, target, WIDTH, settings.memory_mb)
        finally:
            WAITING.release()
    return target if target.is_file() else None


def page_size(
    settings: Settings, document: Document, number: int
) -> tuple[float, float] | None:
    """Width and height of a page in points; None where the page cannot be drawn.

    Read without drawing: a page of the site does not wait for a picture.
    """
    page = _page_of(settings, document, number)
    if page is None:
        return None
    source, target = page
    kept = target.with_suffix(".size")
    if not kept.is_file():
        sheet = document.file_at(number)[1]
        _draw(source, sheet, target, ONLY_SIZE, settings.memory_mb)
    try:
        width, height = kept.read_text(encoding="ascii").split()
        return float(width), float(height)
    except (OSError, ValueError):
        return None


def _draw(
    source: Path, number: int, target: Path, width: int, memory_mb: int
) -> None:
    """Draw in another process; what takes too long, too much memory or fails is noted."""
    if target.is_file() or target.with_suffix(FAILED).exists():
        return  # another request drew it while this one waited
    given = (source, number, target, width, memory_mb)
    command = [sys.executable, draw_page.__file__, *map(str, given)]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            command,
            timeout=SECONDS if width else SECONDS_FOR_SIZE,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        failed = done.returncode != 0
    except subprocess.TimeoutExpired:
        failed = True
    except (
        OSError
    ):  # a full disk says nothing of the page: it may be tried again
        return
    if failed:
        with suppress(OSError):
            target.with_suffix(FAILED).touch()
    make_room(target.parent, MOST)


def make_room(folder: Path, most: int) -> None:
    """Remove the page images made longest ago, with their sizes, until the others take at most
    `most` bytes; the newest stays.
    """
    kept, total = [], 0
    for path in folder.glob("*.png"):
        with suppress(OSError):  # another process may be clearing too
            found = path.stat()
            kept.append((found.st_mtime_ns, found.st_size, path))
            total += found.st_size
    for _made, size, path in sorted(kept)[:-1]:
        if total <= most:
            return
        for gone in (
            path,
            path.with_suffix(".size"),
            path.with_suffix(FAILED),
        ):
            gone.unlink(missing_ok=True)
        total -= size
