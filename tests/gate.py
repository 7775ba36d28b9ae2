"""A gate before a server on this machine, which a test shuts at a moment of its choice."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from urllib.parse import urlsplit

_AT_ONCE = 65_536


class Gate:
    """Passes on what comes, until it is shut or has passed on so much."""

    def __init__(self, url: str) -> None:
        part = urlsplit(url)
        self._behind = (part.hostname, part.port)
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listening = _listener(0)
        self.port = int(self._listening.getsockname()[1])
        self.passed = 0  # bytes towards the server
        self.limit: int | None = None  # bytes after which it shuts
        self._serve()

    @property
    def url(self) -> str:
        """The address before the gate."""
        return f"http://127.0.0.1:{self.port}"

    def shut(self) -> None:
        """Take no more connections, and end those there are."""
        with self._lock:
            ended = [self._listening, *self._open]
            self._open = []
        for one in ended:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def reopen(self) -> None:
        """Pass on again, on the same port."""
        self.limit = None
        self._listening = _listener(self.port)
        self._serve()

    def __enter__(self) -> Gate:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shut()

    def _serve(self) -> None:
        threading.Thread(
            target=self._accept, args=(self._listening,), daemon=True
        ).start()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                before, _ = listening.accept()
                behind = socket.create_connection(self._behind)
            except OSError:
                return
            with self._lock:
                self._open += [before, behind]
            for pair in ((before, behind), (behind, before)):
                threading.Thread(
                    target=self._pass_on,
                    args=(*pair, pair[0] is before),
                    daemon=True,
                ).start()

    def _pass_on(
        self, source: socket.socket, target: socket.socket, counted: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(_AT_ONCE):
                if counted:
                    self.passed += len(part)
                    if self.limit is not None and self.passed > self.limit:
                        self.shut()
                target.sendall(part)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def _listener(port: int) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.listen()
    return made
