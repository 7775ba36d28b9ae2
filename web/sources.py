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
SECONDS = 20  # for one page, in a process of its own
AT_ONCE = threading.Semaphore(2)
MOST = 200_000_000  # bytes of page images kept; the ones made longest ago make room


def source_path(settings: Settings, document: Document) -> Path | None:
    """The file of a document inside sources/.

    None where it is gone or would lie elsewhere.
    """
    folder = (settings.corpus_dir / "sources").resolve()
    path = (folder / document.source).resolve()
    return (
        path
        if document.source and path.is_relative_to(folder) and path.is_file()
        else None
    )


def _image_path(
    settings: Settings, document: Document, source: Path, number: int
) -> Path:
    stamp = f"{source}\0{document.fingerprint}\0{source.stat().st_mtime_ns}\0{WIDTH}"
    name = sha256(stamp.encode()).hexdigest()[:24]
    return settings.index_dir.resolve() / "cache" / "pages" / f"{name}-{number}.png"


def page_image(settings: Settings, document: Document, number: int) -> Path | None:
    """The picture of page `number` (from 1), None where it cannot be made."""
    source = source_path(settings, document)
    if (
        source is None
        or source.suffix.lower() != ".pdf"
        or not 1 <= number <= max(document.pages, 1)
    ):
        return None
    target = _image_path(settings, document, source, number)
    if not target.is_file():
        _draw_aside(source, number, target, settings.memory_mb)
    return target if target.is_file() else None


def page_size(
    settings: Settings, document: Document, number: int
) -> tuple[float, float] | None:
    """Width and height in points of a page that was drawn."""
    source = source_path(settings, document)
    if source is None:
        return None
    try:
        kept = (
            _image_path(settings, document, source, number)
            .with_suffix(".size")
            .read_text(encoding="ascii")
            .split()
        )
        return float(kept[0]), float(kept[1])
    except (OSError, ValueError, IndexError):
        return None


def _draw_aside(source: Path, number: int, target: Path, memory_mb: int) -> None:
    """Draw in another process.

    What takes too long, too much memory or fails leaves no picture.
    """
    command = [
        sys.executable,
        str(Path(draw_page.__file__)),
        str(source),
        str(number),
        str(target),
        str(WIDTH),
        str(memory_mb),
    ]
    with AT_ONCE:
        if target.is_file():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                command,
                timeout=SECONDS,
                check=False,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (subprocess.TimeoutExpired, OSError):
            return
        make_room(target.parent, MOST)


def make_room(folder: Path, most: int) -> None:
    """Remove the page images made longest ago, with their sizes.

    Until the others take at most `most` bytes; the newest stays.
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
        for gone in (path, path.with_suffix(".size")):
            gone.unlink(missing_ok=True)
        total -= size
