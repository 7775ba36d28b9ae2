"""`kb serve`: the site, on a server made for it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

import click

from kb.cli.group import corpus_option, index_option, option_help, settings_of
from kb.cli.language import text
from kb.errors import KbError, PortInUseError
from kb.generations import current
from kb.settings import Settings

PORTS_TRIED = 20  # behind one in use, to name one that is free


def _warmed(warm: Callable[[Any], None], app: Any) -> None:
    """Open the index while the server starts.

    What is wrong with it, a page will say.
    """
    with suppress(KbError):
        warm(app)


def _is_taken(host: str, port: int) -> bool:
    """Whether something listens there already."""
    with socket.socket() as trial, suppress(OSError):
        return trial.connect_ex((host, port)) == 0
    return False


def _check_port(host: str, port: int) -> None:
    """Raises PortInUseError where something listens already."""
    if _is_taken(host, port):
        following = range(port + 1, port + PORTS_TRIED)
        free = (other for other in following if not _is_taken(host, other))
        raise PortInUseError(port=port, next=next(free, port + PORTS_TRIED))


def _serve(settings: Settings, threads: int) -> None:
    """Serve until interrupted. Raises PortInUseError."""
    import logging
    import threading

    from kb.search.index.memory import share_one_heap
    from web import create_app, warm
    from web.logs import configure
    from web.proxy import create_server

    _check_port(settings.host, settings.port)
    share_one_heap()  # before the server begins its threads
    configure(settings)
    app = create_app(settings)
    server = create_server(app, settings, threads)
    # A queue is no fault: a browser asks for a page and its pictures at once.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    threading.Thread(target=_warmed, args=(warm, app), daemon=True).start()
    url = f"http://{settings.host}:{server.effective_port}/"
    click.echo(text("cli_serving", url=url), err=True)
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    finally:
        server.close()


def _stop(_signal: int, _frame: object) -> NoReturn:
    """End as after Ctrl-C: what is being answered is answered first."""
    raise SystemExit(0)


def command() -> click.Command:
    """The command, worded in the interface language."""

    @click.command("serve", help=text("cli_serve"))
    @click.option(
        "--port",
        type=click.IntRange(0, 65535),
        help=option_help("serve", "port"),
    )
    @click.option("--host", help=option_help("serve", "host"))
    @click.option(
        "--threads",
        type=click.IntRange(1, 64),
        default=8,
        show_default=True,
        help=option_help("serve", "threads"),
    )
    @corpus_option
    @index_option
    def serve(
        port: int | None,
        host: str | None,
        threads: int,
        corpus_dir: str | None,
        index_dir: str | None,
    ) -> None:
        settings = settings_of(
            port=port, host=host, corpus_dir=corpus_dir, index_dir=index_dir
        )
        current(
            settings.index_dir
        )  # without an index there is nothing to serve
        _serve(settings, threads)

    return serve
