"""A generation with what curators decided since it was built."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import cast

from kb.curation import Log
from kb.pipeline.live import LiveRecords
from kb.settings import Settings
from web.live_search import LiveSearch
from web.opened import Generation


class Decided:
    """Follows the log: records at once, search aside.

    Args:
        settings: where corpus and index are.
        log: the decisions of the corpus.
    """

    def __init__(self, settings: Settings, log: Log) -> None:
        self.settings, self.log = settings, log
        self._live: LiveRecords | None = None
        self._shown: Generation | None = None
        self._search: LiveSearch | None = None
        self._lock = threading.Lock()

    def of(self, built: Generation) -> Generation:
        """The generation as curators have it now; itself where nothing was decided since."""
        state = self.log.follow()
        count = len(state.events)
        shown = self._shown
        if _holds(shown, built, count):
            return cast(Generation, shown)
        with self._lock:
            if self._live is None or self._live.generation != built.folder:
                self._shown = self._search = None
                self._live = LiveRecords(self.settings, built.folder)
            store = self._live.follow(state)
            if store is None:
                self._shown = None
                return built
            before = self._shown or built
            made = self._shown = before.decided(store, count)
            self._searching(built.folder).follow()
        return made

    def _searching(self, folder: Path) -> LiveSearch:
        if self._search is None:
            self._search = LiveSearch(self.settings, folder, self._search_in)
        return self._search

    def _search_in(self, index: Path) -> None:
        """Take up an index that holds decisions, unless a build has them meanwhile."""
        shown = self._shown
        if shown is None or not _newer(index, shown):
            return
        searcher = shown.open_searcher(index)
        with self._lock:
            now = self._shown
            if now is not None and now.folder == shown.folder:
                now.search_with(searcher, index)

    def settle(self) -> None:
        """Wait until search follows too."""
        search = self._search
        if search is not None:
            search.settle()

    def forget(self) -> None:
        """Another generation is taken up, or none any more."""
        with self._lock:
            if self._live is not None:
                self._live.close()
            self._live = self._shown = self._search = None


def _holds(shown: Generation | None, built: Generation, count: int) -> bool:
    """Whether a generation is the one that was built, with so many decisions."""
    if shown is None or shown.folder != built.folder:
        return False
    return shown.decisions == count


def _newer(index: Path, shown: Generation) -> bool:
    """Whether an index is of the generation, and another than it searches in."""
    return index != shown.index and index.name.startswith(shown.folder.name)
