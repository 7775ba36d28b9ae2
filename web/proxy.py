"""Where is the site, as a reader sees it? A proxy may show it under a path, a host, https."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kb.settings import Settings
from web.readinglist import MAX_FORM

# A connection that is half open costs a file handle, no thread; 150 of them kept
# everyone out while 100 were allowed (2026-11-30).
CONNECTIONS = 2_000
IDLE_SECONDS = 30  # then a connection that sends nothing is closed
CLEANUP_SECONDS = 10  # how often such connections are looked for
HEADER_BYTES = 32_768  # the longest address and the largest cookie fit in it

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class UnderPath:
    """The app under a fixed path, for a proxy that sends no X-Forwarded-Prefix.

    Requests with the path and without it are both answered: some proxies strip it.
    """

    def __init__(self, app: WSGIApplication, path: str) -> None:
        self.app, self.path = app, "/" + path.strip("/")

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if asked == self.path or asked.startswith(self.path + "/"):
            environ["PATH_INFO"] = asked[len(self.path) :] or "/"
        environ["SCRIPT_NAME"] = self.path
        return self.app(environ, start_response)


def behind_proxy(app: Any, settings: Settings) -> Any:
    """The app as it must be called for these settings.

    Headers are believed of as many proxies as the settings trust: of none, a reader
    could choose the addresses that others are shown.
    """
    if settings.site_path.strip("/"):
        app = UnderPath(app, settings.site_path)
    trusted = settings.trusted_proxies
    if trusted:
        app = ProxyFix(
            app,
            x_for=trusted,
            x_proto=trusted,
            x_host=trusted,
            x_prefix=0 if settings.site_path else trusted,
        )
    return app


def largest_body(settings: Settings) -> int:
    """Bytes of the largest request that any page takes; most pages take far less.

    The server must let through what a view may want: a long reading list, a document.
    """
    document = settings.upload_mb * 1_000_000 if settings.curation else 0
    return MAX_FORM + document


def create_server(app: Flask, settings: Settings, threads: int = 8) -> Any:
    """A waitress server for the app, on the address of the settings.

    Waitress takes the X-Forwarded headers away unless it is told to leave them; which
    of them are believed is then settled by `behind_proxy`.
    """
    import waitress

    return waitress.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=threads,
        ident="kb",
        clear_untrusted_proxy_headers=not settings.trusted_proxies,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
        max_request_header_size=HEADER_BYTES,
        max_request_body_size=largest_body(settings),
        asyncore_use_poll=True,
    )
