"""Files of object storage (S3 and what speaks like it) or another folder, into sources/.

What is there is fetched once, what changed anew, and what went is removed; files that a user
put into sources/ stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from kb.corpus.sources import SOURCES
from kb.errors import MissingLibraryError, StorageAwayError

STATE = "storage.state.json"


@dataclass(slots=True)
class Mirrored:
    """What was done."""

    fetched: int = 0
    same: int = 0
    removed: int = 0
    left: list[str] = field(
        default_factory=list
    )  # names that are no file of ours


def mirror(url: str, corpus_dir: Path) -> Mirrored:
    """Let sources/ have the files that stand below an address, such as s3://bucket/reports.

    Keys come from the environment, as every program for S3 reads them (AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL).

    Raises:
        MissingLibraryError: the driver for such an address is not installed.
        StorageAwayError: the storage does not answer, or refuses.
    """
    filesystem, root = _opened(url)
    done = Mirrored()
    before = _state_of(corpus_dir)
    now: dict[str, str] = {}
    try:
        for path, told in sorted(_found(filesystem, root).items()):
            name = _name_below(root, path)
            if name is None:
                done.left.append(path)
                continue
            now[name] = _mark(told)
            if _is_same(corpus_dir, name, before.get(name), now[name]):
                done.same += 1
                continue
            _fetch(filesystem, path, corpus_dir / SOURCES / name)
            done.fetched += 1
    except (OSError, ValueError) as error:
        raise StorageAwayError(where=url, detail=_said(error)) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] not in _DRIVERS:
            raise
        raise StorageAwayError(where=url, detail=_said(error)) from error
    for name in before.keys() - now.keys():
        (corpus_dir / SOURCES / name).unlink(missing_ok=True)
        done.removed += 1
    (corpus_dir / STATE).write_bytes(msgspec.json.encode(now))
    return done


_DRIVERS = ("botocore", "aiobotocore", "aiohttp", "s3fs", "fsspec")


def _opened(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        filesystem, root = url_to_fs(url, skip_instance_cache=True)
    except ImportError:
        raise MissingLibraryError(library="s3fs", extra="s3") from None
    except (OSError, ValueError) as error:
        raise StorageAwayError(where=url, detail=_said(error)) from error
    filesystem.invalidate_cache()
    return filesystem, str(root).rstrip("/")


def _found(filesystem: Any, root: str) -> Mapping[str, Mapping[str, Any]]:
    """Every file below the root with what the storage tells of it."""
    found: Mapping[str, Mapping[str, Any]] = filesystem.find(root, detail=True)
    if not found and not filesystem.exists(root):
        raise FileNotFoundError(root)
    return found


def _name_below(root: str, path: str) -> str | None:
    """The name below sources/; None for what may not be written there.

    >>> _name_below("bucket/in", "bucket/in/2016/a.pdf"), _name_below("b", "b/../a.pdf")
    ('2016/a.pdf', None)
    """
    name = path.removeprefix(root).lstrip("/")
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith(".") or "\\" in part for part in parts)
    return None if hidden or not parts else name


def _mark(told: Mapping[str, Any]) -> str:
    """Changes with the contents, as far as the storage tells."""
    sign = told.get("ETag") or told.get("mtime") or told.get("LastModified")
    return f"{told.get('size')} {sign}"


def _is_same(
    corpus_dir: Path, name: str, before: str | None, now: str
) -> bool:
    return before == now and (corpus_dir / SOURCES / name).is_file()


def _fetch(filesystem: Any, path: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.part")
    try:
        filesystem.get_file(path, str(aside))
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _state_of(corpus_dir: Path) -> dict[str, str]:
    try:
        written = (corpus_dir / STATE).read_bytes()
        return msgspec.json.decode(written, type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        return {}


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
