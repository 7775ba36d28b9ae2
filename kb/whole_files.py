"""Files written whole or not at all: a reader, or a crash, finds the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path

PUBLIC, PRIVATE = 0o666, 0o600  # less what the user's mask takes away


def write_whole(path: Path, content: bytes, mode: int = PUBLIC) -> None:
    """Write a file beside its place, on the disk, and then in its place.

    Args:
        path: where; its folder must be there.
        content: all of it.
        mode: who may read it, from the first byte on.

    Raises:
        OSError: the disk is full or read-only; the old file is as it was.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    aside.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(aside, flags, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
