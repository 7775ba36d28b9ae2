"""A temporary PostgreSQL on loopback for tests and measurements, as Debian brings it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

TRIES, PAUSE = 100, 0.1  # until a server that was started answers


class NoServerError(Exception):
    """Why no server can be started here, in a sentence."""


@dataclass
class Server:
    """A database server of its own."""

    program: str
    folder: Path
    port: int
    user: str | None
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """SQLAlchemy URL of its database."""
        return f"postgresql+psycopg://kb@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        told = (
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
        )
        self.process = subprocess.Popen(
            [
                *(self.program, "-D", f"{self.folder}/data"),
                *("-p", str(self.port)),
                *(part for one in told for part in ("-c", one)),
            ],
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        engine = sa.create_engine(self.url)
        for _ in range(TRIES):
            try:
                engine.connect().close()
                break
            except sa.exc.OperationalError:
                time.sleep(PAUSE)
        engine.dispose()

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        if self.process is not None:
            self.process.send_signal(2)
            self.process.wait(20)
            self.process = None


@contextmanager
def running() -> Iterator[Server]:
    """A server with an empty database. Raises NoServerError."""
    initdb, program = _program("initdb"), _program("postgres")
    user = _as_server()
    unable = os.getuid() == 0 and user is None
    if initdb is None or program is None or unable:
        raise NoServerError(
            "PostgreSQL is not installed (apt install postgresql)"
        )
    with tempfile.TemporaryDirectory() as folder:
        if user:
            shutil.chown(folder, user)
        options = ("-A", "trust", "-U", "kb", "-N", "-E", "UTF8", "--locale=C")
        subprocess.run(
            [initdb, "-D", f"{folder}/data", *options],
            user=user,
            check=True,
            capture_output=True,
            cwd=folder,
        )
        server = Server(program, Path(folder), _free(), user)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _free() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def _as_server() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user its package made."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None
