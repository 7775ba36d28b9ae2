"""`kb serve`: the site, on a server made for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click

from kb.cli.group import corpus_option, index_option, option_help, settings_of
from kb.cli.language import text
from kb.errors import KbError
from kb.generations import current


def _warmed(warm: Callable[[Any], None], app: Any) -> None:
    """Open the index while the server starts; what is wrong with it, the first page will say."""
    with suppress(KbError):
        warm(app)


def command() -> click.Command:
    @click.command("serve", help=text("cli_serve"))
    @click.option(
        "--port", type=click.IntRange(0, 65535), help=option_help("serve", "port")
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
        import logging
        import threading

        import waitress

        from web import create_app, warm

        settings = settings_of(
            port=port, host=host, corpus_dir=corpus_dir, index_dir=index_dir
        )
        current(settings.index_dir)
        app = create_app(settings)
        server = waitress.create_server(
            app, host=settings.host, port=settings.port, threads=threads, ident="kb"
        )
        logging.getLogger("waitress.queue").setLevel(
            logging.ERROR
        )  # a queue is no fault
        threading.Thread(target=_warmed, args=(warm, app), daemon=True).start()
        click.echo(
            text("cli_serving", url=f"http://{settings.host}:{server.effective_port}/"),
            err=True,
        )
        try:
            server.run()
        finally:
            server.close()

    return serve
