"""One complete index, opened: its records, its search, and what was counted in it."""

from __future__ import annotations

import logging
import struct
import threading
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast
from weakref import finalize

from kb.errors import DamagedIndexError, NoIndexError
from kb.generations import InUse, open_store
from kb.pipeline.draft import ENGINE
from kb.settings import Settings
from kb.store import Store

log = logging.getLogger(__name__)
Value = TypeVar("Value")
# What readers of an index say of a file that is cut short or holds something else.
UNREADABLE = (OSError, ValueError, LookupError, EOFError, struct.error)


@dataclass(frozen=True, slots=True)
class Retagged:
    """What decisions on themes, and on nothing else, were about: codes, and ids."""

    themes: frozenset[str]
    passages: frozenset[str]


class Generation:
    """One complete index, opened.

    Its records, its search engine, its frameworks, and what was counted in it. Its files are
    let go with it: by the last request that reads in it, however long that takes.
    """

    def __init__(self, found: InUse, settings: Settings) -> None:
        self.folder, self.settings = found.folder, settings
        self.older = found.problem()  # that a newer one is damaged
        self.store: Store = open_store(settings, found.folder)
        self.decisions = 0  # taken since this generation was built
        self.index = (
            found.folder / ENGINE
        )  # that of search; decisions bring another
        self._known: dict[Hashable, Any] = {}
        self._lasting: dict[tuple[str, Hashable], Any] = {}
        # Passages with other tags than when the first of what lasts was counted.
        self.retagged: frozenset[str] = frozenset()
        self._lock = threading.RLock()
        self._built: Generation | None = (
            None  # of one with decisions: the generation it stands on
        )
        self._end = finalize(self, _let_go, self.store, self._known)
        self._end.atexit = False

    @cached_property
    def frameworks(self) -> Any:
        from kb.themes import load_frameworks

        return load_frameworks(self.settings.corpus_dir / "frameworks")

    @property
    def searcher(self) -> Any:
        return self.once("searcher", self._open_searcher)

    def _open_searcher(self) -> Any:
        return self.open_searcher(self.index)

    def open_searcher(self, folder: Path) -> Any:
        """Search in an index of these records. Raises DamagedIndexError."""
        from kb.search import Searcher

        try:
            own_words = self.settings.corpus_dir / "thesaurus.yaml"
            return Searcher.open(
                folder,
                self.store,
                self.frameworks,
                own_words,
                self.settings,
                self._known.get("searcher"),
            )
        except (NoIndexError, *UNREADABLE) as error:
            log.error("search index in %s cannot be opened: %s", folder, error)
            raise DamagedIndexError(path=folder) from error

    def decided(
        self,
        store: Store,
        decisions: int,
        retagged: Retagged | None = None,
    ) -> Generation:
        """The same index with other records, and what was counted that holds of these too.

        Args:
            store: the records with the decisions of curators.
            decisions: how many there are; tells pages of before and after apart.
            retagged: what has other tags; None where more than tags is another.
        """
        made = object.__new__(Generation)
        made.folder, made.settings = self.folder, self.settings
        made.older = self.older
        made.store, made.decisions = store, decisions
        made._known, made._lock = {}, threading.RLock()
        made._lasting, made.retagged = {}, frozenset()
        if retagged is not None:
            made._lasting = self._holding(retagged.themes)
            made.retagged = self.retagged | retagged.passages
        made.index = self.index
        made._built = self._built or self
        made.frameworks = self.frameworks
        if "searcher" in self._known:
            made.search_with(self._known["searcher"], self.index)
        return made

    def _holding(
        self, themes: Collection[str]
    ) -> dict[tuple[str, Hashable], Any]:
        """What lasts where the tags of these themes are others."""
        lasting = self._lasting.copy()
        return {
            key: value
            for key, value in lasting.items()
            if key[0] not in themes
        }

    def search_with(self, searcher: Any, index: Path) -> None:
        """Search from now on with another index of the same records."""
        searcher.store = self.store
        self._known["searcher"] = searcher
        self.index = index  # last: it tells the pages of before apart

    def close(self) -> None:
        """Let go of the files of this generation."""
        self._end()

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What `make` returns, made once for this generation.

        Its records never change.
        """
        return self._once(self._known, key, make)

    def lasting(
        self, key: Hashable, make: Callable[[], Value], theme: str = ""
    ) -> Value:
        """The same, of what decisions on themes leave as it is: it is handed on then.

        Args:
            key: names it.
            make: counts it, looking at no tags, or at those of one theme alone.
            theme: that theme.
        """
        return self._once(self._lasting, (theme, key), make)

    def _once(
        self,
        known: dict[Any, Any],
        key: Hashable,
        make: Callable[[], Value],
    ) -> Value:
        if key not in known:
            with self._lock:
                if key not in known:
                    known[key] = make()
        return cast(Value, known[key])


def _let_go(store: Store, known: dict[Hashable, Any]) -> None:
    """Close the files of a generation, of its search where that was opened."""
    if "searcher" in known:
        known.pop("searcher").close()
    store.close()
