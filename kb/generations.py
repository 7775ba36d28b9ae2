"""Which built index is in use? Generations are whole folders; `current` names one and is swapped by a rename."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from kb.errors import NoIndexError, OldIndexError
from kb.settings import Settings
from kb.store.records import Store, sqlite_url
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
    folder = index_dir / GENERATIONS / f".{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(index_dir: Path, folder: Path, keep: int = 2) -> Path:
    """Make `folder` the current generation and clear away all but the newest `keep`."""
    write_aside(folder / META, json.dumps({"format": FORMAT}))
    final = folder.with_name(folder.name.lstrip("."))
    os.replace(folder, final)
    write_aside(index_dir / CURRENT, final.name + "\n")
    built = sorted((p for p in final.parent.iterdir() if not p.name.startswith(".")), key=lambda p: p.name)
    for old in built[: -max(1, keep)]:
        shutil.rmtree(old, ignore_errors=True)
    return final


def current(index_dir: Path) -> Path:
    """Folder of the generation in use. Raises NoIndexError, OldIndexError."""
    try:
        name = (index_dir / CURRENT).read_text(encoding="utf-8").strip()
        found = json.loads((index_dir / GENERATIONS / name / META).read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NoIndexError(path=index_dir) from None
    if found != FORMAT or not name:
        raise OldIndexError(path=index_dir, found=found, wanted=FORMAT)
    return index_dir / GENERATIONS / name


def open_store(settings: Settings, generation: Path | None = None) -> Store:
    """The record store of a generation, by default the current one. Raises NoIndexError, OldIndexError."""
    folder = current(settings.index_dir) if generation is None else generation
    return Store(settings.database_url or sqlite_url(folder / RECORDS))
