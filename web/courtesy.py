"""Work aside gives way to readers: one thread computing makes the others wait for Python.

In the first seconds after a start a results page took 104 ms at p95 while texts were read
aside, and 41 ms where that was done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CALM = 0.008  # seconds without a reader after which work goes on
# Seconds waited at most, so that work ends on a busy site too: with portions of some 5 ms it
# takes a third of the time of readers who never stop, for some seconds. First readers of "in
# figures" paid for what was not yet read: p95 80 ms with .2 s; 23 to 92 with .03 in four runs,
# 30 and 24 with .01, while results stayed at 59 and 38.
LONGEST = 0.01


class Courtesy:
    """Counts the requests that are being answered; work aside asks whether it may go on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answering = 0
        self._last = float("-inf")

    def around(self, app: WSGIApplication) -> Any:
        """The same application, whose requests are counted."""

        def counted(
            environ: WSGIEnvironment, start: StartResponse
        ) -> Iterable[bytes]:
            self._begin()
            try:
                answer = app(environ, start)
            except BaseException:
                self._end()
                raise
            return ClosingIterator(answer, [self._end])

        return counted

    def give_way(self) -> None:
        """Wait until nobody was answered for a moment, but not for ever."""
        until = time.monotonic() + LONGEST
        while self._is_busy() and time.monotonic() < until:
            time.sleep(CALM / 2)

    def _begin(self) -> None:
        with self._lock:
            self._answering += 1

    def _end(self) -> None:
        with self._lock:
            self._answering -= 1
            self._last = time.monotonic()

    def _is_busy(self) -> bool:
        with self._lock:
            lately = time.monotonic() - self._last < CALM
            return self._answering > 0 or lately
