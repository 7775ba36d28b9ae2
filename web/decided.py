"""A generation with what curators decided since it was built."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeGuard

from sqlalchemy.exc import SQLAlchemyError

from kb.curation import Event, Log, State
from kb.errors import KbError
from kb.pipeline.live import LiveRecords
from kb.search.index.memory import give_back
from kb.settings import Settings
from web.live_search import LiveSearch
from web.opened import Generation, Retagged

log = logging.getLogger(__name__)
Count = Callable[[Generation], None]
# Rest after counting, as many times as long as it took, while decisions follow one another:
# a quarter of the time is counted, and readers have the rest.
REST = 3.0


class Decided:
    """Follows the log: records at once, search aside.

    What is counted in the whole is counted anew after a decision. Where decisions come faster
    than that, readers go on with what was counted last: with a decision a second each page
    waited for counts that the next decision made void.

    Args:
        settings: where corpus and index are.
        log: the decisions of the corpus.
        count: gives what counts ahead in a generation; None where pages do so.
    """

    def __init__(
        self,
        settings: Settings,
        log: Log,
        count: Callable[[], Count | None] = lambda: None,
    ) -> None:
        self.settings, self.log = settings, log
        self._count = count
        self._live: LiveRecords | None = None
        self._shown: Generation | None = None  # with the newest decisions
        self._state: State | None = None  # that those are of
        self._ready: Generation | None = None  # what readers are given
        self._counting: threading.Thread | None = None
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
        ready = self._ready
        if not waits and self._may_lag(ready, built, state):
            return ready
        known = self._known(built, len(state.events))
        if known is not None:
            return known
        if not self._turn.acquire(blocking=waits):
            return ready if _stands_on(ready, built) else built
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
            self._shown = self._ready = self._search = None
            self._live = LiveRecords(self.settings, built.folder)
        count = len(state.events)
        store = self._live.follow(state)
        if store is None:
            self._shown = self._ready = None
            self._all_built = (built.folder, count)
            return built
        with self._lock:
            before = self._shown or built
            retagged = self._retagged_since(before, state, count)
            made = self._shown = before.decided(store, count, retagged)
            self._state = state
            if not self._may_lag(self._ready, built, state):
                self._ready = made
        self._count_aside(built)
        self._searching(built.folder).follow()
        return made

    def _may_lag(
        self, ready: Generation | None, built: Generation, state: State
    ) -> TypeGuard[Generation]:
        """Whether readers may be given what was counted last, as newer is being counted."""
        if self._counting is None or not _stands_on(ready, built):
            return False
        return _retagged(state.events[ready.decisions :]) is not None

    def _retagged_since(
        self, before: Generation, state: State, count: int
    ) -> Retagged | None:
        """What has other tags since; None where more than tags changed, or the log."""
        if before.decisions and state is not self._state:
            return None  # what another log undid nobody can tell
        return _retagged(state.events[before.decisions : count])

    def _count_aside(self, built: Generation) -> None:
        count = self._count()
        if count is None:
            return
        with self._lock:
            if self._counting is None:
                self._counting = threading.Thread(
                    target=self._catch_up, args=(built, count), daemon=True
                )
                self._counting.start()

    def _catch_up(self, built: Generation, count: Count) -> None:
        """Count in what was decided last, give it to readers, until nothing is newer."""
        counted: Generation | None = None
        try:
            while (shown := self._newer_than(counted)) is not None:
                began = time.monotonic()
                count(shown)
                counted = shown
                self._give(counted)
                give_back()
                time.sleep(REST * (time.monotonic() - began))
                self._follow(built)
        except (KbError, OSError, ValueError, SQLAlchemyError) as error:
            log.error("decisions are not counted ahead: %s", error)
        finally:
            with self._lock:
                self._ready, self._counting = self._shown, None

    def _follow(self, built: Generation) -> None:
        """Take in what was decided while there was counted."""
        with self._turn:
            if not _stands_on(self._shown, built):
                return  # another generation was taken up
            state = self.log.follow()
            if self._known(built, len(state.events)) is None:
                self._taken_in(built, state)

    def _give(self, counted: Generation) -> None:
        """Readers get what was counted, unless another generation was taken up."""
        with self._lock:
            ready = self._ready
            is_newer = ready is None or ready.decisions < counted.decisions
            if is_newer and _stands_on(self._shown, counted):
                self._ready = counted

    def _newer_than(self, counted: Generation | None) -> Generation | None:
        """What is to be counted next."""
        shown = self._shown
        return None if shown is counted else shown

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
        """Wait until counts and search follow too."""
        counting = self._counting
        if counting is not None:
            counting.join()
        search = self._search
        if search is not None:
            search.settle()

    def forget(self) -> None:
        """Another generation is taken up, or none any more."""
        with self._turn, self._lock:
            if self._live is not None:
                self._live.close()
            self._live = self._shown = self._ready = self._search = None


def _retagged(events: Sequence[Event]) -> Retagged | None:
    """What has other tags after these decisions; None where more than tags changed.

    After decisions on themes a page with counts of before still holds: every passage and
    document it names is there.
    """
    if any(event.kind != "theme" for event in events):
        return None
    themes = frozenset(event.field for event in events)
    return Retagged(themes, frozenset(event.target for event in events))


def _stands_on(
    shown: Generation | None, built: Generation
) -> TypeGuard[Generation]:
    """Whether a generation is one that was built, with decisions."""
    return shown is not None and shown.folder == built.folder


def _newer(index: Path, shown: Generation) -> bool:
    """Whether an index is of the generation, and another than it searches in."""
    return index != shown.index and index.name.startswith(shown.folder.name)
