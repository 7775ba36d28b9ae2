"""Is every file of a generation as the build left it? A seal of checksums tells."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

SEAL = "checksums.json"
MARK = "damaged.json"  # names of files that were found damaged in use


class Sum(msgspec.Struct, frozen=True):
    """What a file was when it was sealed. `inode` is only of use while it is."""

    size: int
    sha256: str
    inode: int = 0


def seal(folder: Path, previous: Path | None = None) -> None:
    """Write down the checksums of all files below `folder`.

    Args:
        folder: a generation that is finished.
        previous: the generation before it; files that are shared with it by a hard link
            keep the checksum that they have there.
    """
    known = {} if previous is None else _sums_of(previous)
    sums = {
        name: _sum_of(folder / name, known.get(name))
        for name in _files_below(folder)
    }
    (folder / SEAL).write_bytes(msgspec.json.encode(sums))


def damaged(folder: Path, deep: bool = True) -> list[str]:
    """The files of a sealed generation that are missing, cut short or otherwise changed.

    Args:
        folder: a generation.
        deep: read every file; else only its size is looked at, and what `mark` wrote.

    Returns:
        their names below `folder`, sorted; the seal itself where it cannot be read.
    """
    sums = _sums_of(folder)
    if not sums:
        return [SEAL]
    matches = _has_sum if deep else _has_size
    found = {
        name for name, told in sums.items() if not matches(folder / name, told)
    }
    return sorted(found if deep else found.union(_marked(folder)))


def mark(folder: Path, names: Sequence[str]) -> None:
    """Remember which files of a generation are damaged; where nothing can be written, do not."""
    with contextlib.suppress(OSError):
        (folder / MARK).write_bytes(msgspec.json.encode(names))


def _marked(folder: Path) -> list[str]:
    try:
        written = (folder / MARK).read_bytes()
        return msgspec.json.decode(written, type=list[str])
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError):
        return [MARK]


def _has_size(path: Path, told: Sum) -> bool:
    return path.is_file() and path.stat().st_size == told.size


def _has_sum(path: Path, told: Sum) -> bool:
    return _has_size(path, told) and _sum_of(path).sha256 == told.sha256


def _sum_of(path: Path, known: Sum | None = None) -> Sum:
    """The checksum of a file; the one that is known where it is the same file."""
    status = path.stat()
    if known and (known.inode, known.size) == (status.st_ino, status.st_size):
        return known
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return Sum(status.st_size, digest, status.st_ino)


def _sums_of(folder: Path) -> Mapping[str, Sum]:
    try:
        written = (folder / SEAL).read_bytes()
        return msgspec.json.decode(written, type=dict[str, Sum])
    except (OSError, msgspec.DecodeError):
        return {}


def _files_below(folder: Path) -> Iterator[str]:
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            if name != SEAL:
                yield (Path(root) / name).relative_to(folder).as_posix()
