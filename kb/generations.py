"""Which built index is in use? Generations are whole folders; `current` names one and is swapped by a rename."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from kb.errors import NoIndexError, OldIndexError, SettingError
from kb.settings import Settings
from kb.store import URLS, Store, sqlite_url
from kb.store.schema import FORMAT

CURRENT = "current"
GENERATIONS = "generations"
META = "meta.json"
RECORDS = "records.sqlite"


def write_aside(path: Path, text: str) -> None:
    """Write a file so that a reader, or a crash, sees the old one or the new one whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


def new_generation(index_dir: Path, name: str) -> Path:
    """An empty folder for a generation under construction; its name begins with a dot until it is published."""
    for left in (index_dir / GENERATIONS).glob(
        ".*"
    ):  # what builds that were killed left behind
        shutil.rmtree(left, ignore_errors=True)
    folder = index_dir / GENERATIONS / f".{name}"
    folder.mkdir(parents=True)
    return folder


def publish(index_dir: Path, folder: Path, keep: int = 2) -> Path:
    """Make `folder` the current generation and clear away all but the newest `keep`."""
    write_aside(folder / META, json.dumps({"format": FORMAT}))
    final = folder.with_name(folder.name.lstrip("."))
    os.replace(folder, final)
    write_aside(index_dir / CURRENT, final.name + "\n")
    built = sorted(
        (p for p in final.parent.iterdir() if not p.name.startswith(".")),
        key=lambda p: p.name,
    )
    for old in built[: -max(1, keep)]:
        shutil.rmtree(old, ignore_errors=True)
    return final


def current(index_dir: Path) -> Path:
    """Folder of the generation in use. Raises NoIndexError, OldIndexError."""
    try:
        name = (index_dir / CURRENT).read_text(encoding="utf-8").strip()
        found = json.loads(
            (index_dir / GENERATIONS / name / META).read_text(encoding="utf-8")
        )["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NoIndexError(path=index_dir) from None
    if found != FORMAT or not name:
        raise OldIndexError(path=index_dir, found=found, wanted=FORMAT)
    return index_dir / GENERATIONS / name


def schema_prefix(settings: Settings) -> str:
    """What the schemas of this index folder begin with in a shared database."""
    return (
        "kb_"
        + hashlib.sha256(str(settings.index_dir.resolve()).encode()).hexdigest()[:8]
        + "_"
    )


def _location(settings: Settings, folder: Path) -> tuple[str, str | None]:
    """URL and schema of a generation's records: a SQLite file inside it, or a schema of its own in PostgreSQL."""
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
    """The record store of a generation, by default the current one. Raises NoIndexError, OldIndexError, SettingError."""
    return Store(
        *_location(
            settings, current(settings.index_dir) if generation is None else generation
        )
    )


def create_store(settings: Settings, generation: Path) -> Store:
    """An empty record store for a generation under construction. Raises SettingError."""
    return Store.create(*_location(settings, generation))


def drop_old_records(settings: Settings, store: Store) -> None:
    """Remove from a shared database the records of generations whose folders are gone."""
    if settings.database_url:
        kept = {
            schema_prefix(settings) + p.name.lstrip(".").lower()
            for p in (settings.index_dir / GENERATIONS).iterdir()
        }
        store.drop_schemas(schema_prefix(settings), kept)
