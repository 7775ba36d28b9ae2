"""Which generation is in use? A newly published one is taken up at the next request.

The old one serves until then.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from kb.curation import FILE, Log
from kb.errors import KbError, problem_sentence
from kb.generations import CURRENT, in_use, leave
from kb.settings import Settings
from kb.site import Site, read_site
from web.decided import Decided
from web.memory import tidy
from web.opened import Generation

__all__ = ["Generation", "Preparation", "Shelf", "generation", "settings"]

log = logging.getLogger(__name__)
Step = Callable[[Generation], None]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is done with a generation before readers ask for it.

    Attributes:
        opening: without it nobody can be answered.
        counting: done before a new one is taken up: the old one serves as long.
        reading: takes longest, and goes on while the first readers are answered.
    """

    opening: Step
    counting: Step
    reading: Step


def _tried(step: Step, generation: Generation) -> None:
    """Do a step ahead; what is wrong with the index, a page will find out and say."""
    try:
        step(generation)
    except (KbError, OSError, ValueError, SQLAlchemyError) as error:
        log.error("index in %s: %s", generation.folder, error)


class Shelf:
    """Holds the generation in use and notices when another is published."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._generation: Generation | None = None
        self._stamp: tuple[int, ...] = ()
        self._looked_at: set[Path] = set()  # each is read as a whole once
        self._lock = threading.Lock()
        self._steps: Preparation | None = None
        self._working: threading.Thread | None = None
        self.log = Log(settings.corpus_dir / FILE)
        self._decided = Decided(settings, self.log, self._counting)

    def _counting(self) -> Step | None:
        """What counts ahead in a generation with new decisions."""
        steps = self._steps
        return None if steps is None else partial(_tried, steps.counting)

    def _pointer(self) -> tuple[int, ...]:
        try:
            stat = (self.settings.index_dir / CURRENT).stat()
        except OSError:
            return ()
        return stat.st_mtime_ns, stat.st_ino, stat.st_size

    def now(self, waits: bool = True) -> Generation:
        """The current generation, with what was decided since.

        Args:
            waits: for decisions that another request is taking in.

        Raises NoIndexError, OldIndexError when there is none that can be read.
        """
        stamp = self._pointer()
        if self._generation is None or stamp != self._stamp:
            with self._lock:
                if self._generation is None or stamp != self._stamp:
                    self._notice(stamp)
        built = cast(Generation, self._generation)
        if not self.settings.curation:
            return built
        return self._decided.of(built, waits)

    def _notice(self, stamp: tuple[int, ...]) -> None:
        """Take up what was published; prepared aside where there is one to go on with."""
        if self._generation is None or self._steps is None:
            self._take_up(self._opened(), stamp)
        elif self._working is None or not self._working.is_alive():
            self._aside(self._bring, stamp)

    def _bring(self, stamp: tuple[int, ...]) -> None:
        """Prepare a new generation while the old one serves, then take it up."""
        taken, steps = self._opened(), self._steps
        if taken is not None and steps is not None:
            _tried(steps.opening, taken)
            _tried(steps.counting, taken)
        with self._lock:
            self._take_up(taken, stamp)
        if taken is not None and steps is not None:
            _tried(steps.reading, taken)
        tidy()

    def _opened(self) -> Generation | None:
        """What was published; None for what cannot be read while the old one serves."""
        try:
            return Generation(in_use(self.settings.index_dir), self.settings)
        except KbError:
            if self._generation is None:
                raise
            return None

    def _take_up(
        self, taken: Generation | None, stamp: tuple[int, ...]
    ) -> None:
        if taken is not None:
            if taken.older:
                log.error("%s", problem_sentence(taken.older))
            # Requests that are still answered from the one before hold it.
            self._generation = taken
            self._decided.forget()
        self._stamp = stamp

    def leave(self, damaged: Generation) -> bool:
        """Go on with the generation before one that cannot be read.

        Returns:
            whether another one answers from now on.
        """
        with self._lock:
            now = self._generation
            if now is None or now.folder != damaged.folder:
                return True  # another request found it out
            if damaged.folder in self._looked_at:
                return False
            self._looked_at.add(damaged.folder)
            if not leave(damaged.folder):
                return False
            self._take_up(self._opened(), self._pointer())
            return cast(Generation, self._generation).folder != damaged.folder

    def warm(self, steps: Preparation) -> None:
        """Prepare the generation in use, and later ones before they are taken up.

        Raises NoIndexError, OldIndexError.
        """
        now = self.now()
        steps.opening(now)
        self._steps = steps
        self._aside(self._count, now, steps)

    @staticmethod
    def _count(now: Generation, steps: Preparation) -> None:
        _tried(steps.counting, now)
        _tried(steps.reading, now)
        tidy()

    def _aside(self, work: Callable[..., None], *given: Any) -> None:
        """Do work in a thread of its own, of which there is one at a time."""
        self._working = threading.Thread(target=work, args=given, daemon=True)
        self._working.start()

    def settle(self) -> None:
        """Wait for what is done aside."""
        if self._working is not None:
            self._working.join()
        self._decided.settle()

    def close(self) -> None:
        """Let go of all files."""
        self.settle()
        if self._generation is not None:
            self._generation.close()
        self._decided.forget()
        self._generation = None
        self._stamp = ()


def init_app(app: Flask, settings: Settings) -> None:
    """Give the app its generation in use."""
    app.extensions["kb_settings"] = settings
    app.extensions["kb_site"], problems = read_site(settings.corpus_dir)
    for problem in problems:
        log.warning("%s", problem_sentence(problem, settings.language))
    app.extensions["kb_generation"] = Shelf(settings)
    app.teardown_request(_read_no_more)


def _read_no_more(_error: BaseException | None) -> None:
    """A page that was made lingers in circles (of Jinja); what it read in must not."""
    g.pop("generation", None)


def shelf() -> Shelf:
    """What holds the generation in use, and the decisions since."""
    return cast(Shelf, current_app.extensions["kb_generation"])


def settings() -> Settings:
    """The settings of the running app."""
    return cast(Settings, current_app.extensions["kb_settings"])


def site() -> Site:
    """How the site of this corpus presents itself, in the language of the reader."""
    given = cast(Site, current_app.extensions["kb_site"])
    return replace(
        given,
        name=given.name or _("Kennisbank"),
        question=given.question or _("Wat wilt u weten?"),
        description=given.description
        or _(
            "Doorzoek, lees en citeer: elke passage woordelijk, met vindplaats."
        ),
    )


def generation() -> Generation:
    """The generation that answers this request, the same one until its end.

    A curator sees what was just decided; a reader does not wait for it.
    """
    if "generation" not in g:
        of_curator = g.get("curator") is not None
        g.generation = shelf().now(waits=of_curator)
    return cast(Generation, g.generation)


def left_damaged() -> bool:
    """Whether another generation answers this request where the one it began with cannot."""
    if "generation" not in g or not shelf().leave(g.generation):
        return False
    del g.generation
    g.pop("page_key", None)  # of the page of that generation
    return True
