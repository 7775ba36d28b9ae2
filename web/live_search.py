"""Search that follows the decisions of curators.

A decision shows at once wherever records are read. The index of search, with the filters and
their counts, follows aside: the one before it serves the moment that this takes, and decisions
that come meanwhile are taken in together.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kb.errors import KbError
from kb.pipeline.live import LiveIndex
from kb.search.index.memory import give_back
from kb.settings import Settings

log = logging.getLogger(__name__)
# Rest after an index, as many times as long as it took, before the next: where decisions come
# one after another it is made a quarter of the time, and readers have the rest.
REST = 3.0


class LiveSearch:
    """Brings the index of one generation up to the decisions, in a thread of its own.

    Args:
        settings: where corpus and index are.
        generation: the folder of the generation.
        taken: called with each new index, in that thread.
    """

    def __init__(
        self,
        settings: Settings,
        generation: Path,
        taken: Callable[[Path], None],
    ) -> None:
        self._index = LiveIndex(settings, generation)
        self._taken = taken
        self._asked = False
        self._lock = threading.Lock()
        self._working: threading.Thread | None = None

    def follow(self) -> None:
        """Take in, aside, what was decided until now."""
        with self._lock:
            self._asked = True
            if self._working is None:
                self._working = threading.Thread(target=self._run, daemon=True)
                self._working.start()

    def settle(self) -> None:
        """Wait until search knows all that it was asked to take in."""
        working = self._working
        if working is not None:
            working.join()

    def _run(self) -> None:
        took = 0.0
        while self._more():
            time.sleep(REST * took)
            began = time.monotonic()
            try:
                self._step()
            except (KbError, OSError, ValueError, SQLAlchemyError) as error:
                # Search goes on as it was; the next decision or build brings it up.
                log.error("search does not follow the decisions: %s", error)
            took = time.monotonic() - began

    def _more(self) -> bool:
        """Whether anything was asked since; where not, the thread is at its end."""
        with self._lock:
            asked, self._asked = self._asked, False
            if not asked:
                self._working = None
            return asked

    def _step(self) -> None:
        folder = self._index.follow()
        if folder is not None:
            self._taken(folder)
        give_back()
