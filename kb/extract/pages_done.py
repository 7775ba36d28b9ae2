"""Which page a long file is at, told to whoever listens; in a build that is a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[
    [int, int], None
]  # given how many pages are done, of how many


def _nobody(done: int, total: int) -> None:
    """Listens to nothing."""


_listener: ContextVar[Listener] = ContextVar("listener", default=_nobody)


def page_done(done: int, total: int) -> None:
    """Say how far the file is that is being read."""
    _listener.get()(done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let `listener` hear of the pages of what is read within.

    >>> with listening(print):
    ...     page_done(3, 40)
    3 40
    """
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)
