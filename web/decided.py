"""A generation with what curators decided since it was built."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TypeGuard

from kb.curation import Log, State
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
        # A generation that was built with all decisions, and how many there are.
        self._all_built: tuple[Path, int] | None = None
        self._search: LiveSearch | None = None
        self._turn = threading.Lock()  # of who takes in decisions
        self._lock = threading.Lock()  # of what is shown

    def of(self, built: Generation, waits: bool = True) -> Generation:
        """The generation as curators have it now; itself where nothing was decided since.

        Args:
            built: the generation in use.
            waits: for what another request is taking in; without it that request alone
                waits, and others are answered with what stood before.
        """
        state = self.log.follow()
        known = self._known(built, len(state.events))
        if known is not None:
            return known
        if not self._turn.acquire(blocking=waits):
            shown = self._shown
            return shown if _stands_on(shown, built) else built
        try:
            known = self._known(built, len(state.events))
            return known or self._taken_in(built, state)
        finally:
            self._turn.release()

    def _known(self, built: Generation, count: int) -> Generation | None:
        """The generation with so many decisions, where it was made before."""
        if self._all_built == (built.folder, count):
            return built
        shown = self._shown
        holds = _stands_on(shown, built) and shown.decisions == count
        return shown if holds else None

    def _taken_in(self, built: Generation, state: State) -> Generation:
        if self._live is None or self._live.generation != built.folder:
            self._shown = self._search = None
            self._live = LiveRecords(self.settings, built.folder)
        count = len(state.events)
        store = self._live.follow(state)
        if store is None:
            self._shown, self._all_built = None, (built.folder, count)
            return built
        with self._lock:
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
        with self._turn, self._lock:
            if self._live is not None:
                self._live.close()
            self._live = self._shown = self._search = None


def _stands_on(
    shown: Generation | None, built: Generation
) -> TypeGuard[Generation]:
    """Whether a generation is one that was built, with decisions."""
    return shown is not None and shown.folder == built.folder


def _newer(index: Path, shown: Generation) -> bool:
    """Whether an index is of the generation, and another than it searches in."""
    return index != shown.index and index.name.startswith(shown.folder.name)
