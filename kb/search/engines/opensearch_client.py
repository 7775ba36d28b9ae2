"""Requests to an OpenSearch cluster, tried again while they may succeed, refused in a sentence.

Passwords and keys come from the settings, which read them from the environment; they go
into no message and no log.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from kb.errors import (
    EngineAwayError,
    EngineDeniedError,
    EngineFailedError,
    EngineFullError,
    EngineIndexGoneError,
    EngineUntrustedError,
    KbError,
    MissingLibraryError,
    SettingError,
)
from kb.settings import Settings

Answer = TypeVar("Answer")

FIRST_PAUSE = (
    0.05  # seconds before the second try; each later one waits twice as long
)
LONGEST_PAUSE = 5.0
AWAY_FOR = 10.0  # seconds in which one who was away is tried once, that no reader waits
TRY_AGAIN = (429, 502, 503, 504)  # too busy, or a node that has just gone
LONGEST_REASON = 200  # characters of what a server says in a message
CONNECTIONS = 16  # kept open to each node: threads of a site
_DENIED = (401, 403)
_BLOCKED = ("cluster_block_exception", "disk usage exceeded flood-stage")


class Client:
    """A cluster as the settings name it."""

    def __init__(self, settings: Settings) -> None:
        """Raises MissingLibraryError, SettingError."""
        self.settings = settings
        self.where = ", ".join(_bare(url) for url in _urls(settings))
        self._api = _connected(settings)
        self._away_until = 0.0

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
        patience: float = 0.0,
    ) -> Any:
        """What the cluster answers.

        Args:
            method: GET, POST, PUT, DELETE or HEAD.
            path: below the address of the cluster.
            body: a mapping, or lines of JSON for a bulk request.
            params: of the address.
            patience: seconds to wait; by default what the settings say.

        Raises:
            EngineAwayError and its like: why it does not answer.
        """
        seconds = patience or self.settings.opensearch_seconds

        def call() -> Any:
            return self._api.transport.perform_request(
                method,
                path,
                params={"request_timeout": seconds, **(params or {})},
                body=body,
            )

        return self._tried(call)

    def refuse(self, told: Mapping[str, Any]) -> None:
        """Raise what a part of a bulk request was refused for, unless it may be sent again."""
        error = told.get("error", {})
        if any(words in str(error) for words in _BLOCKED):
            raise EngineFullError(where=self.where)
        if told["status"] >= 300 and told["status"] not in TRY_AGAIN:
            detail = f"{told['status']} {error.get('type', '?')}"
            raise EngineFailedError(where=self.where, detail=detail)

    def close(self) -> None:
        """Let go of connections."""
        self._api.close()

    def _tried(self, call: Callable[[], Answer]) -> Answer:
        """Call until it succeeds, pausing longer each time. Raises KbError."""
        from opensearchpy.exceptions import OpenSearchException

        waits = time.monotonic() > self._away_until
        tries = self.settings.opensearch_retries + 1 if waits else 1
        for number in range(tries):
            try:
                return call()
            except OpenSearchException as error:
                if number + 1 == tries or not _may_succeed(error):
                    said = self._said(error)
                    if isinstance(said, EngineAwayError):
                        self._away_until = time.monotonic() + AWAY_FOR
                    raise said from error
            time.sleep(_pause(number))
        raise AssertionError("a loop that returns or raises")

    def _said(self, error: Any) -> KbError:
        """What went wrong, as a sentence."""
        from opensearchpy.exceptions import ConnectionError, SSLError

        if isinstance(error, SSLError) or "CERTIFICATE" in str(error):
            return EngineUntrustedError(where=self.where)
        if isinstance(error, ConnectionError):
            return EngineAwayError(where=self.where)
        kind, status = str(error.error), error.status_code
        if any(words in f"{kind} {error.info}" for words in _BLOCKED):
            return EngineFullError(where=self.where)
        if status in _DENIED:
            return EngineDeniedError(where=self.where)
        if kind == "index_not_found_exception":
            return EngineIndexGoneError(where=self.where)
        if status in TRY_AGAIN:
            return EngineAwayError(where=self.where)
        detail = f"{status} {kind}: {_reason(error.info)}"
        return EngineFailedError(where=self.where, detail=detail)


def _reason(info: Any) -> str:
    """The first cause that the server tells of, cut short."""
    try:
        cause = info["error"]["root_cause"][0]["reason"]
    except (TypeError, KeyError, IndexError):
        return "?"
    return str(cause)[:LONGEST_REASON]


def _connected(settings: Settings) -> Any:
    try:
        from opensearchpy import OpenSearch
    except ImportError:
        raise MissingLibraryError(
            library="opensearch-py", extra="opensearch"
        ) from None
    logging.getLogger("opensearch").setLevel(
        logging.ERROR
    )  # we say what fails
    hosts = [_host(url) for url in _urls(settings)]
    return OpenSearch(
        hosts=hosts,
        **_credentials(settings),
        ca_certs=settings.opensearch_ca or None,
        verify_certs=any(host["use_ssl"] for host in hosts),
        maxsize=CONNECTIONS,
        max_retries=len(hosts),  # another node at once; pauses are ours
        retry_on_timeout=True,
        retry_on_status=(502, 503, 504),
        http_compress=False,
    )


def _credentials(settings: Settings) -> dict[str, Any]:
    """An API key, or a user with a password, or nothing."""
    if settings.opensearch_api_key:
        key = f"ApiKey {settings.opensearch_api_key}"
        return {"headers": {"Authorization": key}}
    if settings.opensearch_user:
        known = (settings.opensearch_user, settings.opensearch_password)
        return {"http_auth": known}
    return {}


def _urls(settings: Settings) -> list[str]:
    """The addresses of the nodes. Raises SettingError."""
    found = [one.strip() for one in settings.opensearch_url.split(",")]
    urls = [one.rstrip("/") for one in found if one]
    parts = [urlsplit(url) for url in urls]
    if not urls or any(
        part.scheme not in ("http", "https") or not part.hostname
        for part in parts
    ):
        raise SettingError(
            name="opensearch_url",
            value=", ".join(map(_bare, urls)),
            expected="https://host:9200",
        )
    return urls


def _bare(url: str) -> str:
    """The address without what may stand before an @: a password has no place in a message.

    >>> _bare("https://kb:geheim@zoek.example:9200")
    'https://zoek.example:9200'
    """
    found = url.partition("://")
    scheme, rest = "".join(found[:2]), found[2]
    if not rest:
        return url.rpartition("@")[2]
    return scheme + rest.rpartition("@")[2]


def _host(url: str) -> dict[str, Any]:
    part = urlsplit(url)
    secure = part.scheme == "https"
    return {
        "host": part.hostname,
        "port": part.port or (443 if secure else 80),
        "use_ssl": secure,
        "url_prefix": part.path,
    }


def _may_succeed(error: Any) -> bool:
    """Whether a request may succeed when it is tried again."""
    from opensearchpy.exceptions import ConnectionError, SSLError

    if isinstance(error, SSLError) or "CERTIFICATE" in str(error):
        return False
    if isinstance(error, ConnectionError):
        return True
    return getattr(error, "status_code", None) in TRY_AGAIN


def _pause(tries: int) -> float:
    """Seconds to wait after so many tries, not the same for all who wait."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**tries)
    return float(pause * random.uniform(0.5, 1.0))  # noqa: S311 (no secret)
