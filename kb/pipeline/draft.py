"""A generation under construction, and the one that it is made from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kb.checksums import damaged
from kb.errors import KbError
from kb.generations import (
    create_store,
    current,
    derive_store,
    drop_old_records,
    new_generation,
    note_corpus,
    open_store,
    publish,
    published,
)
from kb.pipeline.ledger import Ledger
from kb.settings import Settings
from kb.store import Store

ENGINE = "engine"


@dataclass
class Previous:
    """The generation in use, with the ledger of what it was made of."""

    folder: Path
    ledger: Ledger
    store: Store

    @classmethod
    def of(cls, settings: Settings) -> Previous | None:
        """None where there is none, or none that can be gone on from."""
        try:
            folder = current(settings.index_dir)
            ledger = Ledger.load(folder)
            if ledger is None or damaged(folder, deep=False):
                return None
            store = open_store(settings, folder)
        except KbError:
            return None
        try:
            store.check()
        except KbError:
            store.close()
            return None
        return cls(folder, ledger, store)


@dataclass
class Draft:
    """What the stages write to. Nothing of it is in use before `publish`."""

    settings: Settings
    folder: Path
    store: Store
    previous: Previous | None = None
    ledger: Ledger = field(default_factory=Ledger)
    changed: set[str] = field(
        default_factory=set
    )  # documents that search must read again

    @property
    def name(self) -> str:
        """What the generation will be called."""
        return self.folder.name.removeprefix(".")

    @property
    def before(self) -> Ledger:
        """The ledger of the previous generation; empty where there is none."""
        return self.previous.ledger if self.previous else Ledger()

    def file_before(self, name: str) -> Path | None:
        """A file or folder of the previous generation."""
        return self.previous.folder / name if self.previous else None

    def publish(self) -> None:
        """Put the draft in use, whole."""
        self.ledger.save(self.folder)
        index_dir = self.settings.index_dir
        final = publish(index_dir, self.folder, self.settings.keep_generations)
        note_corpus(index_dir, self.settings.corpus_dir)
        drop_old_records(self.settings, self.store)
        told_in_use(self.settings, final)


def told_in_use(settings: Settings, generation: Path) -> None:
    """Tell an engine on other machines which generation is in use, and which are kept."""
    from kb.search.index.building import published as engine_published

    kept = [folder / ENGINE for folder in published(settings.index_dir)]
    engine_published(generation / ENGINE, kept, settings)


def sources_shown(settings: Settings) -> set[str]:
    """The documents with a file of their own in the index in use, as far as is known."""
    try:
        ledger = Ledger.load(current(settings.index_dir))
    except KbError:
        return set()
    lines = ledger.lines.values() if ledger else ()
    return {line.source for line in lines}


@contextmanager
def draft_of(settings: Settings, afresh: bool) -> Iterator[Draft]:
    """A draft that begins with the records of the generation in use, or with none.

    Args:
        settings: where the index is.
        afresh: take nothing from the generation in use.

    What is not published when the block ends is cleared away.
    """
    previous = None if afresh else Previous.of(settings)
    folder = new_generation(settings.index_dir)
    try:
        if previous:
            store = derive_store(settings, folder, previous.store)
        else:
            store = create_store(settings, folder)
        try:
            yield Draft(settings, folder, store, previous)
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if previous:
            previous.store.close()
