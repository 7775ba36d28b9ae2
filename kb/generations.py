"""Which built index is in use? Generations are whole folders.

The file `current` names one and is swapped by a rename. Where that one is damaged, the one
before it serves.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.checksums import damaged, mark, seal
from kb.errors import (
    KbError,
    NoIndexError,
    NoOlderIndexError,
    OldIndexError,
    SettingError,
)
from kb.records import Problem
from kb.settings import Settings
from kb.store import URLS, Limits, Store, sqlite_url
from kb.store.schema import FORMAT
from kb.whole_files import write_whole

CURRENT = "current"
GENERATIONS = "generations"
META = "meta.json"
RECORDS = "records.sqlite"
CORPUS = "corpus"  # a file that says which folder an index was built from


def new_generation(index_dir: Path, name: str | None = None) -> Path:
    """An empty folder for a generation under construction.

    Its name begins with a dot until it is published. What builds that were killed left
    behind is cleared away.

    Args:
        index_dir: where the generations are.
        name: what it will be called; by default the time, or what comes after the newest
            generation where a clock went back.
    """
    for left in (index_dir / GENERATIONS).glob(".*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = index_dir / GENERATIONS / f".{name or _next_name(index_dir)}"
    folder.mkdir(parents=True)
    return folder


def _next_name(index_dir: Path) -> str:
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    newest = max((path.name for path in published(index_dir)), default="")
    return now if now > newest else after(newest)


def after(name: str) -> str:
    """The name that sorts next after one that ends in digits, or after any other.

    >>> after("20991231T000000000009")
    '20991231T000000000010'
    >>> after("oud")
    'oud1'
    """
    digits = name[len(name.rstrip("0123456789")) :]
    counted = str(int(digits or "0") + 1)
    if len(counted) > max(len(digits), 1):
        return f"{name}1"
    return name[: len(name) - len(digits)] + counted.zfill(len(digits))


def published(index_dir: Path) -> list[Path]:
    """The folders of finished generations, oldest first."""
    folder = index_dir / GENERATIONS
    if not folder.is_dir():
        return []
    found = [
        path for path in folder.iterdir() if not path.name.startswith(".")
    ]
    return sorted(found, key=lambda path: path.name)


def publish(index_dir: Path, folder: Path, keep: int = 2) -> Path:
    """Make `folder` the current generation; keep the newest `keep`, this one among them.

    Everything is on the disk before `current` names it, so that neither a crash nor a
    power cut leaves a name without its generation.

    Raises:
        OSError: the disk is full or read-only; what was current stays so.
    """
    meta = json.dumps({"format": FORMAT})
    write_whole(folder / META, meta.encode())
    earlier = published(index_dir)
    seal(folder, earlier[-1] if earlier else None)
    _to_disk(folder)
    before = _serving(index_dir)
    final = folder.with_name(folder.name.removeprefix("."))
    os.replace(folder, final)
    _sync(final.parent)
    write_whole(index_dir / CURRENT, f"{final.name}\n".encode())
    _sync(index_dir)
    _clear_away(index_dir, {final.name, before}, keep)
    return final


def note_corpus(index_dir: Path, corpus_dir: Path) -> None:
    """Say of an index which corpus it was built from."""
    write_whole(index_dir / CORPUS, f"{corpus_dir.resolve()}\n".encode())


def corpus_of(index_dir: Path) -> Path | None:
    """The corpus that an index was built from; None where it is not known or not there."""
    try:
        told = (index_dir / CORPUS).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = Path(told)
    return folder if told and folder.is_dir() else None


def _named(index_dir: Path) -> str:
    """What `current` names, or nothing."""
    try:
        return (index_dir / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _serving(index_dir: Path) -> str:
    """The name of the generation that answers, or nothing."""
    try:
        return current(index_dir).name
    except KbError:
        return _named(index_dir)


def _clear_away(index_dir: Path, needed: Collection[str], keep: int) -> None:
    """Remove the oldest generations beyond `keep`, those in use and just left last."""
    found = published(index_dir)
    found.sort(
        key=lambda path: path.name in needed
    )  # stable: by age in each half
    spare = found[: -max(1, keep)]
    for old in spare:
        if old.name != _named(index_dir):
            shutil.rmtree(old, ignore_errors=True)


def roll_back(index_dir: Path) -> Path:
    """Make the generation before the current one current, and give it.

    The one that was in use stays, so that `kb build` or another choice can follow.

    Raises:
        NoIndexError: there is no index.
        NoOlderIndexError: there is no whole one before it.
    """
    now = _named(index_dir)
    if not now:
        raise NoIndexError(path=index_dir)
    for folder in _whole_before(index_dir, now):
        write_whole(index_dir / CURRENT, f"{folder.name}\n".encode())
        _sync(index_dir)
        return folder
    raise NoOlderIndexError(path=index_dir)


def _to_disk(folder: Path) -> None:
    """Have every file and folder below written to the disk."""
    for root, _folders, names in os.walk(folder, topdown=False):
        for name in names:
            _sync(Path(root) / name)
        _sync(Path(root))


def _sync(path: Path) -> None:
    """Have one file or folder written.

    Systems that cannot do so for folders are let be.
    """
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class InUse:
    """The generation that answers.

    Attributes:
        folder: where it is.
        left: the newer one that ought to, but is damaged.
        files: what of that one is not as the build left it.
    """

    folder: Path
    left: Path | None = None
    files: tuple[str, ...] = ()

    def problem(self) -> Problem | None:
        """That an older index is in use, where it is."""
        if self.left is None:
            return None
        values = {
            "left": self.left.name,
            "used": self.folder.name,
            "files": ", ".join(self.files),
        }
        return Problem("index", "index_left", values=values, severity="error")


def in_use(index_dir: Path) -> InUse:
    """What `current` names or, where that is damaged, the newest whole one before it.

    Where `current` itself is lost the newest whole one answers.

    Damage is what shows without reading whole files, and what `leave` found earlier. Where
    none before it is whole, the damaged one is given: much of it may still be read.

    Raises:
        NoIndexError: there is none that can be read.
        OldIndexError: it is of another version of the program.
    """
    name = _named(index_dir)
    if not _is_plain(name):
        return _without_name(index_dir)
    folder = index_dir / GENERATIONS / name
    found = _format_of(folder)
    if found not in (None, FORMAT):
        raise OldIndexError(path=index_dir, found=found, wanted=FORMAT)
    files = damaged(folder, deep=False)
    if found is None and not files:
        files = [META]
    before = next(_whole_before(index_dir, name), None) if files else None
    if before is not None:
        return InUse(before, folder, tuple(files))
    if found is None:
        raise NoIndexError(path=index_dir)
    return InUse(folder)


def _without_name(index_dir: Path) -> InUse:
    """The newest whole generation, where `current` is lost, emptied or names none.

    Raises NoIndexError.
    """
    for folder in _whole(index_dir):
        return InUse(folder, index_dir / CURRENT, (CURRENT,))
    raise NoIndexError(path=index_dir)


def _is_plain(name: str) -> bool:
    """Whether a name can be that of a generation, and leads nowhere else."""
    return bool(name) and not name.startswith(".") and "/" not in name


def current(index_dir: Path) -> Path:
    """Folder of the generation in use; see `in_use`."""
    return in_use(index_dir).folder


def leave(folder: Path) -> bool:
    """Read a whole generation that seems damaged; if it is, let the one before it serve.

    Returns:
        whether it is damaged.
    """
    files = damaged(folder)
    if files:
        mark(folder, files)
    return bool(files)


def _whole_before(index_dir: Path, name: str) -> Iterator[Path]:
    """Generations before this one that can be used, the newest first."""
    return (folder for folder in _whole(index_dir) if folder.name < name)


def _whole(index_dir: Path) -> Iterator[Path]:
    """Generations that can be used, the newest first."""
    for folder in reversed(published(index_dir)):
        if _format_of(folder) == FORMAT and not damaged(folder, deep=False):
            yield folder


def _format_of(folder: Path) -> Any:
    """The format of a generation; None where it cannot be read."""
    try:
        written = (folder / META).read_text(encoding="utf-8")
        return json.loads(written)["format"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def schema_prefix(settings: Settings) -> str:
    """What the schemas of this index folder begin with in a shared database."""
    return (
        "kb_"
        + hashlib.sha256(
            str(settings.index_dir.resolve()).encode()
        ).hexdigest()[:8]
        + "_"
    )


def _location(settings: Settings, folder: Path) -> tuple[str, str | None]:
    """URL and schema of a generation's records.

    A SQLite file inside it, or a schema of its own in PostgreSQL.
    """
    if not settings.database_url:
        return sqlite_url(folder / RECORDS), None
    if not settings.database_url.startswith("postgresql"):
        raise SettingError(
            name="database_url", value=settings.database_url, expected=URLS
        )
    return settings.database_url, schema_prefix(settings) + folder.name.lstrip(
        "."
    ).lower()


def open_store(settings: Settings, generation: Path | None = None) -> Store:
    """The record store of a generation, by default the current one.

    Raises NoIndexError, OldIndexError, SettingError.
    """
    folder = current(settings.index_dir) if generation is None else generation
    limits = Limits(settings.database_pool, settings.database_seconds)
    return Store(*_location(settings, folder), limits=limits)


def derive_store(
    settings: Settings, generation: Path, previous: Store
) -> Store:
    """A store for a generation under construction that begins with another's records.

    Raises:
        SettingError: there is no database to be reached.
    """
    return Store.derive(*_location(settings, generation), previous)


def create_store(settings: Settings, generation: Path) -> Store:
    """An empty record store for a generation under construction.

    Raises SettingError.
    """
    return Store.create(*_location(settings, generation))


def drop_old_records(settings: Settings, store: Store) -> None:
    """Remove from a shared database the records of generations whose folders are gone."""
    if settings.database_url:
        kept = {
            schema_prefix(settings) + p.name.lstrip(".").lower()
            for p in (settings.index_dir / GENERATIONS).iterdir()
        }
        store.drop_schemas(schema_prefix(settings), kept)
