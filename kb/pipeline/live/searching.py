"""The search index of a generation as curators have its records now.

Made from the index before it and the documents that decisions touched since, in a folder of
its own beside the copy of the records: the outcome is what a build of these records makes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock

from kb.pipeline.draft import ENGINE
from kb.pipeline.ledger import Ledger
from kb.pipeline.live.records import (
    COPY,
    FACT,
    TOUCHED,
    generation_before,
    live_path,
)
from kb.pipeline.whole.indexing import STAGE, index_version
from kb.settings import Settings
from kb.store import Store, sqlite_url

ENDING = ".search"  # of a folder; before it: generation, copy, how many events
# Engines whose index is files: one on other machines waits for the next build.
OF_FILES = ("tantivy", "whoosh")
KEPT = 2  # indexes: the newest, and the one that other processes still read


class LiveIndex:
    """Follows the copy of the records of one generation.

    Args:
        settings: where corpus and index are.
        generation: the folder of the generation.
    """

    def __init__(self, settings: Settings, generation: Path) -> None:
        self.settings, self.generation = settings, generation
        self._records = live_path(settings, generation)
        self._engine = _engine_of(generation)

    def follow(self) -> Path | None:
        """The index with all decisions that the copy of the records holds.

        Returns:
            its folder; None where search waits for the next build.

        Raises:
            OSError: the disk is full, or there is no copy of the records.
        """
        if self._engine not in OF_FILES or not self._records.is_file():
            return None
        store = Store(sqlite_url(self._records))
        try:
            with FileLock(self._records.with_suffix(".search.lock")):
                return self._brought_up(store)
        finally:
            store.close()

    def _brought_up(self, store: Store) -> Path | None:
        from kb.search import (
            build_index,
        )  # numpy only where something is decided

        copy, held = store.get(COPY), store.get(FACT) or {}
        if copy is None:
            return None
        stem = f"{self.generation.name}.{copy}"
        made = self._records.with_name(
            f"{stem}.{held.get('count', 0)}{ENDING}"
        )
        if made.is_dir():
            return made
        before, known = self._before(stem)
        if before is None:
            return None
        touched: Mapping[str, int] = store.get(TOUCHED) or {}
        aside = made.with_suffix(".part")
        shutil.rmtree(aside, ignore_errors=True)
        build_index(
            store,
            aside,
            self._engine,
            previous=before,
            changed=[id for id, count in touched.items() if count > known],
            settings=self.settings,
            patch=True,
        )
        aside.rename(made)
        self._drop_old(stem)
        return made

    def _before(self, stem: str) -> tuple[Path | None, int]:
        """The index to go on from, and how many events it holds."""
        made = self._newest_first(stem)
        if made:
            return made[0], _count_of(made[0])
        ledger = Ledger.load(self.generation)
        if ledger is None or ledger.whole.get(STAGE) != index_version():
            return None, 0
        return self.generation / ENGINE, 0

    def _newest_first(self, stem: str) -> list[Path]:
        found = self._records.parent.glob(f"{stem}.*{ENDING}")
        return sorted(found, key=_count_of, reverse=True)

    def _drop_old(self, stem: str) -> None:
        """Remove what no process reads any more.

        Those of the generation before stay: requests that began before the swap still read
        them.
        """
        keep = self._newest_first(stem)[:KEPT]
        before = generation_before(self.settings, self.generation)
        for folder in self._records.parent.glob(f"*{ENDING}"):
            is_before = folder.name.partition(".")[0] == before
            if folder not in keep and not is_before:
                shutil.rmtree(folder, ignore_errors=True)


def _count_of(index: Path) -> int:
    """How many events an index holds, by its name."""
    return int(index.name.removesuffix(ENDING).rpartition(".")[2])


def _engine_of(generation: Path) -> str:
    from kb.search.index.building import META

    try:
        meta = (generation / ENGINE / META).read_text(encoding="utf-8")
        return str(json.loads(meta)["engine"])
    except (OSError, ValueError, KeyError):
        return ""
