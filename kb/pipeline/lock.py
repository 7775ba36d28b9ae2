"""One build at a time in one index folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kb.errors import BuildRunningError

LOCK, BUILDER = ".lock", ".builder"


@contextmanager
def only_builder(index_dir: Path) -> Iterator[None]:
    """Hold the index folder for this build; the lock ends with the process, however it ends.

    Raises:
        BuildRunningError: another process is building there; it names that process.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    builder = index_dir / BUILDER
    try:
        lock = FileLock(index_dir / LOCK, timeout=0)
        with lock:
            builder.write_text(str(os.getpid()), encoding="utf-8")
            yield
    except Timeout:
        raise BuildRunningError(
            path=index_dir, pid=_named_in(builder)
        ) from None


def _named_in(builder: Path) -> str:
    try:
        return builder.read_text(encoding="utf-8").strip() or "?"
    except OSError:
        return "?"
