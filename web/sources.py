"""The files behind the documents: where they lie, and pictures of their pages, made once and kept beside the index."""

from __future__ import annotations

import os
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

from kb.records import Document
from kb.settings import Settings

WIDTH = 1100  # pixels of a page image
SECONDS = 30  # for one page, in a process of its own
_lock = threading.Lock()
_pools: dict[str, Any] = {}


def source_path(settings: Settings, document: Document) -> Path | None:
    """The file of a document inside sources/, None where it is gone or would lie elsewhere."""
    folder = (settings.corpus_dir / "sources").resolve()
    path = (folder / document.source).resolve()
    return path if document.source and path.is_relative_to(folder) and path.is_file() else None


def draw(source: str, number: int, target: str, width: int = WIDTH) -> tuple[float, float] | None:
    """Write page `number` of a PDF to `target` as PNG; its size in points, None where there is no such page. Runs in a worker."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError:
        return None
    try:
        if not 1 <= number <= len(pdf):
            return None
        page = pdf[number - 1]
        size: tuple[float, float] = page.get_size()
        scale = min(width / max(size[0], 1), 3 * width / max(size[1], 1), 6)
        image = page.render(scale=scale).to_pil().convert("RGB").quantize(64)
        aside = f"{target}.{os.getpid()}.tmp"
        image.save(aside, format="PNG", optimize=False)
        Path(f"{target}.size").write_text(f"{size[0]} {size[1]}", encoding="ascii")
        os.replace(aside, target)
        return size
    finally:
        pdf.close()


def _pool() -> Any:
    from multiprocessing import get_context

    from pebble import ProcessPool

    if "pages" not in _pools:
        _pools["pages"] = ProcessPool(max_workers=1, max_tasks=200, context=get_context("spawn"))
    return _pools["pages"]


def close() -> None:
    """Stop the worker that draws pages."""
    pool = _pools.pop("pages", None)
    if pool is not None:
        pool.stop()
        pool.join()


def _image_path(settings: Settings, document: Document, source: Path, number: int) -> Path:
    stamp = f"{source}\0{document.fingerprint}\0{source.stat().st_mtime_ns}\0{WIDTH}"
    name = sha256(stamp.encode()).hexdigest()[:24]
    return settings.index_dir.resolve() / "cache" / "pages" / f"{name}-{number}.png"


def page_image(settings: Settings, document: Document, number: int) -> Path | None:
    """The picture of page `number` (from 1), None where it cannot be made."""
    source = source_path(settings, document)
    if source is None or source.suffix.lower() != ".pdf" or not 1 <= number <= max(document.pages, 1):
        return None
    target = _image_path(settings, document, source, number)
    if not target.is_file():
        _draw_aside(source, number, target)
    return target if target.is_file() else None


def page_size(settings: Settings, document: Document, number: int) -> tuple[float, float] | None:
    """Width and height in points of a page that was drawn."""
    source = source_path(settings, document)
    if source is None:
        return None
    try:
        kept = Path(f"{_image_path(settings, document, source, number)}.size").read_text(encoding="ascii").split()
        return float(kept[0]), float(kept[1])
    except (OSError, ValueError, IndexError):
        return None


def _draw_aside(source: Path, number: int, target: Path) -> None:
    from concurrent.futures import TimeoutError

    from pebble import ProcessExpired

    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _lock:
            if not target.is_file():
                _pool().schedule(draw, args=(str(source), number, str(target)), timeout=SECONDS).result()
    except (TimeoutError, ProcessExpired, OSError, ValueError):
        return
