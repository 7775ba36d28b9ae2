"""Pages of records from a repository by OAI-PMH, slowly, and its files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from kb import __version__
from kb.corpus.fetch.dublin_core import DublinCore
from kb.errors import (
    MissingLibraryError,
    RepositoryAwayError,
    RepositoryRefusedError,
)

PREFIX = "oai_dc"  # the form of a record that every repository must have
RETRIES = 5
LONGEST_WAIT = (
    60.0  # seconds, where a server asks to come back and does not say when
)
TIMEOUT = 60.0
REDIRECTS = 3
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the repository gave it; without fields where it was deleted there."""

    identifier: str
    changed: str
    fields: DublinCore = field(default_factory=dict)
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Records that came together, and the token of those that follow."""

    records: tuple[Record, ...]
    token: str = ""


class Repository:
    """A repository by the address of its OAI-PMH service; one request at a time."""

    def __init__(self, endpoint: str, pause: float = 1.0) -> None:
        """`pause`: seconds between two requests. Raises MissingLibraryError."""
        try:
            import oaipmh_scythe as scythe
        except ImportError:
            raise MissingLibraryError(
                library="oaipmh-scythe", extra="harvest"
            ) from None
        self.endpoint, self.pause = endpoint, pause
        self._last = 0.0
        self._scythe = scythe.Scythe(
            endpoint,
            http_config=scythe.HTTPConfig(
                timeout=TIMEOUT, user_agent=f"kb/{__version__}"
            ),
            retry_config=scythe.RetryConfig(
                max_retries=RETRIES,
                default_retry_after=LONGEST_WAIT,
                retry_on_transport_error=True,
                initial_backoff=max(pause, 0.01),
            ),
            iterator=scythe.iterator.OAIResponseIterator,
        )
        self._scythe.client.event_hooks["request"].append(self._slowly)

    def pages(
        self,
        set_: str | None = None,
        since: str | None = None,
        token: str = "",
    ) -> Iterator[Page]:
        """Pages of records.

        Args:
            set_: only those of this set of the repository.
            since: only those that changed since this day (2024-05-01).
            token: go on from here, as a page before told.

        Raises:
            RepositoryAwayError: it does not answer, also after some tries.
            RepositoryRefusedError: it knows no such set, or no such token any more.
        """
        with self._said():
            asked: dict[str, Any] = {"metadata_prefix": PREFIX}
            if token:
                asked = {"resumption_token": token}
            else:
                asked |= {"set_": set_, "from_": since}
            answers = self._scythe.list_records(**asked)
        while True:
            answer = None
            with self._said():
                answer = next(answers, None)
            if answer is None:
                return
            yield _page(answer)

    def download(self, url: str, target: Path, most: int) -> None:
        """Fetch a file of the repository itself, of at most `most` bytes.

        Raises:
            RepositoryRefusedError: it is elsewhere, too large, or not there.
            RepositoryAwayError: the repository does not answer.
        """
        aside = target.with_name(f".{target.name}.part")
        try:
            with self._said(), aside.open("wb") as file:
                for piece in self._pieces(url, most):
                    file.write(piece)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the connection."""
        self._scythe.close()

    def _pieces(self, url: str, most: int) -> Iterator[bytes]:
        client = self._scythe.client
        for _ in range(REDIRECTS + 1):
            self._check_host(url)
            with client.stream("GET", url) as answer:
                if answer.has_redirect_location:
                    url = urljoin(url, answer.headers["location"])
                    continue
                if answer.status_code >= 400:
                    self._refuse(f"{answer.status_code} {url}")
                taken = 0
                for piece in answer.iter_bytes(_PIECE):
                    taken += len(piece)
                    if taken > most:
                        self._refuse(f"> {most} bytes: {url}")
                    yield piece
                return
        self._refuse(f"redirects: {url}")

    def _check_host(self, url: str) -> None:
        """Only the repository itself is asked: an address in a record may name any machine."""
        asked, own = urlsplit(url), urlsplit(self.endpoint)
        known = asked.scheme in ("http", "https")
        if not known or asked.netloc != own.netloc:
            self._refuse(url)

    def _refuse(self, detail: str) -> None:
        raise RepositoryRefusedError(where=self.endpoint, detail=detail)

    def _slowly(self, _request: Any) -> None:
        """Before every request: leave some time since the last."""
        due = self._last + self.pause - time.monotonic()
        if due > 0:
            time.sleep(due)
        self._last = time.monotonic()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say what the client raises as a sentence."""
        import httpx2
        from lxml.etree import LxmlError
        from oaipmh_scythe.exceptions import NoRecordsMatch, OAIPMHException

        try:
            yield
        except NoRecordsMatch:
            return
        except OAIPMHException as error:
            self._refuse(f"{type(error).__name__}: {error}")
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            detail = f"{type(error).__name__}: {error}"
            raise RepositoryAwayError(
                where=self.endpoint, detail=detail
            ) from error
        except (LxmlError, ValueError) as error:
            self._refuse(f"{type(error).__name__}: {error}")


def _page(answer: Any) -> Page:
    from oaipmh_scythe.models import Record as Told

    namespace = "{http://www.openarchives.org/OAI/2.0/}"
    found = answer.xml.iterfind(f".//{namespace}record")
    token = answer.xml.findtext(f".//{namespace}resumptionToken") or ""
    records = (_record(Told(element)) for element in found)
    return Page(tuple(records), token.strip())


def _record(told: Any) -> Record:
    return Record(
        told.header.identifier or "",
        told.header.datestamp or "",
        {} if told.deleted else told.metadata,
        told.deleted,
    )
