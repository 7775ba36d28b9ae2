"""Every file in a process of its own limits: a reader that hangs, crashes or eats memory loses one file, not the build."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from kb.extract.cache import ReadingCache
from kb.extract.limits import MEGABYTE, Limits, limits_of
from kb.records import Extraction, Problem
from kb.settings import Settings

OCR_PATIENCE = 10  # times the seconds of an ordinary file
_FILES_A_WORKER = (
    25  # after so many a worker is replaced, so that memory does not pile up
)
_NEEDS_OCR = ("pdf_no_text_layer", "pdf_garbled")
_GRACE = 5.0  # seconds that readers have to end by themselves and say how far they came


class HasProblems(Protocol):
    """What a reader gives: at least the problems it met."""

    @property
    def problems(self) -> tuple[Problem, ...]: ...


Result = TypeVar("Result", bound=HasProblems)
OnProgress = Callable[[int, int, str], None]
Reader = Callable[[Path, Limits], Result]


def extract_all(
    paths: Sequence[Path],
    settings: Settings,
    on_progress: OnProgress,
    cache_dir: Path | None = None,
) -> Iterator[tuple[Path, Extraction]]:
    """Each file with what it says, as they come ready. `on_progress(done, total, name)` is called after each.

    A reader that is stopped or dies gives an Extraction with just that problem.
    """
    from kb.extract import extract

    cache = ReadingCache(cache_dir, Extraction) if cache_dir is not None else None
    for path, found in read_isolated(extract, paths, settings, on_progress, cache):
        yield (
            path,
            Extraction(problems=(found,)) if isinstance(found, Problem) else found,
        )


def read_isolated(
    reader: Callable[[Path, Limits], Result],
    paths: Sequence[Path],
    settings: Settings,
    on_progress: OnProgress,
    cache: ReadingCache[Result] | None = None,
) -> Iterator[tuple[Path, Result | Problem]]:
    """Each path with what `reader` (a function at the top of a module) made of it, or why it was stopped; as they come ready."""
    limits = limits_of(settings)
    keys: dict[Path, str] = {}
    waiting: list[Path] = []
    done = 0
    for path in paths:
        kept = _kept(path, limits, cache, keys)
        if kept is None:
            waiting.append(path)
            continue
        done += 1
        on_progress(done, len(paths), path.name)
        yield path, kept
    if not waiting:
        return
    for path, found in _run(
        reader, waiting, limits, settings.workers or os.cpu_count() or 1
    ):
        done += 1
        if cache is not None and path in keys and not isinstance(found, Problem):
            cache.put(keys[path], found)
        on_progress(done, len(paths), path.name)
        yield path, found


def _kept(
    path: Path,
    limits: Limits,
    cache: ReadingCache[Result] | None,
    keys: dict[Path, str],
) -> Result | None:
    """What the cache holds of `path`; its key is noted in `keys`."""
    if cache is None:
        return None
    try:
        if path.stat().st_size > limits.max_bytes:
            return None
        keys[path] = cache.key(path, limits)
    except OSError:
        return None
    return cache.get(keys[path])


def _run(
    reader: Callable[[Path, Limits], Result],
    paths: Sequence[Path],
    limits: Limits,
    workers: int,
) -> Iterator[tuple[Path, Result | Problem]]:
    from pebble import ProcessPool

    context = multiprocessing.get_context(
        "forkserver" if sys.platform == "linux" else "spawn"
    )
    pool = ProcessPool(
        max_workers=max(1, min(workers, len(paths))),
        max_tasks=_FILES_A_WORKER,
        context=context,
    )
    swift = replace(limits, ocr=False)
    pending: dict[Future[Any], tuple[Path, Limits]] = {}

    def schedule(path: Path, bounds: Limits) -> None:
        pending[
            pool.schedule(
                _limited, args=(reader, path, bounds), timeout=bounds.seconds + _GRACE
            )
        ] = (path, bounds)

    try:
        # The largest first, so that one long file does not keep everyone waiting at the end.
        for path in sorted(paths, key=_size, reverse=True):
            schedule(path, swift)
        while pending:
            ready, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in ready:
                path, bounds = pending.pop(future)
                error = future.exception()
                if error is None and _wants_ocr(future.result(), bounds, limits):
                    schedule(
                        path, replace(limits, seconds=limits.seconds * OCR_PATIENCE)
                    )
                else:
                    yield (
                        path,
                        future.result() if error is None else _why(error, path, bounds),
                    )
    finally:
        pool.stop()
        pool.join()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _wants_ocr(found: HasProblems, bounds: Limits, limits: Limits) -> bool:
    """Scans are read a second time, with recognition and patience."""
    return (
        limits.ocr
        and not bounds.ocr
        and any(problem.code in _NEEDS_OCR for problem in found.problems)
    )


def _why(error: BaseException, path: Path, limits: Limits) -> Problem:
    """The problem that a stopped or dead reader leaves."""
    code, values = "reader_failed", {"detail": f"{type(error).__name__}: {error}"[:200]}
    if isinstance(error, TimeoutError):
        code, values = "reader_timeout", {"seconds": f"{limits.seconds:.0f}"}
    elif isinstance(error, MemoryError):
        code, values = "reader_memory", {"limit": str(limits.memory_mb)}
    elif type(error).__name__ == "ProcessExpired":
        code, values = (
            "reader_crashed",
            {"detail": str(getattr(error, "exitcode", "?"))},
        )
    return Problem(path.name, code, values=values, severity="error")


def _limited(
    reader: Callable[[Path, Limits], Result], path: Path, limits: Limits
) -> Result:
    """Run in the worker: bound its memory, then read."""
    _bound_memory(limits.memory_mb)
    return reader(path, limits)


def _bound_memory(megabytes: int) -> None:
    """Let this process use at most `megabytes` of address space beyond what it has now (Linux only)."""
    if sys.platform != "linux" or megabytes <= 0:
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    now = pages * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + megabytes * MEGABYTE
    resource.setrlimit(
        resource.RLIMIT_AS,
        (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard),
    )
