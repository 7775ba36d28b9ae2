"""What version of the program made a product: a hash of the sources that it depends on."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

KB = Path(__file__).parent.parent
_NOT_SOURCES = (".pyc", ".mo")


@cache
def version_of(rooms: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """Changes with every change of these rooms, their data, and the libraries named.

    Args:
        rooms: folders or files below kb/, such as "dutch" or "records.py".
        libraries: distributions whose version shows in what is made.
    """
    digest = hashlib.sha256()
    for room in rooms:
        for path in _files(KB / room):
            digest.update(f"{path.relative_to(KB).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    for library in libraries:
        with contextlib.suppress(metadata.PackageNotFoundError):
            digest.update(f"{library} {metadata.version(library)}\0".encode())
    return digest.hexdigest()[:16]


@cache
def program_stamp() -> str:
    """Changes with every change of the program, by sizes and times: quick to tell."""
    stamps = [
        (
            path.relative_to(KB).as_posix(),
            path.stat().st_size,
            path.stat().st_mtime_ns,
        )
        for path in _files(KB)
    ]
    return hashlib.sha256(repr(stamps).encode()).hexdigest()


def _files(room: Path) -> Sequence[Path]:
    """The sources of a room, in an order that is the same everywhere."""
    if room.is_file():
        return [room]
    found = (path for path in room.rglob("*") if path.is_file())
    return sorted(path for path in found if path.suffix not in _NOT_SOURCES)
