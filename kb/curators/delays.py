"""How long must whoever guesses passwords wait? Longer with every guess, counted by account
and by address, in a file that all processes of a site share, so that neither many addresses on
one account nor many accounts from one address go quickly. Who is told to wait is not tried:
waiting costs the server nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from filelock import FileLock

from kb.whole_files import PRIVATE, write_whole

FREE = {"name": 3, "address": 10}  # wrong guesses before the first wait
# An account waits a minute at most: nobody is locked out for long by a stranger.
LONGEST_WAIT = {"name": 60.0, "address": 900.0}  # seconds
FORGOTTEN = 3600.0  # seconds after the last wrong guess
MOST = 10_000  # accounts and addresses that are kept


class Tries(msgspec.Struct, frozen=True):
    """How often in a row, and when last (seconds since 1970)."""

    wrong: int = 0
    last: float = 0.0


class Delays:
    """The wrong guesses of late at one site.

    Args:
        path: the file that they are kept in.
        now: the clock.
    """

    def __init__(
        self, path: Path, now: Callable[[], float] = time.time
    ) -> None:
        self.path, self.now = path, now

    def wait(self, name: str, address: str) -> float:
        """Seconds before this account may be tried from this address; 0 is now."""
        tries = self._read()
        waits = (
            self._left(kind, tries.get(f"{kind} {value}", Tries()))
            for kind, value in _keys(name, address)
        )
        return max(waits)

    def wrong(self, name: str, address: str) -> None:
        """Note a wrong guess. Raises OSError."""
        self._change(name, address, right=False)

    def right(self, name: str, address: str) -> None:
        """Forget the guesses on an account; those of the address stay. Raises OSError."""
        self._change(name, address, right=True)

    def _left(self, kind: str, tries: Tries) -> float:
        over = tries.wrong - FREE[kind]
        if over < 0:
            return 0.0
        wait = min(2.0**over, LONGEST_WAIT[kind])
        return max(0.0, tries.last + wait - self.now())

    def _change(self, name: str, address: str, right: bool) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.path.with_name(f".{self.path.name}.lock")):
            tries = dict(self._read())
            for kind, value in _keys(name, address):
                key = f"{kind} {value}"
                if not right:
                    before = tries.pop(key, Tries()).wrong
                    tries[key] = Tries(min(before + 1, 64), self.now())
                elif kind == "name":
                    tries.pop(key, None)
            newest = list(tries.items())[-MOST:]
            self.path.parent.mkdir(parents=True, exist_ok=True)
            told = msgspec.json.encode(dict(newest))
            write_whole(self.path, told, PRIVATE)

    def _read(self) -> Mapping[str, Tries]:
        """Those that are not forgotten; none where the file cannot be read."""
        try:
            found = msgspec.json.decode(
                self.path.read_bytes(), type=dict[str, Tries]
            )
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}
        now = self.now()
        return {k: t for k, t in found.items() if now - t.last < FORGOTTEN}


def _keys(name: str, address: str) -> tuple[tuple[str, str], ...]:
    return ("name", name.casefold()[:80]), ("address", address[:80])
