"""The copy of a generation's records, and how far in the log it is."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from filelock import FileLock

from kb.curation import Event, State, document_of
from kb.curation.by_document import EDITS
from kb.curation.lost import OF_PASSAGE
from kb.curation.state import decisions_of
from kb.curation.works import KINDS as LINKS
from kb.errors import DamagedIndexError
from kb.generations import RECORDS, open_store
from kb.pipeline.ledger import Ledger
from kb.pipeline.live.documents import Redoing
from kb.pipeline.live.links import redo_links, redo_records
from kb.settings import Settings
from kb.store import Store, sqlite_url

FOLDER = "live"
FACT = "decisions"  # in the records: how many events they hold, and the last of them
TOUCHED = (
    "touched"  # documents, each with how many events there were when it was
)
COPY = "copy"  # tells one copy of the records from the next
_OF_DOCUMENT = (*EDITS, "theme", "withdraw")


@dataclass
class LiveRecords:
    """The records of one generation as curators have them now.

    Args:
        settings: where corpus and index are.
        generation: the folder of the generation.
    """

    settings: Settings
    generation: Path

    def __post_init__(self) -> None:
        self._store: Store | None = None

    @property
    def possible(self) -> bool:
        """Records in a shared database wait for the next build."""
        return not self.settings.database_url

    def follow(self, state: State) -> Store | None:
        """The records with all decisions; None where the generation has them itself.

        Raises:
            DamagedIndexError: the generation cannot be read.
            OSError: the disk is full.
        """
        if not self.possible:
            return None
        if self._store is None and not self._path.is_file():
            base = open_store(self.settings, self.generation)
            try:
                if base.get(FACT) == decisions_of(state):
                    return None
            finally:
                base.close()
        try:
            return self._brought_up(state)
        except DamagedIndexError:
            # The copy was spoilt; the generation that it is made of is sealed.
            self._drop()
            return self._brought_up(state)

    def close(self) -> None:
        """Let go of the copy; it stays for the next process."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def _path(self) -> Path:
        return live_path(self.settings, self.generation)

    def _brought_up(self, state: State) -> Store:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._path.with_suffix(".lock")):
            if not self._path.is_file():
                self._copy()
            if self._store is None:
                self._store = Store(sqlite_url(self._path))
            held = self._store.get(FACT) or {}
            if not _goes_on(state, held):
                self._begin_again()
                held = self._store.get(FACT) or {}
            if held != decisions_of(state):
                self._take_in(self._store, state, _new(state, held))
        return self._store

    def _begin_again(self) -> None:
        """The log is another one than was taken in: what it undid nobody can tell."""
        self._drop()
        self._copy()
        self._store = Store(sqlite_url(self._path))

    def _drop(self) -> None:
        self.close()
        for path in self._path.parent.glob(f"{self._path.name}*"):
            path.unlink(missing_ok=True)

    def _copy(self) -> None:
        """Copy the records; what nobody reads any more goes."""
        self._drop_older()
        aside = self._path.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        shutil.copyfile(self.generation / RECORDS, aside)
        made = Store(sqlite_url(aside))
        made.put(COPY, uuid4().hex[:8])
        with made.engine.connect() as connection:
            # Readers go on while a decision is written.
            connection.execute(sa.text("PRAGMA journal_mode = WAL"))
        made.close()
        os.replace(aside, self._path)

    def _drop_older(self) -> None:
        """Remove the copies of earlier generations but for the one before this.

        Requests that began before the swap still read that one, through connections that
        they open when they need them.
        """
        folder = self._path.parent
        before = generation_before(self.settings, self.generation)
        for copy in folder.glob("*.sqlite"):
            if copy.stem not in (self.generation.name, before):
                for path in folder.glob(f"{copy.stem}.*"):
                    if not path.is_dir():
                        path.unlink(missing_ok=True)

    def _take_in(
        self, store: Store, state: State, new: Sequence[Event]
    ) -> None:
        """Redo what new events touch; then say so, last, so that a kill repeats it."""
        base = open_store(self.settings, self.generation)
        try:
            ledger = Ledger.load(self.generation)
            redoing = Redoing(self.settings, base, store, ledger, state)
            sources = sorted(_sources(new))
            records = _kind(new, "record")
            documents = [id for s in sources for id in redoing.documents(s)]
            documents += [event.target for event in records]
            _touch(store, documents, len(state.events))
            for source in sources:
                redoing.redo(source)
            redo_records(self.settings, base, store, records, state)
            redo_links(self.settings, base, store, _kind(new, *LINKS), state)
        finally:
            base.close()
        store.put(FACT, decisions_of(state))


def live_path(settings: Settings, generation: Path) -> Path:
    """Where the copy of the records of a generation is."""
    return settings.index_dir / FOLDER / f"{generation.name}.sqlite"


def generation_before(settings: Settings, generation: Path) -> str:
    """The last other generation of which there is a copy; "" for none."""
    copies = (settings.index_dir / FOLDER).glob("*.sqlite")
    others = {copy.stem for copy in copies} - {generation.name}
    return max(others, default="")


def _touch(store: Store, documents: Iterable[str], count: int) -> None:
    """Say which documents change; first, so that no index of search misses one."""
    touched = store.get(TOUCHED) or {}
    store.put(TOUCHED, {**touched, **dict.fromkeys(documents, count)})


def _goes_on(state: State, held: Mapping[str, Any]) -> bool:
    """Whether the log begins with the events that records hold."""
    count, last = held.get("count", 0), held.get("last", "")
    if count == 0:
        return True
    known = state.events[:count]
    return len(known) == count and known[-1].id == str(last)


def _new(state: State, held: Mapping[str, Any]) -> Sequence[Event]:
    """The events that records do not hold yet; all, where the log is another one."""
    known = held.get("count", 0) if _goes_on(state, held) else 0
    return state.events[known:]


def _sources(events: Iterable[Event]) -> set[str]:
    """The sources that events touch."""
    return {
        document_of(event.target)
        if event.kind in (*OF_PASSAGE, "out")
        else event.target
        for event in events
        if event.kind in _OF_DOCUMENT
    }


def _kind(events: Iterable[Event], *kinds: str) -> list[Event]:
    return [event for event in events if event.kind in kinds]
